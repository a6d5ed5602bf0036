//! Taking away four digits by n itself.

use alloc::vec::Vec;

use super::{
    columns::{Carry, PAIRS, meet},
    digits::{self, mask},
    lanes::{Lanes, Width},
    operand::{ENDS, Operand, Place},
    sums::Sum,
};

/// A modulus, by which four digits of a number are taken away.
pub(crate) struct Block<S: Sum> {
    width: Width,
    /// n, and its four lowest digits.
    modulus: Vec<Place<S::Lanes>>,
    lowest: Vec<i64>,
    /// -1/n modulo a digit.
    negated_inverse: i64,
}

impl<S: Sum> Block<S> {
    /// Of an odd number of these digits.
    pub(crate) fn new(width: Width, modulus: &[i64]) -> Self {
        let pairs: Vec<_> = digits::balanced(modulus, width.bits()).collect();
        Self {
            lowest: modulus.iter().copied().take(4).collect(),
            negated_inverse: negated_inverse(modulus, width.bits()),
            ..Self::of(width, &pairs)
        }
    }

    /// Of pairs of digits, without what quotients are made with.
    pub(crate) fn of(width: Width, pairs: &[S::Lanes]) -> Self {
        Self { width, modulus: Operand::new(pairs).places, lowest: Vec::new(), negated_inverse: 0 }
    }

    /// Bytes that it takes.
    pub(crate) fn table_bytes(&self) -> usize {
        size_of_val(self.modulus.as_slice())
    }

    /// (number + q · n) / 2^(4 · width), for the q from 0 on and below 2^(4 · width) with which nothing is left over.
    ///
    /// The number has as many digits as n, in pairs, and so has the result.
    pub(crate) fn take_away(&self, number: impl Iterator<Item = S::Lanes> + Clone) -> Vec<S::Lanes> {
        let lowest = digits::of_pairs(number.clone().take(2));
        let quotient: Vec<_> = digits::balanced(&self.quotient(lowest), self.width.bits()).collect();
        let quotient: Vec<_> = quotient.into_iter().flat_map(S::Lanes::each).collect();
        self.sum(number, &quotient)
    }

    /// (number + quotient · n) / 2^(4 · width), for a quotient of four digits with which nothing is left over.
    pub(crate) fn sum(&self, number: impl Iterator<Item = S::Lanes>, quotient: &[S::Lanes]) -> Vec<S::Lanes> {
        let mut carry = Carry::new(self.width);
        let mut number = number.chain([S::Lanes::ZERO; 2 + PAIRS]);
        let length = self.modulus.len().wrapping_sub(2 * ENDS);
        let mut result = Vec::with_capacity(length.wrapping_add(2 + PAIRS));
        for first in (0..length.wrapping_add(2)).step_by(PAIRS) {
            let sums = meet([S::new(&self.width); PAIRS], quotient, &self.modulus, first, 2);
            for (sum, pair) in sums.into_iter().zip(&mut number) {
                result.push(carry.digits(sum.plus_product(S::Lanes::both(1.0), pair), S::Lanes::ZERO));
            }
        }
        result.drain(..2);
        result.truncate(length);
        result
    }

    /// -number / n modulo 2^(4 · width): digit after digit, as Montgomery has it.
    fn quotient(&self, mut number: Vec<i64>) -> Vec<i64> {
        let bits = self.width.bits();
        let mut quotient = Vec::with_capacity(4);
        while let Some(lowest) = number.first() {
            let factor = lowest.wrapping_mul(self.negated_inverse) & mask(bits);
            let mut above = 0_i128;
            let mut sums = number.iter().zip(&self.lowest).map(|(digit, other)| {
                let product = i128::from(factor).wrapping_mul(i128::from(*other));
                let sum = product.wrapping_add(i128::from(*digit)).wrapping_add(above);
                above = sum.wrapping_shr(bits);
                low(sum) & mask(bits)
            });
            sums.next();
            number = sums.collect();
            quotient.push(factor);
        }
        quotient
    }
}

/// -1/n modulo 2^bits, for odd n.
fn negated_inverse(modulus: &[i64], bits: u32) -> i64 {
    let lowest = modulus.first().copied().unwrap_or(1);
    // Newton's iteration doubles the correct bits: n · n is 1 modulo 8 for every odd n, and 3 · 2^5 > 64.
    let mut inverse = lowest;
    for _ in 0..5 {
        inverse = inverse.wrapping_mul(2_i64.wrapping_sub(lowest.wrapping_mul(inverse)));
    }
    inverse.wrapping_neg() & mask(bits)
}

/// The 64 lowest bits.
fn low(number: i128) -> i64 {
    let [a, b, c, d, e, f, g, h, ..] = number.to_le_bytes();
    i64::from_le_bytes([a, b, c, d, e, f, g, h])
}
