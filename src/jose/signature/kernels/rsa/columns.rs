//! The columns of products, and the digits that they make.

use super::{
    lanes::{Lanes, Width},
    operand::{BEFORE, ENDS, Mirrored, Operand},
};

/// The sums of four neighbouring columns, in each those of even and of odd j apart.
pub(crate) type Columns<L> = [L; 4];

/// Those of eight, which a pass makes. The last four columns get something more from the digits of the first.
pub(crate) type Eight<L> = [L; 8];

/// Adds the products of the pairs before `end` with what they meet in the columns from 2 · `first` on.
///
/// There the pair j meets the places `first` - j + 3 to `first` - j. `first`, `end` and both lengths are even.
#[inline(always)]
pub(crate) fn meet<L: Lanes>(sums: Eight<L>, left: &[L], right: &[Mirrored<L>], first: usize, end: usize) -> Eight<L> {
    let length = right.len().wrapping_sub(ENDS);
    let end = end.min(left.len());
    let (left, right) = match length.checked_sub(first) {
        Some(above) => (left.get(..end), right.get(above..)),
        None => (left.get(first.wrapping_sub(length)..end), Some(right)),
    };
    let (Some(left), Some(right)) = (left, right) else {
        return sums;
    };
    // Four pairs at a time, with eight places, of which the last is not met: each is read once. With more pairs, or with
    // the places in two slices, engines run out of registers.
    let (fours, two) = left.as_chunks::<4>();
    let (places, _) = right.as_chunks::<4>();
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = sums;
    for (&[p0, p1, p2, p3], places) in fours.iter().zip(places.windows(2)) {
        let [[q0, q1, q2, q3], [q4, q5, q6, _]] = places else { break };
        g = g.plus_product(p0, q0.even);
        g = g.plus_product(p1, q1.even);
        e = e.plus_product(p0, q1.even);
        g = g.plus_product(p2, q2.even);
        e = e.plus_product(p1, q2.even);
        c = c.plus_product(p0, q2.even);
        g = g.plus_product(p3, q3.even);
        e = e.plus_product(p2, q3.even);
        c = c.plus_product(p1, q3.even);
        a = a.plus_product(p0, q3.even);
        e = e.plus_product(p3, q4.even);
        c = c.plus_product(p2, q4.even);
        a = a.plus_product(p1, q4.even);
        c = c.plus_product(p3, q5.even);
        a = a.plus_product(p2, q5.even);
        a = a.plus_product(p3, q6.even);
        h = h.plus_product(p0, q0.odd);
        h = h.plus_product(p1, q1.odd);
        f = f.plus_product(p0, q1.odd);
        h = h.plus_product(p2, q2.odd);
        f = f.plus_product(p1, q2.odd);
        d = d.plus_product(p0, q2.odd);
        h = h.plus_product(p3, q3.odd);
        f = f.plus_product(p2, q3.odd);
        d = d.plus_product(p1, q3.odd);
        b = b.plus_product(p0, q3.odd);
        f = f.plus_product(p3, q4.odd);
        d = d.plus_product(p2, q4.odd);
        b = b.plus_product(p1, q4.odd);
        d = d.plus_product(p3, q5.odd);
        b = b.plus_product(p2, q5.odd);
        b = b.plus_product(p3, q6.odd);
    }
    let rest = right.get(fours.len().wrapping_mul(4)..).and_then(|places| places.first_chunk());
    if let (&[p0, p1, ..], Some([q0, q1, q2, q3, q4])) = (two, rest) {
        g = g.plus_product(p0, q0.even);
        h = h.plus_product(p0, q0.odd);
        e = e.plus_product(p0, q1.even);
        f = f.plus_product(p0, q1.odd);
        c = c.plus_product(p0, q2.even);
        d = d.plus_product(p0, q2.odd);
        a = a.plus_product(p0, q3.even);
        b = b.plus_product(p0, q3.odd);
        g = g.plus_product(p1, q1.even);
        h = h.plus_product(p1, q1.odd);
        e = e.plus_product(p1, q2.even);
        f = f.plus_product(p1, q2.odd);
        c = c.plus_product(p1, q3.even);
        d = d.plus_product(p1, q3.odd);
        a = a.plus_product(p1, q4.even);
        b = b.plus_product(p1, q4.odd);
    }
    [a, b, c, d, e, f, g, h]
}

/// Adds to the columns of a pass of a square, which are doubled after that, what they have besides the products of the
/// pairs before `end`: those of the pairs from there on with one another.
///
/// As the sum is doubled, the products of two different digits count once, in either order, and the square of a digit
/// counts half. With the digits x, y of the pair `end`, z, u and so on, these are xx/2; xy; xz + yy/2; xu + yz, and so
/// on. Halves are exact here: of sums that are twice as large and below 2^53.
#[inline(always)]
pub(crate) fn corner<L: Lanes>(sums: Eight<L>, Operand { pairs, mirrored }: &Operand<L>, end: usize) -> Eight<L> {
    let place = mirrored.len().checked_sub(end.wrapping_add(BEFORE + 4));
    let places = place.and_then(|place| mirrored.get(place..)).and_then(|places| places.first_chunk());
    let pairs = pairs.get(end..).and_then(|pairs| pairs.first_chunk());
    let (Some([q0, q1, q2, q3]), Some(&[p0, p1])) = (places, pairs) else {
        return sums;
    };
    // Of a pair x, y: (x/2, 0), (x, 0) and (x, y/2), for the three columns where its digits meet themselves.
    let weighted = |pair: L| {
        let half = pair.product(L::new(0.5, 0.5));
        let first = half.firsts(L::ZERO);
        [first, first.sum(first), half.sum(first)]
    };
    let [r0, s0, t0] = weighted(p0);
    let [r1, s1, t1] = weighted(p1);
    let [a, b, c, d, e, f, g, h] = sums;
    [
        a.plus_product(r0, q3.even),
        b.plus_product(s0, q3.odd),
        c.plus_product(t0, q2.even),
        d.plus_product(p0, q2.odd),
        e.plus_product(p0, q1.even).plus_product(r1, q2.even),
        f.plus_product(p0, q1.odd).plus_product(s1, q2.odd),
        g.plus_product(p0, q0.even).plus_product(t1, q1.even),
        h.plus_product(p0, q0.odd).plus_product(p1, q1.odd),
    ]
}

/// What goes from a block of columns to the next.
pub(crate) struct Carry<L> {
    width: Width,
    /// Of the first step and of the second, from the last two columns.
    first: L,
    second: L,
}

impl<L: Lanes> Carry<L> {
    pub(crate) fn new(width: Width) -> Self {
        Self { width, first: L::ZERO, second: L::ZERO }
    }

    /// The digits of four columns.
    #[inline(always)]
    pub(crate) fn digits(&mut self, [a, b, c, d]: Columns<L>) -> [L; 2] {
        [self.pair(a, b), self.pair(c, d)]
    }

    /// Even and odd part are taken apart before they are added: only so does the sum of a whole column, which
    /// can be above 2^53, never appear.
    #[inline(always)]
    fn pair(&mut self, a: L, b: L) -> L {
        let (even_low, even_high) = a.firsts(b).split(&self.width);
        let (odd_low, odd_high) = a.seconds(b).split(&self.width);
        let high = even_high.sum(odd_high);
        let (low, higher) = even_low.sum(odd_low).plus_carried(self.first.across(high), &self.width).split(&self.width);
        let digits = low.plus_carried(self.second.across(higher), &self.width);
        (self.first, self.second) = (high, higher);
        digits
    }
}
