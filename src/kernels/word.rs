//! The numbers that field arithmetic is written in.

use core::ops::{Add, Mul, Neg, Shl, Shr, Sub};

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
