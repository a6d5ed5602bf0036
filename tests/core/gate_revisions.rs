//! The field MCP-Protocol-Version, and what depends on it.

use serde_json::{Value, json};

use crate::gate::{Sent, message, mirrored, valid, with_option, with_rules};

const ALL: [&str; 4] = ["2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];

/// A call whose "_meta" says this version, with the other fields that 2026-07-28 demands.
fn with_meta(version: Value) -> Sent {
    let params = json!({ "name": "add_note", "_meta": { "io.modelcontextprotocol/protocolVersion": version } });
    Sent::of(&message("tools/call", params)).with("mcp-method", "tools/call").with("mcp-name", "add_note")
}

#[test]
fn every_revision_is_served() {
    for version in ALL {
        let told = mirrored("add_note").with("mcp-protocol-version", version).told();
        assert!(told.is_allowed());
        assert_eq!(told.event["revision"], version);
    }
    let told = valid().without("mcp-protocol-version").told();
    assert!(told.is_allowed());
    assert_eq!(told.event["revision"], "2025-03-26");
}

#[test]
fn other_versions_are_answered_with_those_that_are_served() {
    for version in [
        "2024-11-05",
        "2026-07-29",
        "2099-01-01",
        "2025-11-25 x",
        "2025-11-25, 2025-11-25",
        "2025-11",
        "DRAFT",
        "",
        "é",
        "\"2025-11-25\"",
    ] {
        for sent in [valid(), Sent::plain("GET"), Sent::plain("DELETE")] {
            let told = sent.with("mcp-protocol-version", version).told();
            assert_eq!((told.status(), told.code()), (400, "version_unsupported"), "{version}");
            assert_eq!(told.rpc_code(), Some(-32022));
            let data = &told.body()["error"]["data"];
            assert_eq!((&data["supported"], &data["requested"]), (&json!(ALL), &json!(version)));
            assert_eq!(told.challenge(), None);
        }
    }
    let told = valid().with("mcp-protocol-version", &"x".repeat(5000)).told();
    assert_eq!(told.body()["error"]["data"]["requested"], "x".repeat(96));
    let twice = valid().and("mcp-protocol-version", "2025-11-25");
    assert_eq!(twice.told().code(), "version_unsupported");
}

#[test]
fn versions_that_are_not_listed_are_not_served() {
    for listed in ALL {
        let options = with_option("versions", json!([listed]));
        for version in ALL {
            let told = mirrored("add_note").with("mcp-protocol-version", version).told_by(&options);
            let expected = if version == listed { "allow" } else { "version_unsupported" };
            assert_eq!(told.code(), expected, "{version} where {listed} is listed");
        }
        // Without the field it is 2025-03-26, whatever else is served.
        let bare = valid().without("mcp-protocol-version").told_by(&options);
        assert_eq!(bare.is_allowed(), listed == "2025-03-26", "{listed}");
    }
    let told = valid().told_by(&with_option("versions", json!(["2026-07-28", "2025-06-18"])));
    assert_eq!(told.body()["error"]["data"]["supported"], json!(["2026-07-28", "2025-06-18"]));
}

/// Up to 2025-11-25 a session begins with `initialize`, which has no field yet: it agrees on the version.
#[test]
fn a_session_begins_without_a_version() {
    let initialize =
        || Sent::of(&message("initialize", json!({ "protocolVersion": "2025-11-25" }))).without("mcp-protocol-version");
    for (versions, revision) in [
        (json!(ALL), "2025-03-26"),
        (json!(["2025-11-25", "2025-06-18"]), "2025-06-18"),
        (json!(["2026-07-28", "2025-11-25"]), "2025-11-25"),
    ] {
        let options = with_option("versions", versions);
        let told = initialize().told_by(&options);
        assert!(told.is_allowed(), "{told:?}");
        assert_eq!(told.event["revision"], revision);
    }
    let modern = with_option("versions", json!(["2026-07-28"]));
    assert_eq!(initialize().told_by(&modern).code(), "version_unsupported");
    // Of no other message, nor with a version that is not served.
    let recent = with_option("versions", json!(["2025-11-25"]));
    assert_eq!(initialize().with("mcp-protocol-version", "2025-06-18").told_by(&recent).code(), "version_unsupported");
    for body in [
        json!([message("initialize", json!({}))]),
        message("Initialize", json!({})),
        message("tools/list", json!({ "method": "initialize" })),
        json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
    ] {
        let told = Sent::of(&body).without("mcp-protocol-version").told_by(&recent);
        assert_eq!(told.code(), "version_unsupported", "{body}");
    }
    for method in ["GET", "DELETE"] {
        let told = Sent::plain(method).without("mcp-protocol-version").told_by(&recent);
        assert_eq!(told.code(), "version_unsupported");
    }
}

/// The version in the body is the one in the field, or the request is two requests to two readers.
#[test]
fn field_and_body_say_the_same_version() {
    for version in ALL {
        assert!(with_meta(json!(version)).with("mcp-protocol-version", version).told().is_allowed(), "{version}");
        for other in ALL.into_iter().chain(["2025-11-25 ", "", "2024-11-05"]).filter(|other| *other != version) {
            let told = with_meta(json!(other)).with("mcp-protocol-version", version).told();
            assert_eq!((told.status(), told.code()), (400, "header_mismatch"), "{version} and {other}");
            assert_eq!(told.rpc_code(), Some(-32020));
        }
    }
    // A request of 2026-07-28 must not pass for an older one, for which less is compared.
    let downgraded = with_meta(json!("2026-07-28")).without("mcp-protocol-version");
    assert_eq!(downgraded.told().code(), "header_mismatch");
    let downgraded = with_meta(json!("2025-03-26")).without("mcp-protocol-version");
    assert_eq!(downgraded.told().code(), "header_mismatch");
}

/// Methods that ended with 2025-11-25: a server of the newer revision does not know them, and says so whatever
/// they lack. Where there still is a resource to subscribe to, it must be named.
#[test]
fn methods_that_are_gone_are_for_the_server_to_refuse() {
    let all = with_rules(json!([{ "method": "*" }]));
    for method in ["resources/subscribe", "resources/unsubscribe"] {
        let meta = json!({ "io.modelcontextprotocol/protocolVersion": "2026-07-28" });
        let newer = Sent::of(&message(method, json!({ "_meta": meta })));
        let newer = newer.with("mcp-protocol-version", "2026-07-28").with("mcp-method", method);
        assert!(newer.told_by(&all).is_allowed(), "{method}");
        let older = Sent::of(&message(method, json!({}))).with("mcp-protocol-version", "2025-11-25");
        assert_eq!(older.told_by(&all).code(), "message_malformed", "{method}");
    }
}

/// Only the version in "params._meta" is one.
#[test]
fn versions_elsewhere_in_the_body_are_nothing() {
    for params in [
        json!({ "name": "add_note", "protocolVersion": "2026-07-28" }),
        json!({ "name": "add_note", "_meta": { "protocolVersion": "2026-07-28", "progressToken": 1 } }),
        json!({ "name": "add_note", "arguments": { "_meta": { "io.modelcontextprotocol/protocolVersion": "2026-07-28" } } }),
        json!({ "name": "add_note", "_meta": {} }),
    ] {
        assert!(Sent::of(&message("tools/call", params)).told().is_allowed());
    }
}
