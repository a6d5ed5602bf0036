//! RFC 7517, RFC 7518 section 6 and RFC 8037 section 2: which keys can be used, and what they verify.

use ::rsa::BigUint;
use p256::ecdsa::signature::{Verifier, hazmat::PrehashVerifier};
use sha2::{Digest, Sha256};

use super::{base64url, curve, json::Json, rsa};

pub(super) struct Key {
    kind: String,
    alg: Option<String>,
    numbers: [Vec<u8>; 2],
}

/// What algorithms take: "RSA", or the name of a curve.
fn kind_for(algorithm: &str) -> &'static str {
    match algorithm {
        "ES256" => "P-256",
        "ES384" => "P-384",
        "ES512" => "P-521",
        "ES256K" => "secp256k1",
        "EdDSA" | "Ed25519" => "Ed25519",
        "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" => "RSA",
        _ => "",
    }
}

impl Key {
    /// `None` for a key that cannot be used.
    pub(super) fn read(jwk: &Json) -> Option<Self> {
        for name in ["kid", "use", "alg", "kty"] {
            if jwk.get(name).is_some_and(|value| value.string().is_none()) {
                return None;
            }
        }
        let text = |name| jwk.get(name).and_then(Json::string);
        let number = |name| base64url::decode(text(name)?);
        if ["k", "d", "p", "q", "dp", "dq", "qi", "oth", "priv"].iter().any(|name| jwk.get(name).is_some()) {
            return None;
        }
        if text("use").is_some_and(|usage| usage != "sig") {
            return None;
        }
        match jwk.get("key_ops") {
            None => {}
            Some(Json::Array(operations)) => {
                let all_texts = operations.iter().all(|operation| operation.string().is_some());
                // Section 4.3: duplicate values MUST NOT be present.
                let twice = operations.iter().enumerate().any(|(at, one)| operations[at + 1..].contains(one));
                if !all_texts || twice || !operations.iter().any(|operation| operation.string() == Some("verify")) {
                    return None;
                }
            }
            Some(_) => return None,
        }
        let (kind, numbers) = match text("kty")? {
            "RSA" => ("RSA", [number("n")?, number("e")?]),
            "EC" => {
                let curve = curve::of_name(text("crv")?)?;
                let (x, y) = (number("x")?, number("y")?);
                if x.len() != curve.bytes || y.len() != curve.bytes || !curve.has(&x, &y) {
                    return None;
                }
                (text("crv")?, [x, y])
            }
            "OKP" if text("crv")? == "Ed25519" => ("Ed25519", [number("x")?, Vec::new()]),
            _ => return None,
        };
        let good = match kind {
            "RSA" => good_rsa(&numbers),
            "Ed25519" => good_ed25519(&numbers[0]),
            _ => true,
        };
        let alg = text("alg").map(Into::into);
        let alg_fits = text("alg").is_none_or(|alg| kind_for(alg) == kind);
        (good && alg_fits).then(|| Self { kind: kind.into(), alg, numbers })
    }

    pub(super) fn fits(&self, algorithm: &str) -> bool {
        self.kind == kind_for(algorithm) && self.alg.as_ref().is_none_or(|alg| alg == algorithm)
    }

    pub(super) fn verifies(&self, algorithm: &str, signature: &[u8], message: &[u8]) -> bool {
        let [first, second] = &self.numbers;
        let point = [&[4], first.as_slice(), second].concat();
        match self.kind.as_str() {
            "RSA" => rsa::verifies(algorithm, first, second, signature, message),
            "Ed25519" => {
                let key = ed25519_dalek::VerifyingKey::try_from(first.as_slice()).unwrap();
                ed25519_dalek::Signature::from_slice(signature)
                    .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok())
            }
            _ if !in_range(algorithm, signature) => false,
            "P-256" => {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).unwrap();
                key.verify(message, &p256::ecdsa::Signature::from_slice(signature).unwrap()).is_ok()
            }
            "P-384" => {
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&point).unwrap();
                key.verify(message, &p384::ecdsa::Signature::from_slice(signature).unwrap()).is_ok()
            }
            "P-521" => {
                let key = p521::ecdsa::VerifyingKey::from_sec1_bytes(&point).unwrap();
                key.verify(message, &p521::ecdsa::Signature::from_slice(signature).unwrap()).is_ok()
            }
            // Both s and n − s hold, of which the library takes the smaller only.
            _ => {
                let key = k256::ecdsa::VerifyingKey::from_sec1_bytes(&point).unwrap();
                let signature = k256::ecdsa::Signature::from_slice(signature).unwrap();
                [Some(signature), signature.normalize_s()]
                    .into_iter()
                    .flatten()
                    .any(|signature| key.verify_prehash(&Sha256::digest(message), &signature).is_ok())
            }
        }
    }
}

/// RFC 7518 section 3.3 and what Doorward documents: 2048 to 8192 bits, odd, and an odd exponent from 3 up to
/// 256 bits, both in the fewest bytes.
fn good_rsa([n, e]: &[Vec<u8>; 2]) -> bool {
    let minimal = |number: &[u8]| number.first().is_some_and(|byte| *byte != 0);
    let odd = |number: &[u8]| number.last().is_some_and(|byte| byte % 2 == 1);
    let bits = BigUint::from_bytes_be(n).bits();
    let exponent = BigUint::from_bytes_be(e);
    minimal(n)
        && minimal(e)
        && odd(n)
        && odd(e)
        && (2048..=8192).contains(&bits)
        && exponent >= BigUint::from(3_u8)
        && exponent.bits() <= 256
}

/// RFC 8032 section 5.1.3: y below 2^255 − 19, of a point of the curve. And none of small order.
fn good_ed25519(x: &[u8]) -> bool {
    let Ok(bytes) = <[u8; 32]>::try_from(x) else { return false };
    let mut y = bytes;
    y[31] &= 0x7f;
    let prime = (BigUint::from(1_u8) << 255) - BigUint::from(19_u8);
    BigUint::from_bytes_le(&y) < prime
        && ed25519_dalek::VerifyingKey::from_bytes(&bytes).is_ok_and(|key| !key.is_weak())
}

/// FIPS 186-5 section 6.4.2 step 1: r and s from 1 to n − 1, side by side.
fn in_range(algorithm: &str, signature: &[u8]) -> bool {
    let curve = curve::of_algorithm(algorithm).expect("an ECDSA algorithm");
    let zero = BigUint::from(0_u8);
    signature.len() == 2 * curve.bytes
        && signature.chunks(curve.bytes).map(BigUint::from_bytes_be).all(|number| number > zero && number < curve.order)
}
