//! ECDSA (RFC 7518 section 3.4, RFC 8812 section 3.2). Signatures with r or s of zero, of the order or above do not
//! parse.

use alloc::vec::Vec;

use k256::ecdsa::signature::{Verifier, hazmat::PrehashVerifier};
use sha2::{Digest, Sha256};

use crate::jose::public_key::{Curve, Point};

pub(super) fn es256(key: &Point, signature: &[u8], message: &[u8]) -> bool {
    let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&encoded(key, Curve::P256)).ok();
    verify::<_, p256::ecdsa::Signature>(key, signature, message)
}

pub(super) fn es384(key: &Point, signature: &[u8], message: &[u8]) -> bool {
    let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&encoded(key, Curve::P384)).ok();
    verify::<_, p384::ecdsa::Signature>(key, signature, message)
}

pub(super) fn es512(key: &Point, signature: &[u8], message: &[u8]) -> bool {
    let key = p521::ecdsa::VerifyingKey::from_sec1_bytes(&encoded(key, Curve::P521)).ok();
    verify::<_, p521::ecdsa::Signature>(key, signature, message)
}

/// Apart from the others because the library accepts the smaller s only, a rule of blockchains that RFC 8812 does
/// not have.
pub(super) fn es256k(key: &Point, signature: &[u8], message: &[u8]) -> bool {
    let key = k256::ecdsa::VerifyingKey::from_sec1_bytes(&encoded(key, Curve::Secp256k1)).ok();
    let signature = k256::ecdsa::Signature::try_from(signature).ok();
    key.zip(signature).is_some_and(|(key, signature)| {
        let smaller = signature.normalize_s().unwrap_or(signature);
        key.verify_prehash(&Sha256::digest(message), &smaller).is_ok()
    })
}

fn verify<K: Verifier<S>, S: for<'a> TryFrom<&'a [u8]>>(key: Option<K>, signature: &[u8], message: &[u8]) -> bool {
    let signature = S::try_from(signature).ok();
    key.zip(signature).is_some_and(|(key, signature)| key.verify(message, &signature).is_ok())
}

/// SEC 1 section 2.3.3. No bytes for a point of another curve.
fn encoded(key: &Point, curve: Curve) -> Vec<u8> {
    if key.curve == curve { [&[UNCOMPRESSED], &*key.x, &*key.y].concat() } else { Vec::new() }
}

const UNCOMPRESSED: u8 = 4;
