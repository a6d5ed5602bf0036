//! What each denied request is answered: status, challenge and body.

use doorward::Algorithm;
use doorward::mint::Minter;
use serde_json::{Value, json};

use crate::{
    gate::{METADATA_URL, PAGE, Sent, call, forged_header, gate, message, mirrored, options, valid, with_option},
    provider::{NOW, claims},
};

fn untrusted() -> String {
    Minter::generate(Algorithm::ES256).sign(&forged_header().to_string(), &json!(claims()).to_string())
}

/// `Bearer resource_metadata="..."` and the rest of the challenge.
fn challenge(rest: &str) -> Option<String> {
    Some(format!("Bearer resource_metadata=\"{METADATA_URL}\"{rest}"))
}

fn invalid_token(description: &str) -> Option<String> {
    challenge(&format!(r#", error="invalid_token", error_description="{description}", scope="mcp:read""#))
}

#[test]
fn a_valid_request_is_let_through() {
    for sent in [valid(), mirrored("add_note")] {
        let told = sent.told();
        assert_eq!(told.code(), "allow", "{told:?}");
        let admission = told.admission();
        let access = admission.access().expect("a token");
        assert_eq!(access.client(), Some("client-1"));
        assert_eq!(admission.expires().map(|expires| expires.to_string()), Some((NOW + 300).to_string()));
        assert!(!admission.stale() && admission.refresh().is_none() && admission.response_headers().is_empty());
        assert_eq!(admission.forward().name(), "endpoint");
    }
}

/// The table of answers: (change, status, code, challenge).
#[test]
fn every_denial_has_its_status_and_its_challenge() {
    let bad =
        Some(r#", error="invalid_request", error_description="one Authorization header with one token is needed""#);
    let scope = |scopes: &str| {
        challenge(&format!(
            r#", error="insufficient_scope", error_description="the token lacks a scope", scope="{scopes}""#
        ))
    };
    let rows: Vec<(&str, Sent, u16, &str, Option<String>)> = vec![
        ("no token", valid().without("authorization"), 401, "token_absent", challenge(r#", scope="mcp:read""#)),
        (
            "another scheme",
            valid().with("authorization", "Basic dXNlcjp3b3Jk"),
            401,
            "token_absent",
            challenge(r#", scope="mcp:read""#),
        ),
        (
            "two tokens",
            valid().and("authorization", "Bearer x"),
            400,
            "authorization_malformed",
            bad.and_then(challenge),
        ),
        ("no JWT", valid().with_token("x"), 401, "token_malformed", invalid_token("the token is not valid")),
        (
            "expired",
            valid().with_claim("exp", json!(NOW - 61)),
            401,
            "token_expired",
            invalid_token("the token has expired"),
        ),
        (
            "not yet",
            valid().with_claim("nbf", json!(NOW + 61)),
            401,
            "token_not_yet_valid",
            invalid_token("the token is not valid yet"),
        ),
        (
            "another audience",
            valid().with_claim("aud", json!("https://other.example/mcp")),
            401,
            "audience_mismatch",
            invalid_token("the token is for another audience"),
        ),
        (
            "no audience",
            valid().with_claim("aud", Value::Null),
            401,
            "claim_missing",
            invalid_token("the token is not valid"),
        ),
        (
            "another issuer",
            valid().with_claim("iss", json!("https://other.example")),
            401,
            "issuer_mismatch",
            invalid_token("the token is from another issuer"),
        ),
        (
            "another key",
            valid().with_token(&untrusted()),
            401,
            "signature_invalid",
            invalid_token("the token is not valid"),
        ),
        ("a scope", call("delete_note"), 403, "scope_insufficient", scope("mcp:admin")),
        ("one of two scopes", call("send_mail"), 403, "scope_insufficient", scope("mcp:mail mcp:read")),
        ("any scope", Sent::of(&message("admin/stop", json!({}))), 403, "scope_insufficient", scope("mcp:admin")),
        ("a claim", Sent::of(&message("prompts/get", json!({ "name": "x" }))), 403, "claims_insufficient", None),
        ("no rule", Sent::of(&message("tools/stop", json!({}))), 403, "operation_denied", None),
        ("another origin", valid().with("origin", "https://other.example"), 403, "origin_not_allowed", None),
        ("another path", valid().to("https://mcp.example.com/"), 404, "route_unknown", None),
        ("another method", valid().by("PUT"), 405, "method_not_allowed", None),
        ("a long body", valid().with_body(vec![b' '; 1024 * 1024 + 1]), 413, "body_too_large", None),
        ("a long body declared", valid().with("content-length", "1048577"), 413, "body_too_large", None),
        ("a text", valid().with("content-type", "text/plain"), 400, "content_type_unsupported", None),
        ("a coding", valid().with("content-encoding", "gzip"), 400, "content_encoding_unsupported", None),
        ("no JSON", valid().with_body("{"), 400, "message_malformed", None),
        ("a batch", valid().with_body("[{}]"), 400, "message_malformed", None),
        ("a version", valid().with("mcp-protocol-version", "2024-11-05"), 400, "version_unsupported", None),
        ("a name", mirrored("add_note").with("mcp-name", "delete_note"), 400, "header_mismatch", None),
        (
            "a URI",
            Sent::of(&message("resources/read", json!({ "uri": "docs://public/../a" }))),
            400,
            "uri_ambiguous",
            None,
        ),
    ];
    for (what, sent, status, code, challenge) in rows {
        let told = sent.told();
        assert_eq!((told.status(), told.code()), (status, code), "{what}");
        assert_eq!(told.challenge(), challenge.as_deref(), "{what}");
        assert_eq!(told.header("content-type"), Some("application/json"), "{what}");
        assert_eq!(told.header("cache-control"), Some("no-store"), "{what}");
        assert_eq!(told.header("x-content-type-options"), Some("nosniff"), "{what}");
        assert_eq!(told.event["status"], status, "{what}");
        assert!(told.body().is_object(), "{what}");
        assert_eq!(told.event["decision"], "deny", "{what}");
    }
}

/// The body says in words what the challenge says in parameters, in the form of OAuth or of JSON-RPC.
#[test]
fn bodies_have_the_form_of_their_kind() {
    let rows = [
        (valid().without("authorization"), json!("unauthorized")),
        (valid().with_token("x"), json!("invalid_token")),
        (valid().with("authorization", "Bearer"), json!("invalid_request")),
        (call("delete_note"), json!("insufficient_scope")),
        (Sent::of(&message("tools/stop", json!({}))), json!("access_denied")),
        (valid().with("origin", "null"), json!("access_denied")),
        (valid().to("https://mcp.example.com/x"), json!("not_found")),
        (valid().with("content-type", "text/plain"), json!("invalid_request")),
    ];
    for (sent, error) in rows {
        let body = sent.told().body();
        assert_eq!(body["error"], error);
        assert!(body["error_description"].as_str().is_some_and(|text| !text.is_empty()), "{body}");
        assert_eq!(body.as_object().map(serde_json::Map::len), Some(2), "{body}");
    }
    let told = valid().with("mcp-protocol-version", "2027-01-01").told();
    let supported = ["2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];
    let error = json!({
        "code": -32022,
        "message": "Unsupported protocol version",
        "data": { "supported": supported, "requested": "2027-01-01" },
    });
    assert_eq!(told.body(), json!({ "jsonrpc": "2.0", "id": 1, "error": error }));
}

#[test]
fn json_rpc_errors_repeat_the_id_where_it_is_one() {
    for (id, repeated) in [
        (json!(7), json!(7)),
        (json!("a\"b\\c\u{2028}"), json!("a\"b\\c\u{2028}")),
        (json!(-1), json!(-1)),
        (json!(""), json!("")),
        (json!("x".repeat(257)), json!(null)),
    ] {
        let body = json!({ "jsonrpc": "2.0", "id": id, "method": "tools/list" });
        let told = Sent::of(&body).with("mcp-protocol-version", "x").told();
        assert_eq!(told.body()["id"], repeated, "{id}");
    }
    let mut batch = valid().with_body("[{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}, 1]").told().body();
    assert_eq!(batch["id"].take(), Value::Null);
}

#[test]
fn the_method_that_is_not_allowed_is_answered_with_those_that_are() {
    let told = valid().by("PATCH").told();
    assert_eq!(told.header("allow"), Some("GET, POST, DELETE, OPTIONS"));
    let told = valid().by("GET").told_by(&with_option("versions", json!(["2026-07-28"])));
    assert_eq!((told.status(), told.header("allow")), (405, Some("POST, OPTIONS")));
}

/// RFC 6750 section 3 and OAuth 2.1 section 5.3.1: characters, and each parameter once.
#[test]
fn challenges_keep_to_the_grammar() {
    let many: Vec<String> = (0..40).map(|number| format!("urn:x/{number}!#$%&'()*+,-.:;<=>?@[]^_`{{|}}~")).collect();
    let options = with_option("rules", json!([{ "method": "*", "scopes": many }]));
    for sent in
        [valid().without("authorization"), valid().with_token("x"), valid().with("authorization", "Bearer"), valid()]
    {
        let told = sent.told_by(&options);
        let value = told.challenge().expect("a challenge");
        let parameters = value.strip_prefix("Bearer ").expect("the scheme");
        let mut names = Vec::new();
        for parameter in parameters.split("\", ") {
            let (name, value) = parameter.split_once("=\"").expect("a parameter");
            let value = value.trim_end_matches('"');
            assert!(value.bytes().all(|byte| matches!(byte, b' '..=b'!' | b'#'..=b'[' | b']'..=b'~')), "{value}");
            assert!(!names.contains(&name), "{name} is there once");
            names.push(name);
        }
        assert_eq!(names[0], "resource_metadata");
    }
}

#[test]
fn without_scopes_a_challenge_has_no_scope() {
    let told = valid().without("authorization").told_by(&with_option("rules", Value::Null));
    assert_eq!(told.challenge(), challenge("").as_deref());
    let told = valid().without("authorization").told_by(&with_option("scopes", json!({ "baseline": ["a", "b"] })));
    assert_eq!(told.challenge(), challenge(r#", scope="a b""#).as_deref());
}

/// Scopes that the policy of the issuer demands of each token are scopes that can be asked for.
#[test]
fn a_scope_that_the_issuer_must_grant_is_a_403() {
    let mut options = options();
    options["issuers"][0]["requiredScopes"] = json!(["mcp:read", "mcp:all"]);
    let told = valid().told_by(&options);
    let scopes =
        r#", error="insufficient_scope", error_description="the token lacks a scope", scope="mcp:read mcp:all""#;
    assert_eq!((told.status(), told.challenge()), (403, challenge(scopes).as_deref()));
}

#[test]
fn answers_of_the_gate_are_readable_for_the_page_that_may_send() {
    for sent in [valid().without("authorization"), call("delete_note"), valid().with_body("{")] {
        let told = sent.with("origin", PAGE).told();
        assert_eq!(told.header("access-control-allow-origin"), Some(PAGE));
        let exposed = told.header("access-control-expose-headers").expect("a list");
        assert!(exposed.contains("WWW-Authenticate"));
        assert_eq!(told.header("vary"), Some("Origin"));
        assert_eq!(told.header("access-control-allow-credentials"), None);
    }
}

#[test]
fn keys_that_do_not_come_are_a_503() {
    let answer = gate().unavailable();
    assert_eq!(answer.status, 503);
    assert_eq!(crate::gate::header(&answer.headers, "retry-after"), Some("1"));
    assert_eq!(crate::gate::header(&answer.headers, "www-authenticate"), None);
}
