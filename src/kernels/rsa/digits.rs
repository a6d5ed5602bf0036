//! Numbers as digits of some bits each, the lowest first: from bytes, to bytes, and with digits of either sign.

use alloc::vec::Vec;

use super::lanes::{Lanes, Pair, lanes};

/// The bytes of a number, the highest first, as `count` digits from 0 on.
pub(crate) fn from_bytes(bytes: &[u8], bits: u32, count: usize) -> Vec<i64> {
    let mut digits = Vec::with_capacity(count);
    let (mut held, mut number) = (0_i64, 0_u32);
    for byte in bytes.iter().rev() {
        held |= i64::from(*byte).wrapping_shl(number);
        number = number.wrapping_add(8);
        if number >= bits {
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
    let mut bytes = Vec::with_capacity(count.wrapping_add(8));
    let (mut held, mut number) = (0_i64, 0_u32);
    for digit in digits {
        held |= digit.wrapping_shl(number);
        number = number.wrapping_add(bits);
        while number >= 8 {
            bytes.extend(held.to_le_bytes().first());
            held = held.wrapping_shr(8);
            number = number.wrapping_sub(8);
        }
    }
    bytes.extend(held.to_le_bytes().first());
    bytes.resize(count, 0);
    bytes.reverse();
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

/// Digits from -2^(bits - 1) on, in pairs, after `below` pairs of zeros. The last digit takes what is above it.
pub(crate) fn balanced(digits: &[i64], bits: u32, below: usize) -> impl Iterator<Item = Pair> {
    let half = 1_i64.wrapping_shl(bits.wrapping_sub(1));
    let last = digits.len().wrapping_sub(1);
    let mut carry = 0_i64;
    let mut balanced = digits.iter().enumerate().map(move |(position, digit)| {
        let sum = digit.wrapping_add(carry);
        carry = sum.wrapping_add(half).wrapping_shr(bits);
        if position == last { sum } else { sum.wrapping_sub(carry.wrapping_shl(bits)) }
    });
    let pairs = core::iter::from_fn(move || {
        let first = balanced.next()?;
        Some(Pair::new(float(first), float(balanced.next().unwrap_or(0))))
    });
    core::iter::repeat_n(Pair::ZERO, below).chain(pairs)
}

/// The digits of pairs.
pub(crate) fn of_pairs(pairs: &[Pair]) -> Vec<i64> {
    pairs.iter().flat_map(|pair| lanes(*pair)).map(integer).collect()
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
