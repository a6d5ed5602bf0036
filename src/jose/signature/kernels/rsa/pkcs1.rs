//! RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2.2): the encoded message is made and compared as a whole, so that nothing
//! can hide behind the padding.

use alloc::{vec, vec::Vec};

use sha2::{Digest, digest::const_oid::AssociatedOid};

use super::PreparedKey;

/// Whether `signature` is one of `message` with the hash `H`.
#[must_use]
pub fn verify<H: Digest + AssociatedOid>(key: &PreparedKey, signature: &[u8], message: &[u8]) -> bool {
    encode::<H>(message, key.bits().div_ceil(8))
        .is_some_and(|encoded_message| key.public_operation_equals(signature, &encoded_message))
}

/// EMSA-PKCS1-v1_5 (RFC 8017 section 9.2), `length` bytes. `None` if it needs more of them.
fn encode<H: Digest + AssociatedOid>(message: &[u8], length: usize) -> Option<Vec<u8>> {
    let hash = H::digest(message);
    let hash_bytes = u8::try_from(hash.len()).ok()?;
    let name = H::OID.as_bytes();
    let name_bytes = u8::try_from(name.len()).ok()?;
    // DigestInfo, in DER: a sequence of the algorithm, with NULL for its parameters, and the hash.
    let algorithm_bytes = name_bytes.checked_add(4)?;
    let info_bytes = algorithm_bytes.checked_add(4)?.checked_add(hash_bytes)?;
    let info = [
        &[SEQUENCE, info_bytes, SEQUENCE, algorithm_bytes, OBJECT_IDENTIFIER, name_bytes],
        name,
        &[NULL, 0, OCTET_STRING, hash_bytes],
        &hash,
    ]
    .concat();
    let padding = length.checked_sub(info.len())?.checked_sub(3).filter(|padding| *padding >= MIN_PADDING_BYTES)?;
    Some([&[0, 1], vec![0xff; padding].as_slice(), &[0], info.as_slice()].concat())
}

const SEQUENCE: u8 = 0x30;

const OBJECT_IDENTIFIER: u8 = 0x06;

const NULL: u8 = 0x05;

const OCTET_STRING: u8 = 0x04;

/// RFC 8017 section 9.2 step 4.
const MIN_PADDING_BYTES: usize = 8;
