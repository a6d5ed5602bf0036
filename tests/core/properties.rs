//! What holds for every input.

use doorward::{Algorithm, KeySet, Policy, UnixSeconds, decode_unverified, explain, verify};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::provider::{NOW, Provider, claims, policy, provider};

/// Every bit of a token counts: whichever is flipped, the token is refused.
#[test]
fn any_flipped_bit_is_refused() {
    for algorithm in [Algorithm::ES256, Algorithm::EdDSA] {
        let provider = Provider::of(algorithm);
        let token = provider.token();
        for place in 0..token.len() {
            for bit in 0..8 {
                let mut bytes = token.clone().into_bytes();
                bytes[place] ^= 1 << bit;
                let Ok(changed) = String::from_utf8(bytes) else { continue };
                assert!(provider.verify(&changed).is_err(), "{algorithm}: bit {bit} of byte {place}");
            }
        }
    }
}

fn survives(token: &str, jwks: &str, options: &str) {
    let keys = KeySet::parse(jwks);
    let _ = decode_unverified(token);
    let given = Policy::from_options_unchecked_where_absent(options).unwrap_or_else(|_| policy());
    let steps = explain(token, keys.as_ref(), &given, UnixSeconds::new(NOW));
    if let Ok(keys) = keys {
        let outcome = verify(token, &keys, &given, UnixSeconds::new(NOW));
        let told = steps.iter().find_map(|step| step.code);
        assert_eq!(outcome.err().map(|rejection| rejection.code()), told);
    }
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        "(RSA|EC|OKP|P-256|Ed25519|sig|verify|AQAB|ES256|[A-Za-z0-9_-]{43})".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let name = "(kty|crv|n|e|x|y|d|kid|alg|use|key_ops|keys|iss|aud|exp|nbf|iat|scope|cnf|.{0,6})";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(name, inner, 0..8).prop_map(|map| json!(map)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn no_text_panics(token in ".{0,200}", jwks in ".{0,200}", options in ".{0,100}") {
        survives(&token, &jwks, &options);
    }

    #[test]
    fn no_form_panics(token in "[A-Za-z0-9_=-]{0,80}(\\.[A-Za-z0-9_-]{0,80}){0,6}") {
        survives(&token, &provider().jwks(), "{}");
    }

    #[test]
    fn no_json_panics(header in json_value(), payload in json_value(), jwks in json_value(), options in json_value()) {
        let token = provider().minter.sign(&header.to_string(), &payload.to_string());
        survives(&token, &jwks.to_string(), &options.to_string());
        survives(&token, &json!({ "keys": [jwks] }).to_string(), "{}");
    }

    #[test]
    fn no_claims_panic(changes in prop::collection::vec((prop::sample::select(NAMES.to_vec()), json_value()), 1..4)) {
        let provider = provider();
        let mut claims = claims();
        claims.extend(changes.into_iter().map(|(name, value)| (name.to_owned(), value)));
        survives(&provider.sign(&provider.header(), &claims), &provider.jwks(), "{}");
    }

    /// What is minted verifies, whatever else the claims say, and comes out as it went in.
    #[test]
    fn a_minted_token_verifies(
        place in 0..Algorithm::ALL.len(),
        extra in prop::collection::btree_map("x-[a-z]{1,8}", json_value(), 0..4),
    ) {
        let provider = Provider::of(Algorithm::ALL[place]);
        let mut claims = claims();
        claims.extend(extra);
        let access = provider.verify(&provider.sign(&provider.header(), &claims)).expect("a valid token");
        prop_assert_eq!(access.claims().json(), json!(claims).to_string());
    }

    /// A change of the signed text is refused, wherever and whatever it is.
    #[test]
    fn an_altered_token_is_refused(place in any::<prop::sample::Index>(), character in "[A-Za-z0-9_.-]") {
        let provider = provider();
        let token = provider.token();
        let place = place.index(token.len());
        let changed = format!("{}{character}{}", &token[..place], &token[place + 1..]);
        prop_assume!(changed != token);
        prop_assert!(provider.verify(&changed).is_err());
    }
}

const NAMES: [&str; 14] = [
    "iss",
    "aud",
    "exp",
    "nbf",
    "iat",
    "sub",
    "jti",
    "client_id",
    "scope",
    "scp",
    "cnf",
    "nonce",
    "events",
    "token_use",
];
