//! Which of several faults is answered, and what is told to nobody without a token.

use doorward::gate::Decision;
use serde_json::json;

use crate::gate::{Sent, Told, call, gate_of, message, valid, with_option, with_rules};

/// Each row has all the faults of the rows below it: the first is answered.
#[test]
fn the_first_fault_is_answered() {
    let all_wrong = || {
        valid()
            .with_body("{")
            .with("content-type", "text/plain")
            .with("mcp-protocol-version", "x")
            .with("mcp-method", "x")
    };
    let rows = [
        (
            all_wrong().with("content-length", "9999999").with("origin", "null").without("authorization").to("/x"),
            "body_too_large",
        ),
        (all_wrong().with("origin", "null").without("authorization").to("/x").by("PUT"), "route_unknown"),
        (all_wrong().with("origin", "null").without("authorization").by("PUT"), "origin_not_allowed"),
        (all_wrong().without("authorization").by("PUT"), "method_not_allowed"),
        (all_wrong().without("authorization"), "token_absent"),
        (all_wrong().with("authorization", "Bearer a b"), "authorization_malformed"),
        (all_wrong().with_claim("exp", json!(1)), "token_expired"),
        (all_wrong(), "version_unsupported"),
        (all_wrong().with("mcp-protocol-version", "2025-11-25"), "content_type_unsupported"),
        (
            all_wrong().with("mcp-protocol-version", "2025-11-25").with("content-type", "application/json"),
            "message_malformed",
        ),
        (call("delete_note").with("mcp-method", "x"), "header_mismatch"),
        (call("delete_note"), "scope_insufficient"),
    ];
    for (sent, code) in rows {
        assert_eq!(sent.told().code(), code, "{sent:?}");
    }
}

/// Who has no valid token learns nothing about operations: the answer is the same whatever is asked.
#[test]
fn the_unauthenticated_learn_nothing_about_operations() {
    let bodies = [
        message("tools/call", json!({ "name": "add_note" })).to_string(),
        message("tools/call", json!({ "name": "delete_note" })).to_string(),
        message("tools/stop", json!({})).to_string(),
        message("resources/read", json!({ "uri": "docs://public/../a" })).to_string(),
        json!([message("tools/list", json!({})), message("ping", json!({}))]).to_string(),
        "{".into(),
        String::new(),
    ];
    for authorization in [None, Some("Basic x"), Some("Bearer a b"), Some("Bearer x"), Some("Bearer a.b.c")] {
        let mut answers = Vec::new();
        for body in &bodies {
            for version in ["2025-11-25", "2026-07-28", "x"] {
                let sent =
                    valid().with_body(body.as_str()).with("mcp-protocol-version", version).without("authorization");
                let sent = authorization.into_iter().fold(sent, |sent, value| sent.and("authorization", value));
                answers.push(sent.told().answer().clone());
            }
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{authorization:?}");
        assert!(matches!(answers[0].status, 400 | 401));
    }
}

/// The body of whoever has no valid token is not even read. Where a rule is public it must be.
#[test]
fn a_refused_token_is_refused_before_the_body() {
    let unread = |sent: Sent| Sent { body: None, ..sent };
    let rules = with_rules(json!([{ "method": "*" }]));
    let mut forgets = rules.clone();
    forgets["tokenCache"] = json!({ "entries": 0 });
    let public = with_option("tokenCache", json!({ "entries": 10 }));
    for sent in [valid().with_claim("exp", json!(1)), valid().with_claim("aud", json!("x")), valid().with_token("x")] {
        for options in [&rules, &forgets] {
            let code = sent.told_by(options).code().to_owned();
            let early = Told::of(unread(sent.clone()).decided_by(&mut gate_of(options)));
            assert_eq!((early.status(), early.code()), (401, &*code));
        }
        let decision = unread(sent.clone()).decided_by(&mut gate_of(&public));
        assert!(matches!(decision, Decision::NeedBody { .. }), "{decision:?}");
    }
    let mut gate = gate_of(&rules);
    assert!(matches!(unread(valid()).decided_by(&mut gate), Decision::NeedBody { .. }));
    assert!(Told::of(valid().decided_by(&mut gate)).is_allowed());
}
