//! Several issuers, each with its own keys, algorithms, audience and profile.

use doorward::{Algorithm, Audience, Issuer, IssuerConflict, Issuers, KeySet, Policy, Profile, UnixSeconds};
use serde_json::{Value, json};

use crate::provider::{NOW, Provider, changed, claims};

const ONE: &str = "https://one.example.com";
const TWO: &str = "https://two.example.com";

fn policy(issuer: &str, audience: &str, algorithm: Algorithm) -> Policy {
    Policy::new(Issuer::exactly(issuer), Audience::exactly(audience), [algorithm])
}

/// Both providers call their key by the same name.
fn issuers() -> Issuers {
    Issuers::new()
        .with(Provider::of(Algorithm::ES256).keys(), policy(ONE, "one", Algorithm::ES256))
        .and_then(|issuers| {
            let two =
                policy(TWO, "two", Algorithm::EdDSA).with_profile(Profile::from_name("cognito").expect("a profile"));
            issuers.with(Provider::of(Algorithm::EdDSA).keys(), two)
        })
        .expect("two issuers")
}

fn verdict(algorithm: Algorithm, changes: &[(&str, Value)]) -> Result<String, &'static str> {
    let provider = Provider::of(algorithm);
    let claims = changes.iter().fold(claims(), |claims, (claim, value)| changed(claims, claim, value.clone()));
    let token = provider.sign(&provider.header(), &claims);
    let access = issuers().verify(&token, UnixSeconds::new(NOW)).map_err(|rejection| rejection.code())?;
    Ok(access.issuer().unwrap_or_default().into())
}

#[test]
fn each_issuer_is_judged_by_its_own() {
    let one = [("iss", json!(ONE)), ("aud", json!("one"))];
    let two = [("iss", json!(TWO)), ("client_id", json!("two")), ("token_use", json!("access"))];
    assert_eq!(verdict(Algorithm::ES256, &one), Ok(ONE.into()));
    assert_eq!(verdict(Algorithm::EdDSA, &two), Ok(TWO.into()));
    // The other's audience, kind and algorithm.
    assert_eq!(verdict(Algorithm::ES256, &[one[0].clone(), ("aud", json!("two"))]), Err("audience_mismatch"));
    assert_eq!(verdict(Algorithm::EdDSA, &two[..2]), Err("token_kind_refused"));
}

#[test]
fn a_key_of_one_issuer_never_verifies_a_token_of_another() {
    let as_two = [("iss", json!(TWO)), ("client_id", json!("two")), ("token_use", json!("access"))];
    assert_eq!(verdict(Algorithm::ES256, &as_two), Err("algorithm_not_allowed"));
    // Of the same algorithm, under the same name: two has another key.
    let same = Issuers::new()
        .with(Provider::of(Algorithm::EdDSA).keys(), policy(ONE, "a", Algorithm::EdDSA))
        .and_then(|issuers| {
            let jwk = changed(Provider::of(Algorithm::Ed25519).jwk(), "alg", json!("EdDSA"));
            issuers.with(
                KeySet::parse(&json!({ "keys": [jwk] }).to_string()).expect("keys"),
                policy(TWO, "a", Algorithm::EdDSA),
            )
        })
        .expect("two issuers");
    let provider = Provider::of(Algorithm::EdDSA);
    let token = |issuer: &str| {
        provider.sign(&provider.header(), &changed(changed(claims(), "aud", json!("a")), "iss", json!(issuer)))
    };
    let code = |issuer| same.verify(&token(issuer), UnixSeconds::new(NOW)).err().map(|rejection| rejection.code());
    assert_eq!((code(ONE), code(TWO)), (None, Some("signature_invalid")));
}

/// An unlisted issuer is refused before any work on keys: its token names a key that nobody has, is
/// expired and forged, and the issuer is what is told.
#[test]
fn an_unlisted_issuer_is_refused_first() {
    for iss in ["https://three.example.com", "https://one.example.com/", "", "__proto__"] {
        let changes = [("iss", json!(iss)), ("exp", json!(1))];
        assert_eq!(verdict(Algorithm::ES384, &changes), Err("issuer_mismatch"), "{iss}");
    }
    assert_eq!(verdict(Algorithm::ES384, &[("iss", Value::Null)]), Err("claim_missing"));
    assert_eq!(verdict(Algorithm::ES384, &[("iss", json!([ONE]))]), Err("claim_malformed"));
    let refused = |text: &str| issuers().verify(text, UnixSeconds::new(NOW)).expect_err("refused").code();
    assert_eq!(refused("opaque"), "token_malformed");
    assert_eq!(
        Issuers::new()
            .verify(&Provider::of(Algorithm::ES256).token(), UnixSeconds::new(NOW))
            .expect_err("refused")
            .code(),
        "issuer_mismatch"
    );
}

#[test]
fn an_issuer_is_listed_once_and_always_checked() {
    let keys = || Provider::of(Algorithm::ES256).keys();
    let listed = |policy| issuers().with(keys(), policy).map(|_| ());
    let unchecked = Policy::new(Issuer::unchecked(), Audience::exactly("a"), Algorithm::ALL);
    assert_eq!(listed(unchecked), Err(IssuerConflict::IssuerUnchecked));
    let unchecked = Policy::new(Issuer::exactly("https://three.example.com"), Audience::unchecked(), Algorithm::ALL);
    assert_eq!(listed(unchecked), Err(IssuerConflict::AudienceUnchecked));
    let twice = Policy::new(Issuer::one_of(["https://three.example.com", ONE]), Audience::exactly("a"), Algorithm::ALL);
    assert_eq!(listed(twice), Err(IssuerConflict::ListedTwice { issuer: ONE.into() }));
}
