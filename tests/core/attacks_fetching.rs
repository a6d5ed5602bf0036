//! Attacks on what fetches keys, those with an advisory. All others are in the table by the tests of keys.

use doorward::keys::{Address, FetchFault, Source};

use crate::keys_course::{Course, DOWN, Event, JWKS_URI, Reply, TIMING, keys, status};

/// A redirect leads where whoever answers wants: it is a failed attempt, whatever the host makes of it.
#[test]
fn ghsa_9v7f_9g4p_ffgj_redirects_are_not_followed() {
    for redirect in
        [Event::Answer(Reply::Fault(FetchFault::Redirected)), status(301), status(302), status(307), status(308)]
    {
        let mut course = Course::direct();
        course.runs(&[
            (0, Event::Ask, "fetch"),
            (0, Event::Begin, JWKS_URI),
            (0, redirect, "failed"),
            (0, Event::Ask, "unavailable 1"),
            (1, Event::Ask, "fetch"),
            (1, Event::Begin, JWKS_URI),
            (1, keys("a"), "done"),
        ]);
        assert_eq!(course.fetches, 2);
    }
}

/// Ten thousand tokens of keys that nobody has bring one fetch a cool-down, also in an outage, and leave the
/// keys as they are.
#[test]
fn cve_2026_48524_ghsa_2gx3_rcp4_g85q_a_flood_fetches_once_a_cool_down() {
    for answer in [keys("a"), DOWN] {
        let mut course = Course::started();
        let before = course.fetches;
        for number in 0..10_000 {
            let seconds = 60 + number / 400; // 400 a second, for 25 seconds
            if course.happens(crate::provider::NOW + seconds, &Event::Again(seconds)) == "fetch" {
                course.happens(crate::provider::NOW + seconds, &Event::Begin);
                course.happens(crate::provider::NOW + seconds, &answer);
            }
        }
        assert_eq!(course.fetches - before, 1, "{answer:?}");
        assert_eq!(course.happens(crate::provider::NOW + 90, &Event::Ask), "a");
    }
}

/// Only https, or http on this machine where that is allowed.
#[test]
fn ghsa_993g_76c3_p5m4_addresses_are_https() {
    for url in [
        "file:///etc/passwd",
        "http://idp.example.com/keys",
        "ftp://idp.example.com/keys",
        "data:application/json,{}",
        "//h/keys",
        "/keys",
    ] {
        for address in [Address::Keys(url.into()), Address::Issuer(url.into())] {
            assert!(Source::at(address, TIMING, true).is_err(), "{url}");
        }
    }
    assert!(Source::at(Address::Keys("http://localhost:1/keys".into()), TIMING, false).is_err());
}

/// What the provider no longer publishes is gone with the next fetch, and in an outage at a hard end.
#[test]
fn ghsa_675f_rq2r_jw82_revoked_keys_are_not_kept() {
    let mut course = Course::started();
    course.runs(&[
        (601, Event::Ask, "fetch"),
        (601, Event::Begin, JWKS_URI),
        (601, keys("b"), "done"),
        (601, Event::Ask, "b"),
    ]);
    let mut course = Course::started();
    course.runs(&[
        (601, Event::Ask, "fetch"),
        (601, Event::Begin, JWKS_URI),
        (601, DOWN, "failed"),
        (601, Event::Ask, "a stale"),
        (4201, Event::Ask, "fetch"),
        (4201, Event::Begin, JWKS_URI),
        (4201, DOWN, "failed"),
    ]);
    assert!(course.happens(crate::provider::NOW + 4201, &Event::Ask).starts_with("unavailable"));
}
