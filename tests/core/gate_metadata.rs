//! The documents that need no token.

use serde_json::{Value, json};

use crate::{
    gate::{METADATA_URL, Sent, Told, gate, options, valid, with_option},
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
