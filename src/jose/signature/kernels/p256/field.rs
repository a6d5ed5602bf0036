//! The field of P-256 (SEC 2 section 2.4.2): numbers modulo p = 2^256 − 2^224 + 2^192 + 2^96 − 1.
//!
//! Nine limbs of 29 bits with signs. An element stands for its number times R = 2^261 (P. L. Montgomery,
//! "Modular Multiplication Without Trial Division", 1985). Because p is −1 modulo 2^96, the digits of the
//! quotient are the lowest digits themselves, and a digit times p is four shifts.
//!
//! Sums and differences are not carried, products are: their limbs but the last are from −2^28 to 2^28 − 1,
//! and the number of no product is reduced below p. How many sums may meet in a product the tests of the
//! points prove.

use super::super::{
    inverse::Modulus,
    word::{Word, is_below, lower_half, regrouped},
};

/// A number modulo p, not in a unique form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<W = i64>(pub(super) [W; 9]);

#[expect(clippy::arithmetic_side_effects, reason = "the tests of the points run it over intervals")]
impl<W: Word> Element<W> {
    #[inline(always)]
    pub(super) fn plus(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    #[inline(always)]
    pub(super) fn minus(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a - b)
    }

    #[inline(always)]
    pub(super) fn scaled(&self, factor: i32) -> Self {
        Self(self.0.map(|limb| limb * W::from(factor)))
    }

    #[inline(always)]
    pub(super) fn negated(&self) -> Self {
        Self(self.0.map(|limb| -limb))
    }

    #[inline(never)]
    pub(super) fn times(&self, other: &Self) -> Self {
        reduced(products(&self.0, &other.0))
    }

    #[inline(never)]
    pub(super) fn squared(&self) -> Self {
        reduced(squares(&self.0))
    }

    /// self · `other` − `less`
    #[inline(never)]
    pub(super) fn times_minus(&self, other: &Self, less: &Self) -> Self {
        reduced(above(products(&self.0, &other.0), less))
    }

    /// self² − `less`
    #[inline(never)]
    pub(super) fn squared_minus(&self, less: &Self) -> Self {
        reduced(above(squares(&self.0), less))
    }

    /// self · `other` − `a` · `b`
    #[inline(never)]
    pub(super) fn times_minus_product(&self, other: &Self, a: &Self, b: &Self) -> Self {
        let (mut columns, less) = (products(&self.0, &other.0), products(&a.0, &b.0));
        for (column, less) in columns.iter_mut().zip(less) {
            *column = *column - less;
        }
        reduced(columns)
    }

    #[inline(always)]
    fn zip(&self, other: &Self, combine: impl Fn(W, W) -> W) -> Self {
        let mut limbs = self.0;
        for (limb, other) in limbs.iter_mut().zip(other.0) {
            *limb = combine(*limb, other);
        }
        Self(limbs)
    }
}

/// What a product is summed up in, before it is divided by R.
type Columns<W> = [W; 18];

#[expect(clippy::arithmetic_side_effects, reason = "the tests of the points run it over intervals")]
#[inline(always)]
fn products<W: Word>(a: &[W; 9], b: &[W; 9]) -> Columns<W> {
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8] = *a;
    let [b0, b1, b2, b3, b4, b5, b6, b7, b8] = *b;
    [
        a0 * b0,
        a0 * b1 + a1 * b0,
        a0 * b2 + a1 * b1 + a2 * b0,
        a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0,
        a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0,
        a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0,
        a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0,
        a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0,
        a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0,
        a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1,
        a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2,
        a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3,
        a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4,
        a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5,
        a6 * b8 + a7 * b7 + a8 * b6,
        a7 * b8 + a8 * b7,
        a8 * b8,
        W::from(0),
    ]
}

#[expect(clippy::arithmetic_side_effects, reason = "the tests of the points run it over intervals")]
#[inline(always)]
fn squares<W: Word>(a: &[W; 9]) -> Columns<W> {
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8] = *a;
    let [d0, d1, d2, d3, d4, d5, d6, d7, _] = a.map(|limb| limb + limb);
    [
        a0 * a0,
        d0 * a1,
        d0 * a2 + a1 * a1,
        d0 * a3 + d1 * a2,
        d0 * a4 + d1 * a3 + a2 * a2,
        d0 * a5 + d1 * a4 + d2 * a3,
        d0 * a6 + d1 * a5 + d2 * a4 + a3 * a3,
        d0 * a7 + d1 * a6 + d2 * a5 + d3 * a4,
        d0 * a8 + d1 * a7 + d2 * a6 + d3 * a5 + a4 * a4,
        d1 * a8 + d2 * a7 + d3 * a6 + d4 * a5,
        d2 * a8 + d3 * a7 + d4 * a6 + a5 * a5,
        d3 * a8 + d4 * a7 + d5 * a6,
        d4 * a8 + d5 * a7 + a6 * a6,
        d5 * a8 + d6 * a7,
        d6 * a8 + a7 * a7,
        d7 * a8,
        a8 * a8,
        W::from(0),
    ]
}

/// The columns less R times an element.
#[expect(clippy::arithmetic_side_effects, reason = "the tests of the points run it over intervals")]
#[inline(always)]
fn above<W: Word>(mut columns: Columns<W>, less: &Element<W>) -> Columns<W> {
    for (column, limb) in columns.iter_mut().skip(9).zip(less.0) {
        *column = *column - limb;
    }
    columns
}

/// The columns divided by R: a multiple of p below R·p is added that makes the lower half zero.
#[expect(clippy::arithmetic_side_effects, reason = "the tests of the points run it over intervals")]
#[inline(always)]
fn reduced<W: Word>(columns: Columns<W>) -> Element<W> {
    let [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17] = columns;
    let (q0, carry) = (c0.low(29), c0 >> 29);
    let c1 = c1 + carry;
    let (q1, carry) = (c1.low(29), c1 >> 29);
    let c2 = c2 + carry;
    let (q2, carry) = (c2.low(29), c2 >> 29);
    // 96 = 3 · 29 + 9
    let c3 = c3 + carry + (q0 << 9);
    let (q3, carry) = (c3.low(29), c3 >> 29);
    let c4 = c4 + carry + (q1 << 9);
    let (q4, carry) = (c4.low(29), c4 >> 29);
    let c5 = c5 + carry + (q2 << 9);
    let (q5, carry) = (c5.low(29), c5 >> 29);
    // 192 = 6 · 29 + 18
    let c6 = c6 + carry + (q3 << 9) + (q0 << 18);
    let (q6, carry) = (c6.low(29), c6 >> 29);
    // 224 = 7 · 29 + 21
    let c7 = c7 + carry + (q4 << 9) + (q1 << 18) - (q0 << 21);
    let (q7, carry) = (c7.low(29), c7 >> 29);
    // 256 = 8 · 29 + 24
    let c8 = c8 + carry + (q5 << 9) + (q2 << 18) - (q1 << 21) + (q0 << 24);
    let (q8, carry) = (c8.low(29), c8 >> 29);
    let (r0, carry) = digit(c9 + carry + (q6 << 9) + (q3 << 18) - (q2 << 21) + (q1 << 24));
    let (r1, carry) = digit(c10 + carry + (q7 << 9) + (q4 << 18) - (q3 << 21) + (q2 << 24));
    let (r2, carry) = digit(c11 + carry + (q8 << 9) + (q5 << 18) - (q4 << 21) + (q3 << 24));
    let (r3, carry) = digit(c12 + carry + (q6 << 18) - (q5 << 21) + (q4 << 24));
    let (r4, carry) = digit(c13 + carry + (q7 << 18) - (q6 << 21) + (q5 << 24));
    let (r5, carry) = digit(c14 + carry + (q8 << 18) - (q7 << 21) + (q6 << 24));
    let (r6, carry) = digit(c15 + carry - (q8 << 21) + (q7 << 24));
    let (r7, carry) = digit(c16 + carry + (q8 << 24));
    Element([r0, r1, r2, r3, r4, r5, r6, r7, c17 + carry])
}

/// A number as a digit from −2^28 to 2^28 − 1, and what is left, divided by 2^29.
#[expect(clippy::arithmetic_side_effects, reason = "the tests of the points run it over intervals")]
#[inline(always)]
fn digit<W: Word>(column: W) -> (W, W) {
    let half = W::from(1 << 28);
    let raised = column + half;
    (raised.low(29) - half, raised >> 29)
}

impl Element {
    pub(super) const ONE: Self = Self([0x20, 0, 0, -0x4000, 0, 0, -0x80_0000, 0x400_0000, 0]);

    /// Of a number below 2^256.
    pub(super) fn of_words(words: &[u32; 8]) -> Self {
        Self(regrouped(*words, 32, 29).map(i64::from)).times(&R_SQUARED)
    }

    /// The number, below p.
    pub(super) fn words(&self) -> [u32; 8] {
        // Divided by R, and with less than R·p added before, a number within ±16p is from 0 to p.
        let mut carry = 0_i64;
        let limbs = self.times(&Self([1, 0, 0, 0, 0, 0, 0, 0, 0])).0.map(|limb| {
            let limb = limb.wrapping_add(carry);
            carry = limb >> 29;
            lower_half(limb.low(29).cast_unsigned())
        });
        let words = regrouped(limbs, 29, 32);
        if is_below(&words, &PRIME) { words } else { [0; 8] }
    }

    /// Whether the number, within ±16p, is a multiple of p.
    #[inline(always)]
    pub(super) fn is_zero(&self) -> bool {
        // A multiple m·p is −m modulo 2^29.
        let [lowest, ..] = self.0;
        lowest.wrapping_add(16).low(29) <= 32 && self.words() == [0; 8]
    }

    /// 0 of 0.
    pub(super) fn inverse(&self) -> Self {
        Self::of_words(&MODULUS.inverse(&self.words()))
    }
}

/// p, the least significant word first.
pub(super) const PRIME: [u32; 8] =
    [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0x0000_0000, 0x0000_0000, 0x0000_0000, 0x0000_0001, 0xffff_ffff];

const MODULUS: Modulus = Modulus::new(PRIME);

/// R² modulo p.
pub(super) const R_SQUARED: Element = Element([
    0x0000_0c00,
    0x0000_0000,
    0x1fff_0000,
    0x1fdf_ffff,
    0x1fbf_ffff,
    0x1fff_ffff,
    0x1fff_ffff,
    0x1fff_fffe,
    0x0000_0013,
]);
