//! Batches: of 2025-03-26 alone, and each message judged.

use serde_json::{Value, json};

use crate::gate::{Sent, message, valid, with_option};

fn batch(messages: &[Value]) -> Sent {
    Sent::of(&json!(messages)).with("mcp-protocol-version", "2025-03-26")
}

fn tool(name: &str) -> Value {
    message("tools/call", json!({ "name": name }))
}

#[test]
fn batches_are_of_one_revision() {
    let one = [tool("add_note")];
    assert!(batch(&one).told().is_allowed());
    assert!(batch(&one).without("mcp-protocol-version").told().is_allowed());
    for version in ["2025-06-18", "2025-11-25", "2026-07-28"] {
        let sent = batch(&one)
            .with("mcp-protocol-version", version)
            .with("mcp-method", "tools/call")
            .with("mcp-name", "add_note");
        let told = sent.told();
        assert_eq!((told.status(), told.code()), (400, "batch_not_allowed"), "{version}");
        assert_eq!(told.rpc_code(), Some(-32600));
    }
    let without = with_option("versions", json!(["2025-06-18", "2026-07-28"]));
    assert_eq!(batch(&one).without("mcp-protocol-version").told_by(&without).code(), "version_unsupported");
}

/// Any denial denies all, wherever it stands.
#[test]
fn every_message_of_a_batch_is_judged() {
    let good = || {
        vec![
            tool("add_note"),
            message("tools/list", json!({})),
            json!({ "jsonrpc": "2.0", "method": "notifications/x" }),
        ]
    };
    let told = batch(&good()).told();
    assert!(told.is_allowed());
    assert_eq!((&told.event["messages"], &told.event["method"]), (&json!(3), &json!("notifications/x")));
    let rows = [
        (tool("delete_note"), "scope_insufficient"),
        (message("tools/stop", json!({})), "operation_denied"),
        (message("prompts/get", json!({ "name": "x" })), "claims_insufficient"),
        (message("resources/read", json!({ "uri": "docs://public/../a" })), "uri_ambiguous"),
        (json!({ "jsonrpc": "2.0", "id": 1, "result": {} }), "operation_denied"),
        (json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call" }), "message_malformed"),
        (json!({ "jsonrpc": "2.0", "id": 1, "Method": "tools/call" }), "message_malformed"),
        (json!([]), "message_malformed"),
        (json!([tool("add_note")]), "message_malformed"),
        (json!(null), "message_malformed"),
    ];
    for (bad, code) in rows {
        for place in 0..=good().len() {
            let mut messages = good();
            messages.insert(place, bad.clone());
            assert_eq!(batch(&messages).told().code(), code, "{bad} at {place}");
        }
    }
}

/// Without a token all must be public; what comes with it does not become so.
#[test]
fn a_batch_is_public_if_all_of_it_is() {
    let ping = || message("ping", json!({}));
    let bare = |messages: &[Value]| batch(messages).without("authorization").told();
    let told = bare(&[ping(), ping()]);
    assert!(told.is_allowed() && told.admission().access().is_none());
    for other in
        [tool("add_note"), message("tools/list", json!({})), json!({ "jsonrpc": "2.0", "id": 1, "result": {} })]
    {
        for messages in [[ping(), other.clone()], [other.clone(), ping()]] {
            assert_eq!(bare(&messages).code(), "token_absent", "{other}");
        }
    }
    assert!(batch(&[ping(), tool("add_note")]).told().admission().access().is_some());
}

#[test]
fn a_batch_has_a_bounded_number_of_messages() {
    let many = |number| batch(&vec![message("tools/list", json!({})); number]).told();
    assert!(many(100).is_allowed());
    let told = many(101);
    assert_eq!((told.code(), told.rpc_code()), ("message_malformed", Some(-32600)));
    assert!(told.body()["error"]["message"].as_str().is_some_and(|text| text.contains("100")));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(valid().with_body(deep).told().code(), "message_malformed");
}

/// The fields of a request speak of one message: all must be that one.
#[test]
fn a_batch_agrees_with_the_fields_as_a_whole() {
    let two = [tool("add_note"), tool("add_note")];
    assert!(batch(&two).with("mcp-method", "tools/call").with("mcp-name", "add_note").told().is_allowed());
    for (messages, name) in
        [([tool("add_note"), tool("edit_note")], "add_note"), ([tool("edit_note"), tool("add_note")], "add_note")]
    {
        assert_eq!(batch(&messages).with("mcp-name", name).told().code(), "header_mismatch");
    }
    let mixed = [tool("add_note"), message("tools/list", json!({}))];
    assert_eq!(batch(&mixed).with("mcp-method", "tools/call").told().code(), "header_mismatch");
}

/// All scopes of the message that is denied, not of the others.
#[test]
fn the_challenge_is_for_the_message_that_is_denied() {
    let told = batch(&[tool("add_note"), tool("send_mail"), tool("delete_note")]).told();
    assert!(told.challenge().is_some_and(|challenge| challenge.ends_with("scope=\"mcp:mail mcp:read\"")));
    assert_eq!((&told.event["name"], &told.event["rule"]), (&json!("send_mail"), &json!(2)));
}
