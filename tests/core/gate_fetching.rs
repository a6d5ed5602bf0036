//! Outages, refreshes and discovery, as requests before the gate see them.

use doorward::{
    UnixSeconds,
    gate::{Decision, Gate},
    keys::FetchFault,
};
use serde_json::json;

use crate::{
    gate::{Sent, Told, gate_of, header, valid, with_rules},
    gate_keys::{DOWN, fetch, fetching, has_fetched, told, with_kid},
    keys_course::{JWKS_URI, jwks},
    provider::{ISSUER, KID, NOW, RESOURCE},
};

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

/// The token is judged before the body is asked for, and with it the keys.
#[test]
fn keys_are_refreshed_while_the_body_is_read() {
    let mut options = with_rules(json!([{ "method": "*" }]));
    options["issuers"] = json!([{ "issuer": ISSUER, "jwksUri": JWKS_URI }]);
    let mut gate = gate_of(&options);
    let unread = Sent { body: None, ..valid().with_claim("exp", json!(NOW + 900)) };
    assert_eq!(told(&mut gate, &unread, 0), "fetch 0");
    has_fetched(&mut gate, 0);
    for (seconds, brings) in [(400, false), (460, true), (460, false)] {
        let Decision::NeedBody { refresh, .. } = unread.decided_at(&mut gate, NOW + seconds) else {
            panic!("the body is needed");
        };
        assert_eq!(refresh.is_some_and(|need| need.fetch), brings, "after {seconds} s");
    }
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
    let mut gate = gate_of(&json!({ "resource": RESOURCE, "issuers": [ISSUER] }));
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
        let mut gate = gate_of(&json!({ "resource": RESOURCE, "issuers": [ISSUER] }));
        assert_eq!(told(&mut gate, &valid(), 0), "fetch 0");
        let metadata = json!({ "issuer": issuer, "jwks_uri": JWKS_URI }).to_string();
        assert!(!fetch(&mut gate, 0, &[Ok((200, &metadata)), Ok((200, &metadata))], 0).1, "{issuer}");
        assert_eq!(told(&mut gate, &valid(), 0), "keys_unavailable");
    }
}

/// The mirror of the authorization server's metadata, for clients of 2025-03-26.
#[test]
fn the_mirrored_metadata_is_fetched_for_who_reads_it() {
    let options = json!({ "resource": RESOURCE, "issuers": [ISSUER], "authorizationServerMetadata": true });
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
