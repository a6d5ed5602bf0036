//! Numbers modulo p = 2^255 − 19 (RFC 8032 section 5.1): nine signed digits of 29 bits.
//!
//! D. J. Bernstein, "Curve25519: new Diffie-Hellman speed records", PKC 2006, section 4, has the idea: digits
//! that are smaller than a machine word, signed, and not carried before they must be. Nine digits hold 261 bits,
//! and 2^261 = 2^6 · 2^255 is 64 · 19 = 1216 modulo p: that is what a digit beyond the ninth is worth.

#![expect(clippy::arithmetic_side_effects, reason = "the tests run each chain over intervals: nothing overflows")]

use crate::word::Word;

/// The sum of digit i times 2^(29 i). Three kinds of values occur, told apart by their bounds alone:
///
/// - *tight*: products, squares, carried values. Digits from 0 to 2^29 − 1, the second a little below and above.
/// - *centred*: differences of two tight values and centred sums. Digits between −2^29 and 2^29, and a little more.
/// - sums of two tight values.
///
/// A product takes two centred values, or a sum and a tight value; a square takes a centred value. Tight values
/// are centred ones too.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<W>(pub(super) [W; 9]);

impl<W: Word> Element<W> {
    pub(super) fn small(value: i32) -> Self {
        let zero = W::from(0);
        Self([W::from(value), zero, zero, zero, zero, zero, zero, zero, zero])
    }

    #[inline(always)]
    pub(super) fn from_digits(digits: &[i32; 9]) -> Self {
        Self(digits.map(W::from))
    }

    #[inline(always)]
    pub(super) fn plus(&self, other: &Self) -> Self {
        let [a0, a1, a2, a3, a4, a5, a6, a7, a8] = self.0;
        let [b0, b1, b2, b3, b4, b5, b6, b7, b8] = other.0;
        Self([a0 + b0, a1 + b1, a2 + b2, a3 + b3, a4 + b4, a5 + b5, a6 + b6, a7 + b7, a8 + b8])
    }

    /// The sum less 64·p, which centres the digits of two tight values: its digits are 2^29 − 1216 and eight times
    /// 2^29 − 1.
    #[inline(always)]
    pub(super) fn plus_centred(&self, other: &Self) -> Self {
        let [a0, a1, a2, a3, a4, a5, a6, a7, a8] = self.0;
        let [b0, b1, b2, b3, b4, b5, b6, b7, b8] = other.0;
        let most = W::from((1 << BITS) - 1);
        let least = W::from((1 << BITS) - BEYOND);
        Self([
            a0 + b0 - least,
            a1 + b1 - most,
            a2 + b2 - most,
            a3 + b3 - most,
            a4 + b4 - most,
            a5 + b5 - most,
            a6 + b6 - most,
            a7 + b7 - most,
            a8 + b8 - most,
        ])
    }

    #[inline(always)]
    pub(super) fn minus(&self, other: &Self) -> Self {
        let [a0, a1, a2, a3, a4, a5, a6, a7, a8] = self.0;
        let [b0, b1, b2, b3, b4, b5, b6, b7, b8] = other.0;
        Self([a0 - b0, a1 - b1, a2 - b2, a3 - b3, a4 - b4, a5 - b5, a6 - b6, a7 - b7, a8 - b8])
    }

    #[inline(always)]
    pub(super) fn negated(&self) -> Self {
        Self(self.0.map(|digit| -digit))
    }

    /// The value with tight digits.
    pub(super) fn carried(&self) -> Self {
        carried(self.0)
    }

    #[inline(never)]
    pub(super) fn times(&self, other: &Self) -> Self {
        product(self.0, other.0)
    }

    #[inline(never)]
    pub(super) fn squared(&self) -> Self {
        square(self.0)
    }

    /// Squared `count` times. In one function, because a call takes as long as a squaring.
    #[inline(never)]
    pub(super) fn squared_times(&self, count: u32) -> Self {
        (0..count).fold(*self, |value, _| square(value.0))
    }

    /// The digits of the number below p: none negative, each below 2^29, the last below 2^23.
    pub(super) fn canonical(&self) -> [W; 9] {
        // Between −2^264 and 2^264 at first, after one round between −2^14 and 2^255 + 2^14, after two between 0
        // and 2^255 − 1. The third carries.
        let digits = wrapped(wrapped(wrapped(self.0)));
        // Above or equal to p = 2^255 − 19 exactly when adding 19 reaches 2^255.
        let [d0, d1, d2, d3, d4, d5, d6, d7, d8] = digits;
        let nineteen = W::from(19);
        let [.., reached] = chained([d0 + nineteen, d1, d2, d3, d4, d5, d6, d7, d8]);
        let [d0, d1, d2, d3, d4, d5, d6, d7, d8] =
            chained([d0 + nineteen * (reached >> TOP_BITS), d1, d2, d3, d4, d5, d6, d7, d8]);
        [d0, d1, d2, d3, d4, d5, d6, d7, d8.low(TOP_BITS)]
    }
}

/// The product, column by column, of blocks of three digits: A. Karatsuba and Y. Ofman, "Multiplication of
/// Multidigit Numbers on Automata", 1962. a·b' + a'·b is a·b + a'·b' − (a − a')·(b − b'), so that six products
/// of blocks, 54 of digits, make up for nine, 81 of digits.
#[inline(always)]
fn product<W: Word>(a: [W; 9], b: [W; 9]) -> Element<W> {
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8] = a;
    let [b0, b1, b2, b3, b4, b5, b6, b7, b8] = b;
    let (la, ma, ha) = ([a0, a1, a2], [a3, a4, a5], [a6, a7, a8]);
    let (lb, mb, hb) = ([b0, b1, b2], [b3, b4, b5], [b6, b7, b8]);
    let low = block(la, lb);
    let middle = block(ma, mb);
    let high = block(ha, hb);
    let lower = sum(low, middle);
    let upper = sum(middle, high);
    let all = sum(lower, high);
    let [c0, c1, c2, p3, p4] = low;
    let [q3, q4, q5, q6, q7] = less_block(lower, difference(la, ma), difference(lb, mb));
    let [r6, r7, r8, r9, r10] = less_block(all, difference(la, ha), difference(lb, hb));
    let [s9, s10, s11, s12, s13] = less_block(upper, difference(ma, ha), difference(mb, hb));
    let [t12, t13, t14, t15, t16] = high;
    let [h0, h1, h2, h3, h4, h5, h6, h7, h8] = folded([s9 + r9, s10 + r10, s11, s12 + t12, s13 + t13, t14, t15, t16]);
    carried([h0 + c0, h1 + c1, h2 + c2, h3 + p3 + q3, h4 + p4 + q4, h5 + q5, h6 + q6 + r6, h7 + q7 + r7, h8 + r8])
}

#[inline(always)]
fn block<W: Word>([a0, a1, a2]: [W; 3], [b0, b1, b2]: [W; 3]) -> [W; 5] {
    [a0 * b0, a0 * b1 + a1 * b0, a0 * b2 + a1 * b1 + a2 * b0, a1 * b2 + a2 * b1, a2 * b2]
}

#[inline(always)]
fn less_block<W: Word>([c0, c1, c2, c3, c4]: [W; 5], [a0, a1, a2]: [W; 3], [b0, b1, b2]: [W; 3]) -> [W; 5] {
    [c0 - a0 * b0, c1 - a0 * b1 - a1 * b0, c2 - a0 * b2 - a1 * b1 - a2 * b0, c3 - a1 * b2 - a2 * b1, c4 - a2 * b2]
}

#[inline(always)]
fn sum<W: Word>([a0, a1, a2, a3, a4]: [W; 5], [b0, b1, b2, b3, b4]: [W; 5]) -> [W; 5] {
    [a0 + b0, a1 + b1, a2 + b2, a3 + b3, a4 + b4]
}

#[inline(always)]
fn difference<W: Word>([a0, a1, a2]: [W; 3], [b0, b1, b2]: [W; 3]) -> [W; 3] {
    [a0 - b0, a1 - b1, a2 - b2]
}

/// The product of a number and itself, in which each product of two different digits occurs twice.
#[inline(always)]
fn square<W: Word>(a: [W; 9]) -> Element<W> {
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8] = a;
    let [d0, d1, d2, d3, d4, d5, d6, d7] = [a0 + a0, a1 + a1, a2 + a2, a3 + a3, a4 + a4, a5 + a5, a6 + a6, a7 + a7];
    let high = folded([
        d1 * a8 + d2 * a7 + d3 * a6 + d4 * a5,
        d2 * a8 + d3 * a7 + d4 * a6 + a5 * a5,
        d3 * a8 + d4 * a7 + d5 * a6,
        d4 * a8 + d5 * a7 + a6 * a6,
        d5 * a8 + d6 * a7,
        d6 * a8 + a7 * a7,
        d7 * a8,
        a8 * a8,
    ]);
    let [h0, h1, h2, h3, h4, h5, h6, h7, h8] = high;
    carried([
        h0 + a0 * a0,
        h1 + d0 * a1,
        h2 + d0 * a2 + a1 * a1,
        h3 + d0 * a3 + d1 * a2,
        h4 + d0 * a4 + d1 * a3 + a2 * a2,
        h5 + d0 * a5 + d1 * a4 + d2 * a3,
        h6 + d0 * a6 + d1 * a5 + d2 * a4 + a3 * a3,
        h7 + d0 * a7 + d1 * a6 + d2 * a5 + d3 * a4,
        h8 + d0 * a8 + d1 * a7 + d2 * a6 + d3 * a5 + a4 * a4,
    ])
}

/// The columns nine to sixteen of a product, each 2^261 = 1216 times the column nine places below. A column has
/// 63 bits: its upper part moves to the next place first.
#[inline(always)]
fn folded<W: Word>(columns: [W; 8]) -> [W; 9] {
    let [c0, c1, c2, c3, c4, c5, c6, c7] = columns;
    let beyond = W::from(BEYOND);
    [
        c0.low(BITS) * beyond,
        (c1.low(BITS) + (c0 >> BITS)) * beyond,
        (c2.low(BITS) + (c1 >> BITS)) * beyond,
        (c3.low(BITS) + (c2 >> BITS)) * beyond,
        (c4.low(BITS) + (c3 >> BITS)) * beyond,
        (c5.low(BITS) + (c4 >> BITS)) * beyond,
        (c6.low(BITS) + (c5 >> BITS)) * beyond,
        (c7.low(BITS) + (c6 >> BITS)) * beyond,
        (c7 >> BITS) * beyond,
    ]
}

/// The same number with tight digits, from columns of up to 63 bits.
#[inline(always)]
fn carried<W: Word>(columns: [W; 9]) -> Element<W> {
    let [c0, c1, c2, c3, c4, c5, c6, c7, c8] = columns;
    let c1 = c1 + (c0 >> BITS);
    let c2 = c2 + (c1 >> BITS);
    let c3 = c3 + (c2 >> BITS);
    let c4 = c4 + (c3 >> BITS);
    let c5 = c5 + (c4 >> BITS);
    let c6 = c6 + (c5 >> BITS);
    let c7 = c7 + (c6 >> BITS);
    let c8 = c8 + (c7 >> BITS);
    // At most 2^34 · 1216: one more step, and no second round.
    let c0 = c0.low(BITS) + (c8 >> BITS) * W::from(BEYOND);
    Element([
        c0.low(BITS),
        c1.low(BITS) + (c0 >> BITS),
        c2.low(BITS),
        c3.low(BITS),
        c4.low(BITS),
        c5.low(BITS),
        c6.low(BITS),
        c7.low(BITS),
        c8.low(BITS),
    ])
}

/// The same number with digits that are not negative, except for the last, which takes all that is left.
fn chained<W: Word>(digits: [W; 9]) -> [W; 9] {
    let [d0, d1, d2, d3, d4, d5, d6, d7, d8] = digits;
    let d1 = d1 + (d0 >> BITS);
    let d2 = d2 + (d1 >> BITS);
    let d3 = d3 + (d2 >> BITS);
    let d4 = d4 + (d3 >> BITS);
    let d5 = d5 + (d4 >> BITS);
    let d6 = d6 + (d5 >> BITS);
    let d7 = d7 + (d6 >> BITS);
    let d8 = d8 + (d7 >> BITS);
    [d0.low(BITS), d1.low(BITS), d2.low(BITS), d3.low(BITS), d4.low(BITS), d5.low(BITS), d6.low(BITS), d7.low(BITS), d8]
}

/// Modulo p, with what is above 2^255 brought down as 19 times its quotient.
fn wrapped<W: Word>(digits: [W; 9]) -> [W; 9] {
    let [d0, d1, d2, d3, d4, d5, d6, d7, d8] = chained(digits);
    [d0 + W::from(19) * (d8 >> TOP_BITS), d1, d2, d3, d4, d5, d6, d7, d8.low(TOP_BITS)]
}

/// The bits of a digit.
pub(super) const BITS: u32 = 29;

/// The bits of the ninth digit that are below 2^255.
const TOP_BITS: u32 = 23;

/// 2^261 modulo p.
const BEYOND: i32 = 1216;
