//! ECDSA (RFC 7518 section 3.4, RFC 8812 section 3.2): r and s side by side, each as long as the order.
//!
//! Both s and n − s verify, as FIPS 186-5 has it; only for secp256k1 do other protocols demand the
//! smaller. A signature is therefore no identifier of a token.

use alloc::borrow::Cow;

use jwt_compact::Algorithm;
use sha2::{Digest, Sha256};

use super::{NoSigningKey, SignatureBytes, kernels::p256, prepared::Prepared, run};

pub(crate) fn es256(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    run(&Es256, key.p256(), signature, message)
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
