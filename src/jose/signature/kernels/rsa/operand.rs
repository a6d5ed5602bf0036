//! A number as the factor of a product that is made column by column.

use alloc::{vec, vec::Vec};

use super::lanes::Lanes;

/// A number as its digits, each in both lanes, and as the pairs of digits that they are multiplied by.
pub(crate) struct Operand<L> {
    pub(crate) digits: Vec<L>,
    pub(crate) places: Vec<Place<L>>,
}

/// The digits at 2i and 2i + 1, and those at 2i - 1 and 2i.
///
/// The columns c and c + 1 of a product are the sums of a\[j\] · (b\[c - j\], b\[c + 1 - j\]). For an even c these pairs start
/// at an even position if j is even, and else at an odd one. As they go down while j goes up, the highest place is stored
/// first. Some places below the lowest are stored too, and some above the highest: they are zero and end the sums.
#[derive(Clone, Copy)]
pub(crate) struct Place<L> {
    pub(crate) even: L,
    pub(crate) odd: L,
}

impl<L: Lanes> Operand<L> {
    pub(crate) const EMPTY: Self = Self { digits: Vec::new(), places: Vec::new() };

    /// Zero, of that many pairs.
    pub(crate) fn zero(length: usize) -> Self {
        let digits = length.wrapping_mul(2).next_multiple_of(ENDS);
        Self { digits: vec![L::ZERO; digits], places: vec![Place::ZERO; length.wrapping_add(2 * ENDS)] }
    }

    /// A number of twice as many digits as there are pairs, the lowest first.
    pub(crate) fn new(pairs: &[L]) -> Self {
        let mut operand = Self::zero(pairs.len());
        let mut below = L::ZERO;
        for (position, pair) in pairs.iter().enumerate() {
            operand.set(position, *pair, below);
            below = *pair;
        }
        operand.set(pairs.len(), L::ZERO, below);
        operand
    }

    /// How many pairs it has.
    pub(crate) fn length(&self) -> usize {
        self.places.len().wrapping_sub(2 * ENDS)
    }

    /// The pairs, the lowest first.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = L> + Clone {
        self.places.iter().rev().skip(ENDS).take(self.length()).map(|place| place.even)
    }

    /// Sets a pair, which follows `below`. The one after the last is zero.
    #[inline(always)]
    pub(crate) fn set(&mut self, position: usize, pair: L, below: L) {
        if let Some(digits) = self.digits.get_mut(position.wrapping_mul(2)..).and_then(<[_]>::first_chunk_mut) {
            *digits = pair.each();
        }
        let last = self.places.len().wrapping_sub(ENDS + 1);
        if let Some(place) = self.places.get_mut(last.wrapping_sub(position)) {
            *place = Place { even: pair, odd: below.across(pair) };
        }
    }
}

impl<L: Lanes> Place<L> {
    pub(crate) const ZERO: Self = Self { even: L::ZERO, odd: L::ZERO };
}

/// Places below the lowest, and above the highest: as many as a pass makes pairs of columns. The digits are stored up to a
/// multiple of it, as zeros.
pub(crate) const ENDS: usize = 4;
