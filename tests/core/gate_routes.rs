//! Paths and methods: what is where, and that nothing else is anywhere.

use serde_json::{Value, json};

use crate::{
    gate::{METADATA_URL, Sent, Told, gate, gate_of, mirrored, options, valid, with_option},
    provider::{ISSUER, RESOURCE},
};

const ROOT: &str = "https://mcp.example.com/.well-known/oauth-protected-resource";

fn get(url: &str) -> Sent {
    Sent::plain("GET").without("authorization").without("mcp-protocol-version").to(url)
}

fn document(told: &Told) -> Value {
    assert_eq!((told.status(), told.code()), (200, "answer"), "{told:?}");
    assert_eq!(told.header("content-type"), Some("application/json"));
    assert_eq!(told.header("access-control-allow-origin"), Some("*"));
    assert_eq!(told.header("cache-control"), Some("public, max-age=3600"));
    told.body()
}

#[test]
fn the_endpoint_is_at_its_path_whatever_the_host_and_the_query() {
    for url in [
        "https://mcp.example.com/mcp?a=b",
        "https://mcp.example.com/mcp?/x=://y/",
        "https://mcp.example.com/mcp#x",
        "https://other.example/mcp",
        "http://127.0.0.1:8787/mcp",
        "/mcp",
        "/mcp?x=https://h/.well-known/oauth-protected-resource",
    ] {
        assert!(valid().to(url).told().is_allowed(), "{url}");
    }
}

/// Paths are compared as they stand: nothing is normalized, so that the origin sees what was judged.
#[test]
fn other_spellings_of_the_path_are_no_route() {
    let with_a_card = with_option("serverCard", json!(true));
    for path in [
        "",
        "/",
        "//mcp",
        "/mcp/",
        "/mcp//",
        "/%6dcp",
        "/m%63p",
        "/MCP",
        "/mcp/.",
        "/./mcp",
        "/x/../mcp",
        "/mcp;x=1",
        "/mcp%2f",
        "/mcp%00",
        "/mcp%20",
        "/mcp.json",
        "\\mcp",
        "/mcp\\",
        "/mcp/x",
        "/mcp/server-card/",
        "/mcp/server-card",
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
        "/.well-known/ai-catalog.json",
        "/.well-known/oauth-protected-resource/",
        "/.well-known/oauth-protected-resource/mcp/",
        "/.well-known/oauth-protected-resource/other",
        "/mcp/.well-known/oauth-protected-resource",
        "/.well-known//oauth-protected-resource",
        "?/mcp",
        "#/mcp",
        "?x=/.well-known/oauth-protected-resource",
    ] {
        let url = format!("https://mcp.example.com{path}");
        for sent in [valid().to(&url), get(&url), Sent::plain("OPTIONS").to(&url)] {
            let told = sent.told();
            assert_eq!((told.status(), told.code()), (404, "route_unknown"), "{path}");
        }
        if !path.contains("server-card") && !path.contains("ai-catalog") {
            assert_eq!(valid().to(&url).told_by(&with_a_card).status(), 404, "{path}");
        }
    }
}

#[test]
fn the_metadata_is_at_the_path_of_the_resource_and_at_the_root() {
    let expected = |resource: &str| {
        json!({
            "resource": resource,
            "authorization_servers": [ISSUER],
            "bearer_methods_supported": ["header"],
            "scopes_supported": ["mcp:read"],
        })
    };
    assert_eq!(document(&get(METADATA_URL).told()), expected(RESOURCE));
    assert_eq!(document(&get(ROOT).told()), expected("https://mcp.example.com"));
    let without_root = with_option("rootMetadata", json!(false));
    assert_eq!(document(&get(METADATA_URL).told_by(&without_root)), expected(RESOURCE));
    assert_eq!(get(ROOT).told_by(&without_root).status(), 404);
}

/// RFC 9728 section 3.1: (resource, where its metadata is, whether that is the root's place too).
#[test]
fn the_metadata_is_between_host_and_path() {
    for (resource, url, is_root) in [
        ("https://mcp.example.com", ROOT, true),
        ("https://mcp.example.com/", ROOT, true),
        ("https://mcp.example.com/a/b", "https://mcp.example.com/.well-known/oauth-protected-resource/a/b", false),
        ("https://mcp.example.com/a/", "https://mcp.example.com/.well-known/oauth-protected-resource/a/", false),
        (
            "https://mcp.example.com:8443/a",
            "https://mcp.example.com:8443/.well-known/oauth-protected-resource/a",
            false,
        ),
    ] {
        let options = with_option("resource", json!(resource));
        assert_eq!(document(&get(url).told_by(&options))["resource"], resource);
        let root = document(&get(ROOT).told_by(&options))["resource"].take();
        let host = resource.split('/').take(3).collect::<Vec<_>>().join("/");
        assert_eq!(root, json!(if is_root { resource } else { &host }), "{resource}");
        let challenge = valid().to(resource).without("authorization").told_by(&options);
        let expected = format!("resource_metadata=\"{url}\"");
        assert!(challenge.challenge().is_some_and(|challenge| challenge.contains(&expected)), "{challenge:?}");
    }
}

#[test]
fn the_metadata_says_what_is_configured() {
    let mut options = options();
    let jwks = options["issuers"][0]["jwks"].clone();
    options["issuers"] = json!([
        { "issuer": ["https://a.example", "https://a.example/"], "jwks": jwks },
        { "issuer": "https://b.example/{tenantid}/v2.0", "tenants": ["t1", "t2"], "profile": "entra", "jwks": jwks, "audience": "x" },
        { "issuer": ["accounts.google.com", "https://accounts.google.com"], "jwks": jwks },
        "https://c.example",
    ]);
    options["metadata"] = json!({
        "resource_name": "Notes \"é\"",
        "resource_documentation": "https://mcp.example.com/docs",
        "resource_policy_uri": "https://mcp.example.com/policy",
        "resource_tos_uri": "https://mcp.example.com/terms",
        "scopes_supported": ["mcp:read", "mcp:write"],
    });
    let document = document(&get(METADATA_URL).told_by(&options));
    let servers = [
        "https://a.example",
        "https://b.example/t1/v2.0",
        "https://b.example/t2/v2.0",
        "https://accounts.google.com",
        "https://c.example",
    ];
    assert_eq!(document["authorization_servers"], json!(servers));
    assert_eq!(document["scopes_supported"], json!(["mcp:read", "mcp:write"]));
    assert_eq!(document["resource_name"], "Notes \"é\"");
    assert_eq!(document.as_object().map(serde_json::Map::len), Some(8));
    // RFC 9728 section 3.2: what has no value is left out.
    let bare = get(METADATA_URL).told_by(&with_option("rules", Value::Null)).body();
    assert_eq!(bare.get("scopes_supported"), None);
}

/// Public: neither a token nor an origin counts, and what comes along changes nothing.
#[test]
fn the_metadata_needs_no_token() {
    for url in [METADATA_URL, ROOT, &format!("{METADATA_URL}?x=y")] {
        document(&get(url).with("origin", "https://other.example").told());
        document(&get(url).with("origin", "null").with("authorization", "Bearer x").told());
        let told = get(url).by("OPTIONS").with("origin", "https://other.example").told();
        assert_eq!((told.status(), told.code()), (204, "answer"));
        assert_eq!(told.header("access-control-allow-origin"), Some("*"));
        assert_eq!(told.header("access-control-allow-methods"), Some("GET"));
        for method in ["POST", "HEAD", "PUT", "DELETE", "get"] {
            let told = valid().to(url).by(method).told();
            assert_eq!((told.status(), told.header("allow")), (405, Some("GET, OPTIONS")), "{method}");
        }
    }
}

#[test]
fn metadata_alone_can_be_asked_for() {
    let gate = gate();
    let ask = |sent: &Sent| {
        let request =
            doorward::gate::Request { method: &sent.method, url: &sent.url, headers: &sent.headers, body: None };
        gate.metadata(&request).map(|answer| answer.status)
    };
    assert_eq!(ask(&get(METADATA_URL)), Some(200));
    assert_eq!(ask(&get(ROOT).by("OPTIONS")), Some(204));
    for sent in [
        get(METADATA_URL).by("POST"),
        valid(),
        get(RESOURCE),
        get("https://mcp.example.com/"),
        get(RESOURCE).by("OPTIONS"),
    ] {
        assert_eq!(ask(&sent), None, "{sent:?}");
    }
}

#[test]
fn server_cards_are_public_where_they_are_switched_on() {
    let options = with_option("serverCard", json!(true));
    for (url, forward) in [
        ("https://mcp.example.com/mcp/server-card", "server-card"),
        ("https://mcp.example.com/.well-known/ai-catalog.json", "catalog"),
    ] {
        let told = get(url).with("origin", "https://other.example").told_by(&options);
        assert_eq!(told.admission().forward().name(), forward);
        assert!(told.admission().access().is_none() && told.admission().identity().is_empty());
        assert_eq!(get(url).by("OPTIONS").told_by(&options).status(), 204);
        for method in ["POST", "HEAD", "DELETE"] {
            assert_eq!(valid().to(url).by(method).told_by(&options).status(), 405, "{method}");
        }
        assert_eq!(get(url).told().status(), 404);
    }
}

/// GET and DELETE are of the revisions up to 2025-11-25, and need a token like everything else.
#[test]
fn streams_and_ends_of_sessions_are_operations() {
    assert!(Sent::plain("GET").told().is_allowed());
    let told = Sent::plain("DELETE").told();
    assert_eq!((told.status(), told.code()), (403, "scope_insufficient"));
    assert!(Sent::plain("DELETE").with_claim("scope", json!("mcp:admin")).told().is_allowed());
    for method in ["GET", "DELETE"] {
        assert_eq!(Sent::plain(method).without("authorization").told().status(), 401);
        assert_eq!(Sent::plain(method).with("mcp-protocol-version", "x").told().code(), "version_unsupported");
        let told = Sent::plain(method).told_by(&with_option("versions", json!(["2026-07-28"])));
        assert_eq!(told.code(), "method_not_allowed");
        assert_eq!(
            Sent::plain(method).told_by(&with_option("rules", json!([{ "method": "tools/*" }]))).code(),
            "operation_denied"
        );
        assert!(Sent::plain(method).told_by(&with_option("rules", json!([{ "method": "*" }]))).is_allowed());
    }
    let public = with_option("rules", json!([{ "method": "GET", "public": true }]));
    assert!(Sent::plain("GET").without("authorization").told_by(&public).is_allowed());
}

#[test]
fn other_methods_are_a_405() {
    for method in ["HEAD", "PUT", "PATCH", "TRACE", "CONNECT", "post", "Post", "POST ", "", "QUERY"] {
        for sent in [valid().by(method), valid().by(method).without("authorization")] {
            let told = sent.told();
            assert_eq!((told.status(), told.code()), (405, "method_not_allowed"), "{method:?}");
        }
    }
}

/// CVE-2023-30845: the method is the one of the request.
#[test]
fn fields_that_name_another_method_say_nothing() {
    for name in ["x-http-method-override", "x-http-method", "x-method-override"] {
        assert_eq!(valid().by("PUT").with(name, "POST").told().code(), "method_not_allowed");
        assert_eq!(valid().without("authorization").with(name, "OPTIONS").told().code(), "token_absent");
        assert_eq!(Sent::plain("DELETE").with(name, "GET").told().code(), "scope_insufficient");
        assert!(mirrored("add_note").with(name, "GET").told().is_allowed());
    }
    for name in ["x-original-url", "x-rewrite-url", "x-forwarded-prefix", "host", "x-forwarded-host"] {
        let told = valid().without("authorization").with(name, "/.well-known/oauth-protected-resource").told();
        assert_eq!(told.code(), "token_absent", "{name}");
    }
}

/// The body is asked for where it decides, and only of those whose request it may make pass.
#[test]
fn the_body_is_asked_for_where_it_decides() {
    let asks = |sent: Sent, options: &Value| {
        let sent = Sent { body: None, ..sent };
        matches!(sent.decided_by(&mut gate_of(options)), doorward::gate::Decision::NeedBody { limit: 1_048_576 })
    };
    let private = with_option("rules", Value::Null);
    assert!(asks(valid(), &private) && asks(valid(), &options()));
    assert!(asks(valid().without("authorization"), &options()), "something is public");
    for sent in
        [valid().without("authorization"), valid().with("authorization", "Bearer"), Sent::plain("GET"), get(ROOT)]
    {
        assert!(!asks(sent, &private));
    }
    for sent in [valid().with("origin", "null"), valid().to("/x"), valid().with("content-length", "1048577")] {
        assert!(!asks(sent, &options()));
    }
}
