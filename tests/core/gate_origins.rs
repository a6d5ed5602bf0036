//! Web pages: which may send requests, and what their browsers are told.

use serde_json::{Value, json};

use crate::gate::{PAGE, Sent, header, valid, with_option};

#[test]
fn a_page_that_is_listed_may_send_requests() {
    let told = valid().with("origin", PAGE).told();
    let headers = told.admission().response_headers();
    assert_eq!(header(headers, "access-control-allow-origin"), Some(PAGE));
    assert_eq!(header(headers, "vary"), Some("Origin"));
    let exposed = header(headers, "access-control-expose-headers").expect("a list");
    for field in ["WWW-Authenticate", "Mcp-Session-Id", "MCP-Protocol-Version", "Retry-After"] {
        assert!(exposed.split(", ").any(|listed| listed == field), "{field}");
    }
}

/// What is no browser sends no Origin, and passes.
#[test]
fn no_origin_passes() {
    let told = valid().told();
    assert!(told.admission().response_headers().is_empty());
    assert!(valid().told_by(&with_option("origins", Value::Null)).is_allowed());
}

/// The whole origin counts. A foreign one is a 403 before anything is said of tokens.
#[test]
fn every_other_page_is_a_403() {
    for origin in [
        "null",
        "",
        "*",
        "https://other.example",
        "http://app.example.com",
        "https://app.example.com:443",
        "https://app.example.com:8443",
        "https://app.example.com/",
        "https://app.example.com.",
        "https://APP.example.com",
        "HTTPS://app.example.com",
        "https://app.example.com.evil.example",
        "https://xapp.example.com",
        "https://sub.app.example.com",
        "https://evil.example/https://app.example.com",
        "https://app.example.com@evil.example",
        "https://app.example.com https://other.example",
        "https://app.example.com\0",
        "app.example.com",
        "https://mcp.example.com",
    ] {
        for sent in [valid(), valid().without("authorization"), Sent::plain("GET"), Sent::plain("OPTIONS")] {
            let told = sent.with("origin", origin).told();
            assert_eq!((told.status(), told.code()), (403, "origin_not_allowed"), "{origin}");
            assert_eq!(told.header("access-control-allow-origin"), None, "{origin}");
            assert_eq!(told.challenge(), None, "{origin}");
        }
    }
    let twice = valid().with("origin", PAGE).and("origin", "https://other.example");
    assert_eq!(twice.told().code(), "origin_not_allowed");
    let twice = valid().with("origin", PAGE).and("origin", PAGE);
    assert_eq!(twice.told().code(), "origin_not_allowed");
    let told = valid().with("origin", PAGE).told_by(&with_option("origins", Value::Null));
    assert_eq!(told.code(), "origin_not_allowed");
}

#[test]
fn null_and_other_schemes_pass_where_they_are_listed() {
    let options =
        with_option("origins", json!(["null", "vscode-webview://abc", "http://localhost:6274", "https://[::1]:8"]));
    for origin in ["null", "vscode-webview://abc", "http://localhost:6274", "https://[::1]:8"] {
        assert!(valid().with("origin", origin).told_by(&options).is_allowed(), "{origin}");
    }
    assert_eq!(valid().with("origin", PAGE).told_by(&options).code(), "origin_not_allowed");
}

fn preflight() -> Sent {
    Sent::plain("OPTIONS")
        .without("authorization")
        .without("mcp-protocol-version")
        .with("origin", PAGE)
        .with("access-control-request-method", "POST")
}

#[test]
fn a_preflight_needs_no_token() {
    let told = preflight().told();
    assert_eq!((told.status(), told.code()), (204, "answer"));
    assert!(told.answer().body.is_empty());
    assert_eq!(told.header("access-control-allow-origin"), Some(PAGE));
    assert_eq!(told.header("access-control-allow-methods"), Some("GET, POST, DELETE"));
    assert_eq!(told.header("access-control-allow-credentials"), None);
    assert_eq!(told.header("vary"), Some("Origin"));
    let allowed = told.header("access-control-allow-headers").expect("a list");
    for field in ["authorization", "content-type", "mcp-protocol-version", "mcp-session-id", "mcp-method", "mcp-name"] {
        assert!(allowed.split(", ").any(|listed| listed == field), "{field}");
    }
}

/// What is asked for is repeated only where it is a parameter that tools define, and nothing else.
#[test]
fn a_preflight_allows_parameters_of_tools() {
    let asked = "x-admin, Mcp-Param-Region, mcp-param-, mcp-param-a\"b, mcp-param-é, doorward-subject, cookie";
    let told = preflight().with("access-control-request-headers", asked).told();
    let allowed = told.header("access-control-allow-headers").expect("a list");
    assert!(allowed.ends_with(", mcp-name, Mcp-Param-Region, mcp-param-"), "{allowed}");
    let long = format!("mcp-param-{}", "x".repeat(200));
    let many = vec!["mcp-param-x"; 5000].join(",");
    for asked in [long, many] {
        let told = preflight().with("access-control-request-headers", &asked).told();
        assert!(told.header("access-control-allow-headers").expect("a list").len() < 2000);
    }
}

/// OPTIONS without what a browser asks is no preflight, and not a way around the token.
#[test]
fn other_options_requests_are_a_405() {
    for sent in [Sent::plain("OPTIONS"), Sent::plain("OPTIONS").with("origin", PAGE), preflight().by("options")] {
        let told = sent.told();
        assert_eq!((told.status(), told.code()), (405, "method_not_allowed"), "{sent:?}");
    }
}

#[test]
fn denials_by_path_and_origin_are_not_for_pages_to_read() {
    let told = valid().with("origin", PAGE).to("https://mcp.example.com/other").told();
    assert_eq!((told.status(), told.header("access-control-allow-origin")), (404, None));
}
