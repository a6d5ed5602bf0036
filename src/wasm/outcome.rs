//! What the core gives, as JavaScript takes it.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use js_sys::{Error, Object, Reflect};
use serde_json::Value;
use wasm_bindgen::prelude::JsValue;

use crate::{
    Access, InvalidOption, IssuerConflict, KeySet, KeySetError, Rejection, Step, Verdict,
    rejection::Description,
    text::{built::Built, json::text_of},
};

/// Header and claims go out as the very texts that were verified, to be parsed by the engine.
pub(super) fn access(access: &Access) -> String {
    const BESIDES_TEXTS: usize = 512; // of a usual token: more is made room for
    let (header, claims, key) = (access.header().json(), access.claims().json(), access.key());
    let mut json = String::with_capacity(header.len().saturating_add(claims.len()).saturating_add(BESIDES_TEXTS));
    for (name, text) in [("{\"header\":", header), (",\"claims\":", claims)] {
        json.push_str(name);
        json.push_str(text);
    }
    push_text(&mut json, ",\"key\":{\"kid\":", key.kid.as_deref());
    push_text(&mut json, ",\"alg\":", Some(key.algorithm.name()));
    json.push_str(",\"index\":");
    json.push_str(&key.index.to_string());
    push_text(&mut json, "},\"issuer\":", access.issuer());
    push_text(&mut json, ",\"client\":", access.client());
    json.push_str(",\"scopes\":[");
    for (place, scope) in access.scopes().iter().enumerate() {
        push_text(&mut json, if place == 0 { "" } else { "," }, Some(scope));
    }
    push_text(&mut json, "],\"profile\":{\"name\":", Some(access.profile().name()));
    push_text(&mut json, ",\"givesUp\":", access.profile().gives_up());
    json.push_str("}}");
    json
}

/// A member's name and its value: most values have nothing in them that JSON writes otherwise.
fn push_text(json: &mut String, name: &str, value: Option<&str>) {
    json.push_str(name);
    match value {
        None => json.push_str("null"),
        Some(text) if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') => {
            json.push('"');
            json.push_str(text);
            json.push('"');
        }
        Some(text) => json.push_str(&text_of(&text.into())),
    }
}

pub(super) fn steps(steps: &[Step]) -> String {
    let code = steps.iter().find_map(|step| step.code);
    let accepted = steps.iter().all(|step| step.verdict == Verdict::Passed);
    let steps: Vec<Value> = steps
        .iter()
        .map(|step| {
            let verdict = match step.verdict {
                Verdict::Passed => "passed",
                Verdict::Failed => "failed",
                Verdict::NotReached => "not_reached",
            };
            let told = Built::default()
                .with("check", step.check.name())
                .with("title", step.check.title())
                .with("section", step.check.section())
                .with("expected", step.expected.as_str())
                .with("found", step.found.as_str())
                .with("verdict", verdict)
                .with("code", step.code)
                .with("advice", step.advice);
            told.into()
        })
        .collect();
    text_of(&Built::default().with("accepted", accepted).with("code", code).with("steps", steps).into())
}

pub(super) fn skipped(keys: &KeySet) -> String {
    let skipped: Vec<Value> = keys
        .skipped()
        .iter()
        .map(|key| {
            let told = Built::default().with("index", key.index).with("kid", key.kid.as_deref());
            told.with("reason", key.fault.to_string()).into()
        })
        .collect();
    text_of(&skipped.into())
}

pub(super) fn rejection(rejection: &Rejection) -> JsValue {
    error(&rejection.description(), rejection.evidence())
}

pub(super) fn key_set_error(fault: &KeySetError) -> JsValue {
    error(&fault.description(), Built::default())
}

pub(super) fn option_error(fault: &InvalidOption) -> JsValue {
    error(&fault.description(), Built::default().with("option", fault.option()))
}

pub(super) fn issuer_conflict(conflict: &IssuerConflict) -> JsValue {
    error(&conflict.description(), Built::default().with("option", conflict.option()))
}

fn error(description: &Description, evidence: impl Into<Value>) -> JsValue {
    error_of(description, &evidence.into())
}

fn error_of(description: &Description, evidence: &Value) -> JsValue {
    let error = Error::new(&description.to_string());
    let set = |name: &str, value: &JsValue| {
        // Setting a property of a fresh object does not fail.
        let _ = Reflect::set(&error, &name.into(), value);
    };
    set("code", &description.code.into());
    set("expected", &description.expected.as_str().into());
    set("found", &description.found.as_str().into());
    set("advice", &description.advice.into());
    set("section", &description.section.into());
    let evidence = js_sys::JSON::parse(&text_of(evidence)).unwrap_or_else(|_| Object::new().into());
    set("evidence", &evidence);
    error.into()
}
