//! ECDSA (RFC 7518 section 3.4, RFC 8812 section 3.2): r and s side by side, each as long as the order.
//!
//! Both s and n − s verify, as FIPS 186-5 has it; only for secp256k1 do other protocols demand the
//! smaller. A signature is therefore no identifier of a token.

use alloc::borrow::Cow;
use core::marker::PhantomData;

use jwt_compact::Algorithm;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::{
    NoSigningKey, SignatureBytes,
    kernels::{p256, weierstrass},
    prepared::Prepared,
    run,
};

pub(crate) fn es256(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    run(&Es256, key.p256(), signature, message)
}

pub(crate) fn es384(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    run(&Ecdsa::<Sha384>::named("ES384"), key.weierstrass(), signature, message)
}

pub(crate) fn es512(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    run(&Ecdsa::<Sha512>::named("ES512"), key.weierstrass(), signature, message)
}

pub(crate) fn es256k(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    run(&Ecdsa::<Sha256>::named("ES256K"), key.weierstrass(), signature, message)
}

/// On P-256, with SHA-256.
struct Es256;

impl Algorithm for Es256 {
    type SigningKey = NoSigningKey;
    type VerifyingKey = p256::PreparedKey;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed("ES256")
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    fn verify_signature(&self, signature: &SignatureBytes, key: &p256::PreparedKey, message: &[u8]) -> bool {
        let ([r, s], []) = signature.as_slice().as_chunks() else { return false };
        key.verify(&Sha256::digest(message).into(), r, s)
    }
}

/// On the curve of the key, with the hash `H`.
struct Ecdsa<H>(&'static str, PhantomData<H>);

impl<H> Ecdsa<H> {
    fn named(name: &'static str) -> Self {
        Self(name, PhantomData)
    }
}

impl<H: Digest> Algorithm for Ecdsa<H> {
    type SigningKey = NoSigningKey;
    type VerifyingKey = weierstrass::PreparedKey;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.0)
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    fn verify_signature(&self, signature: &SignatureBytes, key: &weierstrass::PreparedKey, message: &[u8]) -> bool {
        let signature = signature.as_slice();
        let (r, s) = signature.split_at(signature.len() / 2);
        key.verify(&H::digest(message), r, s)
    }
}
