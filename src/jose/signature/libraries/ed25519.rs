//! Ed25519 (RFC 8032 section 5.1.7).

use ed25519_dalek::{Signature, VerifyingKey};

/// Strict: s below the group order, R in its one encoding, neither R nor the key of small order.
pub(super) fn verify(key: &[u8; 32], signature: &[u8], message: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (VerifyingKey::from_bytes(key), Signature::from_slice(signature)) else {
        return false;
    };
    key.verify_strict(message, &signature).is_ok()
}
