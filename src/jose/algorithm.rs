//! The signature algorithms, one table for all that is to be known of each.

use core::fmt;

use super::{
    public_key::{Curve, KeyType},
    signature::{self, Check},
};

/// A signature algorithm of a JWS (the "alg" values of RFC 7518 section 3.1, RFC 8037, RFC 8812,
/// RFC 9864 and RFC 9964). `none` and the symmetric `HS*` are not among them and cannot be added by a policy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names are the standard's own; the table below says what each is")]
pub enum Algorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
    ES256K,
    EdDSA,
    Ed25519,
    #[cfg(feature = "ml-dsa")]
    MlDsa44,
    #[cfg(feature = "ml-dsa")]
    MlDsa65,
    #[cfg(feature = "ml-dsa")]
    MlDsa87,
}

impl Algorithm {
    /// All algorithms, in the order of the table: 12, and those of the features that are on.
    pub const ALL: [Self; COUNT] = [
        Self::RS256,
        Self::RS384,
        Self::RS512,
        Self::PS256,
        Self::PS384,
        Self::PS512,
        Self::ES256,
        Self::ES384,
        Self::ES512,
        Self::ES256K,
        Self::EdDSA,
        Self::Ed25519,
        #[cfg(feature = "ml-dsa")]
        Self::MlDsa44,
        #[cfg(feature = "ml-dsa")]
        Self::MlDsa65,
        #[cfg(feature = "ml-dsa")]
        Self::MlDsa87,
    ];

    /// The algorithm of this name, compared exactly: names are case-sensitive (RFC 7515 section 4.1.1).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// The name in the "alg" member.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The key type this algorithm takes, and the curve where the type has several.
    pub(crate) fn takes(self) -> (KeyType, Option<Curve>) {
        (self.row().key_type, self.row().curve)
    }

    /// Bytes of a signature; `None` for RSA, whose signatures are as long as the modulus.
    pub(crate) fn signature_bytes(self) -> Option<usize> {
        self.row().signature_bytes
    }

    /// The check of a signature.
    pub(crate) fn check(self) -> Check {
        self.row().check
    }

    fn row(self) -> Row {
        use Curve::{Ed25519, P256, P384, P521, Secp256k1};
        use KeyType::{Ec, Okp, Rsa};
        use signature::{ecdsa, ed25519, rsa};

        let row = |name, key_type, curve, signature_bytes, check| Row { name, key_type, curve, signature_bytes, check };
        match self {
            // RFC 7518 section 3.3: RSASSA-PKCS1-v1_5
            Self::RS256 => row("RS256", Rsa, None, None, rsa::rs256),
            Self::RS384 => row("RS384", Rsa, None, None, rsa::rs384),
            Self::RS512 => row("RS512", Rsa, None, None, rsa::rs512),
            // RFC 7518 section 3.5: RSASSA-PSS, MGF1 with the same hash, salt as long as the hash
            Self::PS256 => row("PS256", Rsa, None, None, rsa::ps256),
            Self::PS384 => row("PS384", Rsa, None, None, rsa::ps384),
            Self::PS512 => row("PS512", Rsa, None, None, rsa::ps512),
            // RFC 7518 section 3.4: ECDSA, r and s side by side
            Self::ES256 => row("ES256", Ec, Some(P256), Some(64), ecdsa::es256),
            Self::ES384 => row("ES384", Ec, Some(P384), Some(96), ecdsa::es384),
            Self::ES512 => row("ES512", Ec, Some(P521), Some(132), ecdsa::es512),
            // RFC 8812 section 3.2
            Self::ES256K => row("ES256K", Ec, Some(Secp256k1), Some(64), ecdsa::es256k),
            // RFC 8037 section 3.1; of its curves only Ed25519 is here
            Self::EdDSA => row("EdDSA", Okp, Some(Ed25519), Some(64), ed25519::verify),
            // RFC 9864 section 2.2: the same under a name that says the curve
            Self::Ed25519 => row("Ed25519", Okp, Some(Ed25519), Some(64), ed25519::verify),
            // RFC 9964 section 4; the key names the algorithm, and so needs no curve
            #[cfg(feature = "ml-dsa")]
            Self::MlDsa44 => row("ML-DSA-44", KeyType::Akp, None, Some(2420), signature::ml_dsa::ml_dsa_44),
            #[cfg(feature = "ml-dsa")]
            Self::MlDsa65 => row("ML-DSA-65", KeyType::Akp, None, Some(3309), signature::ml_dsa::ml_dsa_65),
            #[cfg(feature = "ml-dsa")]
            Self::MlDsa87 => row("ML-DSA-87", KeyType::Akp, None, Some(4627), signature::ml_dsa::ml_dsa_87),
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl fmt::Debug for Algorithm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

const COUNT: usize = if cfg!(feature = "ml-dsa") { 15 } else { 12 };

struct Row {
    name: &'static str,
    key_type: KeyType,
    curve: Option<Curve>,
    signature_bytes: Option<usize>,
    check: Check,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_to_its_algorithm_and_nothing_else_does() {
        for algorithm in Algorithm::ALL {
            assert_eq!(Algorithm::from_name(algorithm.name()), Some(algorithm));
        }
        for name in ["none", "None", "HS256", "rs256", "RS256 ", "", "Ed448", "RS1", "ES256K1", "ML-DSA", "ml-dsa-44"] {
            assert_eq!(Algorithm::from_name(name), None, "{name}");
        }
    }
}
