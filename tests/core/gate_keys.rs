//! A gate whose keys are fetched: what it asks for, and what requests get meanwhile.

use doorward::{
    UnixSeconds,
    gate::{Decision, Gate},
    keys::{FetchFault, Progress, Response},
};
use serde_json::{Value, json};

use crate::{
    gate::{Sent, Told, gate_of, options, valid},
    keys_course::{JWKS_URI, jwks},
    provider::{ISSUER, KID, NOW, changed, claims, provider},
};

const OTHER: &str = "https://other.example";

/// Two issuers with keys at addresses of their own.
pub(crate) fn fetching() -> Gate {
    let mut options = options();
    options["issuers"] = json!([
        { "issuer": ISSUER, "jwksUri": JWKS_URI },
        { "issuer": OTHER, "jwksUri": "https://other.example/keys" },
    ]);
    gate_of(&options)
}

pub(crate) fn with_kid(kid: &str) -> Sent {
    let header = changed(provider().header(), "kid", json!(kid));
    valid().with_token(&provider().sign(&header, &claims()))
}

/// In words: "allow", the code of a denial, or what is needed.
pub(crate) fn told(gate: &mut Gate, sent: &Sent, seconds: i64) -> String {
    match sent.decided_at(gate, NOW + seconds) {
        Decision::NeedKeys(need) => {
            let verb = if need.fetch { "fetch" } else { "wait for" };
            need.kid.map_or_else(|| format!("{verb} {}", need.source), |kid| format!("{verb} {} {kid}", need.source))
        }
        decision => Told::of(decision).code().to_owned(),
    }
}

pub(crate) type Answer<'a> = Result<(u16, &'a str), FetchFault>;

/// Runs the attempt that a decision asked for; gives the addresses.
pub(crate) fn fetch(gate: &mut Gate, source: usize, answers: &[Answer<'_>], seconds: i64) -> (Vec<String>, bool) {
    let mut addresses = Vec::new();
    let mut next = gate.begin(source).expect("an attempt");
    for answer in answers {
        addresses.push(next.url.clone());
        let response = answer.map(|(status, body)| Response {
            status,
            content_type: Some("application/json"),
            cache_control: Some("max-age=600"),
            age: None,
            body: body.as_bytes(),
        });
        match gate.fetched(source, next.step, response, UnixSeconds::new(NOW + seconds)) {
            Progress::Next(fetch) => next = fetch,
            progress => return (addresses, progress == Progress::Done),
        }
    }
    panic!("more is asked for: {}", next.url);
}

pub(crate) fn has_fetched(gate: &mut Gate, seconds: i64) {
    assert_eq!(fetch(gate, 0, &[Ok((200, &jwks(KID)))], seconds), (vec![JWKS_URI.into()], true));
}

pub(crate) const DOWN: Answer<'static> = Err(FetchFault::Unreachable);

#[test]
fn keys_are_fetched_once_and_then_used() {
    let mut gate = fetching();
    assert_eq!(told(&mut gate, &valid(), 0), "fetch 0");
    assert_eq!(told(&mut gate, &valid(), 0), "wait for 0");
    has_fetched(&mut gate, 1);
    assert_eq!(told(&mut gate, &valid(), 1), "allow");
    assert!(gate.begin(0).is_none());
    assert_eq!(gate.store_key(0).map(str::is_empty), Some(false));
    assert!(gate.record(0).is_some_and(|record| record.contains(KID)));
}

#[test]
fn only_a_token_of_a_listed_issuer_brings_a_fetch() {
    let mut gate = fetching();
    for (sent, code) in [
        (valid().without("authorization"), "token_absent"),
        (valid().with("authorization", "Bearer"), "authorization_malformed"),
        (valid().with_token("a.b.c"), "token_malformed"),
        (valid().with_claim("iss", json!("https://idp.example.com/")), "issuer_mismatch"),
        (valid().with_claim("iss", json!("https://evil.example")), "issuer_mismatch"),
        (valid().with_claim("iss", json!([ISSUER])), "claim_malformed"),
        (valid().with_claim("iss", Value::Null), "claim_missing"),
        (valid().with("origin", "null"), "origin_not_allowed"),
        (Sent::of(&crate::gate::message("ping", json!({}))), "allow"),
    ] {
        assert_eq!(told(&mut gate, &sent, 0), code, "{sent:?}");
    }
    assert!(gate.begin(0).is_none() && gate.begin(1).is_none() && gate.begin(2).is_none());
    assert_eq!(told(&mut gate, &valid().with_claim("iss", json!(OTHER)), 0), "fetch 1");
}

/// CVE-2018-0114 and its kin: addresses come from the configuration and from the issuer's metadata.
#[test]
fn a_token_never_chooses_an_address() {
    let mut gate = fetching();
    let members =
        json!({ "jku": "https://evil.example/keys", "x5u": "https://evil.example/x", "iss": "https://evil.example" });
    let mut header = provider().header();
    header.extend(members.as_object().cloned().expect("an object"));
    header.insert("kid".into(), json!("https://evil.example/keys#1"));
    let mut all = claims();
    all.extend(
        json!({ "jwks_uri": "https://evil.example/keys", "iss_url": "https://evil.example" })
            .as_object()
            .cloned()
            .expect("an object"),
    );
    let sent = valid().with_token(&provider().sign(&header, &all));
    assert_eq!(told(&mut gate, &sent, 0), "fetch 0");
    assert_eq!(gate.begin(0).map(|fetch| fetch.url).as_deref(), Some(JWKS_URI));
}

/// Keys of one issuer are never tried for a token of another.
#[test]
fn keys_are_of_their_issuer_alone() {
    let mut gate = fetching();
    assert_eq!(told(&mut gate, &valid(), 0), "fetch 0");
    has_fetched(&mut gate, 0);
    let other = valid().with_claim("iss", json!(OTHER));
    assert_eq!(told(&mut gate, &other, 0), "fetch 1");
    let foreign = jwks("key-9");
    assert!(fetch(&mut gate, 1, &[Ok((200, &foreign))], 0).1);
    // The key may have come after the set: one look, then it is refused.
    assert_eq!(told(&mut gate, &other, 31), "fetch 1 key-1");
    assert!(fetch(&mut gate, 1, &[Ok((200, &foreign))], 31).1);
    assert_eq!(told(&mut gate, &other, 31), "key_not_found");
    assert_eq!(told(&mut gate, &valid(), 31), "allow");
}

#[test]
fn an_unknown_key_brings_one_fetch_and_then_a_401() {
    let mut gate = fetching();
    assert_eq!(told(&mut gate, &valid(), 0), "fetch 0");
    has_fetched(&mut gate, 0);
    let unknown = with_kid("key-2");
    assert_eq!(told(&mut gate, &unknown, 100), "fetch 0 key-2");
    assert_eq!(told(&mut gate, &unknown, 100), "wait for 0 key-2");
    assert_eq!(told(&mut gate, &valid(), 100), "allow", "others are not concerned");
    has_fetched(&mut gate, 100);
    for seconds in [100, 110, 129] {
        let told = Told::of(unknown.decided_at(&mut gate, NOW + seconds));
        assert_eq!((told.status(), told.code()), (401, "key_not_found"));
        assert!(told.challenge().is_some_and(|challenge| challenge.contains("error=\"invalid_token\"")));
    }
    assert_eq!(told(&mut gate, &unknown, 130), "fetch 0 key-2");
}

/// A rotation in the middle: the first token with the new key brings the new set, and is let through.
#[test]
fn a_new_key_is_found() {
    let mut gate = fetching();
    assert_eq!(told(&mut gate, &valid(), 0), "fetch 0");
    has_fetched(&mut gate, 0);
    let rotated = with_kid("key-2");
    assert_eq!(told(&mut gate, &rotated, 40), "fetch 0 key-2");
    assert!(fetch(&mut gate, 0, &[Ok((200, &jwks("key-1 key-2")))], 40).1);
    assert_eq!(told(&mut gate, &rotated, 40), "allow");
    assert_eq!(told(&mut gate, &valid(), 40), "allow");
}

/// CVE-2026-48524: ten thousand tokens with names of their own buy one fetch a cool-down, also when it fails.
#[test]
fn a_flood_of_unknown_keys_brings_one_fetch_a_cool_down() {
    for answer in [Ok((200, jwks(KID))), Err(FetchFault::Unreachable)] {
        let mut gate = fetching();
        assert_eq!(told(&mut gate, &valid(), 0), "fetch 0");
        has_fetched(&mut gate, 0);
        let mut fetches = 0;
        for number in 0..300 {
            let sent = with_kid(&format!("flood-{number}"));
            let seconds = 60 + number / 10; // ten a second, for 30 seconds
            if told(&mut gate, &sent, seconds).starts_with("fetch") {
                fetches += 1;
                let answer = answer.as_ref().map(|(status, body)| (*status, body.as_str())).map_err(|fault| *fault);
                fetch(&mut gate, 0, &[answer], seconds);
            }
            assert_eq!(told(&mut gate, &valid(), seconds), "allow");
        }
        assert_eq!(fetches, 1, "{answer:?}");
    }
}

/// A token that was let in once is known; its key is not, once the provider has withdrawn it.
#[test]
fn a_known_token_goes_with_its_key_and_its_time() {
    let mut gate = fetching();
    assert_eq!(told(&mut gate, &valid(), 0), "fetch 0");
    has_fetched(&mut gate, 0);
    for (seconds, found) in [(0, "allow"), (1, "allow"), (359, "allow"), (360, "token_expired"), (350, "allow")] {
        assert_eq!(told(&mut gate, &valid(), seconds), found, "after {seconds} s");
    }
    let mut gate = fetching();
    told(&mut gate, &valid(), 0);
    has_fetched(&mut gate, 0);
    assert_eq!(told(&mut gate, &valid(), 0), "allow");
    assert_eq!(told(&mut gate, &with_kid("next"), 1), "fetch 0 next");
    fetch(&mut gate, 0, &[Ok((200, &jwks("next")))], 1);
    assert_eq!(told(&mut gate, &valid(), 1), "key_not_found");
}
