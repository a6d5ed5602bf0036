//! Ed25519 (RFC 8032 section 5.1.7, RFC 8037 section 3.1, RFC 9864 section 2.2).

use alloc::borrow::Cow;

use jwt_compact::Algorithm;

use super::{NoSigningKey, SignatureBytes, kernels::ed25519::PreparedKey, prepared::Prepared, run};

pub(crate) fn verify(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    run(&Ed25519, key.ed25519(), signature, message)
}

struct Ed25519;

impl Algorithm for Ed25519 {
    type SigningKey = NoSigningKey;
    type VerifyingKey = PreparedKey;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed("Ed25519")
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    /// Strict: s below the group order, R in its one encoding, neither R nor the key of small order. With
    /// that a signature holds for one message and one key only.
    fn verify_signature(&self, signature: &SignatureBytes, key: &PreparedKey, message: &[u8]) -> bool {
        signature.as_slice().try_into().is_ok_and(|signature| key.verify(&[message], signature))
    }
}
