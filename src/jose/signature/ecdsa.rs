//! ECDSA (RFC 7518 section 3.4, RFC 8812 section 3.2): r and s side by side, each as long as the order.
//!
//! Both s and n − s verify, as FIPS 186-5 has it; only for secp256k1 do other protocols demand the
//! smaller. A signature is therefore no identifier of a token.

use alloc::borrow::Cow;
use core::marker::PhantomData;

use jwt_compact::Algorithm;
use p256::ecdsa::signature::{Verifier, hazmat::PrehashVerifier};
use sha2::{Digest, Sha256};

use super::{NoSigningKey, SignatureBytes, run};
use crate::jose::public_key::PublicKey;

pub(crate) fn es256(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Ecdsa::<_, p256::ecdsa::Signature>::named("ES256"), key.p256(), signature, message)
}

pub(crate) fn es384(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Ecdsa::<_, p384::ecdsa::Signature>::named("ES384"), key.p384(), signature, message)
}

pub(crate) fn es512(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Ecdsa::<_, p521::ecdsa::Signature>::named("ES512"), key.p521(), signature, message)
}

pub(crate) fn es256k(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Es256k, key.secp256k1(), signature, message)
}

/// ECDSA with a key of type `K` and the hash that belongs to its curve: SHA-256, -384, -512 for P-256,
/// P-384, P-521.
struct Ecdsa<K, S>(&'static str, PhantomData<(K, S)>);

impl<K, S> Ecdsa<K, S> {
    fn named(name: &'static str) -> Self {
        Self(name, PhantomData)
    }
}

impl<K, S> Algorithm for Ecdsa<K, S>
where
    K: Verifier<S>,
    S: for<'a> TryFrom<&'a [u8]>,
{
    type SigningKey = NoSigningKey;
    type VerifyingKey = K;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.0)
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    /// r and s of zero, of the order or above do not parse.
    fn verify_signature(&self, signature: &SignatureBytes, key: &K, message: &[u8]) -> bool {
        S::try_from(signature.as_slice()).is_ok_and(|signature| key.verify(message, &signature).is_ok())
    }
}

/// ECDSA on secp256k1 with SHA-256. Apart from the others because the library accepts the smaller s
/// only, a rule of blockchains that RFC 8812 does not have.
struct Es256k;

impl Algorithm for Es256k {
    type SigningKey = NoSigningKey;
    type VerifyingKey = k256::ecdsa::VerifyingKey;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed("ES256K")
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    fn verify_signature(&self, signature: &SignatureBytes, key: &k256::ecdsa::VerifyingKey, message: &[u8]) -> bool {
        k256::ecdsa::Signature::try_from(signature.as_slice()).is_ok_and(|signature| {
            let smaller = signature.normalize_s().unwrap_or(signature);
            key.verify_prehash(&Sha256::digest(message), &smaller).is_ok()
        })
    }
}
