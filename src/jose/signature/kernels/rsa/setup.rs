//! What is computed of a key once: the scaled modulus, and powers of two modulo n.

use alloc::{vec, vec::Vec};

use super::{
    digits::{float, integer, mask},
    lanes::Width,
};

/// -1/n modulo 2^(4 · bits of a digit), for odd n, at most 31 bits a digit.
pub(crate) fn negated_inverse(modulus: &[i64], bits: u32) -> u128 {
    let low = lowest(modulus, bits);
    // Newton's iteration doubles the correct bits: n · n is 1 modulo 8 for every odd n, and 3 · 2^6 > 128.
    let mut inverse = low;
    for _ in 0..6 {
        let error = 2_u128.wrapping_sub(low.wrapping_mul(inverse));
        inverse = inverse.wrapping_mul(error);
    }
    inverse.wrapping_neg() & block_mask(bits)
}

/// The four lowest digits as one number modulo 2^128.
pub(crate) fn lowest(digits: &[i64], bits: u32) -> u128 {
    digits
        .iter()
        .take(4)
        .rev()
        .fold(0, |number, digit| number.wrapping_shl(bits).wrapping_add_signed(i128::from(*digit)))
}

/// The four digits of a number below 2^(4 · bits).
pub(crate) fn four(number: u128, bits: u32) -> [i64; 4] {
    [0, 1, 2, 3].map(|position: u32| {
        let digit = number.wrapping_shr(position.wrapping_mul(bits)) & u128::from(mask(bits).unsigned_abs());
        i64::try_from(digit).unwrap_or(0)
    })
}

/// All ones of four digits.
pub(crate) fn block_mask(bits: u32) -> u128 {
    1_u128.wrapping_shl(bits.wrapping_mul(4)).wrapping_sub(1)
}

/// (addend + factor · number) / 2^(4 · bits), rounded down, digits of either sign.
///
/// At most 31 bits a digit: four products are below 2^62.
pub(crate) fn multiply_four(number: &[i64], factor: [i64; 4], addend: &[i64], bits: u32) -> Vec<i64> {
    let [a, b, c, d] = factor;
    let (mut above, mut third, mut second, mut first) = (0_i64, 0_i64, 0_i64, 0_i64);
    let mut result: Vec<i64> = Vec::with_capacity(number.len().wrapping_add(4));
    let addends = addend.iter().copied().chain(core::iter::repeat(0));
    for (digit, addend) in number.iter().copied().chain([0; 4]).zip(addends) {
        let sum = (a.wrapping_mul(digit))
            .wrapping_add(b.wrapping_mul(first))
            .wrapping_add(c.wrapping_mul(second))
            .wrapping_add(d.wrapping_mul(third))
            .wrapping_add(addend)
            .wrapping_add(above);
        above = sum.wrapping_shr(bits);
        (third, second, first) = (second, first, digit);
        result.push(sum & mask(bits));
    }
    result.drain(..4);
    // What is above goes to the last digit.
    if let Some(last) = result.last_mut() {
        *last = last.wrapping_add(above.wrapping_shl(bits));
    }
    result
}

/// 2^(digits · bits) modulo n, within ± 0.51 n; not below n to begin with. As many digits as n has.
///
/// Digit after digit is appended, and the nearest multiple of n subtracted, as the highest three digits of both tell
/// it: the quotient is below 2^25, what they leave out changes it by less than 2^-20, and rounding by no more.
pub(crate) fn power_of_two(n: &[i64], digits: usize, width: &Width) -> Vec<i64> {
    let length = n.iter().rposition(|digit| *digit != 0).map_or(0, |position| position.wrapping_add(1));
    let modulus = n.get(..length).unwrap_or_default();
    let divisor = highest(modulus, width);
    let mut rest = vec![0_i64; length];
    if let Some(top) = rest.last_mut() {
        *top = 1;
    }
    for _ in length.wrapping_sub(1)..digits {
        let quotient = integer(nearest(highest(&rest, width) * width.up() / divisor));
        let (mut below, mut carry) = (0_i64, 0_i64);
        let top = rest.last().copied().unwrap_or(0).wrapping_shl(width.bits());
        for (digit, factor) in rest.iter_mut().zip(modulus) {
            let sum = below.wrapping_sub(quotient.wrapping_mul(*factor)).wrapping_add(carry);
            below = core::mem::replace(digit, sum & mask(width.bits()));
            carry = sum.wrapping_shr(width.bits());
        }
        if let Some(last) = rest.last_mut() {
            *last = last.wrapping_add(carry.wrapping_shl(width.bits())).wrapping_add(top);
        }
    }
    rest.resize(n.len(), 0);
    rest
}

/// The highest three digits, in units of the highest.
fn highest(digits: &[i64], width: &Width) -> f64 {
    digits.iter().rev().take(3).rev().fold(0.0, |number, digit| number * width.down() + float(*digit))
}

/// The nearest integer to a number below 2^51.
fn nearest(number: f64) -> f64 {
    (number + ONE_AND_A_HALF_TIMES_2_TO_52) - ONE_AND_A_HALF_TIMES_2_TO_52
}

const ONE_AND_A_HALF_TIMES_2_TO_52: f64 = 6_755_399_441_055_744.0;
