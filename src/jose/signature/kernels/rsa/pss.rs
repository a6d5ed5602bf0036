//! RSASSA-PSS (RFC 8017 section 8.1.2) with MGF1 of the same hash, and a salt as long as its output: RFC 7518 section
//! 3.5 leaves no choice.

use alloc::vec::Vec;

use sha2::{Digest, digest::Output};

use super::PreparedKey;

/// Whether `signature` is one of `message` with the hash `H`.
#[must_use]
pub fn verify<H: Digest>(key: &PreparedKey, signature: &[u8], message: &[u8]) -> bool {
    key.recover(signature).is_some_and(|number| {
        // Step 2c: a number of emLen bytes, which is a byte less than n has if n begins with a single bit.
        let bits = key.bits().wrapping_sub(1);
        let (above, encoded_message) = number.split_at(number.len().wrapping_sub(bits.div_ceil(8)));
        above.iter().all(|byte| *byte == 0) && holds::<H>(encoded_message, bits, &H::digest(message))
    })
}

/// EMSA-PSS (RFC 8017 section 9.1.2) from step 3 on.
fn holds<H: Digest>(encoded_message: &[u8], bits: usize, message_hash: &Output<H>) -> bool {
    let hash_bytes = message_hash.len();
    let Some((masked, [hash @ .., LAST])) = encoded_message
        .len()
        .checked_sub(hash_bytes.wrapping_add(1))
        .and_then(|length| encoded_message.split_at_checked(length))
    else {
        return false;
    };
    // The bits of the first byte that are above emBits.
    let unused = !0xff_u8.checked_shr(u32::try_from(bits.wrapping_neg() & 7).unwrap_or(0)).unwrap_or(0);
    if masked.first().is_none_or(|byte| byte & unused != 0) {
        return false;
    }
    let mut block = unmasked::<H>(masked, hash);
    block.iter_mut().take(1).for_each(|byte| *byte &= !unused);
    let Some((padding, salt)) = block.len().checked_sub(hash_bytes).and_then(|length| block.split_at_checked(length))
    else {
        return false;
    };
    let [zeros @ .., 1] = padding else {
        return false;
    };
    zeros.iter().all(|byte| *byte == 0)
        && H::new().chain_update([0; 8]).chain_update(message_hash).chain_update(salt).finalize()[..] == *hash
}

/// Takes away the mask that MGF1 makes of `seed` (RFC 8017 section B.2.1).
fn unmasked<H: Digest>(masked: &[u8], seed: &[u8]) -> Vec<u8> {
    let mask = (0_u32..).flat_map(|counter| H::new().chain_update(seed).chain_update(counter.to_be_bytes()).finalize());
    masked.iter().zip(mask).map(|(byte, mask)| byte ^ mask).collect()
}

/// The trailer field.
const LAST: u8 = 0xbc;
