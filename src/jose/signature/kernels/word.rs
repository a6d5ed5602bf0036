//! The numbers that field arithmetic is written in.

use core::{
    array,
    ops::{Add, Mul, Neg, Shl, Shr, Sub},
};

/// A signed number of 64 bits whose operations are exact: nothing may leave its range.
///
/// Field arithmetic is generic over it. It runs on `i64`; in the tests the same code runs on intervals, where
/// each operation checks that no value within the declared bounds can overflow. The operators of `i64` are
/// then free of side effects, which is the reason to give where a lint asks for one.
pub(super) trait Word:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Neg<Output = Self>
    + Shl<u32, Output = Self>
    + Shr<u32, Output = Self>
    + From<i32>
{
    /// The remainder modulo 2^`bits`, which is not negative. `bits` is at most 62. With it, `self >> bits` is
    /// the quotient, rounded down.
    fn low(self, bits: u32) -> Self;
}

impl Word for i64 {
    #[inline(always)]
    fn low(self, bits: u32) -> Self {
        self & !(-1_i64).wrapping_shl(bits)
    }
}

/// The digits of a number in base 2^`to` instead of 2^`from`, the least significant first. Neither is above 32,
/// and the number must fit.
#[inline(always)]
pub(super) fn regrouped<const N: usize>(digits: impl IntoIterator<Item = u32>, from: u32, to: u32) -> [u32; N] {
    let mut digits = digits.into_iter().fuse();
    let mut waiting = 0_u64;
    let mut bits = 0_u32;
    array::from_fn(|_| {
        if bits < to {
            waiting |= u64::from(digits.next().unwrap_or(0)).wrapping_shl(bits);
            bits = bits.wrapping_add(from);
        }
        // Of two steps at most: `from` and `to` are nearly the same.
        if bits < to {
            waiting |= u64::from(digits.next().unwrap_or(0)).wrapping_shl(bits);
            bits = bits.wrapping_add(from);
        }
        let digit = lower_half(waiting) & u32::MAX.wrapping_shr(32_u32.wrapping_sub(to));
        waiting = waiting.wrapping_shr(to);
        bits = bits.wrapping_sub(to);
        digit
    })
}

/// The lower 32 bits.
#[inline(always)]
pub(super) fn lower_half(value: u64) -> u32 {
    let [a, b, c, d, ..] = value.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// The words of a number written in 32 bytes, the most significant first, as SEC 1 section 2.3.8 reads them.
pub(super) fn words_of_bytes(bytes: &[u8; 32]) -> [u32; 8] {
    let mut words = bytes.rchunks_exact(4).map(|chunk| chunk.iter().fold(0, |word, byte| word << 8 | u32::from(*byte)));
    array::from_fn(|_| words.next().unwrap_or(0))
}

/// Whether `a` is below `b`; both have the least significant word first.
pub(super) fn is_below(a: &[u32; 8], b: &[u32; 8]) -> bool {
    a.iter().rev().lt(b.iter().rev())
}
