//! Numbers modulo the order of the group, ℓ = 2^252 + c with c = 27742317777372353535851937790883648493 (RFC
//! 8032 section 5.1): digits of 28 bits, because 2^252 is nine of them.

#![expect(clippy::arithmetic_side_effects, reason = "the tests run each chain over intervals: nothing overflows")]

use crate::{
    comb::Scalar,
    word::{Word, is_below, lower_half, regrouped},
};

/// Whether the number is below ℓ, as RFC 8032 section 5.1.7 demands of S.
pub(super) fn is_below_order(scalar: &Scalar) -> bool {
    is_below(scalar, &ORDER)
}

/// The remainder modulo ℓ of a number of 512 bits, the least significant byte first.
pub(super) fn reduced(bytes: &[u8; 64]) -> Scalar {
    // Seven bytes are two digits.
    let mut digits = [0; 19];
    for (pair, bytes) in digits.chunks_mut(2).zip(bytes.chunks(7)) {
        let number = bytes.iter().rev().fold(0, |number, byte| number << 8 | i64::from(*byte));
        for (digit, shift) in pair.iter_mut().zip([0, BITS]) {
            *digit = (number >> shift).low(BITS);
        }
    }
    regrouped(remainder(&digits).map(|digit| lower_half(digit.cast_unsigned())), BITS, 32)
}

/// Digits of the remainder modulo ℓ, none negative, each below 2^28, the last below 2.
pub(super) fn remainder<W: Word>(digits: &[W; 19]) -> [W; 10] {
    // 2^252 is −c, so that what is folded in has the other sign: above −2^385 and below 2^252, then from 0 to below
    // 2^259, then above −2^132 and below 2^252. If that is negative, the last adds ℓ, and else it changes nothing.
    let digits: [W; 15] = folded(digits);
    let digits: [W; 10] = folded(&digits);
    let digits: [W; 10] = folded(&digits);
    folded(&digits)
}

/// Less ℓ times what the digits from 2^252 on are, which leaves the low ones less c times the high ones.
fn folded<W: Word, const COUNT: usize>(digits: &[W]) -> [W; COUNT] {
    let mut sum = [W::from(0); COUNT];
    for (place, digit) in sum.iter_mut().zip(digits.iter().take(LOW)) {
        *place = *digit;
    }
    for (shift, high) in digits.iter().skip(LOW).enumerate() {
        for (place, digit) in sum.iter_mut().skip(shift).zip(C) {
            *place = *place - *high * W::from(digit);
        }
    }
    carried(sum)
}

/// The same number with digits that are not negative, except for the last, which takes all that is left.
fn carried<W: Word, const COUNT: usize>(mut digits: [W; COUNT]) -> [W; COUNT] {
    let mut carry = W::from(0);
    let last = COUNT.saturating_sub(1);
    for digit in digits.iter_mut().take(last) {
        let sum = *digit + carry;
        *digit = sum.low(BITS);
        carry = sum >> BITS;
    }
    for digit in digits.iter_mut().skip(last) {
        *digit = *digit + carry;
    }
    digits
}

/// The bits of a digit.
const BITS: u32 = 28;

/// The digits below 2^252.
const LOW: usize = 9;

/// c, as digits.
const C: [i32; 5] = [0xcf5_d3ed, 0x126_31a5, 0x79c_d658, 0xf9d_ea2f, 0x14de];

/// ℓ, as words.
const ORDER: Scalar = [0x5cf5_d3ed, 0x5812_631a, 0xa2f7_9cd6, 0x14de_f9de, 0, 0, 0, 0x1000_0000];
