//! Key sets that are spoilt, too large, or of another tenant.

use doorward::{
    Algorithm, Audience, Issuer, KeySet, Policy, Profile, UnixSeconds,
    limits::{MAX_CANDIDATE_KEYS, MAX_KEY_SET_BYTES, MAX_KEYS},
    mint::Minter,
    verify,
};
use serde_json::{Value, json};

use crate::{
    forger::{refusal_with, set, verdict},
    provider::{KID, NOW, Provider, changed, claims, provider},
    vectors::read,
};

/// Members of "keys" that are no key, beside ours: the good one works at any place, and each bad one is told.
fn beside(bad: &[Value]) {
    let (token, good) = (provider().token(), Value::from(provider().jwk()));
    for place in 0..=bad.len() {
        let mut keys = bad.to_vec();
        keys.insert(place, good.clone());
        let set = set(keys);
        assert_eq!(verdict(&set, &token).map_err(|error| error.code()), Ok(place));
        assert_eq!((set.keys().len(), set.skipped().len()), (1, bad.len()));
    }
}

#[test]
fn ghsa_w6j9_cwv2_h6wq_one_bad_key() {
    beside(&[
        json!(null),
        json!(""),
        json!("x"),
        json!(0),
        json!(true),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "kty": null }),
        json!({ "kty": "" }),
        json!({ "kty": "RSA" }),
        json!({ "kty": "EC", "crv": "P-256" }),
    ]);
}

#[test]
fn fastmcp_4515_keys_of_unknown_kinds() {
    let jwk = provider().jwk();
    let with = |member: &str, value: Value| Value::from(changed(jwk.clone(), member, value));
    beside(&[
        json!({ "kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA", "kid": KID }),
        json!({ "kty": "oct", "k": "AAAA", "kid": KID }),
        json!({ "kty": "OKP", "crv": "Ed448", "x": "AAAA", "kid": KID }),
        json!({ "kty": "RSA", "n": "!", "e": "AQAB", "kid": KID }),
        with("x", json!("A")),
        with("x", json!("=")),
        with("x", json!("AA AA")),
        with("y", json!(1)),
        with("kid", json!(1)),
        with("use", json!("enc")),
        with("alg", json!("ECDH-ES")),
        with("key_ops", json!(["encrypt"])),
        with("d", json!("AAAA")),
    ]);
}

#[test]
fn oversized_sets_are_refused_before_they_are_read() {
    let code = |text: &str| KeySet::parse(text).err().map(|error| error.description().code);
    let of_size = |bytes: usize| {
        let frame = r#"{"keys":[],"x":""}"#.len();
        format!(r#"{{"keys":[],"x":"{}"}}"#, "x".repeat(bytes - frame))
    };
    assert_eq!(code(&of_size(MAX_KEY_SET_BYTES)), None);
    assert_eq!(code(&of_size(MAX_KEY_SET_BYTES + 1)), Some("jwks_too_large"));
    assert_eq!(code(&"[".repeat(50_000_000)), Some("jwks_too_large"));
    let of_keys = |count: usize| json!({ "keys": vec![json!({}); count] }).to_string();
    assert_eq!(code(&of_keys(MAX_KEYS)), None);
    assert_eq!(code(&of_keys(MAX_KEYS + 1)), Some("jwks_too_large"));
    assert_eq!(code(&of_keys(10_000)), Some("jwks_too_large"));
}

/// However many keys share a name, a forgery costs so many verifications and no more.
#[test]
fn oversized_sets_of_one_name_cost_a_bounded_number_of_verifications() {
    let other: Value = serde_json::from_str(&Minter::generate(Algorithm::ES256).jwk(KID)).unwrap();
    for (others, expected) in [
        (MAX_CANDIDATE_KEYS - 1, None),
        (MAX_CANDIDATE_KEYS, Some("signature_invalid")),
        (1000, Some("signature_invalid")),
    ] {
        let mut keys = vec![other.clone(); others];
        keys.push(provider().jwk().into());
        assert_eq!(refusal_with(keys, &provider().token()), expected, "{others}");
    }
}

const TENANT_A: &str = "72f988bf-86f1-41af-91ab-2d7cd011db47";
const TENANT_B: &str = "f645ad92-e38d-4d1a-b510-d1b09a74a8ca";

fn issuer_of(tenant: &str) -> String {
    format!("https://login.microsoftonline.com/{tenant}/v2.0")
}

#[test]
fn a_key_of_one_tenant_never_signs_for_another() {
    let policy = Policy::new(
        Issuer::of_tenants(&issuer_of("{tenantid}"), [TENANT_A, TENANT_B]),
        Audience::exactly("api://mcp"),
        [Algorithm::ES256],
    )
    .with_profile(Profile::from_name("entra").unwrap());
    let code = |key_issuer: Value, iss: &str, tid: Value| {
        let claims = changed(changed(claims(), "iss", json!(iss)), "aud", json!("api://mcp"));
        let token = provider().sign(&provider().header(), &changed(claims, "tid", tid));
        let keys = set(vec![changed(provider().jwk(), "issuer", key_issuer).into()]);
        verify(&token, &keys, &policy, UnixSeconds::new(NOW)).err().map(|rejection| rejection.code())
    };
    let (a, b) = (issuer_of(TENANT_A), issuer_of(TENANT_B));
    let template = issuer_of("{tenantid}");
    for key_issuer in [Value::Null, json!(a), json!(template)] {
        assert_eq!(code(key_issuer, &a, json!(TENANT_A)), None);
    }
    assert_eq!(code(json!(b), &a, json!(TENANT_A)), Some("issuer_mismatch"));
    assert_eq!(code(json!(a), &b, json!(TENANT_B)), Some("issuer_mismatch"));
    assert_eq!(code(json!(template), &a, json!(TENANT_B)), Some("claim_malformed"));
    assert_eq!(code(json!(b), &a, json!(TENANT_B)), Some("claim_malformed"));
    assert_eq!(code(json!(a), &a, Value::Null), Some("claim_missing"));
    // A third tenant of the same provider, whose tokens the same keys sign.
    let third = issuer_of("00000000-0000-0000-0000-000000000000");
    assert_eq!(code(json!(template), &third, json!("00000000-0000-0000-0000-000000000000")), Some("issuer_mismatch"));
    assert_eq!(code(json!(template), &template, json!("{tenantid}")), Some("issuer_mismatch"));
}

/// Two providers, one name for their keys: the key of one verifies nothing of the other.
#[test]
fn a_key_of_one_provider_never_signs_for_another() {
    let (ours, theirs) = (Provider::of(Algorithm::ES256), Provider::of(Algorithm::ES384));
    let issuer = |name: &str, algorithm| Policy::new(Issuer::exactly(name), Audience::exactly("mcp"), [algorithm]);
    let issuers = doorward::Issuers::new()
        .with(ours.keys(), issuer("https://ours.example", Algorithm::ES256))
        .and_then(|issuers| issuers.with(theirs.keys(), issuer("https://theirs.example", Algorithm::ES384)))
        .unwrap();
    let code = |provider: &Provider, iss: &str| {
        let claims = changed(changed(claims(), "iss", json!(iss)), "aud", json!("mcp"));
        let token = provider.sign(&provider.header(), &claims);
        issuers.verify(&token, UnixSeconds::new(NOW)).err().map(|rejection| rejection.code())
    };
    assert_eq!([code(&ours, "https://ours.example"), code(&theirs, "https://theirs.example")], [None; 2]);
    assert_eq!(code(&ours, "https://theirs.example"), Some("algorithm_not_allowed"));
    assert_eq!(code(&theirs, "https://ours.example"), Some("algorithm_not_allowed"));
    assert_eq!(code(&ours, "https://nobody.example"), Some("issuer_mismatch"));
}

/// Nothing here can be led to an address: there is no code that could go there.
#[test]
fn the_core_fetches_nothing() {
    let manifest = read("Cargo.toml");
    // None of the web's interfaces either: requests cross as text.
    for dependency in ["web-sys", "reqwest", "ureq", "hyper", "tokio", "wasm-bindgen-futures"] {
        assert!(!manifest.contains(dependency), "{dependency}");
    }
    assert!(read("src/lib.rs").contains("#![no_std]"));
}
