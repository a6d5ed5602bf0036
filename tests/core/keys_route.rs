//! How long the address of an issuer's keys is remembered, and what is done when the keys are not there.

use doorward::keys::FetchFault;
use serde_json::json;

use crate::{
    keys_course::{
        Course, DOWN,
        Event::{Answer, Ask, Begin, Stored},
        JWKS_URI, OAUTH, OPENID,
        Reply::{Fault, Metadata},
        json_body, keys, next, status,
    },
    provider::ISSUER,
};

const DAY: i64 = 86_400;

/// One of an issuer whose keys "a" were fetched at the start.
fn started() -> Course {
    let mut course = Course::of_issuer(ISSUER);
    course.runs(&[
        (0, Ask, "fetch"),
        (0, Begin, OAUTH),
        (0, Answer(Metadata), &next(JWKS_URI)),
        (0, keys("a"), "done"),
    ]);
    course
}

#[test]
fn the_address_of_the_keys_is_remembered_for_a_day() {
    started().runs(&[
        (600, Ask, "fetch"),
        (600, Begin, JWKS_URI),
        (600, keys("b"), "done"),
        (DAY - 1, Ask, "fetch"),
        (DAY - 1, Begin, JWKS_URI),
        (DAY - 1, keys("c"), "done"),
    ]);
    started().runs(&[
        (DAY, Ask, "fetch"),
        (DAY, Begin, OAUTH),
        (DAY, Answer(Metadata), &next(JWKS_URI)),
        (DAY, keys("d"), "done"),
        (DAY + 600, Ask, "fetch"),
        (DAY + 600, Begin, JWKS_URI),
    ]);
}

#[test]
fn keys_that_have_moved_are_found_in_the_same_attempt() {
    let moved = "https://keys.example.com/new";
    let document = json!({ "issuer": ISSUER, "jwks_uri": moved });
    for answer in [status(404), status(302), Answer(Fault(FetchFault::Redirected)), json_body("{\"keys\":[]}")] {
        started().runs(&[
            (600, Ask, "fetch"),
            (600, Begin, JWKS_URI),
            (600, answer, &next(OAUTH)),
            (600, status(404), &next(OPENID)),
            (600, json_body(&document), &next(moved)),
            (600, keys("b"), "done"),
            (600, Ask, "b"),
            (1200, Ask, "fetch"),
            (1200, Begin, moved),
        ]);
    }
}

/// The document still names the address that has just failed: it is not asked again in this attempt.
#[test]
fn an_attempt_does_not_ask_an_address_twice() {
    started().runs(&[
        (600, Ask, "fetch"),
        (600, Begin, JWKS_URI),
        (600, status(503), &next(OAUTH)),
        (600, status(404), &next(OPENID)),
        (600, Answer(Metadata), "failed"),
        (600, Ask, "a stale"),
        (601, Ask, "a stale refresh"),
        (601, Begin, OAUTH),
        (601, Answer(Metadata), &next(JWKS_URI)),
        (601, status(503), "failed"),
        (603, Ask, "a stale refresh"),
        (603, Begin, OAUTH),
        (603, Answer(Metadata), &next(JWKS_URI)),
        (603, keys("b"), "done"),
        (603, Ask, "b"),
        (1203, Ask, "fetch"),
        (1203, Begin, JWKS_URI),
    ]);
}

#[test]
fn after_a_network_fault_the_next_attempt_asks_where_the_keys_are() {
    started().runs(&[
        (600, Ask, "fetch"),
        (600, Begin, JWKS_URI),
        (600, DOWN, "failed"),
        (601, Ask, "a stale refresh"),
        (601, Begin, OAUTH),
        (601, status(500), &next(OPENID)),
        (601, status(500), "failed"),
        (603, Ask, "a stale refresh"),
        (603, Begin, OAUTH),
        (603, Answer(Metadata), &next(JWKS_URI)),
        (603, keys("b"), "done"),
    ]);
}

/// What another instance has learnt since is believed.
#[test]
fn a_record_settles_where_the_keys_are() {
    let moved = "https://keys.example.com/new";
    let mut other = Course::of_issuer(ISSUER);
    other.runs(&[
        (602, Ask, "fetch"),
        (602, Begin, OAUTH),
        (602, json_body(json!({ "issuer": ISSUER, "jwks_uri": moved })), &next(moved)),
        (602, keys("b"), "done"),
    ]);
    let record = other.source.record().expect("a record");
    started().runs(&[
        (600, Ask, "fetch"),
        (600, Begin, JWKS_URI),
        (600, DOWN, "failed"),
        (602, Ask, "a stale refresh"),
        (602, Stored(record, None), "true"),
        (602, Ask, "b"),
        (1202, Ask, "fetch"),
        (1202, Begin, moved),
    ]);
}

/// How old the document is cannot be told when the clock has been set back.
#[test]
fn a_clock_that_is_set_back_makes_no_address_last() {
    started().runs(&[
        (-100, Ask, "fetch"),
        (-100, Begin, OAUTH),
        (-100, Answer(Metadata), &next(JWKS_URI)),
        (-100, keys("b"), "done"),
        (500, Ask, "fetch"),
        (500, Begin, JWKS_URI),
    ]);
}
