//! Numbers as digits of some bits each, the lowest first: from bytes, to bytes, and with digits of either sign.

use alloc::{vec, vec::Vec};

use super::lanes::Lanes;

/// The bytes of a number, the highest first, as `count` digits from 0 on.
pub(crate) fn from_bytes(bytes: &[u8], bits: u32, count: usize) -> Vec<i64> {
    let mut digits = Vec::with_capacity(count.wrapping_add(2));
    let (mut held, mut number) = (0_i64, 0_u32);
    for two in bytes.rchunks(2) {
        held |= two.iter().fold(0_i64, |word, byte| word.wrapping_shl(8) | i64::from(*byte)).wrapping_shl(number);
        number = number.wrapping_add(16);
        while number >= bits {
            digits.push(held & mask(bits));
            held = held.wrapping_shr(bits);
            number = number.wrapping_sub(bits);
        }
    }
    digits.push(held);
    digits.resize(count, 0);
    digits
}

/// The `count` lowest bytes of a number of digits from 0 on, the highest first.
pub(crate) fn to_bytes(digits: &[i64], bits: u32, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count.next_multiple_of(2)];
    let mut digits = digits.iter();
    let (mut held, mut number) = (0_i64, 0_u32);
    for two in bytes.rchunks_exact_mut(2) {
        while number < 16 {
            held |= digits.next().copied().unwrap_or(0).wrapping_shl(number);
            number = number.wrapping_add(bits);
        }
        let [a, b, ..] = held.to_le_bytes();
        two.copy_from_slice(&[b, a]);
        held = held.wrapping_shr(16);
        number = number.wrapping_sub(16);
    }
    bytes.drain(..bytes.len().wrapping_sub(count));
    bytes
}

/// Brings digits into 0 .. 2^bits. What is above the last one is given back: negative if the number is.
pub(crate) fn carry(digits: &mut [i64], bits: u32) -> i64 {
    digits.iter_mut().fold(0, |carry, digit| {
        let sum = digit.wrapping_add(carry);
        *digit = sum & mask(bits);
        sum.wrapping_shr(bits)
    })
}

/// An even number of digits from -2^(bits - 1) on, in pairs. The last digit takes what is above it.
pub(crate) fn balanced<L: Lanes>(digits: &[i64], bits: u32) -> impl Iterator<Item = L> {
    let half = 1_i64.wrapping_shl(bits.wrapping_sub(1));
    let last = digits.len().wrapping_div(2).wrapping_sub(1);
    let mut carry = 0_i64;
    digits.chunks_exact(2).enumerate().map(move |(position, pair)| {
        let (first, second) = if let [first, second] = pair { (*first, *second) } else { (0, 0) };
        let first = first.wrapping_add(carry);
        let up = first.wrapping_add(half).wrapping_shr(bits);
        let second = second.wrapping_add(up);
        carry = if position == last { 0 } else { second.wrapping_add(half).wrapping_shr(bits) };
        L::new(float(first.wrapping_sub(up.wrapping_shl(bits))), float(second.wrapping_sub(carry.wrapping_shl(bits))))
    })
}

/// The digits of pairs.
pub(crate) fn of_pairs<L: Lanes>(pairs: impl Iterator<Item = L>) -> Vec<i64> {
    pairs.flat_map(Lanes::lanes).map(integer).collect()
}

/// All ones of a digit.
pub(crate) fn mask(bits: u32) -> i64 {
    1_i64.wrapping_shl(bits).wrapping_sub(1)
}

/// Exact up to 2^53.
#[expect(clippy::as_conversions, reason = "there is no other conversion from i64")]
pub(crate) fn float(integer: i64) -> f64 {
    integer as f64
}

/// Exact for integers up to 2^53.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "there is no other conversion to i64")]
pub(crate) fn integer(float: f64) -> i64 {
    float as i64
}
