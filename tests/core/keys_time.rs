//! One source through time: who fetches, who waits, and how long keys are used.

use doorward::{FetchFault, Source, Timing, UnixSeconds};

use crate::{
    keys_course::{
        Course, DOWN,
        Event::{Again, Answer, Ask, Begin, Late},
        JWKS_URI,
        Reply::{Fault, Keys, KeysFor},
        TIMING, keys, status, told,
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
fn a_failed_refresh_ahead_pauses_and_disturbs_nobody() {
    Course::started().runs(&[
        (450, Ask, "a refresh"),
        (450, Begin, JWKS_URI),
        (451, DOWN, "failed"),
        (451, Ask, "a"),
        (452, Ask, "a refresh"),
        (452, Begin, JWKS_URI),
        (453, DOWN, "failed"),
        (454, Ask, "a"),
        (455, Ask, "a refresh"),
        (455, Begin, JWKS_URI),
        (455, keys("b"), "done"),
        (455, Ask, "b"),
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
fn keys_outlive_an_outage_until_their_hard_end() {
    let mut course = Course::started();
    course.runs(&[
        (600, Ask, "fetch"),
        (600, Begin, JWKS_URI),
        (605, Answer(Fault(FetchFault::TimedOut)), "failed"),
        (605, Ask, "a stale"),
        (606, Ask, "a stale refresh"),
        (606, Ask, "a stale"), // who needs keys does not wait for an attempt that may fail as well
        (606, Begin, JWKS_URI),
        (607, status(500), "failed"),
        (608, Ask, "a stale"),
        (609, Ask, "a stale refresh"),
        (609, Begin, JWKS_URI),
        (609, DOWN, "failed"),
        (4199, Ask, "a stale refresh"),
        (4199, Begin, JWKS_URI),
        (4199, DOWN, "failed"),
        (4200, Ask, "unavailable 7"),
        (4207, Ask, "fetch"),
        (4207, Ask, "wait"),
        (4207, Begin, JWKS_URI),
        (4208, DOWN, "failed"),
        (4208, Ask, "unavailable 16"),
        (4224, Ask, "fetch"),
        (4224, Begin, JWKS_URI),
        (4225, keys("b"), "done"),
        (4225, Ask, "b"),
    ]);
}

/// The provider is down when the keys have long been over: not even once are they used.
#[test]
fn keys_that_are_over_are_not_used() {
    Course::started().runs(&[
        (4200, Ask, "fetch"),
        (4200, Begin, JWKS_URI),
        (4201, DOWN, "failed"),
        (4201, Ask, "unavailable 1"),
    ]);
    let timing = Timing { stale_for: 0, ..TIMING };
    let mut course = Course::with_keys_at(JWKS_URI, timing);
    course.runs(&[
        (0, Ask, "fetch"),
        (0, Begin, JWKS_URI),
        (0, keys("a"), "done"),
        (599, Ask, "a refresh"),
        (599, Begin, JWKS_URI),
        (599, DOWN, "failed"),
        (599, Ask, "a"),
        (600, Ask, "fetch"),
        (600, Begin, JWKS_URI),
        (600, DOWN, "failed"),
        (600, Ask, "unavailable 2"),
    ]);
}

#[test]
fn pauses_double_up_to_half_a_minute_and_end_with_success() {
    let mut course = Course::direct();
    let mut now = 0;
    for pause in [1, 2, 4, 8, 16, 30, 30, 30] {
        course.runs(&[
            (now, Ask, "fetch"),
            (now, Begin, JWKS_URI),
            (now, DOWN, "failed"),
            (now, Ask, &format!("unavailable {pause}")),
            (now + pause - 1, Ask, "unavailable 1"),
            (now + pause - 1, Begin, "nothing"),
        ]);
        now += pause;
    }
    for _ in 0..100 {
        course.runs(&[(now, Ask, "fetch"), (now, Begin, JWKS_URI), (now, DOWN, "failed")]);
        now += 30;
    }
    course.runs(&[
        (now, Ask, "fetch"),
        (now, Begin, JWKS_URI),
        (now, keys("a"), "done"),
        (now + 4300, Ask, "fetch"),
        (now + 4300, Begin, JWKS_URI),
        (now + 4300, DOWN, "failed"),
        (now + 4300, Ask, "unavailable 1"),
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
        (0, Again(0), "unavailable 1"),
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

/// Requests that read the clock before they wait ask with an earlier instant than others before them.
#[test]
fn a_little_disorder_among_callers_changes_nothing() {
    Course::started().runs(&[
        (-60, Ask, "a"),
        (-60, Again(-100), "fetch"),
        (-60, Again(-100), "wait"),
        (-60, Begin, JWKS_URI),
        (-60, keys("b"), "done"),
        (-60, Ask, "b"),
        (600, Ask, "fetch"),
        (540, Ask, "wait"),
    ]);
}

/// How old keys are cannot be told when the clock has been set back: they are fetched anew, and neither a
/// pause nor a lease that ends in a distant future keeps anybody from it.
#[test]
fn a_clock_that_is_set_back_makes_nothing_last() {
    for back in [-61, -100_000, -NOW, i64::MIN / 4] {
        let mut course = Course::started();
        course.runs(&[(back, Ask, "fetch"), (back, Ask, "wait"), (back, Begin, JWKS_URI), (back, keys("b"), "done")]);
        course.runs(&[
            (back, Ask, "b"),
            (back + 449, Ask, "b"),
            (back + 450, Ask, "b refresh"),
            (back + 600, Ask, "fetch"),
        ]);

        let mut course = Course::direct();
        course.runs(&[(0, Ask, "fetch"), (back, Ask, "fetch"), (back, Begin, JWKS_URI), (back, DOWN, "failed")]);
        course.runs(&[
            (back, Ask, "unavailable 1"),
            (back * 2 - 100, Ask, "fetch"),
            (back * 2 - 100, Late(1, Keys("a")), "failed"),
        ]);
    }
}

/// One instant far ahead, and then the right ones again.
#[test]
fn a_clock_that_leaps_makes_nothing_last() {
    for ahead in [1_000_000, NOW * 1000, i64::MAX - NOW] {
        let mut course = Course::started();
        course.runs(&[
            (ahead, Ask, "fetch"),
            (ahead, Begin, JWKS_URI),
            (ahead, keys("b"), "done"),
            (ahead, Again(0), "fetch"),
            (10, Ask, "fetch"),
            (10, Begin, JWKS_URI),
            (10, keys("c"), "done"),
            (10, Again(0), "fetch"),
            (10, Begin, JWKS_URI),
            (10, keys("c"), "done"),
            (609, Ask, "c refresh"),
            (625, Ask, "fetch"),
        ]);
    }
}
