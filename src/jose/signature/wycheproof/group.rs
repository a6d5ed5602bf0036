//! A group of vectors: one key, and the parameters of its signatures.

use alloc::vec::Vec;

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Value, json};

use crate::Algorithm;

/// What the signatures of a group are to a JWS.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// Signatures of this algorithm.
    Carried(Algorithm),
    /// Signatures of none, under keys that these algorithms take.
    Foreign(Vec<Algorithm>),
    /// Under a key that no algorithm takes.
    Skipped,
}

pub(super) fn place(family: &str, group: &Value) -> Place {
    match family {
        "ECDSA" => ecdsa(group),
        "EDDSA" => eddsa(group),
        "RSASSA-PKCS1-v1_5" => {
            rsa([("SHA-256", Algorithm::RS256), ("SHA-384", Algorithm::RS384), ("SHA-512", Algorithm::RS512)], group)
        }
        "RSASSA-PSS" => pss(group),
        // The file of one parameter set of ML-DSA.
        name => Place::Carried(Algorithm::from_name(name).unwrap()),
    }
}

/// Of one vector of the group: a JWS has no context (RFC 9964 section 4).
pub(super) fn place_of(group: &Place, test: &Value) -> Place {
    match group {
        Place::Carried(algorithm) if test["ctx"].as_str().is_some_and(|context| !context.is_empty()) => {
            Place::Foreign([*algorithm].into())
        }
        other => other.clone(),
    }
}

fn ecdsa(group: &Value) -> Place {
    let (algorithm, hash) = match text(&group["publicKey"], "curve") {
        "secp256r1" => (Algorithm::ES256, "SHA-256"),
        "secp384r1" => (Algorithm::ES384, "SHA-384"),
        "secp521r1" => (Algorithm::ES512, "SHA-512"),
        "secp256k1" => (Algorithm::ES256K, "SHA-256"),
        _ => return Place::Skipped,
    };
    // The other encoding is DER (RFC 7518 section 3.4 has r and s side by side).
    if text(group, "type") == "EcdsaP1363Verify" && text(group, "sha") == hash {
        Place::Carried(algorithm)
    } else {
        Place::Foreign([algorithm].into())
    }
}

fn eddsa(group: &Value) -> Place {
    match text(&group["publicKey"], "curve") {
        "edwards25519" => Place::Carried(Algorithm::Ed25519),
        _ => Place::Skipped,
    }
}

fn rsa(rows: [(&str, Algorithm); 3], group: &Value) -> Place {
    match rows.iter().find(|(hash, _)| *hash == text(group, "sha")) {
        Some((_, algorithm)) => Place::Carried(*algorithm),
        None => Place::Foreign(rows.iter().map(|(_, algorithm)| *algorithm).collect()),
    }
}

/// RFC 7518 section 3.5: MGF1 with the same hash, a salt as long as the hash.
fn pss(group: &Value) -> Place {
    let rows = [("SHA-256", Algorithm::PS256), ("SHA-384", Algorithm::PS384), ("SHA-512", Algorithm::PS512)];
    let salt_bytes = match text(group, "sha") {
        "SHA-256" => 32,
        "SHA-384" => 48,
        _ => 64,
    };
    if text(group, "mgf") == "MGF1" && group["mgfSha"] == group["sha"] && group["sLen"] == salt_bytes {
        return rsa(rows, group);
    }
    Place::Foreign(rows.iter().map(|(_, algorithm)| *algorithm).collect())
}

/// The JWK of the file, or else one of its numbers.
pub(super) fn jwk(family: &str, group: &Value) -> Value {
    let key = &group["publicKey"];
    if let Some(jwk) = ["publicKeyJwk", "keyJwk"].iter().find_map(|name| group.get(name)) {
        let mut jwk = jwk.clone();
        // The name before RFC 8812.
        if jwk["crv"] == "P-256K" {
            jwk["crv"] = "secp256k1".into();
        }
        return jwk;
    }
    match family {
        "ECDSA" => {
            let curve = match text(key, "curve") {
                "secp256r1" => "P-256",
                "secp384r1" => "P-384",
                "secp521r1" => "P-521",
                other => other,
            };
            let point = bytes(key, "uncompressed");
            let (x, y) = point[1..].split_at(point.len() / 2);
            json!({ "kty": "EC", "crv": curve, "x": base64url(x), "y": base64url(y) })
        }
        "RSASSA-PKCS1-v1_5" | "RSASSA-PSS" => {
            let number = |name| {
                let bytes = bytes(key, name);
                base64url(&bytes[bytes.iter().take_while(|byte| **byte == 0).count()..])
            };
            json!({ "kty": "RSA", "n": number("modulus"), "e": number("publicExponent") })
        }
        other => json!({ "kty": "AKP", "alg": other, "pub": base64url(&bytes(group, "publicKey")) }),
    }
}

/// The bytes of a member in hexadecimal digits.
pub(super) fn bytes(object: &Value, name: &str) -> Vec<u8> {
    let pairs = text(object, name).as_bytes().chunks_exact(2);
    pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

pub(super) fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object[name].as_str().unwrap_or_else(|| panic!("{name} is no string in {object}"))
}

fn base64url(bytes: &[u8]) -> alloc::string::String {
    Base64UrlUnpadded::encode_string(bytes)
}
