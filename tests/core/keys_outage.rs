//! A provider that cannot be reached: pauses, keys beyond their freshness, and their hard end.

use doorward::keys::{FetchFault, Timing};

use crate::keys_course::{
    Course, DOWN,
    Event::{Answer, Ask, Begin},
    JWKS_URI,
    Reply::Fault,
    TIMING, keys, status,
};

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
        (643, Ask, "a stale refresh"), // 30 s after the pause of 4 s
        (643, Begin, JWKS_URI),
        (643, DOWN, "failed"),
        (682, Ask, "fetch"), // the outage may be over: this request waits to see
        (682, Ask, "wait"),
        (682, Begin, JWKS_URI),
        (682, DOWN, "failed"),
        (682, Ask, "a stale"),
        (4199, Ask, "fetch"),
        (4199, Begin, JWKS_URI),
        (4199, DOWN, "failed"),
        (4200, Ask, "unavailable 29"),
        (4229, Ask, "fetch"),
        (4229, Ask, "wait"),
        (4229, Begin, JWKS_URI),
        (4230, DOWN, "failed"),
        (4230, Ask, "unavailable 30"),
        (4260, Ask, "fetch"),
        (4260, Begin, JWKS_URI),
        (4261, keys("b"), "done"),
        (4261, Ask, "b"),
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
