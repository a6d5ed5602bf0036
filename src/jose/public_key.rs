//! The numbers of a key (RFC 7518 section 6, RFC 8037 section 2, RFC 9964 section 3): public, of sufficient
//! strength, a valid point, in their one encoding.

use alloc::{boxed::Box, vec::Vec};
use core::fmt;

#[cfg(feature = "ml-dsa")]
use super::algorithm::Algorithm;
use super::signature::kernels::{
    ed25519, p256,
    weierstrass::{self, curve},
};
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

impl Curve {
    /// Of the curves that have no arithmetic of their own.
    pub(crate) fn parameters(self) -> Option<&'static curve::Curve> {
        match self {
            Self::P384 => Some(&curve::P384),
            Self::P521 => Some(&curve::P521),
            Self::Secp256k1 => Some(&curve::SECP256K1),
            Self::P256 | Self::Ed25519 => None,
        }
    }
}

/// The numbers of a public key, as the JWK has them.
#[derive(Clone)]
pub(crate) enum PublicKey {
    Rsa(RsaNumbers),
    Elliptic(Point),
    Ed25519([u8; 32]),
    #[cfg(feature = "ml-dsa")]
    MlDsa(Box<MlDsaKey>),
}

/// Modulus and exponent, each the most significant byte first, without leading zeros.
#[derive(Clone)]
pub(crate) struct RsaNumbers {
    pub(crate) n: Box<[u8]>,
    pub(crate) e: Box<[u8]>,
}

/// A point of a curve in Weierstrass form: coordinates of the field's length, the most significant byte first.
#[derive(Clone)]
pub(crate) struct Point {
    pub(crate) curve: Curve,
    pub(crate) x: Box<[u8]>,
    pub(crate) y: Box<[u8]>,
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
            Self::Elliptic(point) => (KeyType::Ec, Some(point.curve)),
            Self::Ed25519(_) => (KeyType::Okp, Some(Curve::Ed25519)),
            #[cfg(feature = "ml-dsa")]
            Self::MlDsa(_) => (KeyType::Akp, None),
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind().fmt(formatter)
    }
}

// Each kind of key apart from the others: see `Prepared`.

/// RFC 7518 section 6.3.1.
#[inline(never)]
fn rsa_key(members: &Object) -> Result<PublicKey, KeyFault> {
    let n = unsigned_integer(members, "n")?;
    let e = unsigned_integer(members, "e")?;
    let bits = bit_length(&n);
    if bits < MIN_RSA_MODULUS_BITS {
        return Err(KeyFault::RsaWeak { bits });
    }
    if bits > MAX_RSA_MODULUS_BITS {
        return Err(KeyFault::RsaTooLarge { bits });
    }
    let even = |number: &[u8]| number.last().is_none_or(|byte| byte & 1 == 0);
    if even(&n) {
        return Err(KeyFault::RsaModulusEven);
    }
    if even(&e) || is_below(&e, MIN_RSA_EXPONENT) || bit_length(&e) > MAX_RSA_EXPONENT_BITS {
        return Err(KeyFault::RsaExponent);
    }
    Ok(PublicKey::Rsa(RsaNumbers { n, e }))
}

/// The bits of a number without leading zero bytes.
fn bit_length(number: &[u8]) -> usize {
    let zeros = number.first().map_or(0, |byte| byte.leading_zeros());
    number.len().saturating_mul(8).saturating_sub(usize::try_from(zeros).unwrap_or(0))
}

fn is_below(number: &[u8], bound: u32) -> bool {
    let low = number.iter().fold(0_u32, |low, byte| low.wrapping_shl(8) | u32::from(*byte));
    number.len() <= size_of::<u32>() && low < bound
}

/// RFC 7518 section 6.2.1.
#[inline(never)]
fn ec_key(members: &Object) -> Result<PublicKey, KeyFault> {
    let name = required_string(members, "crv")?;
    let (curve, bytes) = match name {
        "P-256" => (Curve::P256, 32),
        "P-384" => (Curve::P384, 48),
        "P-521" => (Curve::P521, 66),
        "secp256k1" => (Curve::Secp256k1, 32),
        other => return Err(KeyFault::Curve { found: quoted(other) }),
    };
    let x = fixed_bytes(members, "x", bytes)?.into();
    let y = fixed_bytes(members, "y", bytes)?.into();
    let point = Point { curve, x, y };
    if point.is_on_curve() { Ok(PublicKey::Elliptic(point)) } else { Err(KeyFault::NotOnCurve) }
}

impl Point {
    /// Both coordinates below the prime, and the equation holds (SEC 1 section 3.2.2.1).
    fn is_on_curve(&self) -> bool {
        match self.curve {
            Curve::P256 => self.coordinates().is_some_and(|(x, y)| p256::is_on_curve(x, y)),
            _ => self.is_on_other_curve(),
        }
    }

    #[inline(never)]
    fn is_on_other_curve(&self) -> bool {
        self.curve.parameters().is_some_and(|parameters| weierstrass::is_on_curve(parameters, &self.x, &self.y))
    }

    /// Both of so many bytes.
    pub(crate) fn coordinates<const LENGTH: usize>(&self) -> Option<(&[u8; LENGTH], &[u8; LENGTH])> {
        Some((self.x.as_ref().try_into().ok()?, self.y.as_ref().try_into().ok()?))
    }
}

/// RFC 8037 section 2.
#[inline(never)]
fn okp_key(members: &Object) -> Result<PublicKey, KeyFault> {
    let name = required_string(members, "crv")?;
    if name != "Ed25519" {
        return Err(KeyFault::Curve { found: quoted(name) });
    }
    let encoded = fixed_bytes(members, "x", 32)?;
    let encoded = <[u8; 32]>::try_from(encoded).map_err(|_| KeyFault::NotOnCurve)?;
    if !canonical_ed25519(&encoded) || !ed25519::is_point(&encoded) {
        return Err(KeyFault::NotOnCurve);
    }
    if ed25519::has_small_order(&encoded) {
        return Err(KeyFault::SmallOrder);
    }
    Ok(PublicKey::Ed25519(encoded))
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
/// 5.1.3 step 1). The arithmetic reduces it instead, which would give such a point two encodings.
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
fn unsigned_integer(members: &Object, name: &'static str) -> Result<Box<[u8]>, KeyFault> {
    let bytes = bytes(members, name)?;
    match bytes.first() {
        None => Err(KeyFault::malformed(name, "a number", "no bytes")),
        Some(0) => Err(KeyFault::malformed(name, "a number in the fewest bytes", "a leading zero byte")),
        Some(_) if bytes.len() > MAX_RSA_MODULUS_BITS / 8 => {
            Err(KeyFault::RsaTooLarge { bits: bytes.len().saturating_mul(8) })
        }
        Some(_) => Ok(bytes.into()),
    }
}
