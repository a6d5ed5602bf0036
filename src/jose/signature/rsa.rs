//! RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 7518 sections 3.3 and 3.5, RFC 8017 section 8).

use alloc::borrow::Cow;
use core::marker::PhantomData;

use jwt_compact::Algorithm;
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey, pss, signature::Verifier, traits::PublicKeyParts};
use sha2::{
    Digest, Sha256, Sha384, Sha512,
    digest::{FixedOutputReset, const_oid::AssociatedOid},
};

use super::{NoSigningKey, SignatureBytes, run};
use crate::jose::public_key::PublicKey;

pub(crate) fn rs256(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Pkcs1v15::<Sha256>::named("RS256"), key.rsa(), signature, message)
}

pub(crate) fn rs384(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Pkcs1v15::<Sha384>::named("RS384"), key.rsa(), signature, message)
}

pub(crate) fn rs512(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Pkcs1v15::<Sha512>::named("RS512"), key.rsa(), signature, message)
}

pub(crate) fn ps256(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Pss::<Sha256>::named("PS256"), key.rsa(), signature, message)
}

pub(crate) fn ps384(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Pss::<Sha384>::named("PS384"), key.rsa(), signature, message)
}

pub(crate) fn ps512(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
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
    type VerifyingKey = RsaPublicKey;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.0)
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    fn verify_signature(&self, signature: &SignatureBytes, key: &RsaPublicKey, message: &[u8]) -> bool {
        key.verify(Pkcs1v15Sign::new::<H>(), &H::digest(message), signature.as_slice()).is_ok()
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

impl<H: Digest + FixedOutputReset> Algorithm for Pss<H> {
    type SigningKey = NoSigningKey;
    type VerifyingKey = RsaPublicKey;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.0)
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    fn verify_signature(&self, signature: &SignatureBytes, key: &RsaPublicKey, message: &[u8]) -> bool {
        // The length is compared here as well: the parser below drops leading zeros.
        signature.as_slice().len() == key.size()
            && pss::Signature::try_from(signature.as_slice())
                .is_ok_and(|signature| pss::VerifyingKey::<H>::new(key.clone()).verify(message, &signature).is_ok())
            && fills_no_more_than_its_length(key, signature.as_slice())
    }
}

/// RFC 8017 section 8.1.2 step 2c: what the signature stands for is a number of emLen bytes. With a modulus
/// of one bit more than whole bytes, emLen is a byte shorter, and the library does not look at that byte.
fn fills_no_more_than_its_length(key: &RsaPublicKey, signature: &[u8]) -> bool {
    let bits = key.n().bits();
    bits % 8 != 1 || BigUint::from_bytes_be(signature).modpow(key.e(), key.n()).bits() < bits
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
                let holds = holds(algorithm, keys.keys()[0].public(), &signature, message.as_bytes());
                assert_eq!(holds, valid, "{bits} bits, e {}, {alg}: {comment}", jwk["e"]);
                if valid { counts.0 += 1 } else { counts.1 += 1 }
            }
        }
        assert_eq!(counts, (66, 23));
    }
}
