//! Points of a curve.
//!
//! A point that is not at infinity has four coordinates with x = X / ZZ, y = Y / ZZZ and ZZ³ = ZZZ²; formulas of
//! <https://hyperelliptic.org/EFD/g1p/auto-shortw-xyzz.html>, after N. Sutherland. ZZ is never zero: the one formula
//! that could make it so is not used where it would.

use alloc::{vec, vec::Vec};

use super::{
    curve::{Coefficient, Curve},
    modulus::{Number, ONE, ZERO, number_of_bytes, number_of_words},
};

/// A point of the curve that it is used with; `None` is the one at infinity.
#[derive(Clone)]
pub(super) struct Point(Option<Coordinates>);

/// Each times R.
#[derive(Clone)]
struct Coordinates {
    x: Number,
    y: Number,
    zz: Number,
    zzz: Number,
}

impl Point {
    pub(super) const INFINITY: Self = Self(None);

    /// `x` and `y` times R.
    #[inline(never)]
    pub(super) fn of_affine(curve: &Curve, x: Number, y: Number) -> Self {
        let one = curve.field.scaled(&ONE);
        Self(Some(Coordinates { x, y, zz: one, zzz: one }))
    }

    /// Whether x is this number below p, which is told without a division: whether x·ZZ is X.
    #[inline(never)]
    pub(super) fn has_x(&self, curve: &Curve, x: &Number) -> bool {
        let field = &curve.field;
        self.0.as_ref().is_some_and(|point| field.product(&field.scaled(x), &point.zz) == point.x)
    }

    #[inline(never)]
    pub(super) fn doubled(&self, curve: &Curve) -> Self {
        Self(self.0.as_ref().map(|point| point.tangent(curve)))
    }

    /// The sum with an entry, or with its negative.
    pub(super) fn plus(&self, curve: &Curve, entry: &[u32], negative: bool) -> Self {
        let field = &curve.field;
        let (x, y) = entry.split_at(field.length().min(entry.len()));
        let [x, mut y] = [x, y].map(number_of_words);
        if negative {
            y = field.difference(&ZERO, &y);
        }
        let Some(point) = &self.0 else {
            return Self::of_affine(curve, x, y);
        };
        // "P" and "R" of madd-2008-s.
        let run = field.difference(&field.product(&x, &point.zz), &point.x);
        let rise = field.difference(&field.product(&y, &point.zzz), &point.y);
        if run == ZERO {
            // The same x: the same point, or its negative.
            return if rise == ZERO { self.doubled(curve) } else { Self::INFINITY };
        }
        Self(Some(point.chord(curve, &run, &rise)))
    }

    /// As tables hold them: x·R and y·R, each in the words that the field has. One inversion for all
    /// (P. L. Montgomery, "Speeding the Pollard and Elliptic Curve Methods", 1987).
    ///
    /// Infinity has no entry, and gets (0, 0). No table has it: its multiples are by odd numbers below the
    /// order, which is a prime.
    pub(super) fn entries(curve: &Curve, points: &[Self]) -> Vec<u32> {
        let field = &curve.field;
        let mut product = field.scaled(&ONE);
        let mut products = Vec::with_capacity(points.len());
        for Coordinates { zzz, .. } in points.iter().filter_map(|point| point.0.as_ref()) {
            products.push(product);
            product = field.product(zzz, &product);
        }
        // What is inverted has R as a factor: the inverse needs it twice.
        let mut inverse = field.scaled(&field.scaled(&field.inverse(&product)));
        let mut entries = vec![0; points.len().wrapping_mul(curve.entry_words())];
        for (entry, point) in entries.rchunks_exact_mut(curve.entry_words()).zip(points.iter().rev()) {
            let Some(point) = &point.0 else { continue };
            let before = products.pop().unwrap_or(ZERO);
            let [x, y] = point.affine(curve, &field.product(&inverse, &before));
            inverse = field.product(&inverse, &point.zzz);
            let words = x.iter().take(field.length()).chain(&y);
            entry.iter_mut().zip(words).for_each(|(place, word)| *place = *word);
        }
        entries
    }
}

impl Coordinates {
    /// The sum of this and a point that is neither the same nor the negative, at the distance `run` times ZZ in x
    /// and `rise` times ZZZ in y (madd-2008-s).
    fn chord(&self, curve: &Curve, run: &Number, rise: &Number) -> Self {
        let field = &curve.field;
        let run_squared = field.product(run, run);
        let run_cubed = field.product(run, &run_squared);
        let q = field.product(&self.x, &run_squared);
        let x = field.difference(&field.product(rise, rise), &field.sum(&run_cubed, &field.sum(&q, &q)));
        let y = field.product(rise, &field.difference(&q, &x));
        let y = field.difference(&y, &field.product(&self.y, &run_cubed));
        Self { x, y, zz: field.product(&self.zz, &run_squared), zzz: field.product(&self.zzz, &run_cubed) }
    }

    /// Twice the point (dbl-2008-s-1). The order of the curve is odd: y is not zero.
    fn tangent(&self, curve: &Curve) -> Self {
        let field = &curve.field;
        let u = field.sum(&self.y, &self.y);
        let v = field.product(&u, &u);
        let w = field.product(&u, &v);
        let s = field.product(&self.x, &v);
        // X² + a/3·ZZ²
        let third = match curve.a {
            Coefficient::MinusThree => {
                field.product(&field.difference(&self.x, &self.zz), &field.sum(&self.x, &self.zz))
            }
            Coefficient::Zero => field.product(&self.x, &self.x),
        };
        let m = field.sum(&third, &field.sum(&third, &third));
        let x = field.difference(&field.product(&m, &m), &field.sum(&s, &s));
        let y = field.difference(&field.product(&m, &field.difference(&s, &x)), &field.product(&w, &self.y));
        Self { x, y, zz: field.product(&v, &self.zz), zzz: field.product(&w, &self.zzz) }
    }

    /// x and y, from the inverse of ZZZ. ZZ / ZZZ is the inverse of ZZ² / ZZZ, whose square is ZZ.
    fn affine(&self, curve: &Curve, inverse: &Number) -> [Number; 2] {
        let field = &curve.field;
        let root = field.product(&self.zz, inverse);
        [field.product(&self.x, &field.product(&root, &root)), field.product(&self.y, inverse)]
    }
}

/// x·R and y·R of the point with these coordinates, the most significant byte first, in their one encoding (SEC 1
/// section 3.2.2.1).
pub(super) fn on_curve(curve: &Curve, x: &[u8], y: &[u8]) -> Option<[Number; 2]> {
    let field = &curve.field;
    if x.len() != curve.bytes() || y.len() != curve.bytes() {
        return None;
    }
    let [x, y] = [x, y].map(number_of_bytes);
    if !field.exceeds(&x) || !field.exceeds(&y) {
        return None;
    }
    let [x, y] = [x, y].map(|number| field.scaled(&number));
    let square = field.product(&x, &x);
    let factor = match curve.a {
        Coefficient::MinusThree => {
            let one = field.scaled(&ONE);
            field.difference(&square, &field.sum(&one, &field.sum(&one, &one)))
        }
        Coefficient::Zero => square,
    };
    let right = field.sum(&field.product(&x, &factor), &curve.b);
    (field.product(&y, &y) == right).then_some([x, y])
}
