//! RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2.2): the encoded message is made and compared as a whole, so that nothing
//! can hide behind the padding.

use alloc::vec::Vec;

use sha2::{Digest, digest::const_oid::AssociatedOid};

use super::PreparedKey;

/// Whether `signature` is one of `message` with the hash `H`.
#[must_use]
pub fn verify<H: Digest + AssociatedOid>(key: &PreparedKey, signature: &[u8], message: &[u8]) -> bool {
    digest_info::<H>(message).is_some_and(|end| key.public_operation_ends(signature, &end))
}

/// DigestInfo, in DER (RFC 8017 section 9.2): a sequence of the algorithm, with NULL for its parameters, and the hash.
fn digest_info<H: Digest + AssociatedOid>(message: &[u8]) -> Option<Vec<u8>> {
    let hash = H::digest(message);
    let hash_bytes = u8::try_from(hash.len()).ok()?;
    let name = H::OID.as_bytes();
    let name_bytes = u8::try_from(name.len()).ok()?;
    let algorithm_bytes = name_bytes.checked_add(4)?;
    let info_bytes = algorithm_bytes.checked_add(4)?.checked_add(hash_bytes)?;
    let info = [
        &[SEQUENCE, info_bytes, SEQUENCE, algorithm_bytes, OBJECT_IDENTIFIER, name_bytes],
        name,
        &[NULL, 0, OCTET_STRING, hash_bytes],
        &hash,
    ];
    Some(info.concat())
}

const SEQUENCE: u8 = 0x30;

const OBJECT_IDENTIFIER: u8 = 0x06;

const NULL: u8 = 0x05;

const OCTET_STRING: u8 = 0x04;
