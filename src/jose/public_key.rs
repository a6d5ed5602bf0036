//! The numbers of a key (RFC 7518 section 6, RFC 8037 section 2, RFC 9964 section 3): public, of sufficient
//! strength, a valid point, in their one encoding.

use alloc::{boxed::Box, vec::Vec};
use core::fmt;

use rsa::{BigUint, RsaPublicKey};

#[cfg(feature = "ml-dsa")]
use super::algorithm::Algorithm;
#[cfg(feature = "ml-dsa")]
use super::signature::ml_dsa::{self, MlDsaKey};
use crate::{
    limits::{MAX_RSA_EXPONENT_BITS, MAX_RSA_MODULUS_BITS, MIN_RSA_EXPONENT, MIN_RSA_MODULUS_BITS},
    rejection::KeyFault,
    text::{
        base64url,
        json::{Object, Value, kind_of},
        quote::quoted,
    },
};

/// The "kty" values whose keys can verify a signature here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyType {
    Rsa,
    Ec,
    Okp,
    #[cfg(feature = "ml-dsa")]
    Akp,
}

/// The "crv" values of the types that have curves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Curve {
    P256,
    P384,
    P521,
    Secp256k1,
    Ed25519,
}

/// The numbers of a public key, each as the arithmetic takes it.
#[derive(Clone)]
pub(crate) enum PublicKey {
    Rsa(Box<RsaPublicKey>),
    P256(Box<p256::ecdsa::VerifyingKey>),
    P384(Box<p384::ecdsa::VerifyingKey>),
    P521(Box<p521::ecdsa::VerifyingKey>),
    Secp256k1(Box<k256::ecdsa::VerifyingKey>),
    Ed25519(Box<ed25519_dalek::VerifyingKey>),
    #[cfg(feature = "ml-dsa")]
    MlDsa(Box<MlDsaKey>),
}

impl PublicKey {
    pub(crate) fn parse(members: &Object) -> Result<Self, KeyFault> {
        let key_type = required_string(members, "kty")?;
        if key_type == "oct" || members.contains_key("k") {
            return Err(KeyFault::Symmetric);
        }
        // RFC 7518 sections 6.2.2 and 6.3.2: a published private key is no longer anybody's.
        if let Some(member) =
            ["d", "p", "q", "dp", "dq", "qi", "oth", "priv"].into_iter().find(|member| members.contains_key(*member))
        {
            return Err(KeyFault::Private { member });
        }
        match key_type {
            "RSA" => rsa_key(members),
            "EC" => ec_key(members),
            "OKP" => okp_key(members),
            #[cfg(feature = "ml-dsa")]
            "AKP" => akp_key(members),
            other => Err(KeyFault::KeyType { found: quoted(other) }),
        }
    }

    pub(crate) fn kind(&self) -> (KeyType, Option<Curve>) {
        match self {
            Self::Rsa(_) => (KeyType::Rsa, None),
            Self::P256(_) => (KeyType::Ec, Some(Curve::P256)),
            Self::P384(_) => (KeyType::Ec, Some(Curve::P384)),
            Self::P521(_) => (KeyType::Ec, Some(Curve::P521)),
            Self::Secp256k1(_) => (KeyType::Ec, Some(Curve::Secp256k1)),
            Self::Ed25519(_) => (KeyType::Okp, Some(Curve::Ed25519)),
            #[cfg(feature = "ml-dsa")]
            Self::MlDsa(_) => (KeyType::Akp, None),
        }
    }

    pub(crate) fn rsa(&self) -> Option<&RsaPublicKey> {
        if let Self::Rsa(key) = self { Some(key) } else { None }
    }

    pub(crate) fn p256(&self) -> Option<&p256::ecdsa::VerifyingKey> {
        if let Self::P256(key) = self { Some(key) } else { None }
    }

    pub(crate) fn p384(&self) -> Option<&p384::ecdsa::VerifyingKey> {
        if let Self::P384(key) = self { Some(key) } else { None }
    }

    pub(crate) fn p521(&self) -> Option<&p521::ecdsa::VerifyingKey> {
        if let Self::P521(key) = self { Some(key) } else { None }
    }

    pub(crate) fn secp256k1(&self) -> Option<&k256::ecdsa::VerifyingKey> {
        if let Self::Secp256k1(key) = self { Some(key) } else { None }
    }

    pub(crate) fn ed25519(&self) -> Option<&ed25519_dalek::VerifyingKey> {
        if let Self::Ed25519(key) = self { Some(key) } else { None }
    }

    #[cfg(feature = "ml-dsa")]
    pub(crate) fn ml_dsa(&self) -> Option<&MlDsaKey> {
        if let Self::MlDsa(key) = self { Some(key) } else { None }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind().fmt(formatter)
    }
}

/// RFC 7518 section 6.3.1.
fn rsa_key(members: &Object) -> Result<PublicKey, KeyFault> {
    let modulus = unsigned_integer(members, "n")?;
    let exponent = unsigned_integer(members, "e")?;
    let bits = modulus.bits();
    if bits < MIN_RSA_MODULUS_BITS {
        return Err(KeyFault::RsaWeak { bits });
    }
    if bits > MAX_RSA_MODULUS_BITS {
        return Err(KeyFault::RsaTooLarge { bits });
    }
    let even = |number: &BigUint| number.to_bytes_le().first().is_none_or(|byte| byte & 1 == 0);
    if even(&modulus) {
        return Err(KeyFault::RsaModulusEven);
    }
    if even(&exponent) || exponent < BigUint::from(MIN_RSA_EXPONENT) || exponent.bits() > MAX_RSA_EXPONENT_BITS {
        return Err(KeyFault::RsaExponent);
    }
    // Unchecked by the library, whose own limits differ: they are checked above.
    Ok(PublicKey::Rsa(Box::new(RsaPublicKey::new_unchecked(modulus, exponent))))
}

/// RFC 7518 section 6.2.1.
fn ec_key(members: &Object) -> Result<PublicKey, KeyFault> {
    let name = required_string(members, "crv")?;
    let (curve, bytes) = match name {
        "P-256" => (Curve::P256, 32),
        "P-384" => (Curve::P384, 48),
        "P-521" => (Curve::P521, 66),
        "secp256k1" => (Curve::Secp256k1, 32),
        other => return Err(KeyFault::Curve { found: quoted(other) }),
    };
    let x = fixed_bytes(members, "x", bytes)?;
    let y = fixed_bytes(members, "y", bytes)?;
    let point = [&[SEC1_UNCOMPRESSED], x.as_slice(), y.as_slice()].concat();
    let key = match curve {
        Curve::P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).ok().map(Box::new).map(PublicKey::P256),
        Curve::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(&point).ok().map(Box::new).map(PublicKey::P384),
        Curve::P521 => p521::ecdsa::VerifyingKey::from_sec1_bytes(&point).ok().map(Box::new).map(PublicKey::P521),
        Curve::Secp256k1 => {
            k256::ecdsa::VerifyingKey::from_sec1_bytes(&point).ok().map(Box::new).map(PublicKey::Secp256k1)
        }
        Curve::Ed25519 => None,
    };
    key.ok_or(KeyFault::NotOnCurve)
}

/// SEC 1 section 2.3.3: the first byte of a point written as x and y.
const SEC1_UNCOMPRESSED: u8 = 4;

/// RFC 8037 section 2.
fn okp_key(members: &Object) -> Result<PublicKey, KeyFault> {
    let name = required_string(members, "crv")?;
    if name != "Ed25519" {
        return Err(KeyFault::Curve { found: quoted(name) });
    }
    let bytes = fixed_bytes(members, "x", 32)?;
    let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| KeyFault::NotOnCurve)?;
    if !canonical_ed25519(&bytes) {
        return Err(KeyFault::NotOnCurve);
    }
    let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes).map_err(|_| KeyFault::NotOnCurve)?;
    if key.is_weak() {
        return Err(KeyFault::SmallOrder);
    }
    Ok(PublicKey::Ed25519(Box::new(key)))
}

/// RFC 9964 section 3: "alg" MUST be there, and says what "pub" is.
#[cfg(feature = "ml-dsa")]
fn akp_key(members: &Object) -> Result<PublicKey, KeyFault> {
    let name = required_string(members, "alg")?;
    let length = match Algorithm::from_name(name) {
        Some(Algorithm::MlDsa44) => ml_dsa::ML_DSA_44_KEY_BYTES,
        Some(Algorithm::MlDsa65) => ml_dsa::ML_DSA_65_KEY_BYTES,
        Some(Algorithm::MlDsa87) => ml_dsa::ML_DSA_87_KEY_BYTES,
        Some(algorithm) => return Err(KeyFault::AlgorithmOfAnotherType { algorithm }),
        None => return Err(KeyFault::Algorithm { found: quoted(name) }),
    };
    let bytes = fixed_bytes(members, "pub", length)?;
    MlDsaKey::parse(&bytes).map(Box::new).map(PublicKey::MlDsa).ok_or(KeyFault::NotOnCurve)
}

/// Whether y, the low 255 bits in little-endian order, is below the prime 2^255 − 19 (RFC 8032 section
/// 5.1.3 step 1). The library reduces it instead, which would give such a point two encodings.
fn canonical_ed25519(bytes: &[u8; 32]) -> bool {
    let [first, middle @ .., last] = bytes;
    let largest = middle.iter().all(|byte| *byte == 0xff) && last | 0x80 == 0xff;
    !largest || *first < 0xed
}

pub(crate) fn optional_string<'a>(members: &'a Object, name: &'static str) -> Result<Option<&'a str>, KeyFault> {
    match members.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(KeyFault::malformed(name, "a string", kind_of(other))),
    }
}

fn required_string<'a>(members: &'a Object, name: &'static str) -> Result<&'a str, KeyFault> {
    optional_string(members, name)?.ok_or(KeyFault::Missing { member: name })
}

fn bytes(members: &Object, name: &'static str) -> Result<Vec<u8>, KeyFault> {
    let text = required_string(members, name)?;
    base64url::decode(text).ok_or_else(|| KeyFault::malformed(name, "unpadded base64url", "other characters"))
}

/// RFC 7518 section 6.2.1.2: a coordinate has the full size of the field, leading zeros included.
fn fixed_bytes(members: &Object, name: &'static str, length: usize) -> Result<Vec<u8>, KeyFault> {
    let bytes = bytes(members, name)?;
    if bytes.len() != length {
        return Err(KeyFault::Length { member: name, expected: length, found: bytes.len() });
    }
    Ok(bytes)
}

/// RFC 7518 section 2: Base64urlUInt, big-endian in the fewest bytes.
fn unsigned_integer(members: &Object, name: &'static str) -> Result<BigUint, KeyFault> {
    let bytes = bytes(members, name)?;
    match bytes.first() {
        None => Err(KeyFault::malformed(name, "a number", "no bytes")),
        Some(0) => Err(KeyFault::malformed(name, "a number in the fewest bytes", "a leading zero byte")),
        Some(_) if bytes.len() > MAX_RSA_MODULUS_BITS / 8 => {
            Err(KeyFault::RsaTooLarge { bits: bytes.len().saturating_mul(8) })
        }
        Some(_) => Ok(BigUint::from_bytes_be(&bytes)),
    }
}
