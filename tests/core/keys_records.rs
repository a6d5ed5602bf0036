//! Records in a store that several instances share: what they carry, and what is refused of them.

use doorward::{
    KeySet,
    keys::{Address, Source, Timing},
    limits::{MAX_KEY_RECORD_BYTES, MAX_KEY_SET_BYTES, MAX_METADATA_BYTES},
};
use serde_json::{Map, Value, json};

use crate::{
    keys_course::{
        Course, DOWN,
        Event::{Answer, Ask, Begin, Stored},
        JWKS_URI, OAUTH,
        Reply::Metadata,
        TIMING, json_body, jwks, keys, next,
    },
    provider::{ISSUER, NOW, changed, object},
};

/// The record of keys with these names, fetched after these seconds.
fn record(names: &'static str, seconds: i64) -> String {
    let mut other = Course::direct();
    other.runs(&[(seconds, Ask, "fetch"), (seconds, Begin, JWKS_URI), (seconds, keys(names), "done")]);
    other.source.record().expect("a record")
}

fn record_of_issuer(names: &'static str, seconds: i64) -> String {
    let mut other = Course::of_issuer(ISSUER);
    other.runs(&[
        (seconds, Ask, "fetch"),
        (seconds, Begin, OAUTH),
        (seconds, Answer(Metadata), &next(JWKS_URI)),
        (seconds, keys(names), "done"),
    ]);
    other.source.record().expect("a record")
}

fn members(record: &str) -> Map<String, Value> {
    object(serde_json::from_str(record).expect("JSON"))
}

#[test]
fn a_record_has_the_keys_their_address_and_their_times() {
    let expected = json!({
        "version": 1,
        "for": "doorward/keys/1/jwks/https://keys.example.com/jwks",
        "keys": jwks("a"),
        "fetchedAt": NOW,
        "freshUntil": NOW + 600,
        "metadata": null,
    });
    assert_eq!(Value::Object(members(&record("a", 0))), expected);
    let metadata = members(&record_of_issuer("a", 0)).remove("metadata");
    let text = json!({ "issuer": ISSUER, "jwks_uri": JWKS_URI }).to_string();
    assert_eq!(metadata, Some(json!({ "text": text, "acceptedAt": NOW })));
    assert_eq!(Course::direct().source.record(), None);
}

#[test]
fn the_name_of_a_record_is_that_of_the_address() {
    let name = |address: Address| Source::at(address, TIMING, false).expect("an address").store_key().map(String::from);
    assert_eq!(
        name(Address::Keys(JWKS_URI.into())).as_deref(),
        Some("doorward/keys/1/jwks/https://keys.example.com/jwks")
    );
    assert_eq!(name(Address::Issuer(ISSUER.into())).as_deref(), Some("doorward/keys/1/issuer/https://idp.example.com"));
}

#[test]
fn a_record_ends_the_need_of_an_attempt() {
    let mut course = Course::direct();
    course.runs(&[
        (100, Ask, "fetch"),
        (100, Stored(record("a b", 50), None), "true"),
        (100, Begin, "nothing"),
        (100, Ask, "a b"),
        (499, Ask, "a b"),
        (500, Ask, "a b refresh"), // by the time of the fetch, not that of the store
        (500, Stored(record("a b", 50), None), "false"), // not newer
        (500, Stored(record("a b", 40), None), "false"),
        (500, Stored(record("c", 51), None), "true"),
        (500, Ask, "c"),
    ]);
    assert_eq!(course.fetches, 0);
    assert_eq!(course.source.record(), Some(record("c", 51)));
}

#[test]
fn a_record_ends_the_pause_after_a_failure() {
    Course::direct().runs(&[
        (0, Ask, "fetch"),
        (0, Begin, JWKS_URI),
        (0, DOWN, "failed"),
        (1, Ask, "fetch"),
        (1, Stored(record("a", 0), Some("a")), "true"),
        (1, Ask, "a"),
    ]);
}

/// Its metadata document comes with it: neither is fetched anew.
#[test]
fn a_record_of_an_issuer_brings_the_address_of_its_keys() {
    let mut course = Course::of_issuer(ISSUER);
    course.runs(&[
        (100, Ask, "fetch"),
        (100, Stored(record_of_issuer("a", 50), Some("a")), "true"),
        (100, Ask, "a"),
        (650, Ask, "fetch"),
        (650, Begin, JWKS_URI),
        (650, keys("b"), "done"),
    ]);
    assert_eq!(course.source.metadata(), Some(&*json!({ "issuer": ISSUER, "jwks_uri": JWKS_URI }).to_string()));
}

/// An instance that starts in an outage has the keys of the others, for as long as they have.
#[test]
fn an_expired_record_serves_in_an_outage() {
    Course::direct().runs(&[
        (700, Ask, "fetch"),
        (700, Stored(record("a", 0), Some("a")), "false"),
        (700, Ask, "wait"), // not before the provider was asked
        (700, Begin, JWKS_URI),
        (700, DOWN, "failed"),
        (700, Ask, "a stale"),
        (730, Ask, "a stale refresh"),
        (4200, Ask, "fetch"),
    ]);
    Course::direct().runs(&[
        (4200, Ask, "fetch"),
        (4200, Stored(record("a", 0), Some("a")), "false"),
        (4200, Begin, JWKS_URI),
        (4200, DOWN, "failed"),
        (4200, Ask, "unavailable 1"),
    ]);
}

/// The attempt that it spares may have begun: its answer comes too late then.
#[test]
fn a_record_overtakes_an_attempt() {
    Course::direct().runs(&[
        (0, Ask, "fetch"),
        (0, Begin, JWKS_URI),
        (0, Stored(record("a", 0), None), "true"),
        (1, keys("b"), "failed"),
        (1, Ask, "a"),
        (1, DOWN, "failed"),
        (1, Ask, "a"),
    ]);
}

/// Refused by an instance without keys, and by one with older ones, which keeps them.
fn is_refused(record: &str, at: i64) {
    let mut course = Course::direct();
    course.runs(&[
        (at, Ask, "fetch"),
        (at, Stored(record.into(), None), "false"),
        (at, Begin, JWKS_URI),
        (at, DOWN, "failed"),
    ]);
    course.runs(&[(at, Ask, "unavailable 1")]);
    let mut course = Course::started();
    course.runs(&[(at, Stored(record.into(), None), "false"), (at, Ask, "a")]);
}

#[test]
fn records_of_another_time_or_address_are_refused() {
    let whole = members(&record("b", 10));
    Course::started().runs(&[(20, Stored(json!(whole).to_string(), None), "true"), (20, Ask, "b")]);
    let changes: [(&str, Value); 23] = [
        ("version", json!(2)),
        ("version", json!("1")),
        ("version", json!(1.0)),
        ("version", Value::Null),
        ("for", json!("doorward/keys/1/jwks/https://evil.example.com/jwks")),
        ("for", json!("doorward/keys/1/jwks/https://keys.example.com/jwks/")),
        ("for", json!("doorward/keys/1/issuer/https://keys.example.com/jwks")),
        ("for", Value::Null),
        ("fetchedAt", json!(NOW + 21)),
        ("fetchedAt", json!(i64::MAX)),
        ("fetchedAt", json!(u64::MAX)),
        ("fetchedAt", json!(i64::MIN)),
        ("fetchedAt", json!(NOW + 610)), // not before it ends
        ("fetchedAt", json!((NOW + 10) as f64 + 0.5)),
        ("fetchedAt", json!((NOW + 10).to_string())),
        ("fetchedAt", Value::Null),
        ("freshUntil", json!(NOW + 10 + 3601)), // for longer than allowed
        ("freshUntil", json!(i64::MAX)),
        ("freshUntil", json!(NOW + 10)),
        ("freshUntil", json!(i64::MIN)),
        ("freshUntil", Value::Null),
        ("metadata", json!({ "text": "{}", "acceptedAt": NOW })),
        ("more", json!(1)),
    ];
    for (member, value) in changes {
        is_refused(&json!(changed(whole.clone(), member, value)).to_string(), 20);
    }
    let mut absent = whole.clone();
    absent.remove("metadata");
    is_refused(&json!(absent).to_string(), 20);
    is_refused(&record("b", 21), 20);
    // Of one more second, it is no more refused.
    let longest = changed(whole, "freshUntil", json!(NOW + 10 + 3600));
    Course::started().runs(&[(20, Stored(json!(longest).to_string(), None), "true")]);
}

#[test]
fn records_without_a_usable_key_are_refused() {
    let whole = members(&record("b", 10));
    let texts = ["", "{}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}", "[]"];
    for value in texts.map(Value::from).into_iter().chain([json!({ "keys": [] }), Value::Null]) {
        is_refused(&json!(changed(whole.clone(), "keys", value)).to_string(), 20);
    }
}

#[test]
fn what_is_no_record_is_refused() {
    let whole = record("b", 10);
    let doubled = whole.replacen('{', "{\"version\":1,", 1);
    for text in ["", "{}", "null", "[]", "record", &jwks("b"), &whole[1..], &format!("{whole}{{}}"), &doubled] {
        is_refused(text, 20);
    }
    is_refused(&format!("{whole}{}", " ".repeat(MAX_KEY_RECORD_BYTES + 1 - whole.len())), 20);
    let longest = format!("{whole}{}", " ".repeat(MAX_KEY_RECORD_BYTES - whole.len()));
    Course::started().runs(&[(20, Stored(longest, None), "true")]);
}

/// What a store says of an issuer is read as strictly as what the issuer says.
#[test]
fn records_with_metadata_of_another_are_refused() {
    let whole = members(&record_of_issuer("b", 10));
    let taken = |metadata: Value| {
        let record = json!(changed(whole.clone(), "metadata", metadata)).to_string();
        Course::of_issuer(ISSUER).happens(NOW + 20, &Stored(record, None))
    };
    let text = |issuer: &str, jwks_uri: &str| json!({ "issuer": issuer, "jwks_uri": jwks_uri }).to_string();
    assert_eq!(taken(json!({ "text": text(ISSUER, JWKS_URI), "acceptedAt": NOW + 20 })), "true");
    for metadata in [
        json!({ "text": text(ISSUER, JWKS_URI), "acceptedAt": NOW + 21 }),
        json!({ "text": text(ISSUER, JWKS_URI), "acceptedAt": null }),
        json!({ "text": text(ISSUER, JWKS_URI) }),
        json!({ "text": text("https://idp.example.com/", JWKS_URI), "acceptedAt": NOW }),
        json!({ "text": text(ISSUER, "http://keys.example.com/jwks"), "acceptedAt": NOW }),
        json!({ "text": text(ISSUER, "file:///jwks"), "acceptedAt": NOW }),
        json!({ "text": {}, "acceptedAt": NOW }),
        json!({ "acceptedAt": NOW }),
        json!("text"),
    ] {
        assert_eq!(taken(metadata.clone()), "false", "{metadata}");
    }
    let mut absent = whole.clone();
    absent.insert("metadata".into(), Value::Null);
    assert_eq!(Course::of_issuer(ISSUER).happens(NOW + 20, &Stored(json!(absent).to_string(), None)), "false");
}

/// An instance that allows less than the one that wrote keeps to its own.
#[test]
fn a_record_is_held_to_the_readers_own_times() {
    let short = Timing { max_age: 599, ..TIMING };
    let mut course = Course::with_keys_at(JWKS_URI, short);
    course.runs(&[(10, Stored(record("a", 0), None), "false"), (10, Ask, "fetch")]);
}

/// The largest key set there may be fits into a record, whatever it is made of.
#[test]
fn the_largest_answers_fit_into_a_record() {
    let set = jwks("a");
    let padded = format!("{set}{}", "\n".repeat(MAX_KEY_SET_BYTES - set.len()));
    assert!(KeySet::parse(&padded).is_ok());
    let document = json!({ "issuer": ISSUER, "jwks_uri": JWKS_URI }).to_string();
    let document = format!("{document}{}", "\r".repeat(MAX_METADATA_BYTES - document.len()));
    let mut other = Course::of_issuer(ISSUER);
    other.runs(&[
        (0, Ask, "fetch"),
        (0, Begin, OAUTH),
        (0, json_body(document), &next(JWKS_URI)),
        (0, json_body(padded), "done"),
    ]);
    let record = other.source.record().expect("a record");
    assert!(record.len() <= MAX_KEY_RECORD_BYTES);
    assert_eq!(Course::of_issuer(ISSUER).happens(NOW, &Stored(record, Some("a"))), "true");
}
