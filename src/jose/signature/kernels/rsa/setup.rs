//! Powers of two modulo n, which are computed of a key once.

use alloc::{vec, vec::Vec};

use super::{
    digits::{self, float, integer, mask},
    lanes::Width,
};

/// Brings a number between -n and 2n into 0 .. n, with all digits from 0 on.
pub(crate) fn into_range(number: &mut [i64], modulus: &[i64], bits: u32) {
    let negative = digits::carry(number, bits) < 0;
    if negative {
        number.iter_mut().zip(modulus).for_each(|(digit, other)| *digit = digit.wrapping_add(*other));
    } else if number.iter().rev().ge(modulus.iter().rev()) {
        number.iter_mut().zip(modulus).for_each(|(digit, other)| *digit = digit.wrapping_sub(*other));
    }
    digits::carry(number, bits);
}

/// 2^exponent modulo n, as many bytes as n has; 2^exponent is above n.
///
/// Digit after digit is appended, and the nearest multiple of n subtracted, as the highest three digits of both tell
/// it: the quotient is below 2^25, what they leave out changes it by less than 2^-20, and rounding by no more.
pub(crate) fn power_of_two(n: &[u8], exponent: usize) -> Vec<u8> {
    let width = Width::new(BITS);
    let bits = usize::try_from(BITS).unwrap_or(1);
    let length = n.len().wrapping_mul(8).div_ceil(bits).wrapping_add(1);
    let mut modulus = digits::from_bytes(n, BITS, length);
    let length = modulus.iter().rposition(|digit| *digit != 0).map_or(0, |position| position.wrapping_add(1));
    modulus.truncate(length);
    let divisor = highest(&modulus, &width);
    let mut rest = vec![0_i64; length];
    // Below n: there is a digit above it.
    if let Some(digit) = rest.iter_mut().rev().nth(1) {
        *digit = 1_i64.wrapping_shl(u32::try_from(exponent.checked_rem(bits).unwrap_or(0)).unwrap_or(0));
    }
    for _ in length.wrapping_sub(2)..exponent.checked_div(bits).unwrap_or(0) {
        let quotient = integer(nearest(highest(&rest, &width) * width.up() / divisor));
        let (mut below, mut carry) = (0_i64, 0_i64);
        let top = rest.last().copied().unwrap_or(0).wrapping_shl(BITS);
        for (digit, factor) in rest.iter_mut().zip(&modulus) {
            let sum = below.wrapping_sub(quotient.wrapping_mul(*factor)).wrapping_add(carry);
            below = core::mem::replace(digit, sum & mask(BITS));
            carry = sum.wrapping_shr(BITS);
        }
        if let Some(last) = rest.last_mut() {
            *last = last.wrapping_add(carry.wrapping_shl(BITS)).wrapping_add(top);
        }
    }
    into_range(&mut rest, &modulus, BITS);
    digits::to_bytes(&rest, BITS, n.len())
}

/// The highest three digits, in units of the highest.
fn highest(digits: &[i64], width: &Width) -> f64 {
    digits.iter().rev().take(3).rev().fold(0.0, |number, digit| number * width.down() + float(*digit))
}

/// The nearest integer to a number below 2^51.
fn nearest(number: f64) -> f64 {
    (number + ONE_AND_A_HALF_TIMES_2_TO_52) - ONE_AND_A_HALF_TIMES_2_TO_52
}

/// Of the digits that a power of two is divided in.
const BITS: u32 = 24;

const ONE_AND_A_HALF_TIMES_2_TO_52: f64 = 6_755_399_441_055_744.0;
