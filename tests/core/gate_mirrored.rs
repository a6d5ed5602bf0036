//! Mcp-Method and Mcp-Name: what they must say, in which revision.

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

use crate::gate::{Sent, message, mirrored, with_option};

fn sentinel(text: &str) -> String {
    format!("=?base64?{}?=", Base64::encode_string(text.as_bytes()))
}

fn of_2026(method: &'static str, params: Value) -> Sent {
    Sent::of(&message(method, params)).with("mcp-protocol-version", "2026-07-28").with("mcp-method", method)
}

fn open() -> Value {
    with_option("rules", json!([{ "method": "*" }]))
}

fn mismatch(sent: &Sent, field: &str) {
    let told = sent.told_by(&open());
    assert_eq!((told.status(), told.code(), told.rpc_code()), (400, "header_mismatch", Some(-32020)), "{sent:?}");
    let message = told.body()["error"]["message"].as_str().expect("words").to_owned();
    assert!(message.contains(field), "{message}");
    assert_eq!(told.body()["id"], 1);
}

#[test]
fn requests_of_2026_say_method_and_name_twice() {
    assert!(mirrored("add_note").told().is_allowed());
    mismatch(&mirrored("add_note").without("mcp-method"), "Mcp-Method");
    mismatch(&mirrored("add_note").without("mcp-name"), "Mcp-Name");
    for (method, params, name) in [
        ("prompts/get", json!({ "name": "hello" }), "hello"),
        ("resources/read", json!({ "uri": "docs://public/a" }), "docs://public/a"),
        ("tools/call", json!({ "name": "add_note", "uri": "docs://public/a" }), "add_note"),
    ] {
        assert!(of_2026(method, params.clone()).with("mcp-name", name).told_by(&open()).is_allowed());
        mismatch(&of_2026(method, params.clone()), "Mcp-Name");
        mismatch(&of_2026(method, params).with("mcp-name", "other"), "Mcp-Name");
    }
    for method in ["tools/list", "server/discover", "resources/list", "subscriptions/listen"] {
        assert!(of_2026(method, json!({})).told_by(&open()).is_allowed());
        mismatch(&of_2026(method, json!({})).without("mcp-method"), "Mcp-Method");
    }
}

/// Values have a case; a field that is there twice says two things.
#[test]
fn a_field_that_says_something_else_is_refused_in_every_revision() {
    for version in ["2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"] {
        let sent = || mirrored("add_note").with("mcp-protocol-version", version);
        assert!(sent().told().is_allowed());
        for method in [
            "tools/list",
            "Tools/call",
            "TOOLS/CALL",
            "tools/call x",
            "",
            "tools/call,tools/call",
            "=?base64?dG9vbHMvY2FsbA==?=",
        ] {
            mismatch(&sent().with("mcp-method", method), "Mcp-Method");
        }
        mismatch(&sent().and("mcp-method", "tools/call"), "Mcp-Method");
        for name in ["delete_note", "Add_note", "add_note x", "", "add_note, add_note", "\"add_note\"", "add%5Fnote"] {
            mismatch(&sent().with("mcp-name", name), "Mcp-Name");
        }
        mismatch(&sent().and("mcp-name", "add_note"), "Mcp-Name");
    }
    // White space around a value is no part of it (RFC 9110 section 5.5).
    assert!(mirrored("add_note").with("mcp-name", " add_note\t").with("mcp-method", "tools/call ").told().is_allowed());
}

#[test]
fn older_requests_and_notifications_need_no_fields() {
    for version in ["2025-03-26", "2025-06-18", "2025-11-25"] {
        let sent = mirrored("add_note").with("mcp-protocol-version", version).without("mcp-method");
        assert!(sent.clone().told().is_allowed());
        assert!(sent.without("mcp-name").told().is_allowed());
    }
    for body in [
        json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 1 } }),
        json!({ "jsonrpc": "2.0", "id": 1, "result": {} }),
    ] {
        let sent = Sent::of(&body).with("mcp-protocol-version", "2026-07-28");
        assert!(sent.clone().told_by(&open()).is_allowed());
        let told = sent.with("mcp-method", "tools/list").told_by(&open());
        assert_eq!(told.code(), "header_mismatch");
    }
    let notification = json!({ "jsonrpc": "2.0", "method": "notifications/x" });
    let sent = Sent::of(&notification).with("mcp-protocol-version", "2026-07-28").with("mcp-method", "notifications/x");
    assert!(sent.told_by(&open()).is_allowed());
    // A call without an id is judged like any other.
    let call = json!({ "jsonrpc": "2.0", "method": "tools/call", "params": { "name": "delete_note" } });
    assert_eq!(Sent::of(&call).with("mcp-protocol-version", "2026-07-28").told().code(), "scope_insufficient");
}

/// Streamable HTTP of 2026-07-28, "Value Encoding": what a field cannot carry comes in Base64.
#[test]
fn encoded_names_are_decoded_before_they_are_compared() {
    for name in ["add_note", "écrire", "a\nb", " add ", "ノート", "=?base64?YQ==?=", "", "a", "ab", "abc", "abcd"] {
        assert!(mirrored(name).with("mcp-name", &sentinel(name)).told_by(&open()).is_allowed(), "{name:?}");
    }
    let uri = "docs://public/a%20b";
    let sent = of_2026("resources/read", json!({ "uri": uri }));
    assert!(sent.with("mcp-name", &sentinel(uri)).told().is_allowed());
    // The body is what is judged, and it must say the same.
    mismatch(&mirrored("add_note").with("mcp-name", &sentinel("delete_note")), "Mcp-Name");
    let hidden = mirrored("delete_note").with("mcp-name", &sentinel("delete_note"));
    assert_eq!(hidden.told().code(), "scope_insufficient");
    // The name that looks encoded is another one than what it would stand for.
    let literal = sentinel("add_note");
    mismatch(&mirrored(&literal).with("mcp-name", &literal), "Mcp-Name");
    assert!(mirrored(&literal).with("mcp-name", &sentinel(&literal)).told_by(&open()).is_allowed());
}

#[test]
fn badly_encoded_names_are_refused() {
    for name in [
        "=?base64?YWRkX25vdGU?=",   // without padding
        "=?base64?YWRkX25vdGU==?=", // with too much
        "=?base64?YWRkX25vdGV=?=",  // with bits beyond the last byte
        "=?base64?YWRk X25vdGU=?=", // with a space
        "=?base64?YWRkX25vdGU=\t?=",
        "=?base64?=YWRkX25vdGU?=",
        "=?base64?YWRkX25v=dGU=?=",
        "=?base64?gIGC?=", // no UTF-8
        "=?base64?7aCA?=", // a surrogate
        "=?base64?*?=",
        "=?base64?Y?=",
        "=?BASE64?YWRkX25vdGU=?=", // markers have a case: this one is its own text
        "=?Base64?YWRkX25vdGU=?=",
        "=?base64?YWRkX25vdGU=", // without its end
        "?base64?YWRkX25vdGU=?=",
        "x=?base64?YWRkX25vdGU=?=",
        "=?base64?YWRkX25vdGU=?=x",
        "=?base64?YWRkX25vdGU=?= =?base64?YWRkX25vdGU=?=",
        "=?utf-8?b?YWRkX25vdGU=?=",
        "=?base64?=",
    ] {
        mismatch(&mirrored("add_note").with("mcp-name", name), "Mcp-Name");
    }
    // In the alphabet of URLs, which is another one.
    assert!(mirrored("~~~").with("mcp-name", "=?base64?fn5+?=").told_by(&open()).is_allowed());
    mismatch(&mirrored("~~~").with("mcp-name", "=?base64?fn5-?="), "Mcp-Name");
}

/// A field carries visible ASCII, space and tab; everything else has to be encoded.
#[test]
fn names_that_a_field_cannot_carry_are_refused_as_they_are() {
    for name in ["écrire", "a\nb", "a\r\nb", "a\0b", "a\u{7f}b", "ノート", "a\u{ad}b"] {
        mismatch(&mirrored(name).with("mcp-name", name), "Mcp-Name");
    }
    for name in ["a b", "a\tb", "~!@#$%^&*()", "a,b"] {
        assert!(mirrored(name).with("mcp-name", name).told_by(&open()).is_allowed(), "{name}");
    }
}

#[test]
fn long_names_are_refused_before_they_are_decoded() {
    let longest = "é".repeat(2048);
    assert!(mirrored(&longest).with("mcp-name", &sentinel(&longest)).told_by(&open()).is_allowed());
    mismatch(&mirrored("add_note").with("mcp-name", &sentinel(&"x".repeat(10_000))), "Mcp-Name");
    mismatch(&mirrored("add_note").with("mcp-method", &"x".repeat(100_000)), "Mcp-Method");
}

/// Fields that tools define are for the server, which knows them.
#[test]
fn parameters_of_tools_are_not_judged() {
    assert!(mirrored("add_note").with("mcp-param-region", "=?base64?*?=").told().is_allowed());
}
