//! Tokens that are verified once and judged each time.

use doorward::{
    Access, Algorithm, Audience, Issuer, KeySet, Policy, Rejection, UnixSeconds, VerifiedTokens, mint::Minter,
    verify_remembering,
};
use serde_json::json;

use crate::provider::{ISSUER, KID, NOW, Provider, RESOURCE, changed, claims, policy, provider};

const ROOM: usize = 1_000_000; // bytes

fn tokens() -> VerifiedTokens {
    VerifiedTokens::new(100, ROOM)
}

fn at(seconds: i64, token: &str, keys: &KeySet, tokens: &mut VerifiedTokens) -> Result<Access, Rejection> {
    verify_remembering(token, keys, &policy(), UnixSeconds::new(NOW + seconds), tokens)
}

#[test]
fn a_known_token_gives_the_same_access() {
    for algorithm in Algorithm::ALL {
        let provider = Provider::of(algorithm);
        let (token, keys, mut tokens) = (provider.token(), provider.keys(), tokens());
        let policy = policy_for(algorithm);
        let mut access = || verify_remembering(&token, &keys, &policy, UnixSeconds::new(NOW), &mut tokens).unwrap();
        assert_eq!(format!("{:?}", access()), format!("{:?}", access()), "{algorithm:?}");
        assert_eq!((tokens.len(), tokens.hits()), (1, 1), "{algorithm:?}");
    }
}

fn policy_for(algorithm: Algorithm) -> Policy {
    Policy::new(Issuer::exactly(ISSUER), Audience::exactly(RESOURCE), [algorithm])
}

#[test]
fn a_known_token_expires() {
    let (token, keys, mut tokens) = (provider().token(), provider().keys(), tokens());
    for (seconds, passes) in
        [(0, true), (359, true), (360, false), (100_000, false), (0, true), (-71, false), (0, true)]
    {
        let found = at(seconds, &token, &keys, &mut tokens);
        assert_eq!(found.is_ok(), passes, "after {seconds} s: {found:?}");
    }
    assert_eq!(tokens.hits(), 6);
}

#[test]
fn a_known_token_needs_its_key() {
    let (token, mut tokens) = (provider().token(), tokens());
    at(0, &token, &provider().keys(), &mut tokens).unwrap();

    let empty = KeySet::parse(r#"{"keys":[]}"#).unwrap();
    assert!(matches!(at(0, &token, &empty, &mut tokens), Err(Rejection::KeyNotFound { .. })));
    let other_of_that_name = Minter::generate(Algorithm::ES256).jwk(KID);
    let other = KeySet::parse(&other_of_that_name).unwrap();
    assert_eq!(at(0, &token, &other, &mut tokens).unwrap_err(), Rejection::SignatureInvalid);
    let unusable = changed(provider().jwk(), "use", json!("enc"));
    let unusable = KeySet::parse(&json!({ "keys": [unusable] }).to_string()).unwrap();
    assert!(matches!(at(0, &token, &unusable, &mut tokens), Err(Rejection::KeyUnusable { .. })));
    let for_another = changed(provider().jwk(), "issuer", json!("https://other.example.com"));
    let for_another = KeySet::parse(&json!({ "keys": [for_another] }).to_string()).unwrap();
    assert_eq!(
        at(0, &token, &for_another, &mut tokens).unwrap().key().issuer.as_deref(),
        Some("https://other.example.com"),
        "what is told of the key is what the set says now"
    );
    at(0, &token, &provider().keys(), &mut tokens).unwrap();
}

#[test]
fn a_known_token_is_judged_by_the_policy_at_hand() {
    let (token, keys, mut tokens) = (provider().token(), provider().keys(), tokens());
    at(0, &token, &keys, &mut tokens).unwrap();
    let now = UnixSeconds::new(NOW);
    let audience = Policy::new(Issuer::exactly(ISSUER), Audience::exactly("https://other"), [Algorithm::ES256]);
    let found = verify_remembering(&token, &keys, &audience, now, &mut tokens);
    assert!(matches!(found, Err(Rejection::AudienceMismatch { .. })), "{found:?}");
    let found = verify_remembering(&token, &keys, &policy_for(Algorithm::RS256), now, &mut tokens);
    assert!(matches!(found, Err(Rejection::AlgorithmNotAllowed { .. })), "{found:?}");
}

#[test]
fn a_token_that_differs_anywhere_is_another() {
    let (token, keys, mut tokens) = (provider().token(), provider().keys(), tokens());
    at(0, &token, &keys, &mut tokens).unwrap();
    for place in 0..token.len() {
        let other = if &token[place..=place] == "A" { "B" } else { "A" };
        let mut altered = token.clone();
        altered.replace_range(place..=place, other);
        assert!(at(0, &altered, &keys, &mut tokens).is_err(), "{place}");
    }
    for altered in [token.trim_end_matches(|_| true), &token[1..], &format!("{token}."), &format!("{token}=")] {
        assert!(at(0, altered, &keys, &mut tokens).is_err(), "{altered}");
    }
    assert_eq!((tokens.len(), tokens.hits()), (1, 0));
}

/// Forgeries leave no trace: whoever has no key cannot push out those of others.
#[test]
fn forgeries_are_not_remembered() {
    let (token, keys, mut tokens) = (provider().token(), provider().keys(), VerifiedTokens::new(2, ROOM));
    at(0, &token, &keys, &mut tokens).unwrap();
    let forger = Minter::generate(Algorithm::ES256);
    for place in 0..200 {
        let claims = changed(claims(), "jti", json!(place));
        let forged = forger.sign(&json!(provider().header()).to_string(), &json!(claims).to_string());
        assert!(at(0, &forged, &keys, &mut tokens).is_err());
    }
    at(0, &token, &keys, &mut tokens).unwrap();
    assert_eq!((tokens.len(), tokens.hits()), (1, 1));
}

#[test]
fn those_unused_for_longest_go() {
    let (keys, mut tokens) = (provider().keys(), VerifiedTokens::new(3, ROOM));
    let names = ["a", "b", "c", "d"];
    let made: Vec<String> = names.map(|name| provider().token_with("jti", json!(name))).into();
    for place in [0, 1, 2, 0, 3] {
        at(0, &made[place], &keys, &mut tokens).unwrap();
    }
    assert_eq!((tokens.len(), tokens.hits()), (3, 1));
    for (place, hits) in [(0, 2), (2, 3), (3, 4), (1, 4)] {
        at(0, &made[place], &keys, &mut tokens).unwrap();
        assert_eq!(tokens.hits(), hits, "{}", names[place]);
    }
}

#[test]
fn memory_is_bounded_whatever_the_size() {
    let keys = provider().keys();
    let mut tokens = VerifiedTokens::new(1000, 20_000);
    for place in 0..40 {
        let token = provider().token_with("padding", json!("x".repeat(place * 50)));
        at(0, &token, &keys, &mut tokens).unwrap();
        assert!(tokens.bytes() <= 20_000 && tokens.bytes() >= tokens.len() * 1000, "{tokens:?}");
    }
    assert!(tokens.len() > 1);
    let large = provider().token_with("padding", json!("x".repeat(8000)));
    let before = tokens.len();
    at(0, &large, &keys, &mut tokens).unwrap();
    assert_eq!(tokens.len(), before, "what has no room pushes nothing out");
}

#[test]
fn nothing_is_remembered_where_that_is_off() {
    let (token, keys, mut tokens) = (provider().token(), provider().keys(), VerifiedTokens::new(0, ROOM));
    at(0, &token, &keys, &mut tokens).unwrap();
    at(0, &token, &keys, &mut tokens).unwrap();
    assert!(tokens.is_empty());
    assert_eq!((tokens.hits(), tokens.bytes()), (0, 0));
}

#[test]
fn what_is_remembered_shows_no_token() {
    let (token, keys, mut tokens) = (provider().token(), provider().keys(), tokens());
    at(0, &token, &keys, &mut tokens).unwrap();
    let shown = format!("{tokens:?}");
    assert!(!shown.contains("user-1") && !token.split('.').any(|segment| shown.contains(segment)), "{shown}");
}
