//! Pairs of intervals: arithmetic on what numbers can be. Every operation checks that no value can leave the integers
//! that doubles hold exactly.

use super::{
    fused::Fused,
    lanes::{Lanes, Width},
    sums::Sum,
};

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

    /// The smallest and the largest product.
    fn lane([a, b]: [f64; 2], [c, d]: [f64; 2]) -> [f64; 2] {
        let products = [a * c, a * d, b * c, b * d];
        [products.into_iter().fold(f64::MAX, f64::min), products.into_iter().fold(f64::MIN, f64::max)]
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
        Self([Self::lane(self.0[0], other.0[0]), Self::lane(self.0[1], other.0[1])]).checked()
    }

    fn across(self, next: Self) -> Self {
        Self([self.0[1], next.0[0]])
    }

    fn each(self) -> [Self; 2] {
        self.0.map(|bounds| Self([bounds; 2]))
    }

    fn lanes(self) -> [f64; 2] {
        panic!("{self:?} are no numbers")
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
}

/// Sums of products that are taken apart: `high` in units of 2^bits, or of half of that.
#[derive(Clone, Copy)]
pub(crate) struct FusedIntervals {
    high: Intervals,
    low: Intervals,
    unit: f64,
}

impl FusedIntervals {
    fn checked(self) -> Self {
        assert!(self.high.largest() < 2_251_799_813_685_248.0, "{:?} does not round to multiples", self.high);
        // A digit that is multiplied by a half has halves: they are there until the sum is doubled.
        self.low.sum(self.low);
        self
    }
}

impl Sum for FusedIntervals {
    type Lanes = Intervals;

    fn new(width: &Width) -> Self {
        Self { high: Intervals::ZERO, low: Intervals::ZERO, unit: width.up() }
    }

    fn of_halves(width: &Width) -> Self {
        Self { unit: width.up() / 2.0, ..Self::new(width) }
    }

    /// The bounds of a product are rounded themselves here: a multiple more on both sides is more than that.
    fn plus_product(self, left: Intervals, right: Intervals) -> Self {
        let (mut high, mut low) = (Intervals::ZERO, Intervals::ZERO);
        for lane in 0..2 {
            let product = Intervals::lane(left.0[lane], right.0[lane]);
            if product.iter().all(|bound| bound.abs() < self.unit / 2.0) {
                low.0[lane] = product;
            } else {
                let [least, most] = product.map(|bound| bound / self.unit);
                high.0[lane] = [least.floor() - 1.0, most.ceil() + 1.0];
                low.0[lane] = [-self.unit / 2.0, self.unit / 2.0];
            }
        }
        Self { high: self.high.sum(high), low: self.low.sum(low), ..self }.checked()
    }

    fn doubled(self) -> Self {
        Self { high: self.high, low: self.low.sum(self.low), unit: self.unit * 2.0 }
    }

    fn settled(self, width: &Width) -> (Self, Intervals) {
        let (low, high) = self.low.split(width);
        (Self { low, ..Self::new(width) }, self.parts(width).1.sum(high))
    }

    fn parts(self, width: &Width) -> (Intervals, Intervals) {
        assert_eq!(self.unit, width.up());
        (self.low, self.high)
    }

    fn width(bits: usize) -> Width {
        Fused::<[f64; 2]>::width(bits)
    }
}
