//! The columns of products, and the digits that they make. A pass makes four pairs of columns at once.

use super::{
    lanes::{Lanes, Width},
    operand::{ENDS, Operand, Place},
    sums::Sum,
};

/// Adds the products of the digits before 2 · `end` with what they meet in the columns from 2 · `first` on.
///
/// There a pair j of digits meets the places `first` - j to `first` - j + 3.
#[inline(always)]
pub(crate) fn meet<S: Sum>(
    mut sums: [S; PAIRS],
    left: &[S::Lanes],
    right: &[Place<S::Lanes>],
    first: usize,
    end: usize,
) -> [S; PAIRS] {
    let (pairs, _) = left.as_chunks::<2>();
    let highest = right.len().wrapping_sub(ENDS.wrapping_add(PAIRS));
    let (pairs, right) = match highest.checked_sub(first) {
        Some(above) => (pairs.get(..end.min(pairs.len())), right.get(above..)),
        // Pairs that meet nothing but zeros are left out.
        None => (pairs.get(first.wrapping_sub(highest)..end.min(pairs.len())), Some(right)),
    };
    let (Some(pairs), Some(right)) = (pairs, right) else {
        return sums;
    };
    for ([even, odd], places) in pairs.iter().zip(right.windows(PAIRS)) {
        for (sum, place) in sums.iter_mut().rev().zip(places) {
            *sum = sum.plus_product(*even, place.even);
        }
        for (sum, place) in sums.iter_mut().rev().zip(places) {
            *sum = sum.plus_product(*odd, place.odd);
        }
    }
    sums
}

/// Adds to the columns of a pass of a square, which are doubled after that, what they have besides the products of the
/// digits before the position `end`: those of the digits from there on with one another.
///
/// As the sum is doubled, the products of two different digits count once, in either order, and the square of a digit
/// counts half. Halves are exact here: of sums that are twice as large and below 2^53.
#[inline(always)]
pub(crate) fn corner<S: Sum>(mut sums: [S; PAIRS], operand: &Operand<S::Lanes>, end: usize) -> [S; PAIRS] {
    let Operand { digits, places } = operand;
    let place = places.len().checked_sub(end.wrapping_shr(1).wrapping_add(ENDS.wrapping_add(PAIRS)));
    let places: Option<&[_; PAIRS]> = place.and_then(|place| places.get(place..)).and_then(<[_]>::first_chunk);
    let digits: Option<&[_; PAIRS]> = digits.get(end..).and_then(<[_]>::first_chunk);
    let (Some(places), Some(digits)) = (places, digits) else {
        return sums;
    };
    let halved = S::Lanes::new(0.5, 1.0);
    for (column, sum) in sums.iter_mut().enumerate() {
        for (position, digit) in digits.iter().enumerate().take(column.wrapping_add(1)) {
            let up = column.wrapping_sub(position.wrapping_shr(1));
            let Some(place) = places.get(PAIRS.wrapping_sub(1).wrapping_sub(up)) else { break };
            let pair = if position & 1 == 0 { place.even } else { place.odd };
            *sum = sum.plus_product(*digit, if position == column { pair.product(halved) } else { pair });
        }
    }
    sums
}

/// Adds what four digits contribute to the columns of the next block: those of their product with the lowest places, which
/// end with the lowest of all.
#[inline(always)]
pub(crate) fn nearest<S: Sum>(
    [e, f]: [S; 2],
    [low, high]: [S::Lanes; 2],
    [second, first]: [Place<S::Lanes>; 2],
) -> [S; 2] {
    let ([a, b], [c, d]) = (low.each(), high.each());
    [
        e.plus_product(a, first.even).plus_product(b, first.odd),
        f.plus_product(a, second.even)
            .plus_product(b, second.odd)
            .plus_product(c, first.even)
            .plus_product(d, first.odd),
    ]
}

/// What goes from a pair of columns to the next.
pub(crate) struct Carry<L> {
    width: Width,
    /// Of the first step and of the second.
    first: L,
    second: L,
}

impl<L: Lanes> Carry<L> {
    pub(crate) fn new(width: Width) -> Self {
        Self { width, first: L::ZERO, second: L::ZERO }
    }

    /// The digits of two columns, of which a high part was taken away before.
    #[inline(always)]
    pub(crate) fn digits<S: Sum<Lanes = L>>(&mut self, sum: S, taken: L) -> L {
        let (low, high) = sum.parts(&self.width);
        let high = high.sum(taken);
        let (low, higher) = low.plus_carried(self.first.across(high), &self.width).split(&self.width);
        let digits = low.plus_carried(self.second.across(higher), &self.width);
        (self.first, self.second) = (high, higher);
        digits
    }
}

/// Pairs of columns of a pass: their sums, of up to two numbers each, are as many as engines have registers for.
pub(crate) const PAIRS: usize = 4;
