//! Numbers and points as bytes (RFC 8032 sections 5.1.2 and 5.1.3), and what needs a number in its one form.

use core::array;

use super::{
    field::{BITS, Element},
    point::Point,
    root::x_of,
};
use crate::{
    inverse::Modulus,
    word::{lower_half, regrouped},
};

impl Element<i64> {
    /// The number that the low 255 bits are, below p or not.
    fn from_words(words: [u32; 8]) -> Self {
        let mut digits: [u32; 9] = regrouped(words, 32, BITS);
        let [.., last] = &mut digits;
        // Of 24 bits, the highest is the 256th.
        *last &= 0x7f_ffff;
        Self(digits.map(i64::from)).carried()
    }

    /// The number below p.
    fn to_words(self) -> [u32; 8] {
        regrouped(self.canonical().map(|digit| lower_half(digit.cast_unsigned())), BITS, 32)
    }

    /// As [`words`] reads them.
    pub(super) fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self::from_words(words(bytes))
    }

    /// The number below p, the least significant byte first.
    pub(super) fn to_bytes(self) -> [u8; 32] {
        bytes(self.to_words())
    }

    /// 0 of 0.
    pub(super) fn inverse(&self) -> Self {
        Self::from_words(PRIME.inverse(&self.to_words()))
    }

    /// Whether the number below p is odd, which RFC 8032 section 5.1.2 calls the sign of x.
    pub(super) fn is_odd(&self) -> bool {
        let [lowest, ..] = self.canonical();
        lowest & 1 == 1
    }

    pub(super) fn is_zero(&self) -> bool {
        self.canonical() == [0; 9]
    }

    /// As tables hold it: tight digits fit.
    pub(super) fn small_digits(&self) -> [i32; 9] {
        // No digit saturates: a tight one is below 2^30.
        self.carried().0.map(|digit| i32::try_from(digit).unwrap_or(i32::MAX))
    }
}

/// The x and y of a point (section 5.1.3), with two liberties that `ed25519-dalek` takes: y need not be below p,
/// and x = 0 may have either sign.
pub(super) fn decoded(encoded: &[u8; 32]) -> Option<(Element<i64>, Element<i64>)> {
    let y = Element::from_bytes(encoded);
    let x = x_of(&y)?;
    let [.., last] = encoded;
    let x = if x.is_odd() == (last & SIGN != 0) { x } else { x.negated() };
    Some((x, y))
}

/// Section 5.1.2.
pub(super) fn encoded(point: &Point<i64>) -> [u8; 32] {
    let (x, y) = point.coordinates();
    let mut encoded = y.to_bytes();
    let [.., last] = &mut encoded;
    *last |= if x.is_odd() { SIGN } else { 0 };
    encoded
}

/// Whether eight times the point is the neutral one: such a point has one of five y.
///
/// `encoded` has its y below p.
pub(super) fn has_small_order(encoded: &[u8; 32]) -> bool {
    let mut y = *encoded;
    let [.., last] = &mut y;
    *last &= !SIGN;
    SMALL_ORDER.contains(&y)
}

/// The least significant byte first, as RFC 8032 section 5.1.2 has all numbers.
pub(super) fn words(bytes: &[u8; 32]) -> [u32; 8] {
    let mut words = bytes.as_chunks().0.iter().map(|chunk| u32::from_le_bytes(*chunk));
    array::from_fn(|_| words.next().unwrap_or(0))
}

fn bytes(words: [u32; 8]) -> [u8; 32] {
    let mut bytes = words.into_iter().flat_map(u32::to_le_bytes);
    array::from_fn(|_| bytes.next().unwrap_or(0))
}

/// p = 2^255 − 19, the least significant word first.
const PRIME: Modulus = Modulus::new([
    0xffff_ffed,
    0xffff_ffff,
    0xffff_ffff,
    0xffff_ffff,
    0xffff_ffff,
    0xffff_ffff,
    0xffff_ffff,
    0x7fff_ffff,
]);

/// The bit of an encoded point's last byte that is the lowest bit of x.
const SIGN: u8 = 0x80;

/// The y of the points of order 4, 1, 2, 8 and 8: 0, 1, −1, and the two solutions of d·y⁴ + 2·y² = 1.
pub(super) const SMALL_ORDER: [[u8; 32]; 5] = [
    [
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    ],
    [
        0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    ],
    [
        0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
    ],
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf,
        0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20,
        0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
];
