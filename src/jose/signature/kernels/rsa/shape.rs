//! The digits that the numbers of a key take.

use alloc::vec::Vec;

use super::{
    digits,
    lanes::{Lanes, Width},
    operand::Operand,
    sums::Sum,
};

/// How many digits, of how many bits.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) width: Width,
    /// Pairs of digits of M.
    pub(crate) pairs: usize,
    /// Blocks of four digits in R.
    pub(crate) reduced: usize,
}

impl Shape {
    /// For an n of so many bits.
    pub(crate) fn of<S: Sum>(bits: usize) -> Self {
        let width = S::width(bits);
        let block = usize::try_from(width.bits()).unwrap_or(1).wrapping_mul(4);
        // A bit more than n for the sign, and one for digits that are not made unique.
        let blocks = bits.wrapping_add(2).div_ceil(block);
        // R is two bits more than N.
        Self { width, pairs: blocks.wrapping_mul(2), reduced: blocks.wrapping_add(1) }
    }

    /// A number below n: two pairs more than M has.
    pub(crate) fn digits(&self, bytes: &[u8]) -> Vec<i64> {
        digits::from_bytes(bytes, self.width.bits(), self.pairs.wrapping_add(2).wrapping_mul(2))
    }

    /// A number below n as a factor.
    pub(crate) fn operand<L: Lanes>(&self, bytes: &[u8]) -> Operand<L> {
        let pairs: Vec<L> = digits::balanced(&self.digits(bytes), self.width.bits()).collect();
        Operand::new(&pairs)
    }

    /// bytes - 2^(8 · (number of bytes + 1)), as the left factor of a product.
    pub(crate) fn below_padding<L: Lanes>(&self, bytes: &[u8]) -> Vec<L> {
        let bits = usize::try_from(self.width.bits()).unwrap_or(1);
        let place = bytes.len().wrapping_add(1).wrapping_mul(8);
        let last = place.checked_div(bits).unwrap_or(0);
        let mut digits = digits::from_bytes(bytes, self.width.bits(), last.wrapping_add(1).next_multiple_of(2));
        if let Some(digit) = digits.get_mut(last) {
            *digit = digit
                .wrapping_sub(1_i64.wrapping_shl(u32::try_from(place.checked_rem(bits).unwrap_or(0)).unwrap_or(0)));
        }
        let pairs: Vec<L> = digits::balanced(&digits, self.width.bits()).collect();
        pairs.into_iter().flat_map(Lanes::each).collect()
    }
}
