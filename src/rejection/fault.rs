//! What exactly is wrong with a token's form, a header or a key.

use alloc::string::String;
use core::fmt;

use crate::{
    jose::algorithm::Algorithm,
    limits::{MAX_HEADER_BYTES, MAX_RSA_EXPONENT_BITS, MAX_RSA_MODULUS_BITS, MIN_RSA_MODULUS_BITS},
    text::json::JsonFault,
};

/// What a text is instead of a compact signed token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenFault {
    /// Another number of segments than three. One is what an opaque token looks like.
    Segments {
        /// The number found.
        found: usize,
    },
    /// A segment is not canonical base64url without padding.
    Base64url {
        /// Which: "header", "payload" or "signature".
        segment: &'static str,
    },
    /// A JSON object: the JSON serialization of RFC 7515 section 7.2, which RFC 7519 section 1 rules out.
    JsonSerialization,
    /// The scheme of the Authorization header was left in front.
    BearerScheme,
}

impl fmt::Display for TokenFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Segments { found: 1 } => formatter.write_str("1 segment, as an opaque token has"),
            Self::Segments { found } => write!(formatter, "{found} segments"),
            Self::Base64url { segment } => write!(formatter, "a {segment} segment that is not canonical base64url"),
            Self::JsonSerialization => formatter.write_str("a JSON object"),
            Self::BearerScheme => formatter.write_str("\"Bearer\" and a space in front"),
        }
    }
}

/// What is wrong with a JOSE header.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderFault {
    /// Longer than [`MAX_HEADER_BYTES`].
    TooLarge {
        /// The length found, in bytes.
        bytes: usize,
    },
    /// Not a JSON object that can be read in one way only.
    Json(JsonFault),
    /// No "alg" (RFC 7515 section 4.1.1: it MUST be present).
    AlgorithmMissing,
    /// A member that must be a string is not.
    NotAString {
        /// The member's name.
        member: &'static str,
        /// The kind of value found.
        found: &'static str,
    },
}

impl fmt::Display for HeaderFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes } => write!(formatter, "{bytes} bytes, more than {MAX_HEADER_BYTES}"),
            Self::Json(fault) => fault.fmt(formatter),
            Self::AlgorithmMissing => formatter.write_str("no \"alg\""),
            Self::NotAString { member, found } => write!(formatter, "\"{member}\" is {found}"),
        }
    }
}

/// Why a key cannot verify signatures here.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyFault {
    /// The member of "keys" is not an object.
    NotAnObject {
        /// The kind of value found.
        found: &'static str,
    },
    /// A required member is absent.
    Missing {
        /// The member's name.
        member: &'static str,
    },
    /// A member is of a wrong type or form.
    Malformed {
        /// The member's name.
        member: &'static str,
        /// What it should be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A coordinate or key of a wrong length.
    Length {
        /// The member's name.
        member: &'static str,
        /// Bytes it should have.
        expected: usize,
        /// Bytes it has.
        found: usize,
    },
    /// A "kty" that no algorithm here takes. Keys of newer kinds end here.
    KeyType {
        /// The "kty", quoted.
        found: String,
    },
    /// A "crv" that no algorithm here takes.
    Curve {
        /// The "crv", quoted.
        found: String,
    },
    /// An "alg" that is not a signature algorithm of this crate.
    Algorithm {
        /// The "alg", quoted.
        found: String,
    },
    /// An "alg" that takes keys of another "kty" or "crv".
    AlgorithmOfAnotherType {
        /// The "alg".
        algorithm: Algorithm,
    },
    /// "use" or "key_ops" is for something else than verifying.
    NotForSignatures {
        /// The member.
        member: &'static str,
        /// What it says, quoted.
        found: String,
    },
    /// The key's type, curve or "alg" is not that of the token's algorithm.
    NotForAlgorithm {
        /// The token's algorithm.
        algorithm: Algorithm,
    },
    /// A symmetric key, which could forge what it verifies.
    Symmetric,
    /// A private key: whoever published it has lost it.
    Private {
        /// The private member found.
        member: &'static str,
    },
    /// An RSA modulus that is too short (RFC 7518 section 3.3).
    RsaWeak {
        /// Its length, in bits.
        bits: usize,
    },
    /// An RSA modulus that is too long.
    RsaTooLarge {
        /// Its length, in bits.
        bits: usize,
    },
    /// An even RSA modulus, which is no product of two odd primes.
    RsaModulusEven,
    /// An RSA exponent that is even, 1, or longer than FIPS 186-5 section 5.4 allows.
    RsaExponent,
    /// Coordinates of no point of the curve, or not in their one encoding.
    NotOnCurve,
    /// A point of small order, for which one signature fits many messages.
    SmallOrder,
}

impl KeyFault {
    pub(crate) fn malformed(member: &'static str, expected: &'static str, found: &'static str) -> Self {
        Self::Malformed { member, expected, found }
    }
}

impl fmt::Display for KeyFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnObject { found } => write!(formatter, "expected an object, found {found}"),
            Self::Missing { member } => write!(formatter, "\"{member}\" is missing"),
            Self::Malformed { member, expected, found } => {
                write!(formatter, "\"{member}\": expected {expected}, found {found}")
            }
            Self::Length { member, expected, found } => {
                write!(formatter, "\"{member}\": expected {expected} bytes, found {found}")
            }
            Self::KeyType { found } => write!(formatter, "\"kty\" {found} is not supported"),
            Self::Curve { found } => write!(formatter, "\"crv\" {found} is not supported"),
            Self::Algorithm { found } => write!(formatter, "\"alg\" {found} is no signature algorithm supported here"),
            Self::AlgorithmOfAnotherType { algorithm } => {
                write!(formatter, "\"alg\" is {algorithm}, which takes keys of another type or curve")
            }
            Self::NotForSignatures { member, found } => {
                write!(formatter, "\"{member}\" does not allow verifying: found {found}")
            }
            Self::NotForAlgorithm { algorithm } => {
                write!(formatter, "its \"kty\", \"crv\" or \"alg\" is not for {algorithm}")
            }
            Self::Symmetric => formatter.write_str("it is symmetric, and could forge what it verifies"),
            Self::Private { member } => write!(formatter, "it is private: it has the member \"{member}\""),
            Self::RsaWeak { bits } => {
                write!(formatter, "its modulus has {bits} bits, fewer than {MIN_RSA_MODULUS_BITS}")
            }
            Self::RsaTooLarge { bits } => {
                write!(formatter, "its modulus has {bits} bits, more than {MAX_RSA_MODULUS_BITS}")
            }
            Self::RsaModulusEven => formatter.write_str("its modulus is even"),
            Self::RsaExponent => write!(
                formatter,
                "its exponent is not an odd number from 3 up, of at most {MAX_RSA_EXPONENT_BITS} bits"
            ),
            Self::NotOnCurve => formatter.write_str("its coordinates are no point of the curve"),
            Self::SmallOrder => formatter.write_str("it is a point of small order"),
        }
    }
}
