//! Paths and methods: what is where, and that nothing else is anywhere.

use serde_json::{Value, json};

use crate::gate::{Sent, gate_of, mirrored, options, valid, with_option};

const ROOT: &str = "https://mcp.example.com/.well-known/oauth-protected-resource";

fn get(url: &str) -> Sent {
    Sent::plain("GET").without("authorization").without("mcp-protocol-version").to(url)
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
        matches!(sent.decided_by(&mut gate_of(options)), doorward::gate::Decision::NeedBody { limit: 1_048_576, .. })
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
