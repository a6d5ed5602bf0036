//! Attacks on the gate by requests, those with an advisory. All others are in the table by the tests of the
//! gate.

use serde_json::json;

use crate::gate::{METADATA_URL, Sent, call, header, message, valid, with_option};

/// ESPv2 took the method from a field, and let through what it would have denied.
#[test]
fn cve_2023_30845_a_field_does_not_change_the_method() {
    let deleted = Sent::plain("DELETE");
    assert_eq!(deleted.told().code(), "scope_insufficient");
    for name in ["x-http-method-override", "x-http-method", "x-method-override", "X-HTTP-Method-Override"] {
        for method in ["GET", "POST", "OPTIONS", "HEAD"] {
            assert_eq!(deleted.clone().with(name, method).told().code(), "scope_insufficient", "{name}: {method}");
            let bare = valid().without("authorization").with(name, method);
            assert_eq!(bare.told().code(), "token_absent", "{name}: {method}");
        }
        assert_eq!(call("delete_note").with(name, "GET").told().code(), "scope_insufficient");
    }
}

/// Keycloak's parser of the field let through what was not "Bearer", one or more spaces, and a token.
#[test]
fn ghsa_gv94_wp4h_vv8p_credentials_are_read_by_the_grammar() {
    let token = crate::provider::provider().token();
    for authorization in [
        format!("Bearer\t{token}"),
        format!("Bearer\u{b}{token}"),
        format!("Bearer \t {token}"),
        format!("Bearer {token} x"),
        format!("Bearer x y {token}"),
        format!("Bearer,{token}"),
    ] {
        assert_eq!(
            valid().with("authorization", &authorization).told().code(),
            "authorization_malformed",
            "{authorization:?}"
        );
    }
    for authorization in [format!("Bearer{token}"), format!("xBearer {token}"), token.clone(), format!("Basic {token}")]
    {
        assert_eq!(valid().with("authorization", &authorization).told().code(), "token_absent", "{authorization:?}");
    }
    assert!(valid().with("authorization", &format!("bearer  {token}")).told().is_allowed());
}

/// ESPv1 passed on identity fields of the client in another spelling. What the origin is told is made of the
/// token alone; that other spellings are deleted is tested where requests are passed on.
#[test]
fn cve_2021_41130_identity_comes_from_the_token() {
    for name in ["doorward-subject", "Doorward_Subject", "DOORWARD-SUBJECT", "doorward-scopes", "x-user"] {
        let told = valid().and(name, "admin").and(name, "root").told();
        let identity = told.admission().identity();
        assert_eq!(header(identity, "doorward-subject"), Some("user-1"));
        assert_eq!(header(identity, "doorward-scopes"), Some("mcp:read mcp:write"));
        let public = Sent::of(&message("ping", json!({}))).and(name, "admin").told();
        assert!(public.admission().identity().is_empty());
    }
}

/// MCP servers that had no authentication on some of their paths: here every path and method has it, but for
/// documents that are public by the standard.
#[test]
fn cve_2026_32211_cve_2026_33032_nothing_is_left_out() {
    let options = with_option("rules", json!([{ "method": "*" }]));
    for method in
        ["initialize", "ping", "tools/list", "tools/call", "notifications/initialized", "server/discover", "x"]
    {
        let sent = Sent::of(&message(method, json!({ "name": "x" }))).without("authorization");
        assert_eq!(sent.told_by(&options).status(), 401, "{method}");
        assert_eq!(sent.with("mcp-session-id", "1").told_by(&options).status(), 401, "{method}");
    }
    for path in
        ["/mcp", "/", "/mcp_message", "/message", "/sse", "/mcp/sse", "/mcp/", "/health", "/metrics", "/.well-known/x"]
    {
        for method in ["GET", "POST", "DELETE", "PUT", "HEAD", "OPTIONS", "PATCH"] {
            let sent = valid().without("authorization").by(method).to(&format!("https://mcp.example.com{path}"));
            let told = sent.told_by(&options);
            assert!([401, 404, 405].contains(&told.status()), "{method} {path}");
        }
    }
    assert_eq!(Sent::plain("GET").without("authorization").to(METADATA_URL).told_by(&options).status(), 200);
}
