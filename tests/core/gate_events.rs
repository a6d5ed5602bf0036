//! Events: stable fields for logs, and nothing in them that a log must not have.

use serde_json::{Value, json};

use crate::{
    gate::{METADATA_URL, Sent, call, message, mirrored, valid, with_option},
    provider::provider,
};

const FIELDS: [&str; 13] = [
    "client",
    "code",
    "decision",
    "issuer",
    "messages",
    "method",
    "name",
    "revision",
    "rule",
    "scopes",
    "stale",
    "status",
    "milliseconds",
];

fn names(event: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = event.as_object().expect("an object").keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// All but the host's own, in every kind of event.
fn fields() -> Vec<&'static str> {
    FIELDS[..12].to_vec()
}

#[test]
fn every_event_has_the_same_fields() {
    for sent in [
        valid(),
        mirrored("add_note"),
        call("delete_note"),
        valid().without("authorization"),
        valid().with_token("x"),
        valid().with("origin", "null"),
        valid().to("/x"),
        valid().with_body("{"),
        Sent::plain("GET"),
        Sent::plain("GET").to(METADATA_URL),
        Sent::of(&message("ping", json!({}))),
    ] {
        let event = sent.told().event;
        assert_eq!(names(&event), fields(), "{event}");
    }
}

#[test]
fn an_event_says_what_was_decided() {
    let rows = [
        (
            mirrored("add_note"),
            json!({
                "decision": "allow", "status": null, "code": null, "revision": "2026-07-28", "method": "tools/call", "name": "add_note",
                "messages": 1, "rule": 3, "issuer": "https://idp.example.com", "client": "client-1", "scopes": ["mcp:read", "mcp:write"],
                "stale": false,
            }),
        ),
        (
            call("delete_note"),
            json!({
                "decision": "deny", "status": 403, "code": "scope_insufficient", "revision": "2025-11-25", "method": "tools/call",
                "name": "delete_note", "messages": 1, "rule": 1, "issuer": "https://idp.example.com", "client": "client-1",
                "scopes": ["mcp:read", "mcp:write"], "stale": false,
            }),
        ),
        (
            Sent::of(&message("tools/stop", json!({}))).with_claim("scope", Value::Null),
            json!({
                "decision": "deny", "status": 403, "code": "operation_denied", "revision": "2025-11-25", "method": "tools/stop",
                "name": null, "messages": 1, "rule": null, "issuer": "https://idp.example.com", "client": "client-1", "scopes": [], "stale": false,
            }),
        ),
        (
            valid().with("origin", "null"),
            json!({
                "decision": "deny", "status": 403, "code": "origin_not_allowed", "revision": null, "method": null, "name": null,
                "messages": 0, "rule": null, "issuer": null, "client": null, "scopes": null, "stale": false,
            }),
        ),
        (
            Sent::plain("GET").to(METADATA_URL),
            json!({
                "decision": "answer", "status": 200, "code": null, "revision": null, "method": null, "name": null,
                "messages": 0, "rule": null, "issuer": null, "client": null, "scopes": null, "stale": false,
            }),
        ),
        (
            Sent::of(&message("ping", json!({}))),
            json!({
                "decision": "allow", "status": null, "code": null, "revision": "2025-11-25", "method": "ping", "name": null,
                "messages": 1, "rule": 0, "issuer": null, "client": null, "scopes": null, "stale": false,
            }),
        ),
        (
            Sent::plain("GET"),
            json!({
                "decision": "allow", "status": null, "code": null, "revision": "2025-11-25", "method": "GET", "name": null,
                "messages": 1, "rule": 12, "issuer": "https://idp.example.com", "client": "client-1", "scopes": ["mcp:read", "mcp:write"],
                "stale": false,
            }),
        ),
    ];
    for (sent, expected) in rows {
        assert_eq!(sent.told().event, expected);
    }
}

/// The person is told where that is asked for, and then in every event.
#[test]
fn the_subject_is_there_if_it_is_asked_for() {
    let options = with_option("logSubject", json!(true));
    assert_eq!(valid().told_by(&options).event["subject"], "user-1");
    assert_eq!(call("delete_note").told_by(&options).event["subject"], "user-1");
    for sent in
        [valid().without("authorization"), valid().with_claim("sub", Value::Null), valid().with_claim("exp", json!(1))]
    {
        assert_eq!(sent.told_by(&options).event.get("subject"), Some(&Value::Null));
    }
    assert_eq!(valid().told_by(&with_option("logSubject", json!(false))).event.get("subject"), None);
}

/// A URI may say more about a person than a log should; so may claims.
#[test]
fn events_say_nothing_else_of_request_and_token() {
    let uri = "docs://public/patient-4711";
    let sent =
        Sent::of(&message("resources/read", json!({ "uri": uri }))).with_claim("email", json!("anna@example.com"));
    let event = sent.told().event.to_string();
    for part in [uri, "4711", "anna", "user-1", "token-1"] {
        assert!(!event.contains(part), "{event}");
    }
}

/// Neither the token nor a part of it, whatever is wrong with it.
#[test]
fn no_token_is_in_an_event_or_an_answer() {
    let token = provider().token();
    let (signed, signature) = token.rsplit_once('.').expect("a signature");
    let other = if signature.starts_with('A') { 'B' } else { 'A' };
    let rows = [
        valid(),
        valid().with_token(&format!("{token}x")),
        valid().with_token(&format!("{signed}.{other}{}", &signature[1..])),
        valid().with_token(signed),
        valid().and("authorization", &format!("Bearer {token}")),
        valid().with("authorization", &format!("Bearer {token} {token}")),
        valid().with("authorization", &format!("Basic {token}")),
        valid().with("authorization", &format!("Basic x, Bearer {token}")),
        call("delete_note"),
        valid().to(&format!("/mcp?access_token={token}")),
    ];
    for sent in rows {
        let told = sent.told();
        let answer = told.answer.as_ref().map(|answer| format!("{answer:?}")).unwrap_or_default();
        let headers =
            told.admission.as_ref().map(|admission| format!("{:?}", admission.identity())).unwrap_or_default();
        for part in token.split('.').map(|part| &part[..16]) {
            assert!(
                !told.event.to_string().contains(part) && !answer.contains(part) && !headers.contains(part),
                "{told:?}"
            );
        }
    }
}

/// What comes from outside is cut, and stays on its line.
#[test]
fn texts_in_events_are_short() {
    let long = "x\n".repeat(1000);
    let expected: String = long.chars().take(96).collect();
    let event = call(&long).told().event;
    assert_eq!(event["name"], expected);
    assert!(!event.to_string().contains('\n'));
    assert_eq!(Sent::of(&message(&long, json!({}))).told().event["method"], expected);
    let event = valid().with_claim("client_id", json!(long)).told().event;
    assert_eq!(event["client"], expected);
    let event = valid().with_claim("sub", json!(long)).told_by(&with_option("logSubject", json!(true))).event;
    assert_eq!(event["subject"], expected);
    let scope = "s".repeat(1000);
    let event = Sent::of(&message("initialize", json!({}))).with_claim("scope", json!(scope)).told().event;
    assert_eq!(event["scopes"], json!(["s".repeat(96)]));
}
