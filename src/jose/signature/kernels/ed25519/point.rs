//! Points of −x² + y² = 1 + d·x²·y² (RFC 8032 section 5.1).
//!
//! H. Hisil, K. K. Wong, G. Carter, E. Dawson, "Twisted Edwards Curves Revisited", ASIACRYPT 2008, sections 3.1,
//! 3.3 and 4.3. −1 is a square and d is not, so both formulas are right for all points, the neutral one and
//! equal ones too.

use alloc::vec::Vec;

use super::field::Element;
use crate::{comb::Group, word::Word};

/// x = e / g and y = h / f.
///
/// This is what a sum or a doubling comes to before its last multiplications. The extended coordinates are
/// X = e·f, Y = g·h, Z = f·g, T = e·h; the next operation makes those that it needs, and a doubling needs no T.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point<W> {
    pub(super) e: Element<W>,
    pub(super) f: Element<W>,
    pub(super) g: Element<W>,
    pub(super) h: Element<W>,
}

/// A point as tables hold it: (y + x) / 2, (y − x) / 2 and d·x·y, as digits of [`Element`].
///
/// The halves take the factor 2 out of the sum of points: of Z, and of d.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) sum: [i32; 9],
    pub(super) difference: [i32; 9],
    pub(super) product: [i32; 9],
}

impl<W: Word> Point<W> {
    /// The point at x and y.
    pub(super) fn at(x: Element<W>, y: Element<W>) -> Self {
        Self { e: x, f: Element::small(1), g: Element::small(1), h: y }
    }

    /// Section 3.3, with 2·x·y from (x − y)²: 3M for the coordinates, and 4S. The signs of f and h are opposite to the
    /// paper's.
    #[inline(never)]
    pub(super) fn twice(&self) -> Self {
        let (x, y, z) = (self.e.times(&self.f), self.g.times(&self.h), self.f.times(&self.g));
        let (xx, yy, zz) = (x.squared(), y.squared(), z.squared());
        let both = xx.plus(&yy);
        let g = yy.minus(&xx);
        let e = both.minus(&x.minus(&y).squared()).carried();
        Self { e, f: zz.plus(&zz).minus(&g).carried(), g, h: xx.plus_centred(&yy) }
    }

    /// Section 3.1, with a second point of Z = 1: 4M for the coordinates, and 3M. No product waits for the one just
    /// before it.
    ///
    /// The opposite point has sum and difference exchanged, and the opposite product, which exchanges f and g.
    #[inline(always)]
    pub(super) fn combined(&self, [sum, difference, product]: &[Element<W>; 3], opposite: bool) -> Self {
        let (sum, difference) = if opposite { (difference, sum) } else { (sum, difference) };
        let t = self.e.times(&self.h);
        let (x, y, z) = (self.e.times(&self.f), self.g.times(&self.h), self.f.times(&self.g));
        let c = t.times(product);
        let a = y.minus(&x).times(difference);
        let b = y.plus(&x).times(sum);
        let (less, more) = (z.minus(&c), z.plus_centred(&c));
        let (f, g) = if opposite { (more, less) } else { (less, more) };
        Self { e: b.minus(&a), f, g, h: b.plus_centred(&a) }
    }
}

impl Point<i64> {
    /// x and y.
    pub(super) fn coordinates(&self) -> (Element<i64>, Element<i64>) {
        let inverse = self.f.times(&self.g).inverse();
        (self.e.times(&self.f).times(&inverse), self.g.times(&self.h).times(&inverse))
    }
}

impl Group for Point<i64> {
    type Entry = Entry;

    fn identity() -> Self {
        Self::at(Element::small(0), Element::small(1))
    }

    /// P. L. Montgomery's trick: one inversion of the product of all denominators.
    fn entries(points: &[Self]) -> Vec<Entry> {
        let mut product = Element::small(1);
        let mut before = Vec::with_capacity(points.len());
        for point in points {
            let z = point.f.times(&point.g);
            before.push((product, z.plus(&z)));
            product = product.times(&z.plus(&z));
        }
        let mut inverse = product.inverse();
        let mut entries: Vec<Entry> = points
            .iter()
            .zip(before)
            .rev()
            .map(|(point, (before, double))| {
                let half = inverse.times(&before);
                inverse = inverse.times(&double);
                Entry::of_halves(&point.e.times(&point.f).times(&half), &point.g.times(&point.h).times(&half))
            })
            .collect();
        entries.reverse();
        entries
    }

    fn doubled(&self) -> Self {
        self.twice()
    }

    #[inline(never)]
    fn plus(&self, entry: &Entry) -> Self {
        self.combined(&entry.elements(), false)
    }

    #[inline(never)]
    fn minus(&self, entry: &Entry) -> Self {
        self.combined(&entry.elements(), true)
    }
}

impl Entry {
    #[inline(always)]
    fn elements(&self) -> [Element<i64>; 3] {
        let Self { sum, difference, product } = self;
        [Element::from_digits(sum), Element::from_digits(difference), Element::from_digits(product)]
    }

    /// The point at x and y.
    pub(super) fn at(x: &Element<i64>, y: &Element<i64>) -> Self {
        let half = Element::from_digits(&HALF);
        Self::of_halves(&x.times(&half), &y.times(&half))
    }

    /// The point whose coordinates are twice these.
    fn of_halves(x: &Element<i64>, y: &Element<i64>) -> Self {
        Self {
            sum: y.plus(x).small_digits(),
            difference: y.minus(x).small_digits(),
            product: x.times(y).times(&Element::from_digits(&FOUR_D)).small_digits(),
        }
    }
}

/// Four times d = −121665 / 121666.
pub(super) const FOUR_D: [i32; 9] =
    [224_780_997, -43_402_942, 30_976_886, 5_401_098, -98_172_900, 15_920_884, 121_162_868, -149_571_585, -3_666_508];

/// 1 / 2, which is (1 − p) / 2 = 10 − 2^254.
pub(super) const HALF: [i32; 9] = [10, 0, 0, 0, 0, 0, 0, 0, -0x40_0000];
