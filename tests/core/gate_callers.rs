//! A request in two decisions, without its body and with it: the token is judged once.

use core::cell::RefCell;
use doorward::{
    UnixSeconds,
    gate::{Caller, Decision, FIELDS, Gate, Headers, Request},
};
use serde_json::{Value, json};
use std::{borrow::Cow, collections::BTreeSet};

use crate::{
    forger::{decode, resigned, segments},
    gate::{Sent, Told, call, gate, gate_of, message, mirrored, valid, with_option, with_rules},
    provider::{NOW, provider},
};

/// Rules of which none is public: the token is judged first. Remembering is off, so that nothing else spares it.
fn options() -> Value {
    let mut options = with_rules(json!([
        { "method": "tools/call", "name": "delete_*", "scopes": ["mcp:admin"] },
        { "method": "*", "scopes": ["mcp:read"] },
    ]));
    options["tokenCache"] = json!({ "entries": 0 });
    options
}

fn caller_of(sent: &Sent, gate: &mut Gate) -> Box<Caller> {
    match (Sent { body: None, ..sent.clone() }).decided_by(gate) {
        Decision::NeedBody { caller: Some(caller), .. } => caller,
        other => panic!("no caller: {other:?}"),
    }
}

fn with_body(gate: &mut Gate, sent: &Sent, caller: Option<Box<Caller>>, now: i64) -> Told {
    let Sent { method, url, headers, body } = sent;
    let request = Request { method, url, headers, body: body.as_deref() };
    Told::of(gate.decide_with_body(&request, caller, UnixSeconds::new(now)))
}

#[test]
fn a_caller_changes_no_decision() {
    for sent in [
        valid(),
        call("delete_note"),
        valid().with_body("{"),
        valid().with_body([0xFF]),
        valid().with("mcp-method", "x"),
        valid().with("content-type", "text/plain"),
        mirrored("add_note"),
        Sent::of(&message("tools/list", json!({}))),
    ] {
        let mut gate = gate_of(&options());
        let caller = caller_of(&sent, &mut gate);
        let (in_two, at_once) = (with_body(&mut gate, &sent, Some(caller), NOW), sent.told_by(&options()));
        assert_eq!(in_two.event, at_once.event, "{sent:?}");
        assert_eq!(in_two.answer, at_once.answer, "{sent:?}");
        let told = |told: &Told| told.admission.as_ref().map(|admission| format!("{admission:?}"));
        assert_eq!(told(&in_two), told(&at_once), "{sent:?}");
    }
}

/// The clock of the request is the one that it began with: a body that takes its time ends no token.
#[test]
fn a_caller_is_judged_once_and_not_for_long() {
    let sent = valid().with_claim("exp", json!(NOW - 59));
    for (seconds, code) in [(0, "allow"), (59, "allow"), (60, "allow"), (61, "token_expired"), (-1, "allow")] {
        let mut gate = gate_of(&options());
        let caller = caller_of(&sent, &mut gate);
        assert_eq!(with_body(&mut gate, &sent, Some(caller), NOW + seconds).code(), code, "after {seconds} s");
        assert_eq!(with_body(&mut gate, &sent, None, NOW + 1).code(), "token_expired");
    }
    // Before the caller came there was none: judged anew, by a clock of before the token.
    let sent = valid().with_claim("nbf", json!(NOW + 60));
    let mut gate = gate_of(&options());
    let caller = caller_of(&sent, &mut gate);
    assert_eq!(with_body(&mut gate, &sent, Some(caller), NOW - 1).code(), "token_not_yet_valid");
}

#[test]
fn a_caller_is_of_one_token() {
    let mut gate = gate_of(&options());
    let token = provider().token();
    let [header, _, signature] = segments(&token);
    let mut other = decode(signature);
    other[40] ^= 1;
    let forged = resigned(&token, &other);
    let another = provider().token_with("scope", json!("mcp:read mcp:write mcp:admin"));
    let altered = format!("{header}.{}.{signature}", segments(&another)[1]);
    for (sent, code) in [
        (valid().with_token(&altered), "signature_invalid"),
        (valid().with_token(&provider().token_with("exp", json!(1))), "token_expired"),
        (valid().with_token(&forged), "signature_invalid"),
        (valid().with_token("x"), "token_malformed"),
        (valid().without("authorization"), "token_absent"),
        (valid().and("authorization", "Bearer x"), "authorization_malformed"),
    ] {
        let caller = caller_of(&valid().with_token(&token), &mut gate);
        assert!(!format!("{caller:?}").contains(signature), "no part of the token is shown");
        assert_eq!(with_body(&mut gate, &sent, Some(caller), NOW).code(), code, "{sent:?}");
    }
}

/// What is public is let through whatever token comes along: it is not judged before the body is known.
#[test]
fn where_something_is_public_there_is_no_caller() {
    let sent = Sent { body: None, ..valid() };
    assert!(matches!(sent.decided_by(&mut gate()), Decision::NeedBody { caller: None, .. }));
}

/// A host may hand over the fields of the list and no others.
#[test]
fn no_other_fields_are_read_than_are_listed() {
    struct Watched<'s>(&'s Sent, &'s RefCell<BTreeSet<String>>);
    impl Headers for Watched<'_> {
        fn get(&self, name: &str) -> Option<Cow<'_, str>> {
            self.1.borrow_mut().insert(name.into());
            self.0.headers.get(name).map(|value| value.into_owned().into())
        }
    }
    let read = RefCell::default();
    let preflight = Sent::plain("OPTIONS").with("access-control-request-method", "POST");
    let by_headers = with_option("operationFrom", json!("headers"));
    for options in [options(), by_headers] {
        for sent in [valid(), mirrored("add_note"), Sent::plain("GET"), preflight.clone()] {
            let watched = Watched(&sent, &read);
            let Sent { method, url, body, .. } = &sent;
            let request = Request { method, url, headers: &watched, body: body.as_deref() };
            gate_of(&options).decide(&request, UnixSeconds::new(NOW));
        }
    }
    assert!(read.into_inner().iter().map(String::as_str).eq(BTreeSet::from(FIELDS)));
}
