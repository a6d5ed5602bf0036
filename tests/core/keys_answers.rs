//! What a provider may answer in the place of keys: nothing of it harms the keys that are there.

use doorward::{
    UnixSeconds,
    keys::{Address, FetchFault, Progress, Response, Source},
    limits::MAX_KEY_SET_BYTES,
};
use serde_json::json;

use crate::{
    keys_course::{
        Course, Event,
        Event::{Answer, Ask, Begin},
        JWKS_URI,
        Reply::{Body, Fault},
        TIMING, json_body, jwks, keys, status,
    },
    provider::{NOW, changed, provider},
};

/// As the answer at a cold start, and to a refresh of keys that are there.
fn is_refused(answer: &Event) {
    let mut course = Course::direct();
    course.runs(&[(0, Ask, "fetch"), (0, Begin, JWKS_URI), (0, answer.clone(), "failed"), (0, Ask, "unavailable 1")]);
    course.runs(&[(1, Ask, "fetch"), (1, Begin, JWKS_URI), (1, keys("b"), "done"), (1, Ask, "b")]);
    Course::started().runs(&[
        (450, Ask, "a refresh"),
        (450, Begin, JWKS_URI),
        (450, answer.clone(), "failed"),
        (450, Ask, "a"),
        (600, Ask, "fetch"), // it may be back by now
        (600, Begin, JWKS_URI),
        (600, answer.clone(), "failed"),
        (600, Ask, "a stale"),
    ]);
}

#[test]
fn a_fault_is_a_failed_attempt() {
    use FetchFault::{Redirected, TimedOut, TooLarge, Unreachable};
    for fault in [Unreachable, TimedOut, TooLarge, Redirected] {
        is_refused(&Answer(Fault(fault)));
    }
}

/// With valid keys in the body, and yet not the answer to the question.
#[test]
fn only_status_200_brings_keys() {
    for status in [
        0, 100, 201, 203, 204, 206, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 429, 500, 502, 503, 599, 999,
    ] {
        is_refused(&Answer(Body(status, Some("application/json"), jwks("a"))));
    }
}

#[test]
fn a_set_without_a_usable_key_is_a_failed_attempt() {
    let unusable = changed(provider().jwk(), "use", json!("enc"));
    let symmetric = json!({ "kty": "oct", "k": "AAAA" });
    for body in
        [json!({ "keys": [] }), json!({ "keys": [unusable, symmetric, null, ""] }), json!({ "keys": {} }), json!({})]
    {
        is_refused(&json_body(body));
    }
}

#[test]
fn what_is_no_key_set_is_a_failed_attempt() {
    let set = jwks("a");
    let doubled = set.replacen('{', "{\"keys\":[],", 1);
    let bodies = [
        "",
        "null",
        "[]",
        "<html>",
        &set[..set.len() - 1],
        &format!("{set}{set}"),
        &format!("\u{feff}{set}"),
        &doubled,
    ];
    for body in bodies {
        is_refused(&json_body(body));
    }
}

#[test]
fn more_than_was_asked_for_is_refused() {
    let padded = |length: usize| {
        let set = jwks("a");
        format!("{set}{}", " ".repeat(length - set.len()))
    };
    is_refused(&json_body(padded(MAX_KEY_SET_BYTES + 1)));
    Course::direct().runs(&[
        (0, Ask, "fetch"),
        (0, Begin, JWKS_URI),
        (0, json_body(padded(MAX_KEY_SET_BYTES)), "done"),
        (0, Ask, "a"),
    ]);
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let mut source = Source::at(Address::Keys(JWKS_URI.into()), TIMING, false).expect("an address");
    source.keys(UnixSeconds::new(NOW));
    let fetch = source.begin().expect("a fetch");
    assert_eq!(fetch.max_bytes, MAX_KEY_SET_BYTES);
    let mut body = jwks("a").into_bytes();
    body.extend(b" \xff");
    let response = Response { status: 200, content_type: None, cache_control: None, age: None, body: &body };
    assert_eq!(source.fetched(fetch.step, Ok(response), UnixSeconds::new(NOW)), Progress::Failed);
}

/// One bad key never spoils a set, and some providers serve theirs from a store of plain files.
#[test]
fn whatever_reads_as_a_set_with_a_usable_key_is_one() {
    let mixed = json!({ "keys": [null, "", { "kty": "?" }, provider().jwk(), { "kty": "RSA", "n": "!" }] });
    for content_type in [Some("application/jwk-set+json"), Some("text/plain"), Some("binary/octet-stream"), None] {
        let answer = Answer(Body(200, content_type, mixed.to_string()));
        Course::direct().runs(&[(0, Ask, "fetch"), (0, Begin, JWKS_URI), (0, answer, "done"), (0, Ask, "key-1")]);
    }
}

/// The age that a cache on the way tells of is part of the time that keys are fresh.
#[test]
fn keys_from_a_cache_are_as_old_as_it_says() {
    let mut source = Source::at(Address::Keys(JWKS_URI.into()), TIMING, false).expect("an address");
    let mut course = Course::of({
        source.keys(UnixSeconds::new(NOW));
        let step = source.begin().expect("a fetch").step;
        let body = jwks("a");
        let response = Response {
            status: 200,
            content_type: None,
            cache_control: Some("public, max-age=1000"),
            age: Some("800"),
            body: body.as_bytes(),
        };
        assert_eq!(source.fetched(step, Ok(response), UnixSeconds::new(NOW)), Progress::Done);
        source
    });
    course.runs(&[
        (149, Ask, "a"),
        (150, Ask, "a refresh"),
        (164, Ask, "a"),
        (200, Ask, "fetch"),
        (200, Begin, JWKS_URI),
    ]);
    course.runs(&[(200, status(503), "failed"), (200, Ask, "a stale")]);
}
