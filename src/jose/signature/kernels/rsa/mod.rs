//! The RSA public operation (RFC 8017 section 5.2.2) for keys that are used often, and the two schemes that JWTs are
//! signed with: RSASSA-PKCS1-v1_5 and RSASSA-PSS.
//!
//! All numbers are public: time may depend on them.

mod block;

mod columns;

mod digits;

#[cfg(any(test, target_feature = "relaxed-simd"))]
mod fused;

mod key;

mod lanes;

mod montgomery;

mod operand;

pub mod pkcs1;

pub mod pss;

mod setup;

mod shape;

mod sums;

use alloc::{boxed::Box, vec::Vec};

use self::{
    key::{Key, PublicOperation},
    lanes::Pair,
    sums::Exact,
};

type Operation = fn(&[u8], usize, &[u8]) -> Box<dyn PublicOperation + Send + Sync>;

/// A public key with all that depends on it alone.
pub struct PreparedKey {
    bits: usize,
    operation: Box<dyn PublicOperation + Send + Sync>,
}

impl PreparedKey {
    /// A key of the modulus n and the exponent e, each in big-endian bytes. `None` if n is even or not of 2048 to
    /// 8192 bits, or if e is even, below 3 or above 256 bits.
    #[must_use]
    pub fn new(n: &[u8], e: &[u8]) -> Option<Self> {
        Self::of(n, e, operation)
    }

    fn of(n: &[u8], e: &[u8], operation: Operation) -> Option<Self> {
        let bytes = without_zeros(n);
        let exponent = without_zeros(e);
        let bits = bit_length(bytes);
        let odd = |number: &[u8]| number.last().is_some_and(|byte| byte & 1 == 1);
        if !(MIN_BITS..=MAX_BITS).contains(&bits) || !odd(bytes) || !odd(exponent) {
            return None;
        }
        if exponent == [1] || exponent.len() > MAX_EXPONENT_BYTES {
            return None;
        }
        Some(Self { bits, operation: operation(bytes, bits, exponent) })
    }

    /// The bits of n.
    #[must_use]
    pub fn bits(&self) -> usize {
        self.bits
    }

    /// Bytes that it takes beside itself.
    #[must_use]
    pub fn table_bytes(&self) -> usize {
        self.operation.table_bytes()
    }

    /// Whether `signature` stands for the encoded message 00 01 FF .. FF 00 and `end`, as long as n (RFC 8017 section 9.2).
    /// Never if `end` is longer than the DigestInfo of SHA-512; so there are always many more than eight bytes FF.
    #[must_use]
    pub fn public_operation_ends(&self, signature: &[u8], end: &[u8]) -> bool {
        end.len() <= MAX_END_BYTES && self.is_below(signature) && self.operation.power_ends(signature, end)
    }

    /// The number that `signature` stands for, as many bytes as n has. `None` if the signature is not exactly
    /// of that length, or not below n.
    #[must_use]
    pub fn recover(&self, signature: &[u8]) -> Option<Vec<u8>> {
        self.is_below(signature).then(|| self.operation.power(signature))
    }

    /// Whether it is exactly as long as n, and below it.
    fn is_below(&self, signature: &[u8]) -> bool {
        let n = self.modulus();
        signature.len() == n.len() && signature < n
    }

    fn modulus(&self) -> &[u8] {
        self.operation.modulus()
    }
}

/// A key of n, of so many bits, and of e, in the arithmetic that is faster on the machine at hand.
fn operation(n: &[u8], bits: usize, e: &[u8]) -> Box<dyn PublicOperation + Send + Sync> {
    #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
    if <Pair as lanes::Fusing>::is_fused() {
        return Box::new(Key::<fused::Fused<Pair>>::new(n, bits, e));
    }
    Box::new(Key::<Exact<Pair>>::new(n, bits, e))
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    bytes.get(bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len())..).unwrap_or_default()
}

/// The bits of a number without leading zero bytes.
fn bit_length(bytes: &[u8]) -> usize {
    let zeros = bytes.first().map_or(0, |byte| byte.leading_zeros());
    bytes.len().wrapping_mul(8).wrapping_sub(usize::try_from(zeros).unwrap_or(0))
}

const MIN_BITS: usize = 2048;

const MAX_BITS: usize = 8192;

const MAX_EXPONENT_BYTES: usize = 32;

/// The DigestInfo of SHA-512. The bounds of the sums are proved for no longer one; the shortest n has room for three of it.
const MAX_END_BYTES: usize = 83;

#[cfg(test)]
mod bounds;

#[cfg(test)]
mod forgeries;

#[cfg(test)]
mod interval;

#[cfg(test)]
mod signer;

#[cfg(test)]
mod tests;
