//! A number as the factor of a product that is made column by column.

use alloc::vec::Vec;

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
/// one. Three places before the first are stored too, and some after the last: they are zero and end the sums.
#[derive(Clone, Copy)]
pub(crate) struct Mirrored<L> {
    pub(crate) even: L,
    pub(crate) odd: L,
}

impl<L: Lanes> Operand<L> {
    pub(crate) const EMPTY: Self = Self { pairs: Vec::new(), mirrored: Vec::new() };

    /// A number of twice as many digits as there are pairs, the lowest first.
    pub(crate) fn new(pairs: impl IntoIterator<Item = L>) -> Self {
        let mut operand = Self::EMPTY;
        operand.clear();
        pairs.into_iter().for_each(|pair| operand.push(pair));
        operand.end();
        operand
    }

    pub(crate) fn pairs(&self) -> &[L] {
        &self.pairs
    }

    pub(crate) fn clear(&mut self) {
        self.pairs.clear();
        self.mirrored.clear();
        self.mirrored.extend([Mirrored::ZERO; BEFORE]);
    }

    #[inline(always)]
    pub(crate) fn push(&mut self, pair: L) {
        let below = self.pairs.last().copied().unwrap_or(L::ZERO);
        self.mirrored.push(Mirrored { even: below.across(pair).swapped(), odd: pair.swapped() });
        self.pairs.push(pair);
    }

    #[inline(always)]
    pub(crate) fn push_up_to(&mut self, length: usize, pair: L) {
        if self.pairs.len() < length {
            self.push(pair);
        } else {
            pair.expect_zero();
        }
    }

    pub(crate) fn end(&mut self) {
        let below = self.pairs.last().copied().unwrap_or(L::ZERO);
        self.mirrored.push(Mirrored { even: below.across(L::ZERO).swapped(), odd: L::ZERO });
        self.mirrored.extend([Mirrored::ZERO; AFTER]);
    }
}

impl<L: Lanes> Mirrored<L> {
    const ZERO: Self = Self { even: L::ZERO, odd: L::ZERO };
}

/// Places of a mirrored number that are zero, before its first pair.
pub(crate) const BEFORE: usize = 3;

/// Those after the place that has its last digit.
pub(crate) const AFTER: usize = 3;

/// All places besides those of its pairs.
pub(crate) const ENDS: usize = BEFORE + 1 + AFTER;
