//! One source through time: who fetches, who waits, and how long keys are used.

use doorward::{
    UnixSeconds,
    keys::{FetchFault, Source, Timing},
};

use crate::{
    keys_course::{
        Course,
        Event::{Again, Answer, Ask, Begin, Late},
        JWKS_URI,
        Reply::{Fault, Keys, KeysFor},
        keys, told,
    },
    provider::{NOW, provider},
};

#[test]
fn at_a_cold_start_one_caller_fetches_and_the_others_wait() {
    let mut course = Course::direct();
    course.runs(&[(0, Ask, "fetch")]);
    for _ in 0..200 {
        course.runs(&[(0, Ask, "wait"), (1, Ask, "wait"), (1, Again(0), "wait")]);
    }
    course.runs(&[
        (1, Begin, JWKS_URI),
        (1, Begin, "nothing"), // an attempt begins once
        (2, Ask, "wait"),
        (2, keys("a b"), "done"),
        (2, Ask, "a b"),
        (2, Begin, "nothing"),
    ]);
    assert_eq!(course.fetches, 1);
}

#[test]
fn when_the_lease_is_over_another_takes_over() {
    let mut course = Course::direct();
    course.runs(&[
        (0, Ask, "fetch"),
        (14, Ask, "wait"),
        (15, Ask, "fetch"),
        (15, Ask, "wait"),
        (15, Begin, JWKS_URI),
        (29, Ask, "wait"),
        (30, Ask, "fetch"),
        (30, Begin, JWKS_URI),
        (31, keys("a"), "done"),
        (31, Ask, "a"),
    ]);
}

#[test]
fn a_late_answer_counts_unless_another_has_taken_over() {
    let mut course = Course::direct();
    course.runs(&[(0, Ask, "fetch"), (0, Begin, JWKS_URI), (40, keys("a"), "done"), (40, Ask, "a")]);
    for late in [Keys("old"), Fault(FetchFault::TimedOut)] {
        let mut course = Course::direct();
        course.runs(&[
            (0, Ask, "fetch"),
            (0, Begin, JWKS_URI),
            (15, Ask, "fetch"),
            (15, Late(1, late.clone()), "failed"),
            (15, Ask, "wait"), // and does not end the attempt of the other
            (15, Begin, JWKS_URI),
            (16, Late(1, late.clone()), "failed"),
            (16, Late(7, late.clone()), "failed"),
            (16, Ask, "wait"),
            (17, keys("new"), "done"),
            (18, Late(1, late.clone()), "failed"),
            (18, Late(2, late.clone()), "failed"), // nor is an answer taken twice
            (18, Ask, "new"),
        ]);
    }
}

#[test]
fn in_the_last_quarter_one_caller_refreshes_and_nobody_waits() {
    let mut course = Course::started();
    course.runs(&[
        (449, Ask, "a"),
        (450, Ask, "a refresh"),
        (450, Ask, "a"),
        (450, Begin, JWKS_URI),
        (464, Ask, "a"),
        (465, Ask, "a refresh"), // the first one never came back
        (465, Begin, JWKS_URI),
        (466, keys("b"), "done"),
        (466, Ask, "b"),
        (915, Ask, "b"),
        (916, Ask, "b refresh"),
    ]);
}

#[test]
fn expired_keys_are_fetched_before_they_are_used() {
    Course::started().runs(&[
        (600, Ask, "fetch"),
        (600, Ask, "wait"),
        (600, Begin, JWKS_URI),
        (601, Ask, "wait"),
        (601, keys("b"), "done"),
        (601, Ask, "b"),
    ]);
}

#[test]
fn the_provider_says_how_long_within_bounds() {
    for (cache_control, seconds) in [("no-store", 60), ("max-age=100", 100), ("max-age=99999999999", 3600)] {
        let mut course = Course::direct();
        course.runs(&[
            (0, Ask, "fetch"),
            (0, Begin, JWKS_URI),
            (0, Answer(KeysFor("a", cache_control)), "done"),
            (seconds * 3 / 4 - 1, Ask, "a"),
            (seconds, Ask, "fetch"),
        ]);
    }
}

/// A configuration of zeros is not one of a fetch for each request.
#[test]
fn times_of_zero_count_as_one_second() {
    let mut course = Course::with_keys_at(JWKS_URI, Timing { cooldown: 0, max_age: 0, stale_for: 0 });
    course.runs(&[
        (0, Ask, "fetch"),
        (0, Begin, JWKS_URI),
        (0, keys("a"), "done"),
        (0, Ask, "a"),
        (0, Again(0), "fetch"),
        (0, Begin, JWKS_URI),
        (0, keys("a"), "done"),
        (0, Again(1), "unavailable 1"),
        (1, Ask, "fetch"),
    ]);
}

#[test]
fn fixed_keys_are_never_fetched() {
    let mut source = Source::fixed(provider().keys());
    for seconds in [i64::MIN, -1, 0, NOW, i64::MAX] {
        assert_eq!(told(&source.keys(UnixSeconds::new(seconds))), "key-1");
    }
    let mut course = Course::of(source);
    course.runs(&[(0, Again(0), "known"), (0, Begin, "nothing"), (0, keys("a"), "failed"), (0, Ask, "key-1")]);
    assert_eq!((course.source.record(), course.source.store_key(), course.source.metadata()), (None, None, None));
}
