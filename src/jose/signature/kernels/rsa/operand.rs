//! A number as the factor of a product that is made column by column.

use alloc::{vec, vec::Vec};

use super::lanes::Lanes;

/// A number as pairs of digits, and as the pairs that meet them in a product.
pub(crate) struct Operand<L> {
    pub(crate) pairs: Vec<L>,
    pub(crate) mirrored: Vec<Mirrored<L>>,
}

/// The digits at 2i and 2i - 1, and those at 2i + 1 and 2i, the higher first.
///
/// The column c of a product is the sum of a\[j\] · b\[c - j\]. For two neighbouring j the factors of b go down while
/// those of a go up, and for every second column their pairs start at an even position, for the others at an odd
/// one. The highest place is stored first, so that the factors of one pair after the other lie one after the other.
/// Some places below the lowest are stored too, and some above the highest: they are zero and end the sums.
#[derive(Clone, Copy)]
pub(crate) struct Mirrored<L> {
    pub(crate) even: L,
    pub(crate) odd: L,
}

impl<L: Lanes> Operand<L> {
    pub(crate) const EMPTY: Self = Self { pairs: Vec::new(), mirrored: Vec::new() };

    /// Zero, of that many pairs.
    pub(crate) fn zero(length: usize) -> Self {
        Self { pairs: vec![L::ZERO; length], mirrored: vec![Mirrored::ZERO; length.wrapping_add(ENDS)] }
    }

    /// A number of twice as many digits as there are pairs, the lowest first.
    pub(crate) fn new(pairs: Vec<L>) -> Self {
        let mut operand = Self::zero(pairs.len());
        let mut below = L::ZERO;
        for (position, pair) in pairs.into_iter().enumerate() {
            operand.set(position, pair, below);
            below = pair;
        }
        operand.set(operand.pairs.len(), L::ZERO, below);
        operand
    }

    pub(crate) fn pairs(&self) -> &[L] {
        &self.pairs
    }

    /// Sets a pair, which follows `below`. The one after the last is zero.
    #[inline(always)]
    pub(crate) fn set(&mut self, position: usize, pair: L, below: L) {
        match self.pairs.get_mut(position) {
            Some(place) => *place = pair,
            None => pair.expect_zero(),
        }
        let last = self.mirrored.len().wrapping_sub(BEFORE + 1);
        if let Some(place) = self.mirrored.get_mut(last.wrapping_sub(position)) {
            *place = Mirrored { even: below.across(pair).swapped(), odd: pair.swapped() };
        }
    }
}

impl<L: Lanes> Mirrored<L> {
    const ZERO: Self = Self { even: L::ZERO, odd: L::ZERO };
}

/// Places of a mirrored number that are zero, below its first pair: three that are met, and one that is only read, since
/// places are read by fours.
pub(crate) const BEFORE: usize = 4;

/// Those above the place that has its last digit.
const AFTER: usize = 3;

/// All places besides those of its pairs.
pub(crate) const ENDS: usize = BEFORE + 1 + AFTER;
