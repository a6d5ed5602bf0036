//! Ed25519: points of small order, and second spellings of a signature.

use doorward::{Algorithm, KeyFault};
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier};
use rsa::BigUint;
use serde_json::{Value, json};
use sha2::{Digest, Sha512};

use crate::{
    forger::{encode, refusal_with, set, signing_input},
    provider::KID,
    vectors::read,
};

const INVALID: Option<&str> = Some("signature_invalid");

/// The order of the group of Ed25519.
fn ed25519_order() -> BigUint {
    (BigUint::from(1_u8) << 252) + BigUint::from(0x14de_f9de_a2f7_9cd6_5812_631a_5cf5_d3ed_u128)
}

fn little_endian(number: &BigUint) -> [u8; 32] {
    let mut bytes = number.to_bytes_le();
    bytes.resize(32, 0);
    bytes.try_into().unwrap()
}

fn okp(x: &[u8]) -> Value {
    json!({ "kty": "OKP", "crv": "Ed25519", "kid": KID, "x": encode(x) })
}

/// The eight points of small order, and the encodings of the same that are not canonical.
const SMALL_ORDER: [&str; 14] = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

#[test]
fn ed25519_keys_of_small_order_are_no_keys() {
    let token = format!("{}.{}", signing_input(Algorithm::EdDSA, 0), encode([[1; 1].as_slice(), &[0; 63]].concat()));
    for hex in SMALL_ORDER {
        let key: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect();
        assert_eq!(refusal_with(vec![okp(&key)], &token), Some("key_unusable"), "{hex}");
        let fault = set(vec![okp(&key)]).skipped()[0].fault.clone();
        assert!(matches!(fault, KeyFault::SmallOrder | KeyFault::NotOnCurve), "{hex}: {fault}");
    }
}

/// R is the identity and s = k·a, so that s·B = R + k·A holds: a check that is not strict accepts it.
#[test]
fn ed25519_signatures_with_r_of_small_order() {
    let key = SigningKey::from_bytes(&[9; 32]);
    let (public, signed) = (key.verifying_key(), signing_input(Algorithm::EdDSA, 1));
    let mut scalar: [u8; 32] = Sha512::digest(key.as_bytes())[..32].try_into().unwrap();
    scalar[0] &= 248;
    scalar[31] = scalar[31] & 127 | 64;
    let identity = little_endian(&BigUint::from(1_u8));
    let hash = Sha512::new().chain_update(identity).chain_update(public.as_bytes()).chain_update(&signed).finalize();
    let s = BigUint::from_bytes_le(&hash) * BigUint::from_bytes_le(&scalar) % ed25519_order();
    let forged: [u8; 64] = [identity, little_endian(&s)].concat().try_into().unwrap();
    assert!(public.verify(signed.as_bytes(), &Signature::from_bytes(&forged)).is_ok(), "the forgery is a good one");

    let keys = vec![okp(public.as_bytes())];
    assert_eq!(refusal_with(keys.clone(), &format!("{signed}.{}", encode(forged))), INVALID);
    let honest = key.sign(signed.as_bytes()).to_bytes();
    assert_eq!(refusal_with(keys.clone(), &format!("{signed}.{}", encode(honest))), None);

    // s and the order more: RFC 8032 section 5.1.7 demands 0 <= s < L.
    let (r, s) = honest.split_at(32);
    let above = little_endian(&(BigUint::from_bytes_le(s) + ed25519_order()));
    assert_eq!(refusal_with(keys.clone(), &format!("{signed}.{}", encode([r, &above].concat()))), INVALID);
    for length in [0, 32, 63, 65, 128] {
        let cut: Vec<u8> = honest.iter().copied().cycle().take(length).collect();
        assert_eq!(refusal_with(keys.clone(), &format!("{signed}.{}", encode(cut))), INVALID, "{length}");
    }
}

/// The advisories are of signing with two public keys and of secret timing: what verifies holds no secret, and
/// the crates are of fixed versions.
#[test]
fn rustsec_2022_0093_rustsec_2024_0344_locked_versions_are_fixed() {
    let lock = read("Cargo.lock");
    let version = |name: &str| -> Vec<u32> {
        let (_, after) = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).expect(name);
        let (version, _) = after.split_once('"').unwrap();
        version.split('.').map(|part| part.parse().unwrap()).collect()
    };
    assert!(version("ed25519-dalek") >= vec![2, 0, 0]);
    assert!(version("curve25519-dalek") >= vec![4, 1, 3]);
}
