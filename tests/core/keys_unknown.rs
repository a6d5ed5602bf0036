//! Tokens that name keys which are not in the set: rotations, and floods of invented names.

use doorward::keys::{FetchFault, Timing};

use crate::{
    keys_course::{
        Course, DOWN, Event,
        Event::{Again, AgainFor, AgainUndated, Answer, Ask, Begin, Stored},
        JWKS_URI,
        Reply::{Fault, KeysFor},
        TIMING, json_body, keys, status,
    },
    provider::NOW,
};

/// Ten thousand invented names in 100 seconds, with whatever the provider answers: the second of each
/// fetch for their sake.
fn flood(cooldown: u32, answer: &Event) -> Vec<i64> {
    let mut course = Course::with_keys_at(JWKS_URI, Timing { cooldown, max_age: 100_000, ..TIMING });
    let for_long = Answer(KeysFor("a", "max-age=100000"));
    course.runs(&[(0, Ask, "fetch"), (0, Begin, JWKS_URI), (0, for_long, "done")]);
    let mut fetched_at = Vec::new();
    for place in 0..10_000 {
        let seconds = 10 + place / 100;
        course.runs(&[(seconds, Ask, "a")]); // the old keys are kept, and nobody with one of them waits
        let now = NOW + seconds;
        if course.happens(now, &Again(seconds - 5)) == "fetch" {
            fetched_at.push(seconds);
            course.happens(now, &Begin);
            assert_eq!(course.happens(now, &Again(seconds)), "wait");
            course.happens(now, answer);
        }
    }
    assert_eq!(course.fetches, fetched_at.len() + 1);
    fetched_at
}

#[test]
fn a_flood_of_invented_names_makes_one_fetch_a_cool_down() {
    let again = Answer(KeysFor("a", "max-age=100000"));
    let empty = json_body("{\"keys\":[]}");
    for answer in [again, DOWN, Answer(Fault(FetchFault::TimedOut)), status(500), empty] {
        assert_eq!(flood(30, &answer), [10, 40, 70, 100], "{answer:?}");
        assert_eq!(flood(60, &answer), [10, 70], "{answer:?}");
    }
}

/// Without a cool-down to speak of, the pauses after failures bound the fetches.
#[test]
fn a_flood_in_an_outage_is_bounded_by_the_pauses() {
    assert_eq!(flood(1, &DOWN), [10, 11, 13, 17, 25, 41, 71, 101]);
}

#[test]
fn a_new_key_is_found_at_once() {
    Course::started().runs(&[
        (5, Again(4), "fetch"),
        (5, Again(4), "wait"),
        (5, Ask, "a"), // whoever has a known key goes on
        (5, Begin, JWKS_URI),
        (6, keys("a b"), "done"),
        (6, Ask, "a b"),
    ]);
}

/// Whose token is older than the keys has no key there; whose token is younger may have the next one. In the
/// second of the fetch, only the key that was looked for is known to be missing.
#[test]
fn within_the_cool_down_the_age_of_the_token_decides() {
    Course::started().runs(&[
        (100, Again(100), "fetch"),
        (100, Begin, JWKS_URI),
        (101, keys("a b"), "done"),
        (102, Again(101), "known"),
        (102, AgainFor("other", 101), "unavailable 28"),
        (102, AgainFor("other", 100), "known"),
        (102, Again(102), "unavailable 28"),
        (102, Again(i64::MAX - NOW), "unavailable 28"),
        (102, Again(i64::MIN / 2), "known"),
        (102, AgainUndated, "known"),
        (129, Again(102), "unavailable 1"),
        (130, Again(102), "fetch"),
        (130, Again(102), "wait"),
        (130, Begin, JWKS_URI),
        (131, keys("b c"), "done"),
        (131, AgainFor("a", 131), "known"), // it was there, and is no longer
        (131, Ask, "b c"),
    ]);
}

/// While the last attempt failed, nobody is told that his key does not exist.
#[test]
fn after_a_failed_look_no_key_is_said_to_be_unknown() {
    Course::started().runs(&[
        (200, Again(0), "fetch"),
        (200, Begin, JWKS_URI),
        (201, DOWN, "failed"),
        (201, Again(0), "unavailable 29"),
        (201, AgainUndated, "unavailable 29"),
        (201, Ask, "a"),
        (229, Again(0), "unavailable 1"),
        (230, Again(0), "fetch"),
        (230, Begin, JWKS_URI),
        (230, keys("a"), "done"),
        (231, Again(0), "known"),
        (231, Again(231), "unavailable 29"),
    ]);
}

#[test]
fn an_attempt_in_flight_is_shared() {
    Course::started().runs(&[
        (450, Ask, "a refresh"),
        (450, Again(449), "wait"),
        (450, Begin, JWKS_URI),
        (451, Again(449), "wait"),
        (451, keys("a"), "done"),
        (451, Again(449), "fetch"), // that one was not for an unknown key
        (451, Ask, "a"),
        (452, Begin, JWKS_URI),
        (453, keys("a b"), "done"),
    ]);
}

#[test]
fn a_withdrawn_key_is_gone_with_the_next_fetch() {
    Course::started().runs(&[
        (10, Again(9), "fetch"),
        (10, Begin, JWKS_URI),
        (10, keys("a b"), "done"),
        (460, Ask, "a b refresh"),
        (460, Begin, JWKS_URI),
        (460, keys("b"), "done"),
        (460, Ask, "b"),
        (460, Again(-1000), "fetch"),
        (460, Begin, JWKS_URI),
        (460, DOWN, "failed"),
        (460, Ask, "b"),
    ]);
}

/// In an outage nobody is told that a key does not exist, and the pauses hold for these as well.
#[test]
fn an_unknown_key_in_an_outage() {
    Course::started().runs(&[
        (600, Ask, "fetch"),
        (600, Begin, JWKS_URI),
        (600, DOWN, "failed"),
        (600, Ask, "a stale"),
        (600, Again(0), "unavailable 1"),
        (601, Again(0), "fetch"),
        (601, Ask, "a stale"),
        (601, Begin, JWKS_URI),
        (601, DOWN, "failed"),
        (603, Ask, "a stale refresh"),
        (603, Again(0), "wait"),
        (603, Begin, JWKS_URI),
        (603, keys("b"), "done"),
        (603, Again(0), "known"),
    ]);
}

/// What another instance has found spares the fetch, and the cool-down holds all the same.
#[test]
fn a_record_with_the_key_spares_the_fetch() {
    let record = |names, at| {
        let mut other = Course::direct();
        other.runs(&[(at, Ask, "fetch"), (at, Begin, JWKS_URI), (at, keys(names), "done")]);
        other.source.record().expect("a record")
    };
    Course::started().runs(&[
        (100, Again(99), "fetch"),
        (100, Stored(record("a b", 50), Some("b")), "true"),
        (100, Begin, "nothing"),
        (100, Ask, "a b"),
        (101, Again(101), "unavailable 29"),
        (130, Again(129), "fetch"),
        (130, Stored(record("a b", 60), Some("c")), "false"), // newer, and without the key
        (130, Ask, "a b"),
        (130, Begin, JWKS_URI),
        (131, keys("c"), "done"),
        (131, Ask, "c"),
    ]);
}
