//! What is let in, and what comes out.

use doorward::{Algorithm, Audience, Issuer, KeySet, Policy, UnixSeconds, decode_unverified, verify, verify_signature};
use serde_json::json;

use crate::provider::{ISSUER, KID, NOW, Provider, RESOURCE, changed, claims, object, policy, provider};

#[test]
fn a_valid_token_of_each_algorithm() {
    for algorithm in Algorithm::ALL {
        let provider = Provider::of(algorithm);
        let access = provider.verify(&provider.token()).unwrap_or_else(|rejection| panic!("{algorithm}: {rejection}"));
        assert_eq!(access.key().algorithm, algorithm);
    }
}

#[test]
fn access_carries_what_was_verified() {
    let provider = provider();
    let access = provider.verify(&provider.token()).unwrap();
    assert_eq!(access.issuer(), Some(ISSUER));
    assert_eq!(access.scopes().iter().collect::<Vec<_>>(), ["mcp:read", "mcp:write"]);
    assert_eq!(access.claims().get("sub"), Some(&json!("user-1")));
    assert_eq!(access.claims().json(), json!(claims()).to_string());
    assert_eq!(access.header().json(), json!(provider.header()).to_string());
    assert_eq!((access.key().index, access.key().kid.as_deref()), (0, Some(KID)));
}

#[test]
fn an_unchecked_issuer_vouches_for_nothing() {
    let provider = provider();
    let policy = Policy::new(Issuer::unchecked(), Audience::unchecked(), [Algorithm::ES256]);
    let access = verify(&provider.token(), &provider.keys(), &policy, UnixSeconds::new(NOW)).unwrap();
    assert_eq!(access.issuer(), None);
}

#[test]
fn variants_that_providers_issue() {
    let provider = provider();
    for (claim, value) in [
        ("aud", json!([RESOURCE])),
        ("aud", json!(["https://other.example.com", RESOURCE])),
        ("scope", json!(["mcp:read"])),
        ("scope", json!("")),
        ("scope", json!(" mcp:read  mcp:write ")),
        ("scp", json!(["mcp:admin"])),
        ("scp", json!("mcp:admin")),
        ("exp", json!(NOW as f64 + 0.5)),
        ("nbf", json!(null)),
        ("iat", json!(null)),
        ("iat", json!(0)),
        ("iat", json!(-1)),
        ("sub", json!(null)),
        ("jti", json!("")),
        ("realm_access", json!({ "roles": ["a", { "__proto__": 1 }] })),
    ] {
        let token = provider.token_with(claim, value.clone());
        assert!(provider.verify(&token).is_ok(), "{claim} {value}");
    }
    for (member, value) in [
        ("typ", json!(null)),
        ("typ", json!("JWT")),
        ("typ", json!("jwt")),
        ("typ", json!("application/at+jwt")),
        ("typ", json!("AT+JWT")),
        ("kid", json!(null)),
        ("cty", json!("json")),
        ("x5t", json!("abc")),
    ] {
        let token = provider.token_with_header(member, value.clone());
        assert!(provider.verify(&token).is_ok(), "{member} {value}");
    }
}

#[test]
fn scopes_are_the_union_of_scope_and_scp() {
    let provider = provider();
    let claims = changed(changed(claims(), "scope", json!("a b")), "scp", json!(["b", "c d"]));
    let access = provider.verify(&provider.sign(&provider.header(), &claims)).unwrap();
    assert_eq!(access.scopes().iter().collect::<Vec<_>>(), ["a", "b", "c d"]);
    assert!(!access.scopes().contains("c"));
}

/// A signature over other spellings of the same JSON is a signature over those spellings.
#[test]
fn white_space_and_order_are_the_issuers_own() {
    let provider = provider();
    let header = r#" { "kid" : "key-1" ,"alg":"ES256" } "#;
    let payload = format!("\n{{\"exp\":{}, \"aud\":\"{RESOURCE}\",\t\"iss\":\"{ISSUER}\"}}\r\n", NOW + 1);
    let access = provider.verify(&provider.minter.sign(header, &payload)).unwrap();
    assert_eq!((access.header().json(), access.claims().json()), (header, payload.as_str()));
}

#[test]
fn the_two_halves_make_the_whole() {
    let provider = provider();
    let (token, keys, policy) = (provider.token(), provider.keys(), policy());
    let verified = verify_signature(&token, &keys, &policy).unwrap();
    assert_eq!(verified.payload(), json!(claims()).to_string().as_bytes());
    assert_eq!(verified.header().kid(), Some(KID));
    assert!(policy.admit(verified, UnixSeconds::new(NOW)).is_ok());
}

#[test]
fn a_single_key_is_a_set_of_one() {
    let provider = provider();
    let keys = KeySet::parse(&provider.minter.jwk(KID)).unwrap();
    assert!(verify(&provider.token(), &keys, &policy(), UnixSeconds::new(NOW)).is_ok());
}

#[test]
fn decoding_verifies_nothing() {
    let header = object(json!({ "alg": "none" }));
    let token = provider().sign(&header, &claims());
    let (header, claims) = decode_unverified(&token).unwrap();
    assert_eq!((header.alg(), claims.get("iss")), ("none", Some(&json!(ISSUER))));
    assert_eq!(decode_unverified("a.b").unwrap_err().code(), "token_malformed");
}

#[test]
fn debug_never_prints_a_token() {
    let provider = provider();
    let (token, keys, policy) = (provider.token(), provider.keys(), policy());
    let printed = format!("{:?}", verify_signature(&token, &keys, &policy).unwrap());
    for segment in token.split('.') {
        assert!(!printed.contains(segment));
    }
}
