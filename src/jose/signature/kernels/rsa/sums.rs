//! The sums of a pair of columns: of small digits, whose products and sums doubles hold exactly.

use super::lanes::{Lanes, Width};

/// The sums of two neighbouring columns.
pub(crate) trait Sum: Copy {
    type Lanes: Lanes;

    /// Nothing, to which products are added.
    fn new(width: &Width) -> Self;

    /// The same, if the sum is doubled after that.
    fn of_halves(width: &Width) -> Self;

    /// self + left · right.
    fn plus_product(self, left: Self::Lanes, right: Self::Lanes) -> Self;

    /// What began `of_halves`, twice.
    fn doubled(self) -> Self;

    /// The sum as low + high, with high a multiple of 2^width and low so small that as many products can be added to it as
    /// to nothing.
    fn settled(self, width: &Width) -> (Self, Self::Lanes);

    /// The sum as low + high, with high a multiple of 2^width.
    fn parts(self, width: &Width) -> (Self::Lanes, Self::Lanes);

    /// The bits of a digit in arithmetic modulo a number of so many bits.
    fn width(bits: usize) -> Width;
}

/// Products of digits of up to 24 bits: each is below 2^46, and 127 of them below 2^53.
#[derive(Clone, Copy)]
pub(crate) struct Exact<L>(L);

impl<L: Lanes> Sum for Exact<L> {
    type Lanes = L;

    #[inline(always)]
    fn new(_: &Width) -> Self {
        Self(L::ZERO)
    }

    #[inline(always)]
    fn of_halves(_: &Width) -> Self {
        Self(L::ZERO)
    }

    #[inline(always)]
    fn plus_product(self, left: L, right: L) -> Self {
        Self(self.0.sum(left.product(right)))
    }

    #[inline(always)]
    fn doubled(self) -> Self {
        Self(self.0.sum(self.0))
    }

    #[inline(always)]
    fn settled(self, width: &Width) -> (Self, L) {
        let (low, high) = self.0.split(width);
        (Self(low), high)
    }

    #[inline(always)]
    fn parts(self, width: &Width) -> (L, L) {
        self.0.split(width)
    }

    fn width(bits: usize) -> Width {
        Width::new(if bits <= 2302 { 24 } else { 23 })
    }
}
