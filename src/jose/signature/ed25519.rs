//! Ed25519 (RFC 8032 section 5.1.7, RFC 8037 section 3.1, RFC 9864 section 2.2).

use alloc::borrow::Cow;

use ed25519_dalek::{Signature, VerifyingKey};
use jwt_compact::Algorithm;

use super::{NoSigningKey, SignatureBytes, run};
use crate::jose::public_key::PublicKey;

pub(crate) fn verify(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Ed25519, key.ed25519(), signature, message)
}

struct Ed25519;

impl Algorithm for Ed25519 {
    type SigningKey = NoSigningKey;
    type VerifyingKey = VerifyingKey;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed("Ed25519")
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    /// Strict: s below the group order, R in its one encoding, neither R nor the key of small order. With
    /// that a signature holds for one message and one key only.
    fn verify_signature(&self, signature: &SignatureBytes, key: &VerifyingKey, message: &[u8]) -> bool {
        Signature::from_slice(signature.as_slice())
            .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok())
    }
}
