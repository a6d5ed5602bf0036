//! Points of P-256, y² = x³ − 3x + b (SEC 2 section 2.4.2).
//!
//! A point that is not at infinity has four coordinates with x = X / ZZ, y = Y / ZZZ and ZZ³ = ZZZ²; formulas
//! of <https://hyperelliptic.org/EFD/g1p/auto-shortw-xyzz.html>, after N. Sutherland. ZZ is never zero: the
//! one formula that could make it so is not used where it would.

use alloc::vec::Vec;

use super::{
    super::{
        comb::{self, Group},
        word::{Word, lower_half},
    },
    field::Element,
    sums,
};

/// A point of the curve; `None` is the one at infinity.
#[derive(Clone, Copy)]
pub(super) struct Point(pub(super) Option<Coordinates>);

#[derive(Clone, Copy)]
pub(super) struct Coordinates<W = i64> {
    pub(super) x: Element<W>,
    pub(super) y: Element<W>,
    pub(super) zz: Element<W>,
    pub(super) zzz: Element<W>,
}

/// Both coordinates of a point that is not at infinity, in the limbs of [`Element`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) x: [i32; 9],
    pub(super) y: [i32; 9],
}

impl<W: Word> Coordinates<W> {
    /// How far the point (`x`, `y`) is from this one, times ZZ and ZZZ ("P" and "R" of madd-2008-s).
    #[inline(always)]
    pub(super) fn distance(&self, x: &Element<W>, y: &Element<W>) -> (Element<W>, Element<W>) {
        (x.times_minus(&self.zz, &self.x), y.times_minus(&self.zzz, &self.y))
    }

    /// The sum of this and a point at this distance that is neither the same nor the negative (madd-2008-s).
    #[inline(always)]
    pub(super) fn chord(&self, run: &Element<W>, rise: &Element<W>) -> Self {
        let run_squared = run.squared();
        let run_cubed = run.times(&run_squared);
        let q = self.x.times(&run_squared);
        let x = rise.squared_minus(&run_cubed.plus(&q).plus(&q));
        let y = rise.times_minus_product(&q.minus(&x), &self.y, &run_cubed);
        Self { x, y, zz: self.zz.times(&run_squared), zzz: self.zzz.times(&run_cubed) }
    }

    /// Twice the point (dbl-2008-s-1). The order of the curve is odd: y is not zero.
    #[inline(always)]
    pub(super) fn tangent(&self) -> Self {
        let u = self.y.plus(&self.y);
        let v = u.squared();
        let w = u.times(&v);
        let s = self.x.times(&v);
        // 3·X² − 3·ZZ²
        let m = self.x.minus(&self.zz).scaled(3).times(&self.x.plus(&self.zz));
        let x = m.squared_minus(&s.plus(&s));
        let y = m.times_minus_product(&s.minus(&x), &w, &self.y);
        Self { x, y, zz: v.times(&self.zz), zzz: w.times(&self.zzz) }
    }

    /// x and y, from the inverse of ZZZ. ZZ / ZZZ is the inverse of ZZ² / ZZZ, whose square is ZZ.
    pub(super) fn affine(&self, inverse: &Element<W>) -> [Element<W>; 2] {
        [self.x.times(&self.zz.times(inverse).squared()), self.y.times(inverse)]
    }
}

/// A point with x = X / Z² and y = Y / Z³. Doubling it costs two products less than [`Coordinates`].
pub(super) struct Jacobian<W> {
    pub(super) x: Element<W>,
    pub(super) y: Element<W>,
    pub(super) z: Element<W>,
}

impl<W: Word> Jacobian<W> {
    /// With Z = ZZZ, so that Z² = ZZ·ZZ² and Z³ = ZZZ·ZZZ².
    #[inline(always)]
    pub(super) fn of(point: &Coordinates<W>) -> Self {
        Self { x: point.x.times(&point.zz.squared()), y: point.y.times(&point.zzz.squared()), z: point.zzz }
    }

    #[inline(always)]
    pub(super) fn coordinates(&self) -> Coordinates<W> {
        let zz = self.z.squared();
        Coordinates { x: self.x, y: self.y, zz, zzz: zz.times(&self.z) }
    }

    /// Twice the point (dbl-2001-b of <https://hyperelliptic.org/EFD/g1p/auto-shortw-jacobian-3.html>, after
    /// D. J. Bernstein).
    #[inline(always)]
    pub(super) fn tangent(&self) -> Self {
        let delta = self.z.squared();
        let gamma = self.y.squared();
        let four_beta = self.x.scaled(4).times(&gamma);
        let alpha = self.x.minus(&delta).scaled(3).times(&self.x.plus(&delta));
        let x = alpha.squared_minus(&four_beta.scaled(2));
        let y = alpha.times_minus_product(&four_beta.minus(&x), &gamma.scaled(8), &gamma);
        let z = self.y.plus(&self.z).squared_minus(&gamma.plus(&delta));
        Self { x, y, z }
    }
}

/// Whether y² = x³ − 3x + b.
pub(super) fn is_on_curve(x: &Element, y: &Element) -> bool {
    difference(x, y, &Element::of_words(&B), &Element::ONE).is_zero()
}

impl Point {
    pub(super) fn of_affine(x: Element, y: Element) -> Self {
        Self(Some(Coordinates { x, y, zz: Element::ONE, zzz: Element::ONE }))
    }

    /// Whether x is this number below p, which is told without a division: whether x·ZZ is X.
    pub(super) fn has_x(&self, x: &[u32; 8]) -> bool {
        self.0.as_ref().is_some_and(|point| Element::of_words(x).times_minus(&point.zz, &point.x).is_zero())
    }

    fn sum(&self, x: &Element, y: &Element) -> Self {
        let Some(coordinates) = &self.0 else {
            return Self::of_affine(*x, *y);
        };
        let (run, rise) = coordinates.distance(x, y);
        if run.is_zero() {
            // The same x: the same point, or its negative.
            return if rise.is_zero() { self.doubled() } else { Self::identity() };
        }
        Self(Some(coordinates.chord(&run, &rise)))
    }
}

impl Group for Point {
    type Entry = Entry;

    fn identity() -> Self {
        Self(None)
    }

    /// One inversion for all (P. L. Montgomery, "Speeding the Pollard and Elliptic Curve Methods", 1987).
    ///
    /// Infinity has no entry, and gets (0, 0). No table has it: its multiples are by odd numbers below twice the order,
    /// none of which is the order.
    fn entries(points: &[Self]) -> Vec<Entry> {
        let mut product = Element::ONE;
        let mut products = Vec::with_capacity(points.len());
        for Coordinates { zzz, .. } in points.iter().filter_map(|point| point.0) {
            products.push(product);
            product = product.times(&zzz);
        }
        let mut inverse = product.inverse();
        let mut entries = Vec::with_capacity(points.len());
        for point in points.iter().rev() {
            entries.push(match &point.0 {
                Some(coordinates) => {
                    let before = products.pop().unwrap_or(Element::ONE);
                    let affine = coordinates.affine(&inverse.times(&before));
                    inverse = inverse.times(&coordinates.zzz);
                    Entry::of(&affine)
                }
                None => Entry { x: [0; 9], y: [0; 9] },
            });
        }
        entries.reverse();
        entries
    }

    fn doubled(&self) -> Self {
        Self(self.0.as_ref().map(Coordinates::tangent))
    }

    fn doubled_often(&self, times: u32) -> Self {
        Self(
            self.0.as_ref().map(|point| (0..times).fold(Jacobian::of(point), |point, _| point.tangent()).coordinates()),
        )
    }

    fn part(teeth: &[[Entry; 2]]) -> Vec<Entry> {
        sums::part(teeth).unwrap_or_else(|| comb::part::<Self>(teeth))
    }

    fn plus(&self, entry: &Entry) -> Self {
        let [x, y] = entry.coordinates();
        self.sum(&x, &y)
    }

    fn minus(&self, entry: &Entry) -> Self {
        let [x, y] = entry.coordinates();
        self.sum(&x, &y.negated())
    }
}

impl Entry {
    /// The limbs of a product are below 2^31.
    pub(super) fn of(coordinates: &[Element; 2]) -> Self {
        let [x, y] = coordinates.map(|each| each.0.map(|limb| lower_half(limb.cast_unsigned()).cast_signed()));
        Self { x, y }
    }

    #[inline(always)]
    pub(super) fn coordinates(&self) -> [Element; 2] {
        [self.x, self.y].map(|limbs| Element(limbs.map(i64::from)))
    }
}

/// y² − (x·(x² − 3) + b)
pub(super) fn difference<W: Word>(x: &Element<W>, y: &Element<W>, b: &Element<W>, one: &Element<W>) -> Element<W> {
    y.squared_minus(&x.times(&x.squared().minus(&one.scaled(3))).plus(b))
}

/// b, the least significant word first.
pub(super) const B: [u32; 8] =
    [0x27d2_604b, 0x3bce_3c3e, 0xcc53_b0f6, 0x651d_06b0, 0x7698_86bc, 0xb3eb_bd55, 0xaa3a_93e7, 0x5ac6_35d8];
