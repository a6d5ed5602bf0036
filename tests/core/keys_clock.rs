//! Clocks that err: no panic, no keys that last for ever, no lock that does.

use crate::{
    keys_course::{
        Course, DOWN,
        Event::{Again, Ask, Begin, Late},
        JWKS_URI,
        Reply::Keys,
        keys,
    },
    provider::NOW,
};

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
