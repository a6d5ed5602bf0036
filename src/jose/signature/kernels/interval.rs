//! Intervals in the place of numbers: what a computation can reach at most, from the bounds of its input.

#![expect(clippy::arithmetic_side_effects, reason = "numbers of 64 bits, and their products, fit 128")]

use core::ops::{Add, Mul, Neg, Shl, Shr, Sub};

use super::word::Word;

/// All numbers from `least` to `greatest`, both included, within the range of `i64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) least: i128,
    pub(super) greatest: i128,
}

impl Interval {
    /// # Panics
    ///
    /// When the bounds are in the wrong order or no `i64`: then some input overflows.
    pub(super) fn new(least: i128, greatest: i128) -> Self {
        assert!(least <= greatest, "bounds in the wrong order: {least}, {greatest}");
        let range = i128::from(i64::MIN)..=i128::from(i64::MAX);
        assert!(range.contains(&least) && range.contains(&greatest), "overflow: from {least} to {greatest}");
        Self { least, greatest }
    }

    /// From `-bound` to `bound`.
    pub(super) fn around_zero(bound: i128) -> Self {
        Self::new(-bound, bound)
    }

    pub(super) fn is_within(self, outer: Self) -> bool {
        outer.least <= self.least && self.greatest <= outer.greatest
    }

    fn hull(corners: [i128; 4]) -> Self {
        let [first, ..] = corners;
        let (least, greatest) =
            corners.into_iter().fold((first, first), |(least, greatest), each| (least.min(each), greatest.max(each)));
        Self::new(least, greatest)
    }
}

impl Add for Interval {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::new(self.least + other.least, self.greatest + other.greatest)
    }
}

impl Sub for Interval {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::new(self.least - other.greatest, self.greatest - other.least)
    }
}

impl Mul for Interval {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let (a, b) = (self, other);
        Self::hull([a.least * b.least, a.least * b.greatest, a.greatest * b.least, a.greatest * b.greatest])
    }
}

impl Neg for Interval {
    type Output = Self;

    fn neg(self) -> Self {
        Self::new(-self.greatest, -self.least)
    }
}

impl Shl<u32> for Interval {
    type Output = Self;

    fn shl(self, bits: u32) -> Self {
        assert!(bits < 64, "no shift of i64: {bits}");
        Self::new(self.least << bits, self.greatest << bits)
    }
}

impl Shr<u32> for Interval {
    type Output = Self;

    fn shr(self, bits: u32) -> Self {
        assert!(bits < 64, "no shift of i64: {bits}");
        Self::new(self.least >> bits, self.greatest >> bits)
    }
}

impl From<i32> for Interval {
    fn from(value: i32) -> Self {
        Self::new(value.into(), value.into())
    }
}

impl Word for Interval {
    fn low(self, bits: u32) -> Self {
        assert!(bits <= 62, "too many bits: {bits}");
        if self.least >> bits == self.greatest >> bits {
            let below = (self.least >> bits) << bits;
            return Self::new(self.least - below, self.greatest - below);
        }
        Self::new(0, (1 << bits) - 1)
    }
}
