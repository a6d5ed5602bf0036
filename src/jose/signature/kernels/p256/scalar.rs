//! Numbers modulo n, the order of P-256 (SEC 2 section 2.4.2).

use super::super::{
    comb::Scalar,
    inverse::Modulus,
    word::{is_below, lower_half},
};

/// Whether the number is from 1 to n − 1.
pub(super) fn is_in_range(number: &Scalar) -> bool {
    *number != [0; 8] && is_below(number, &ORDER)
}

/// `a` / `divisor` and `b` / `divisor`, below n. The divisor is in range, the others need only be below 2^256.
pub(super) fn quotients(a: &Scalar, b: &Scalar, divisor: &Scalar) -> [Scalar; 2] {
    let inverse = product(&MODULUS.inverse(divisor), &RADIX_SQUARED);
    [product(a, &inverse), product(b, &inverse)]
}

/// The number or, where that is even, n less it; and whether it is the latter. Below 2^256 and odd.
pub(super) fn odd(number: &Scalar) -> (Scalar, bool) {
    let [lowest, ..] = number;
    if lowest & 1 == 1 { (*number, false) } else { (difference(&ORDER, number).0, true) }
}

/// The number plus n, if that is below p.
pub(super) fn plus_order_below_prime(number: &Scalar) -> Option<Scalar> {
    is_below(number, &PRIME_LESS_ORDER).then(|| {
        let mut carry = 0;
        let mut sum = *number;
        for (word, other) in sum.iter_mut().zip(ORDER) {
            let column = u64::from(*word).wrapping_add(other.into()).wrapping_add(carry);
            (*word, carry) = (lower_half(column), column >> 32);
        }
        sum
    })
}

/// `a`·`b` / 2^256 modulo n, for `b` below n: P. L. Montgomery, "Modular Multiplication Without Trial Division".
///
/// A product of two words plus two more is at most (2^32 − 1)² + 2·(2^32 − 1) = 2^64 − 1, so nothing overflows.
/// Before each step the sum is below 2n.
fn product(a: &Scalar, b: &Scalar) -> Scalar {
    let mut sum = [0_u32; 8];
    let mut top = 0_u64;
    for digit in a {
        let mut carry = 0;
        for (word, b) in sum.iter_mut().zip(b) {
            let column = u64::from(*digit).wrapping_mul((*b).into()).wrapping_add((*word).into()).wrapping_add(carry);
            (*word, carry) = (lower_half(column), column >> 32);
        }
        top = top.wrapping_add(carry);
        let [lowest, ..] = sum;
        let quotient = lowest.wrapping_mul(LESS_INVERSE);
        carry = 0;
        for (word, n) in sum.iter_mut().zip(ORDER) {
            let column = u64::from(quotient).wrapping_mul(n.into()).wrapping_add((*word).into()).wrapping_add(carry);
            (*word, carry) = (lower_half(column), column >> 32);
        }
        top = top.wrapping_add(carry);
        // Divided by 2^32: the lowest word is zero now.
        sum.rotate_left(1);
        let [.., last] = &mut sum;
        (*last, top) = (lower_half(top), top >> 32);
    }
    match difference(&sum, &ORDER) {
        (_, true) if top == 0 => sum,
        (less, _) => less,
    }
}

/// `a` − `b` modulo 2^256, and whether it is negative.
fn difference(a: &Scalar, b: &Scalar) -> (Scalar, bool) {
    let mut borrow = false;
    let mut difference = *a;
    for (word, other) in difference.iter_mut().zip(b) {
        let (first, less) = word.overflowing_sub(*other);
        let (second, still_less) = first.overflowing_sub(borrow.into());
        (*word, borrow) = (second, less || still_less);
    }
    (difference, borrow)
}

/// n, the least significant word first.
pub(super) const ORDER: Scalar =
    [0xfc63_2551, 0xf3b9_cac2, 0xa717_9e84, 0xbce6_faad, 0xffff_ffff, 0xffff_ffff, 0x0000_0000, 0xffff_ffff];

const MODULUS: Modulus = Modulus::new(ORDER);

/// p − n
const PRIME_LESS_ORDER: Scalar =
    [0x039c_daae, 0x0c46_353d, 0x58e8_617b, 0x4319_0553, 0x0000_0000, 0x0000_0000, 0x0000_0000, 0x0000_0000];

/// 2^512 modulo n
const RADIX_SQUARED: Scalar =
    [0xbe79_eea2, 0x8324_4c95, 0x49bd_6fa6, 0x4699_799c, 0x2b6b_ec59, 0x2845_b239, 0xf3d9_5620, 0x66e1_2d94];

/// −1 / n modulo 2^32
const LESS_INVERSE: u32 = 0xee00_bc4f;

#[cfg(test)]
mod tests {
    use super::*;

    /// No signature is known by which a check would tell the zero: its point would have x = 0 or x = n.
    #[test]
    fn range() {
        let [lowest, rest @ ..] = ORDER;
        let neighbour = |by: i32| {
            let mut number = [0; 8];
            number[0] = lowest.wrapping_add_signed(by);
            number[1..].copy_from_slice(&rest);
            number
        };
        assert!(!is_in_range(&[0; 8]) && is_in_range(&[1, 0, 0, 0, 0, 0, 0, 0]));
        assert!(is_in_range(&neighbour(-1)) && !is_in_range(&ORDER) && !is_in_range(&neighbour(1)));
        assert!(!is_in_range(&[u32::MAX; 8]));
    }
}
