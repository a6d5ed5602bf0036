//! Two multiples of two points added, with tables of both: the signed comb of [`super::super::comb`], which says where
//! it is from, for a curve that is a value and no type. It has one part and, for each curve, one number of teeth.
//!
//! An odd scalar is Σ b(i)·2^i with every b(i) either 1 or −1. The digits lie in rows of as many as there are columns,
//! one row for each tooth. For each column, from the last to the first, the sum is doubled, and the entry added that is
//! Σ b·2^(tooth·columns)·P over the teeth.

use alloc::{vec, vec::Vec};

use super::{
    curve::Curve,
    modulus::{Number, is_even, subtract},
    point::Point,
};

/// The entries for the point with these coordinates, both times R.
///
/// Bit t of an entry's place says that the digit of tooth t is 1 and not −1. The digit of the last tooth is 1.
pub(super) fn table(curve: &Curve, [x, y]: [Number; 2]) -> Vec<u32> {
    let mut power = Point::of_affine(curve, x, y);
    let mut powers = vec![power.clone()];
    while powers.len() < curve.teeth {
        power = (0..curve.columns()).fold(power, |power, _| power.doubled(curve));
        powers.push(power.clone());
    }
    let powers = Point::entries(curve, &powers);
    let sums: Vec<Point> = (0..curve.entries())
        .map(|place| {
            let digits = place | curve.entries();
            let teeth = powers.chunks_exact(curve.entry_words()).enumerate();
            teeth.fold(Point::INFINITY, |sum, (tooth, power)| sum.plus(curve, power, digits >> tooth & 1 == 0))
        })
        .collect();
    Point::entries(curve, &sums)
}

/// A multiple of a point.
pub(super) struct Multiple<'a> {
    /// Bit i + 1 says that digit i is 1 and not −1: Σ b(i)·2^i of l digits is the scalar, where (b(i) + 1) / 2 are
    /// the digits in base 2 of (scalar + 2^l − 1) / 2.
    digits: Number,
    /// Whether the digits are those of the negative.
    negative: bool,
    table: &'a [u32],
}

impl<'a> Multiple<'a> {
    /// By a number below the order, of the point that [`table`] made the table of.
    #[inline(never)]
    pub(super) fn new(curve: &Curve, scalar: &Number, table: &'a [u32]) -> Self {
        // The order is odd: one of both is.
        let negative = is_even(scalar);
        let mut digits = *scalar;
        if negative {
            digits = *curve.order.number();
            subtract(&mut digits, scalar);
        }
        let length = curve.columns().wrapping_mul(curve.teeth);
        if let Some(word) = digits.get_mut(length >> 5) {
            *word |= 1 << (length & 31);
        }
        Self { digits, negative, table }
    }

    /// The sum and what this adds in a column.
    #[inline(never)]
    fn added(&self, curve: &Curve, sum: &Point, column: usize) -> Point {
        let digits = (0..curve.teeth).rev().fold(0, |digits, tooth| {
            let bit = curve.columns().wrapping_mul(tooth).wrapping_add(column).wrapping_add(1);
            let word = self.digits.get(bit >> 5).copied().unwrap_or(0);
            digits << 1 | usize::from((word >> (bit & 31)) & 1 == 1)
        });
        // The digit of the last tooth is the sign of the entry. With −1, the other digits are told by the negative.
        let last_is_one = digits & curve.entries() != 0;
        let place = if last_is_one { digits } else { !digits } & curve.entries().wrapping_sub(1);
        match self.table.chunks_exact(curve.entry_words()).nth(place) {
            Some(entry) => sum.plus(curve, entry, last_is_one == self.negative),
            None => sum.clone(),
        }
    }
}

/// The sum of both multiples.
pub(super) fn sum(curve: &Curve, multiples: &[Multiple<'_>; 2]) -> Point {
    (0..curve.columns()).rev().fold(Point::INFINITY, |sum, column| {
        multiples.iter().fold(sum.doubled(curve), |sum, multiple| multiple.added(curve, &sum, column))
    })
}
