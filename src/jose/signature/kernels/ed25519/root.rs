//! The x that belongs to a y (RFC 8032 section 5.1.3).

use super::field::Element;
use crate::word::Word;

/// A square root of u / v = (y² − 1) / (d·y² + 1), or none when that is no square.
pub(super) fn x_of(y: &Element<i64>) -> Option<Element<i64>> {
    let Candidate { root, reached, u } = candidate(y);
    if reached.minus(&u).is_zero() {
        Some(root)
    } else if reached.plus(&u).is_zero() {
        Some(root.times(&Element::from_digits(&ROOT_OF_MINUS_ONE)))
    } else {
        None
    }
}

/// A number whose square is u / v up to a fourth root of 1, if u / v is a square.
pub(super) struct Candidate<W> {
    root: Element<W>,
    /// v times the square of the root.
    pub(super) reached: Element<W>,
    pub(super) u: Element<W>,
}

/// u·v³·(u·v⁷)^((p − 5) / 8), because p is 5 modulo 8. v is never 0: −1 / d is no square.
pub(super) fn candidate<W: Word>(y: &Element<W>) -> Candidate<W> {
    let yy = y.squared();
    let u = yy.minus(&Element::small(1));
    let v = yy.times(&Element::from_digits(&D)).plus(&Element::small(1));
    let vvv = v.squared().times(&v);
    let uvvv = u.times(&vvv);
    let root = uvvv.times(&to_the_exponent(&uvvv.times(&vvv).times(&v)));
    Candidate { root, reached: root.squared().times(&v), u }
}

/// To the power (p − 5) / 8 = 2^252 − 3, in 251 squarings and 11 products. The names say how many ones the
/// exponent has in binary.
fn to_the_exponent<W: Word>(value: &Element<W>) -> Element<W> {
    let two = value.squared().times(value);
    let four = two.squared_times(2).times(&two);
    let five = four.squared().times(value);
    let ten = five.squared_times(5).times(&five);
    let twenty = ten.squared_times(10).times(&ten);
    let forty = twenty.squared_times(20).times(&twenty);
    let fifty = forty.squared_times(10).times(&ten);
    let hundred = fifty.squared_times(50).times(&fifty);
    let two_hundred = hundred.squared_times(100).times(&hundred);
    let two_hundred_fifty = two_hundred.squared_times(50).times(&fifty);
    two_hundred_fifty.squared_times(2).times(value)
}

/// −121665 / 121666.
pub(super) const D: [i32; 9] =
    [-212_240_202, 257_584_721, -260_691_235, 1_350_275, -24_543_225, 3_980_221, -103_927_011, -37_392_896, -3_013_779];

/// 2^((p − 1) / 4).
pub(super) const ROOT_OF_MINUS_ONE: [i32; 9] =
    [168_730_800, 124_836_154, 200_875_569, 103_812_442, -42_306_828, 5_021_438, -64_180_940, -267_782_084, 2_851_621];
