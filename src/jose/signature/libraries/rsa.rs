//! RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017 section 8).

use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey, pss, signature::Verifier, traits::PublicKeyParts};
use sha2::{
    Digest,
    digest::{FixedOutputReset, const_oid::AssociatedOid},
};

use crate::jose::public_key::RsaNumbers;

pub(super) fn pkcs1<H: Digest + AssociatedOid>(key: &RsaNumbers, signature: &[u8], message: &[u8]) -> bool {
    library_key(key).verify(Pkcs1v15Sign::new::<H>(), &H::digest(message), signature).is_ok()
}

/// With MGF1 of `H`, and a salt as long as the output of `H`.
pub(super) fn pss<H: Digest + FixedOutputReset>(key: &RsaNumbers, signature: &[u8], message: &[u8]) -> bool {
    let key = library_key(key);
    // The length is compared here as well: the parser below drops leading zeros.
    signature.len() == key.size()
        && pss::Signature::try_from(signature)
            .is_ok_and(|signature| pss::VerifyingKey::<H>::new(key.clone()).verify(message, &signature).is_ok())
        && fills_no_more_than_its_length(&key, signature)
}

/// RFC 8017 section 8.1.2 step 2c: what the signature stands for is a number of emLen bytes. With a modulus
/// of one bit more than whole bytes, emLen is a byte shorter, and the library does not look at that byte.
fn fills_no_more_than_its_length(key: &RsaPublicKey, signature: &[u8]) -> bool {
    let bits = key.n().bits();
    bits % 8 != 1 || BigUint::from_bytes_be(signature).modpow(key.e(), key.n()).bits() < bits
}

/// Unchecked by the library, whose own limits differ: they were checked when the key was read.
fn library_key(key: &RsaNumbers) -> RsaPublicKey {
    RsaPublicKey::new_unchecked(BigUint::from_bytes_be(&key.n), BigUint::from_bytes_be(&key.e))
}
