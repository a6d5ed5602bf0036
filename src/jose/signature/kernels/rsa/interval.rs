//! Pairs of intervals: arithmetic on what numbers can be. Every operation checks that no value can leave the integers
//! that doubles hold exactly.

use super::lanes::{Lanes, Width};

/// The smallest and the largest value of either lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Intervals([[f64; 2]; 2]);

impl Intervals {
    /// Both lanes within ± `bound`.
    pub(crate) fn within(bound: f64) -> Self {
        Self([[-bound, bound]; 2])
    }

    /// The largest absolute value of either lane.
    pub(crate) fn largest(self) -> f64 {
        self.0.iter().flatten().fold(0.0, |largest, bound| largest.max(bound.abs()))
    }

    fn checked(self) -> Self {
        assert!(self.largest() <= 9_007_199_254_740_992.0, "{self:?} is beyond 2^53");
        assert!(self.0.iter().all(|[low, high]| low <= high));
        self
    }
}

impl Lanes for Intervals {
    const ZERO: Self = Self([[0.0; 2]; 2]);

    fn new(first: f64, second: f64) -> Self {
        Self([[first; 2], [second; 2]])
    }

    fn sum(self, other: Self) -> Self {
        let [[a, b], [c, d]] = self.0;
        let [[e, f], [g, h]] = other.0;
        Self([[a + e, b + f], [c + g, d + h]]).checked()
    }

    fn product(self, other: Self) -> Self {
        let lane = |[a, b]: [f64; 2], [c, d]: [f64; 2]| {
            let products = [a * c, a * d, b * c, b * d];
            [products.into_iter().fold(f64::MAX, f64::min), products.into_iter().fold(f64::MIN, f64::max)]
        };
        Self([lane(self.0[0], other.0[0]), lane(self.0[1], other.0[1])]).checked()
    }

    fn firsts(self, other: Self) -> Self {
        Self([self.0[0], other.0[0]])
    }

    fn seconds(self, other: Self) -> Self {
        Self([self.0[1], other.0[1]])
    }

    fn across(self, next: Self) -> Self {
        Self([self.0[1], next.0[0]])
    }

    fn swapped(self) -> Self {
        Self([self.0[1], self.0[0]])
    }

    /// High parts are here the quotients by 2^width.
    fn plus_carried(self, high: Self, _: &Width) -> Self {
        self.sum(high)
    }

    /// Rounding keeps the order of numbers, so that the bounds of the high part are the high parts of the bounds.
    fn split(self, width: &Width) -> (Self, Self) {
        let half = width.up() / 2.0;
        assert!(self.largest() <= 2_251_799_813_685_248.0 * width.up(), "{self:?} does not round to multiples");
        let high = self.0.map(|bounds| bounds.map(|bound| (bound / width.up()).round_ties_even()));
        let mut low = [[-half, half]; 2];
        for lane in 0..2 {
            if high[lane] == [0.0, 0.0] {
                low[lane] = self.0[lane];
            }
        }
        (Self(low).checked(), Self(high).checked())
    }

    fn expect_zero(self) {
        assert_eq!(self, Self::ZERO, "digits beyond the last");
    }
}
