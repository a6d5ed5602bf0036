//! RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 7518 sections 3.3 and 3.5, RFC 8017 section 8).

use alloc::borrow::Cow;
use core::marker::PhantomData;

use jwt_compact::Algorithm;
use sha2::{Digest, Sha256, Sha384, Sha512, digest::const_oid::AssociatedOid};

use super::{
    NoSigningKey, SignatureBytes,
    kernels::rsa::{PreparedKey, pkcs1, pss},
    prepared::Prepared,
    run,
};

pub(crate) fn rs256(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    run(&Pkcs1v15::<Sha256>::named("RS256"), key.rsa(), signature, message)
}

pub(crate) fn rs384(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    run(&Pkcs1v15::<Sha384>::named("RS384"), key.rsa(), signature, message)
}

pub(crate) fn rs512(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    run(&Pkcs1v15::<Sha512>::named("RS512"), key.rsa(), signature, message)
}

pub(crate) fn ps256(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    run(&Pss::<Sha256>::named("PS256"), key.rsa(), signature, message)
}

pub(crate) fn ps384(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    run(&Pss::<Sha384>::named("PS384"), key.rsa(), signature, message)
}

pub(crate) fn ps512(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    run(&Pss::<Sha512>::named("PS512"), key.rsa(), signature, message)
}

/// RSASSA-PKCS1-v1_5 with the hash `H`. The whole encoded message is compared, so that nothing can hide
/// behind the padding (RFC 8017 section 8.2.2).
struct Pkcs1v15<H>(&'static str, PhantomData<H>);

impl<H> Pkcs1v15<H> {
    fn named(name: &'static str) -> Self {
        Self(name, PhantomData)
    }
}

impl<H: Digest + AssociatedOid> Algorithm for Pkcs1v15<H> {
    type SigningKey = NoSigningKey;
    type VerifyingKey = PreparedKey;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.0)
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    fn verify_signature(&self, signature: &SignatureBytes, key: &PreparedKey, message: &[u8]) -> bool {
        pkcs1::verify::<H>(key, signature.as_slice(), message)
    }
}

/// RSASSA-PSS with the hash `H`, MGF1 with `H`, and a salt as long as the output of `H`: RFC 7518
/// section 3.5 leaves no choice.
struct Pss<H>(&'static str, PhantomData<H>);

impl<H> Pss<H> {
    fn named(name: &'static str) -> Self {
        Self(name, PhantomData)
    }
}

impl<H: Digest> Algorithm for Pss<H> {
    type SigningKey = NoSigningKey;
    type VerifyingKey = PreparedKey;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.0)
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    fn verify_signature(&self, signature: &SignatureBytes, key: &PreparedKey, message: &[u8]) -> bool {
        pss::verify::<H>(key, signature.as_slice(), message)
    }
}

#[cfg(test)]
mod tests {
    use alloc::{string::String, vec::Vec};

    use base64ct::{Base64UrlUnpadded, Encoding};
    use serde::Deserialize;
    use serde_json::Value;

    use super::super::holds;
    use crate::{Algorithm, KeySet};

    #[derive(Deserialize)]
    struct Example {
        bits: usize,
        message: String,
        jwk: Value,
        vectors: Vec<Vector>,
    }

    #[derive(Deserialize)]
    struct Vector {
        alg: String,
        comment: String,
        signature: String,
        valid: bool,
    }

    /// Moduli that do not end at a byte, and exponents that the library by itself would refuse. Signed with
    /// OpenSSL, so that two libraries agree.
    #[test]
    fn odd_sizes() {
        let examples: Vec<Example> = serde_json::from_str(include_str!("../../../tests/data/rsa-sizes.json")).unwrap();
        let mut counts = (0, 0);
        for Example { bits, message, jwk, vectors } in examples {
            let keys = KeySet::parse(&alloc::format!("{jwk}")).unwrap();
            for Vector { alg, comment, signature, valid } in vectors {
                let algorithm = Algorithm::from_name(&alg).unwrap();
                let signature = Base64UrlUnpadded::decode_vec(&signature).unwrap();
                let holds = holds(algorithm, &keys.keys()[0], keys.tables(), &signature, message.as_bytes());
                assert_eq!(holds, valid, "{bits} bits, e {}, {alg}: {comment}", jwk["e"]);
                if valid { counts.0 += 1 } else { counts.1 += 1 }
            }
        }
        assert_eq!(counts, (66, 23));
    }
}
