//! `operationFrom: "headers"`: the operation by its fields, where the server behind compares them with the body.

use doorward::gate::Decision;
use serde_json::{Value, json};

use crate::gate::{Sent, Told, gate_of, message, mirrored, options, valid};

fn by_headers() -> Value {
    let mut options = options();
    options["operationFrom"] = json!("headers");
    options
}

/// Without a body, as the host has it until it is asked for.
fn unread(sent: Sent) -> Sent {
    Sent { body: None, ..sent }
}

fn told(sent: &Sent) -> Told {
    sent.told_by(&by_headers())
}

fn asks_for_the_body(sent: &Sent) -> bool {
    matches!(sent.decided_by(&mut gate_of(&by_headers())), Decision::NeedBody { .. })
}

fn fields(method: &'static str, name: Option<&str>) -> Sent {
    let sent = unread(valid()).with("mcp-protocol-version", "2026-07-28").with("mcp-method", method);
    name.into_iter().fold(sent, |sent, name| sent.with("mcp-name", name))
}

#[test]
fn fields_decide_and_the_body_is_not_read() {
    for (sent, code) in [
        (fields("tools/call", Some("add_note")), "allow"),
        (fields("tools/call", Some("delete_note")), "scope_insufficient"),
        (fields("tools/call", Some("=?base64?ZGVsZXRlX25vdGU=?=")), "scope_insufficient"),
        (fields("tools/list", None), "allow"),
        (fields("tools/stop", None), "operation_denied"),
        (fields("resources/read", Some("docs://public/a")), "allow"),
        (fields("resources/read", Some("docs://secret/a")), "scope_insufficient"),
        (fields("resources/read", Some("docs://public/../secret/a")), "uri_ambiguous"),
        (fields("prompts/get", Some("hello")), "claims_insufficient"),
        (fields("notifications/cancelled", None), "allow"),
        (fields("tools/call", None), "header_mismatch"),
        (fields("prompts/get", None), "header_mismatch"),
        (fields("resources/read", None), "header_mismatch"),
        (fields("tools/call", Some("=?base64?*?=")), "header_mismatch"),
        (fields("tools/call", Some("é")), "header_mismatch"),
        (fields("tools/call", Some(&"x".repeat(4097))), "header_mismatch"),
        (fields("", None), "operation_denied"),
        (fields("tools/list", None).without("authorization"), "token_absent"),
        (fields("tools/list", None).with("content-length", "1048577"), "body_too_large"),
        (fields("ping", None).without("authorization"), "allow"),
    ] {
        assert_eq!(told(&sent).code(), code, "{sent:?}");
    }
    let long = fields("tools/list", None).with("mcp-method", &"x".repeat(4097));
    assert_eq!(told(&long).code(), "header_mismatch");
}

/// Two fields are one value with a comma, which is no method that a rule names.
#[test]
fn two_fields_are_not_one_of_them() {
    let twice = fields("tools/list", None).and("mcp-method", "tools/call");
    assert_eq!(told(&twice).code(), "operation_denied");
    let twice = fields("tools/call", Some("add_note")).and("mcp-name", "delete_note");
    assert_eq!(told(&twice).event["name"], "add_note, delete_note");
}

/// Where no field is demanded, or it may not be compared with the body, the body decides.
#[test]
fn everything_else_is_judged_by_its_body() {
    let older = |version| unread(mirrored("add_note")).with("mcp-protocol-version", version);
    for sent in [
        older("2025-11-25"),
        older("2025-03-26"),
        unread(mirrored("add_note")).without("mcp-protocol-version"),
        unread(mirrored("add_note")).without("mcp-method"),
        unread(mirrored("add_note")).and("mcp-protocol-version", "2026-07-28"),
    ] {
        assert!(asks_for_the_body(&sent), "{sent:?}");
    }
    for method in ["2025-11-25", "2025-03-26"] {
        let sent = mirrored("delete_note").with("mcp-protocol-version", method).without("mcp-name");
        assert_eq!(told(&sent).code(), "scope_insufficient");
    }
}

/// Their URI is in the body alone: judged by their fields, they would pass the rules for it.
#[test]
fn operands_that_no_field_repeats_are_read() {
    for method in ["resources/subscribe", "resources/unsubscribe"] {
        assert!(asks_for_the_body(&fields(method, None)));
        assert!(asks_for_the_body(&fields(method, Some("docs://public/a"))));
        let rules = json!([{ "method": "resources/*", "uri": "docs://secret/**", "scopes": ["mcp:secret"] }, { "method": "*" }]);
        let mut options = by_headers();
        options["rules"] = rules;
        let sent = Sent::of(&message(method, json!({ "uri": "docs://secret/a" })));
        let sent = sent.with("mcp-protocol-version", "2026-07-28").with("mcp-method", method);
        assert_eq!(sent.told_by(&options).code(), "scope_insufficient");
    }
}

#[test]
fn a_revision_that_is_not_served_is_refused() {
    let mut options = by_headers();
    options["versions"] = json!(["2025-11-25"]);
    assert_eq!(fields("tools/list", None).told_by(&options).code(), "version_unsupported");
}

/// By default the body decides, whatever the fields say.
#[test]
fn bodies_decide_unless_it_is_switched_on() {
    let sent = unread(mirrored("add_note"));
    for options in [options(), {
        let mut options = options();
        options["operationFrom"] = json!("body");
        options
    }] {
        assert!(matches!(sent.decided_by(&mut gate_of(&options)), Decision::NeedBody { .. }));
    }
}
