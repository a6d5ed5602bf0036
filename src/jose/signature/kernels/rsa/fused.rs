//! The sums of a pair of columns: of large digits, whose products are taken apart by an instruction that multiplies and
//! adds with one rounding. In one run on Node 24, a PKCS#1 signature of 2048 bits took 24.5 us with it, and 40.3 without.

use super::{
    lanes::{Fusing, Width},
    sums::Sum,
};

/// Products of digits of up to 47 bits, each as a multiple of 2^width and what is below that.
///
/// `high` is 1.5 · 2^(52 + width) and the sum of the multiples: next to it doubles are 2^width apart, so that adding a
/// product rounds that to a multiple, as long as the multiples stay within ± 2^(51 + width). By how much `high` grew is
/// exact, and so is the product without that, by the same instruction (Dekker, "A floating-point technique for extending
/// the available precision", 1971): it is within ± 2^(width - 1).
#[derive(Clone, Copy)]
pub(crate) struct Fused<L> {
    high: L,
    low: L,
}

impl<L: Fusing> Sum for Fused<L> {
    type Lanes = L;

    #[inline(always)]
    fn new(width: &Width) -> Self {
        Self { high: L::both(width.shift()), low: L::ZERO }
    }

    #[inline(always)]
    fn of_halves(width: &Width) -> Self {
        Self { high: L::both(width.shift() / 2.0), low: L::ZERO }
    }

    #[inline(always)]
    fn plus_product(self, left: L, right: L) -> Self {
        let high = self.high.plus_fused(left, right);
        let low = self.low.sum(self.high.difference(high).plus_fused(left, right));
        Self { high, low }
    }

    #[inline(always)]
    fn doubled(self) -> Self {
        Self { high: self.high.sum(self.high), low: self.low.sum(self.low) }
    }

    #[inline(always)]
    fn settled(self, width: &Width) -> (Self, L) {
        let (low, carried) = self.low.split(width);
        let (_, high) = self.parts(width);
        (Self { low, ..Self::new(width) }, high.sum(carried))
    }

    #[inline(always)]
    fn parts(self, width: &Width) -> (L, L) {
        (self.low, self.high.difference(L::both(width.shift())))
    }

    fn width(bits: usize) -> Width {
        Width::new(match bits {
            ..=2066 => 47,
            2067..=4966 => 46,
            _ => 45,
        })
    }
}
