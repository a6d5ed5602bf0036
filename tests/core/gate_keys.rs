//! A gate whose keys are fetched: what it asks for, and what requests get meanwhile.

use doorward::{
    FetchFault, Progress, Response, UnixSeconds,
    gate::{Decision, Gate},
};
use serde_json::{Value, json};

use crate::{
    gate::{Sent, Told, gate_of, header, options, valid},
    keys_course::{JWKS_URI, jwks},
    provider::{ISSUER, KID, NOW, changed, claims, provider},
};

const OTHER: &str = "https://other.example";

/// Two issuers with keys at addresses of their own.
fn fetching() -> Gate {
    let mut options = options();
    options["issuers"] = json!([
        { "issuer": ISSUER, "jwksUri": JWKS_URI },
        { "issuer": OTHER, "jwksUri": "https://other.example/keys" },
    ]);
    gate_of(&options)
}

fn with_kid(kid: &str) -> Sent {
    let header = changed(provider().header(), "kid", json!(kid));
    valid().with_token(&provider().sign(&header, &claims()))
}

/// In words: "allow", the code of a denial, or what is needed.
fn told(gate: &mut Gate, sent: &Sent, seconds: i64) -> String {
    match sent.decided_at(gate, NOW + seconds) {
        Decision::NeedKeys(need) => {
            let verb = if need.fetch { "fetch" } else { "wait for" };
            need.kid.map_or_else(|| format!("{verb} {}", need.source), |kid| format!("{verb} {} {kid}", need.source))
        }
        decision => Told::of(decision).code().to_owned(),
    }
}

type Answer<'a> = Result<(u16, &'a str), FetchFault>;

/// Runs the attempt that a decision asked for; gives the addresses.
fn fetch(gate: &mut Gate, source: usize, answers: &[Answer<'_>], seconds: i64) -> (Vec<String>, bool) {
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

fn has_fetched(gate: &mut Gate, seconds: i64) {
    assert_eq!(fetch(gate, 0, &[Ok((200, &jwks(KID)))], seconds), (vec![JWKS_URI.into()], true));
}

const DOWN: Answer<'static> = Err(FetchFault::Unreachable);

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

/// An outage is no fault of the token: 503 and when to come again, never 401.
#[test]
fn an_outage_is_a_503() {
    for answer in [
        DOWN,
        Err(FetchFault::TimedOut),
        Err(FetchFault::Redirected),
        Err(FetchFault::TooLarge),
        Ok((500, "")),
        Ok((200, "{}")),
        Ok((200, "<html>")),
    ] {
        let mut gate = fetching();
        assert_eq!(told(&mut gate, &valid(), 0), "fetch 0");
        assert!(!fetch(&mut gate, 0, &[answer], 0).1);
        for sent in [valid(), with_kid("key-2"), valid().with_claim("exp", json!(1))] {
            let told = Told::of(sent.decided_at(&mut gate, NOW));
            assert_eq!((told.status(), told.code()), (503, "keys_unavailable"), "{answer:?}");
            assert_eq!((told.header("retry-after"), told.challenge()), (Some("1"), None));
            assert_eq!(told.body()["error"], "temporarily_unavailable");
        }
        assert_eq!(told(&mut gate, &valid().without("authorization"), 0), "token_absent");
        assert_eq!(told(&mut gate, &valid(), 1), "fetch 0", "after the pause");
        has_fetched(&mut gate, 1);
        assert_eq!(told(&mut gate, &valid(), 1), "allow");
    }
}

/// A token with a new key in an outage: it may be good.
#[test]
fn an_unknown_key_in_an_outage_is_a_503() {
    let mut gate = fetching();
    assert_eq!(told(&mut gate, &valid(), 0), "fetch 0");
    has_fetched(&mut gate, 0);
    assert_eq!(told(&mut gate, &with_kid("key-2"), 50), "fetch 0 key-2");
    fetch(&mut gate, 0, &[DOWN], 50);
    assert_eq!(told(&mut gate, &with_kid("key-2"), 50), "keys_unavailable");
    assert_eq!(told(&mut gate, &valid(), 50), "allow");
}

/// Due keys are used while one request brings new ones in the background.
#[test]
fn keys_are_refreshed_in_the_background() {
    let mut gate = fetching();
    assert_eq!(told(&mut gate, &valid(), 0), "fetch 0");
    has_fetched(&mut gate, 0);
    let refresh = |gate: &mut Gate, sent: &Sent, seconds| match sent.decided_at(gate, NOW + seconds) {
        Decision::Allow(admission) => admission.refresh().cloned(),
        Decision::Answer { refresh, .. } => refresh,
        other => panic!("{other:?}"),
    };
    assert_eq!(refresh(&mut gate, &valid(), 400), None);
    // Also a request that is denied may be the one, as every answer says.
    let denied = refresh(&mut gate, &valid().with_claim("exp", json!(NOW + 1)), 460).expect("a refresh");
    assert_eq!((denied.source, denied.fetch, denied.kid), (0, true, None));
    assert_eq!(refresh(&mut gate, &valid().with_claim("exp", json!(NOW + 900)), 460), None, "one alone");
    has_fetched(&mut gate, 460);
    let long = valid().with_claim("exp", json!(NOW + 5000));
    let told = Told::of(long.decided_at(&mut gate, NOW + 900));
    assert!(told.is_allowed() && !told.admission().stale());
}

/// Beyond their freshness, while the provider is down: for a time, and said so.
#[test]
fn stale_keys_are_used_for_a_bounded_time() {
    let mut gate = fetching();
    let long = valid().with_claim("exp", json!(NOW + 10_000));
    assert_eq!(told(&mut gate, &long, 0), "fetch 0");
    has_fetched(&mut gate, 0);
    assert_eq!(told(&mut gate, &long, 601), "fetch 0", "expired, and nobody has tried yet");
    fetch(&mut gate, 0, &[DOWN], 601);
    let told_at = Told::of(long.decided_at(&mut gate, NOW + 601));
    assert!(told_at.is_allowed() && told_at.admission().stale());
    assert_eq!(told_at.event["stale"], true);
    let expired = Told::of(valid().with_claim("exp", json!(NOW)).decided_at(&mut gate, NOW + 601));
    assert_eq!((expired.status(), expired.code()), (401, "token_expired"));
    assert_eq!(told(&mut gate, &long, 4201), "fetch 0", "the hard end");
    fetch(&mut gate, 0, &[DOWN], 4201);
    assert_eq!(told(&mut gate, &long, 4201), "keys_unavailable");
}

/// From the issuer: its metadata in the order of MCP, and the keys where that says.
#[test]
fn keys_are_discovered() {
    let mut gate = gate_of(&json!({ "resource": crate::provider::RESOURCE, "issuers": [ISSUER] }));
    assert_eq!(told(&mut gate, &valid(), 0), "fetch 0");
    let metadata = json!({ "issuer": ISSUER, "jwks_uri": JWKS_URI }).to_string();
    let (addresses, done) = fetch(&mut gate, 0, &[Ok((404, "")), Ok((200, &metadata)), Ok((200, &jwks(KID)))], 0);
    assert!(done);
    let well_known = |name: &str| format!("{ISSUER}/.well-known/{name}");
    assert_eq!(
        addresses,
        [well_known("oauth-authorization-server"), well_known("openid-configuration"), JWKS_URI.into()]
    );
    assert_eq!(told(&mut gate, &valid(), 0), "allow");
}

/// RFC 8414 section 3.3: metadata that names another issuer is not used.
#[test]
fn metadata_of_another_issuer_is_not_used() {
    for issuer in ["https://evil.example", "https://idp.example.com/", "https://IDP.example.com"] {
        let mut gate = gate_of(&json!({ "resource": crate::provider::RESOURCE, "issuers": [ISSUER] }));
        assert_eq!(told(&mut gate, &valid(), 0), "fetch 0");
        let metadata = json!({ "issuer": issuer, "jwks_uri": JWKS_URI }).to_string();
        assert!(!fetch(&mut gate, 0, &[Ok((200, &metadata)), Ok((200, &metadata))], 0).1, "{issuer}");
        assert_eq!(told(&mut gate, &valid(), 0), "keys_unavailable");
    }
}

/// The mirror of the authorization server's metadata, for clients of 2025-03-26.
#[test]
fn the_mirrored_metadata_is_fetched_for_who_reads_it() {
    let options =
        json!({ "resource": crate::provider::RESOURCE, "issuers": [ISSUER], "authorizationServerMetadata": true });
    let mut gate = gate_of(&options);
    let url = "https://mcp.example.com/.well-known/oauth-authorization-server";
    let get = Sent::plain("GET").without("authorization").to(url);
    assert_eq!(told(&mut gate, &get.clone().by("OPTIONS"), 0), "answer");
    assert_eq!(told(&mut gate, &get.clone().by("POST"), 0), "method_not_allowed");
    assert_eq!(told(&mut gate, &get, 0), "fetch 0");
    assert_eq!(told(&mut gate, &get, 0), "wait for 0");
    fetch(&mut gate, 0, &[DOWN], 0);
    assert_eq!(told(&mut gate, &get, 0), "keys_unavailable");
    assert_eq!(told(&mut gate, &get, 1), "fetch 0");
    let metadata =
        json!({ "issuer": ISSUER, "jwks_uri": JWKS_URI, "token_endpoint": "https://idp.example.com/t" }).to_string();
    assert!(fetch(&mut gate, 0, &[Ok((200, &metadata)), Ok((200, &jwks(KID)))], 1).1);
    let answer = Told::of(get.decided_at(&mut gate, NOW + 1));
    assert_eq!((answer.status(), answer.answer().body.as_str()), (200, metadata.as_str()));
    assert_eq!(header(&answer.answer().headers, "access-control-allow-origin"), Some("*"));
}

/// What another instance has fetched ends the need.
#[test]
fn a_record_of_another_instance_is_taken() {
    let mut first = fetching();
    assert_eq!(told(&mut first, &valid(), 0), "fetch 0");
    has_fetched(&mut first, 0);
    let record = first.record(0).expect("a record");
    let mut second = fetching();
    assert_eq!(told(&mut second, &valid(), 1), "fetch 0");
    assert!(!second.stored(1, &record, None, UnixSeconds::new(NOW + 1)), "of another source");
    assert!(!second.stored(0, "{}", None, UnixSeconds::new(NOW + 1)));
    assert!(!second.stored(7, &record, None, UnixSeconds::new(NOW + 1)));
    assert!(second.stored(0, &record, None, UnixSeconds::new(NOW + 1)));
    assert_eq!(told(&mut second, &valid(), 1), "allow");
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
