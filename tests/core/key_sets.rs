//! Key sets, whole and odd.

use doorward::{Algorithm, KeyFault, KeySet, KeySetError, Rejection, UnixSeconds, mint::Minter, verify};
use serde_json::{Map, Value, json};

use crate::provider::{KID, NOW, Provider, changed, object, policy, provider};

fn set(keys: Vec<Value>) -> KeySet {
    KeySet::parse(&json!({ "keys": keys }).to_string()).expect("a key set")
}

/// Why a key is skipped; `None` when it is usable.
fn fault(jwk: &Map<String, Value>) -> Option<KeyFault> {
    let set = set(vec![jwk.clone().into()]);
    assert_eq!(set.keys().len() + set.skipped().len(), 1);
    set.skipped().first().map(|skipped| skipped.fault.clone())
}

fn verdict(token: &str, keys: &KeySet) -> Result<usize, &'static str> {
    verify(token, keys, &policy(), UnixSeconds::new(NOW))
        .map(|access| access.key().index)
        .map_err(|rejection| rejection.code())
}

#[test]
fn one_bad_key_never_spoils_a_set() {
    let provider = provider();
    let good = Value::from(provider.jwk());
    let odd = [
        json!(null),
        json!(""),
        json!([]),
        json!({}),
        json!({ "kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA", "kid": KID }),
        json!({ "kty": "oct", "k": "AAAA", "kid": KID }),
        json!({ "kty": "RSA", "n": "!", "e": "AQAB", "kid": KID }),
    ];
    let mut keys = odd.to_vec();
    keys.push(good);
    let set = set(keys);
    assert_eq!(set.skipped().iter().map(|key| key.index).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(verdict(&provider.token(), &set), Ok(7));
    let unknown = if cfg!(feature = "ml-dsa") {
        r#"key 4 ("key-1"): "pub": expected 1312 bytes, found 3"#
    } else {
        r#"key 4 ("key-1"): "kty" "AKP" is not supported"#
    };
    assert_eq!(set.skipped()[4].to_string(), unknown);
}

#[test]
fn texts_that_are_no_set() {
    let rows = [
        ("", "jwks_malformed"),
        ("[]", "jwks_malformed"),
        ("null", "jwks_malformed"),
        ("{}", "jwks_malformed"),
        (r#"{"keys":{}}"#, "jwks_malformed"),
        (r#"{"keys":null}"#, "jwks_malformed"),
        (r#"{"keys":[],"keys":[]}"#, "jwks_malformed"),
        (r#"{"keys":[{"kty":"EC","kty":"EC"}]}"#, "jwks_malformed"),
        (r#"{"keys":[]}x"#, "jwks_malformed"),
        ("\u{feff}{\"keys\":[]}", "jwks_malformed"),
    ];
    for (text, code) in rows {
        assert_eq!(KeySet::parse(text).unwrap_err().description().code, code, "{text}");
    }
    let long = format!(r#"{{"keys":[],"x":"{}"}}"#, "x".repeat(512 * 1024));
    assert!(matches!(KeySet::parse(&long), Err(KeySetError::TooLarge { .. })));
    let many = json!({ "keys": vec![Value::Null; 1025] }).to_string();
    assert_eq!(KeySet::parse(&many).unwrap_err(), KeySetError::TooManyKeys { keys: 1025 });
    assert_eq!(KeySet::parse(r#"{"keys":[],"x":1}"#).unwrap().keys().len(), 0);
}

#[test]
fn members_of_any_key() {
    let jwk = provider().jwk();
    assert_eq!(fault(&jwk), None);
    let malformed = |member, expected, found| KeyFault::Malformed { member, expected, found };
    let rows = [
        ("kty", Value::Null, KeyFault::Missing { member: "kty" }),
        ("kty", json!(1), malformed("kty", "a string", "a number")),
        ("kty", json!("ec"), KeyFault::KeyType { found: "\"ec\"".into() }),
        ("kty", json!("oct"), KeyFault::Symmetric),
        ("k", json!("AAAA"), KeyFault::Symmetric),
        ("d", json!("AAAA"), KeyFault::Private { member: "d" }),
        ("d", json!(""), KeyFault::Private { member: "d" }),
        ("kid", json!(1), malformed("kid", "a string", "a number")),
        ("use", json!("enc"), KeyFault::NotForSignatures { member: "use", found: "\"enc\"".into() }),
        ("use", json!(["sig"]), malformed("use", "a string", "an array")),
        ("key_ops", json!(["sign"]), KeyFault::NotForSignatures { member: "key_ops", found: "no \"verify\"".into() }),
        ("key_ops", json!([]), KeyFault::NotForSignatures { member: "key_ops", found: "no \"verify\"".into() }),
        ("key_ops", json!("verify"), malformed("key_ops", "an array of strings", "a string")),
        ("key_ops", json!(["verify", 1]), malformed("key_ops", "an array of strings", "another member")),
        (
            "key_ops",
            json!(["verify", "verify"]),
            malformed("key_ops", "an array of different strings", "one of them twice"),
        ),
        ("alg", json!("ES384"), KeyFault::AlgorithmOfAnotherType { algorithm: Algorithm::ES384 }),
        ("alg", json!("HS256"), KeyFault::Algorithm { found: "\"HS256\"".into() }),
        ("alg", json!("ECDH-ES"), KeyFault::Algorithm { found: "\"ECDH-ES\"".into() }),
        ("crv", json!("P-257"), KeyFault::Curve { found: "\"P-257\"".into() }),
        ("crv", json!("Ed25519"), KeyFault::Curve { found: "\"Ed25519\"".into() }),
        ("crv", json!("P-384"), KeyFault::Length { member: "x", expected: 48, found: 32 }),
        ("crv", json!("secp256k1"), KeyFault::NotOnCurve),
        ("x", Value::Null, KeyFault::Missing { member: "x" }),
        ("y", json!("AAAA"), KeyFault::Length { member: "y", expected: 32, found: 3 }),
        ("y", json!("A".repeat(43)), KeyFault::NotOnCurve),
        ("y", json!("_".repeat(42) + "8"), KeyFault::NotOnCurve),
    ];
    for (member, value, expected) in rows {
        assert_eq!(fault(&changed(jwk.clone(), member, value.clone())), Some(expected), "{member} {value}");
    }
    for (member, value) in [
        ("use", Value::Null),
        ("alg", Value::Null),
        ("kid", Value::Null),
        ("key_ops", json!(["verify"])),
        ("x5c", json!(7)),
        ("issuer", json!("https://a.example")),
    ] {
        assert_eq!(fault(&changed(jwk.clone(), member, value)), None, "{member}");
    }
}

#[test]
fn rsa_numbers() {
    let encode = |bytes: &[u8]| base64url(bytes);
    let modulus = |bits: usize| {
        let mut bytes = vec![0xff; bits.div_ceil(8)];
        bytes[0] = 0xff >> ((8 - bits % 8) % 8);
        encode(&bytes)
    };
    let jwk = Provider::of(Algorithm::RS256).jwk();
    let with = |member: &str, value: String| fault(&changed(jwk.clone(), member, json!(value)));
    assert_eq!(with("n", modulus(2048)), None);
    assert_eq!(with("n", modulus(8192)), None);
    assert_eq!(with("n", modulus(2047)), Some(KeyFault::RsaWeak { bits: 2047 }));
    assert_eq!(with("n", modulus(1024)), Some(KeyFault::RsaWeak { bits: 1024 }));
    assert_eq!(with("n", modulus(8193)), Some(KeyFault::RsaTooLarge { bits: 8200 }));
    let even = [&[0xff; 255][..], &[0xfe]].concat();
    assert_eq!(with("n", encode(&even)), Some(KeyFault::RsaModulusEven));
    let leading_zero = [&[0][..], &[0xff; 256]].concat();
    assert!(matches!(with("n", encode(&leading_zero)), Some(KeyFault::Malformed { member: "n", .. })));
    assert!(matches!(with("n", String::new()), Some(KeyFault::Malformed { member: "n", .. })));
    assert!(matches!(with("e", "AQAB=".into()), Some(KeyFault::Malformed { member: "e", .. })));
    for usable in [&[3][..], &[1, 0, 1], &[0xff; 32]] {
        assert_eq!(with("e", encode(usable)), None);
    }
    for unusable in [&[1][..], &[2], &[1, 0, 0], &[1; 33]] {
        assert_eq!(with("e", encode(unusable)), Some(KeyFault::RsaExponent));
    }
    for member in ["d", "p", "q", "dp", "dq", "qi", "oth"] {
        assert!(matches!(with(member, "AQAB".into()), Some(KeyFault::Private { .. })));
    }
}

#[test]
fn ed25519_encodings() {
    let jwk = Provider::of(Algorithm::EdDSA).jwk();
    let with = |bytes: [u8; 32]| fault(&changed(jwk.clone(), "x", json!(base64url(&bytes))));
    let mut one = [0; 32];
    one[0] = 1;
    assert_eq!(with(one), Some(KeyFault::SmallOrder)); // the identity
    assert_eq!(with([0; 32]), Some(KeyFault::SmallOrder)); // order 4
    // y = p + 3 and p + 1, which reduce to points of the curve: 3 is the y of a point of full order.
    for first in [0xed_u8 + 3, 0xed + 1, 0xed, 0xff] {
        let mut bytes = [0xff; 32];
        (bytes[0], bytes[31]) = (first, 0x7f);
        assert_eq!(with(bytes), Some(KeyFault::NotOnCurve), "{first:x}");
    }
    let mut two = [0; 32];
    two[0] = 2; // no x for y = 2
    assert_eq!(with(two), Some(KeyFault::NotOnCurve));
    let other_curve = changed(jwk, "crv", json!("X25519"));
    assert_eq!(fault(&other_curve), Some(KeyFault::Curve { found: "\"X25519\"".into() }));
}

#[test]
fn keys_of_one_name_are_all_tried() {
    let provider = provider();
    let others: Vec<Value> =
        (0..7).map(|_| serde_json::from_str(&Minter::generate(Algorithm::ES256).jwk(KID)).unwrap()).collect();
    let mut keys = others.clone();
    keys.push(provider.jwk().into());
    assert_eq!(verdict(&provider.token(), &set(keys.clone())), Ok(7));
    // The ninth is one too many: each forged token would buy that many verifications.
    keys.insert(0, others[0].clone());
    assert_eq!(verdict(&provider.token(), &set(keys)), Err("signature_invalid"));
    // Those of another type do not count.
    let mut keys = vec![Value::from(Provider::of(Algorithm::RS256).jwk()); 20];
    keys.push(provider.jwk().into());
    assert_eq!(verdict(&provider.token(), &set(keys)), Ok(20));
}

#[test]
fn a_token_without_kid_needs_the_one_key_that_fits() {
    let provider = provider();
    let token = provider.token_with_header("kid", Value::Null);
    let ours = Value::from(provider.jwk());
    let rsa = Value::from(Provider::of(Algorithm::RS256).jwk());
    let other: Value = serde_json::from_str(&Minter::generate(Algorithm::ES256).jwk("other")).unwrap();
    let unnamed = Value::from(changed(provider.jwk(), "kid", Value::Null));
    assert_eq!(verdict(&token, &set(vec![ours.clone()])), Ok(0));
    assert_eq!(verdict(&token, &set(vec![rsa.clone(), ours.clone()])), Ok(1));
    assert_eq!(verdict(&token, &set(vec![rsa.clone(), unnamed.clone()])), Ok(1));
    assert_eq!(verdict(&token, &set(vec![ours, other])), Err("key_ambiguous"));
    assert_eq!(verdict(&token, &set(vec![rsa.clone(), rsa.clone()])), Err("key_not_found"));
    assert_eq!(verdict(&token, &set(vec![rsa])), Err("key_unusable"));
    assert_eq!(verdict(&token, &set(vec![])), Err("key_not_found"));
    // A name in the token is a name to be found.
    assert_eq!(verdict(&provider.token(), &set(vec![unnamed])), Err("key_not_found"));
}

#[test]
fn the_reason_a_named_key_cannot_be_used_is_told() {
    let provider = provider();
    let keys = set(vec![changed(provider.jwk(), "use", json!("enc")).into()]);
    let rejection = verify(&provider.token(), &keys, &policy(), UnixSeconds::new(NOW)).unwrap_err();
    let fault = KeyFault::NotForSignatures { member: "use", found: "\"enc\"".into() };
    assert_eq!(rejection, Rejection::KeyUnusable { kid: Some(KID.into()), fault });
}

/// Two names for one algorithm (RFC 9864), yet a key that names one is for that one.
#[test]
fn a_key_is_for_the_algorithm_it_names() {
    let eddsa = Provider::of(Algorithm::EdDSA);
    let (named, unnamed) = (eddsa.jwk(), changed(eddsa.jwk(), "alg", Value::Null));
    let tokens = ["EdDSA", "Ed25519"].map(|alg| eddsa.token_with_header("alg", json!(alg)));
    assert_eq!(
        tokens.clone().map(|token| verdict(&token, &set(vec![named.clone().into()]))),
        [Ok(0), Err("key_unusable")]
    );
    assert_eq!(tokens.map(|token| verdict(&token, &set(vec![unnamed.clone().into()]))), [Ok(0), Ok(0)]);
    let rs256 = Provider::of(Algorithm::RS256);
    let token = rs256.token_with_header("alg", json!("RS512"));
    assert_eq!(verdict(&token, &rs256.keys()), Err("key_unusable"));
}

fn base64url(bytes: &[u8]) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let text = |chunk: &[u8]| -> String {
        let word = chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        (0..=chunk.len()).map(|place| char::from(alphabet[(word >> (18 - 6 * place)) as usize & 63])).collect()
    };
    bytes.chunks(3).map(text).collect()
}

#[test]
fn private_parts_of_the_cookbook_are_refused() {
    let jwk = object(json!({ "kty": "OKP", "crv": "Ed25519", "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }));
    assert_eq!(fault(&jwk), Some(KeyFault::Private { member: "d" }));
    assert_eq!(fault(&changed(jwk, "d", Value::Null)), None);
}
