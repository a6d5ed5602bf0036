//! Inverses modulo an odd number, in variable time: "safegcd".
//!
//! D. J. Bernstein and B.-Y. Yang, "Fast constant-time gcd computation and modular inversion", TCHES 2019(3).
//! From f = modulus and g = value, each step halves g, after adding f where g is odd and sometimes swapping
//! the two, until g is 0 and f is 1 or −1. What 30 steps do depends on the lowest bits alone. It is gathered
//! in a matrix, which is then applied to f and g, and to d and e, which times the value are f and g modulo the
//! modulus.

use core::array;

use super::word::{Word, lower_half, regrouped};

/// An odd number below 2^256 to divide by.
pub(super) struct Modulus {
    limbs: [i32; LIMBS],
    /// The inverse modulo 2^30.
    inverse: i32,
}

impl Modulus {
    /// `words` are odd, the least significant first.
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::indexing_slicing,
        reason = "evaluated by the compiler"
    )]
    pub(super) const fn new(words: [u32; 8]) -> Self {
        let mut limbs = [0; LIMBS];
        let mut bit = 0;
        while bit < 256 {
            limbs[bit / 30] |= ((words[bit / 32] >> (bit % 32) & 1) << (bit % 30)) as i32;
            bit += 1;
        }
        // Newton's iteration doubles the number of right bits. An odd number is its own inverse modulo 2^3.
        let mut inverse = words[0];
        let mut right = 3;
        while right < 30 {
            inverse = inverse.wrapping_mul(2_u32.wrapping_sub(words[0].wrapping_mul(inverse)));
            right *= 2;
        }
        Self { limbs, inverse: (inverse & (u32::MAX >> 2)) as i32 }
    }

    /// The inverse of `value`, which is below the modulus and has no factor in common with it; 0 of 0.
    pub(super) fn inverse(&self, value: &[u32; 8]) -> [u32; 8] {
        let mut f = Number(self.limbs.map(i64::from));
        let mut g = Number(regrouped(*value, 32, BITS).map(i64::from));
        let mut d = Number([0; LIMBS]);
        let mut e = Number(array::from_fn(|place| i64::from(place == 0)));
        let mut eta = -1;
        for _ in 0..ROUNDS {
            let matrix = steps(&mut eta, f.lowest(), g.lowest());
            (d, e) = (d.combined(e, matrix.u, matrix.v, self), d.combined(e, matrix.q, matrix.r, self));
            (f, g) = (f.sum(g, matrix.u, matrix.v, 0, self), f.sum(g, matrix.q, matrix.r, 0, self));
            if g.is_zero() {
                break;
            }
        }
        self.remainder(if f.is_negative() { d.scaled(-1, 0, self) } else { d })
    }

    /// Of a number from −2·modulus to 2·modulus.
    fn remainder(&self, mut number: Number<i64>) -> [u32; 8] {
        while number.is_negative() {
            number = number.scaled(1, 1, self);
        }
        loop {
            let less = number.scaled(1, -1, self);
            if less.is_negative() {
                return regrouped(number.0.map(|limb| lower_half(limb.cast_unsigned())), BITS, 32);
            }
            number = less;
        }
    }
}

/// A number of limbs of [`BITS`] bits. All but the last are from 0 to 2^30 − 1; the last has the sign.
#[derive(Clone, Copy)]
struct Number<W>([W; LIMBS]);

#[expect(clippy::arithmetic_side_effects, reason = "the tests run it over intervals")]
impl<W: Word> Number<W> {
    /// (`u`·self + `v`·`other`) / 2^30 modulo the modulus.
    ///
    /// From −2·modulus to modulus, as self and `other` are: the modulus is added to each that is negative, so
    /// that their sum is within ±2^30·modulus, and then taken away less than 2^30 times.
    #[inline(always)]
    fn combined(self, other: Self, u: W, v: W, modulus: &Modulus) -> Self {
        let ([lowest, .., last], [other_lowest, .., other_last]) = (self.0, other.0);
        let sign = |limb: W| limb >> 63;
        let added = -(sign(last) * u + sign(other_last) * v);
        let sum = (u * lowest + v * other_lowest).low(BITS);
        let times = added - (sum * W::from(modulus.inverse) + added).low(BITS);
        self.sum(other, u, v, times, modulus)
    }

    /// (`u`·self + `v`·`other` + `times`·modulus) / 2^30, where that is whole.
    #[inline(always)]
    fn sum(self, other: Self, u: W, v: W, times: W, modulus: &Modulus) -> Self {
        let mut result = [W::from(0); LIMBS];
        let mut carry = W::from(0);
        let mut places = result.iter_mut();
        for (place, ((a, b), m)) in self.0.into_iter().zip(other.0).zip(modulus.limbs).enumerate() {
            let column = u * a + v * b + times * W::from(m) + carry;
            carry = column >> BITS;
            // The lowest limb is zero, and drops out.
            if place > 0
                && let Some(limb) = places.next()
            {
                *limb = column.low(BITS);
            }
        }
        if let Some(limb) = places.next() {
            *limb = carry;
        }
        Self(result)
    }

    /// `factor`·self + `times`·modulus, for small factors.
    fn scaled(self, factor: i32, times: i32, modulus: &Modulus) -> Self {
        let mut carry = W::from(0);
        let mut result = self.0;
        for (limb, m) in result.iter_mut().zip(modulus.limbs) {
            let column = W::from(factor) * *limb + W::from(times) * W::from(m) + carry;
            carry = column >> BITS;
            *limb = column.low(BITS);
        }
        let [.., last] = &mut result;
        *last = *last + (carry << BITS);
        Self(result)
    }
}

impl Number<i64> {
    fn lowest(&self) -> u32 {
        let [lowest, ..] = self.0;
        lower_half(lowest.cast_unsigned())
    }

    fn is_zero(&self) -> bool {
        self.0.iter().all(|limb| *limb == 0)
    }

    fn is_negative(&self) -> bool {
        let [.., last] = self.0;
        last < 0
    }
}

/// 2^30 times what that many steps do: (f, g) becomes (u·f + v·g, q·f + r·g) / 2^30.
///
/// |u| + |v| and |q| + |r| are at most 2^30.
struct Matrix {
    u: i64,
    v: i64,
    q: i64,
    r: i64,
}

/// The next 30 steps, from the lowest bits of `f` and `g`. `eta` is −δ of the paper.
///
/// As many steps at once as can be told from six bits: first those that only halve g; then, where g is odd,
/// that multiple of f is added to it which makes all bits zero that are reached before the next swap.
fn steps(eta: &mut i32, mut f: u32, mut g: u32) -> Matrix {
    let (mut u, mut v, mut q, mut r) = (1_i32, 0_i32, 0_i32, 1_i32);
    let mut left = BITS;
    loop {
        let zeros = (g | u32::MAX.wrapping_shl(left)).trailing_zeros();
        g = g.wrapping_shr(zeros);
        (u, v) = (u.wrapping_shl(zeros), v.wrapping_shl(zeros));
        *eta = eta.wrapping_sub_unsigned(zeros);
        left = left.wrapping_sub(zeros);
        if left == 0 {
            return Matrix { u: u.into(), v: v.into(), q: q.into(), r: r.into() };
        }
        if *eta < 0 {
            *eta = eta.wrapping_neg();
            (f, g) = (g, f.wrapping_neg());
            (u, q) = (q, u.wrapping_neg());
            (v, r) = (r, v.wrapping_neg());
        }
        // f·(2 − f²) is the inverse of f modulo 2^6.
        let reach = eta.unsigned_abs().wrapping_add(1).min(left).min(6);
        let quotient = f.wrapping_mul(f.wrapping_mul(f).wrapping_sub(2)).wrapping_mul(g);
        let multiple = quotient & !u32::MAX.wrapping_shl(reach);
        g = g.wrapping_add(f.wrapping_mul(multiple));
        let multiple = multiple.cast_signed();
        q = q.wrapping_add(u.wrapping_mul(multiple));
        r = r.wrapping_add(v.wrapping_mul(multiple));
    }
}

/// Of a limb.
const BITS: u32 = 30;

const LIMBS: usize = 9;

/// 25 · 30 is more than the 741 steps that suffice below 2^256 (section 11 of the paper).
const ROUNDS: u32 = 25;

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]
mod tests {
    use super::{
        super::{interval::Interval, word::is_below},
        *,
    };

    /// Any limbs, with a last one of the given bound.
    fn number(last: i128) -> Number<Interval> {
        let mut limbs = [Interval::new(0, (1 << BITS) - 1); LIMBS];
        limbs[LIMBS - 1] = Interval::around_zero(last);
        Number(limbs)
    }

    /// Nothing overflows, even if |u| and |v| were both 2^30, for numbers from −2·2^256 to 2·2^256.
    #[test]
    fn bounds() {
        let factor = Interval::around_zero(1 << 30);
        let modulus = Modulus::new([u32::MAX; 8]);
        for modulus in [modulus, Modulus::new(ORDERS[0]), Modulus::new(ORDERS[1])] {
            let number = number(1 << 17);
            number.combined(number, factor, factor, &modulus);
            number.sum(number, factor, factor, Interval::from(0), &modulus);
            number.scaled(-1, 0, &modulus);
            number.scaled(1, 1, &modulus);
            number.scaled(1, -1, &modulus);
        }
    }

    /// The matrix of any 30 steps is as small as it says, and d and e stay where they belong.
    #[test]
    fn matrices() {
        let mut f = 1_u32;
        let mut g = 0_u32;
        for round in 0..200_000_u32 {
            // Sparse, dense and mixed bits.
            let mixed = round.wrapping_mul(0x9e37_79b9);
            (f, g) = match round % 4 {
                0 => (mixed | 1, mixed.rotate_left(7) ^ g),
                1 => (f.wrapping_add(2), 1 << (round / 4 % 30)),
                2 => (u32::MAX >> (round / 4 % 31) | 1, u32::MAX << (round / 128 % 31)),
                _ => ((1 << (round / 4 % 30)) | 1, mixed),
            };
            let mut eta = i32::try_from(round / 7 % 41).unwrap() - 20;
            let Matrix { u, v, q, r } = steps(&mut eta, f, g);
            assert!(u.abs() + v.abs() <= 1 << 30 && q.abs() + r.abs() <= 1 << 30);
            assert_eq!((u * r - v * q).abs(), 1 << 30, "the determinant");
            let (f, g) = (i64::from(f), i64::from(g));
            assert_eq!((u * f + v * g).low(BITS), 0);
            assert_eq!((q * f + r * g).low(BITS), 0);
        }
    }

    /// Times the value, the inverse is 1 modulo the modulus, and below it.
    #[test]
    fn inverses() {
        for words in ORDERS {
            let modulus = Modulus::new(words);
            let mut value = [1, 0, 0, 0, 0, 0, 0, 0];
            for round in 0..3000_usize {
                let inverse = modulus.inverse(&value);
                assert!(is_below(&inverse, &words));
                assert_eq!(remainder(&value, &inverse, &words), [1, 0, 0, 0, 0, 0, 0, 0], "{value:x?}");
                // Mostly the inverse of a neighbour; every third time limbs at their extremes.
                value = inverse;
                let extreme = [0, 1, u32::MAX, 1 << 31, (1 << 30) - 1][round % 5];
                value[round % 7] = if round % 3 == 0 { extreme } else { value[round % 7].wrapping_add(1) };
                if !is_below(&value, &words) || value == [0; 8] {
                    value = [2, 0, 0, 0, 0, 0, 0, 0];
                }
            }
            assert_eq!(modulus.inverse(&[0; 8]), [0; 8]);
            let mut last = words;
            last[0] -= 1;
            assert_eq!(modulus.inverse(&last), last, "−1 is its own inverse");
        }
    }

    /// a·b modulo m, bit by bit.
    fn remainder(a: &[u32; 8], b: &[u32; 8], m: &[u32; 8]) -> [u32; 8] {
        let mut sum = [0; 8];
        for place in (0..256).rev() {
            sum = sum_modulo(&sum, &sum, m);
            if a[place / 32] >> (place % 32) & 1 == 1 {
                sum = sum_modulo(&sum, b, m);
            }
        }
        sum
    }

    fn sum_modulo(a: &[u32; 8], b: &[u32; 8], m: &[u32; 8]) -> [u32; 8] {
        let mut carry = 0_i64;
        let mut sum = [0; 9];
        for (place, limb) in sum.iter_mut().enumerate() {
            let of = |words: &[u32; 8]| words.get(place).map_or(0, |word| i64::from(*word));
            let column = of(a) + of(b) + carry;
            (*limb, carry) = (column.low(32), column >> 32);
        }
        carry = 0;
        let less = array::from_fn::<_, 9, _>(|place| {
            let column = sum[place] - m.get(place).map_or(0, |word| i64::from(*word)) + carry;
            carry = column >> 32;
            column.low(32)
        });
        let limbs = if carry < 0 { sum } else { less };
        array::from_fn(|place| u32::try_from(limbs[place]).unwrap())
    }

    /// n and p of P-256, p and the order of Ed25519, and a small one.
    const ORDERS: [[u32; 8]; 5] = [
        [0xfc63_2551, 0xf3b9_cac2, 0xa717_9e84, 0xbce6_faad, 0xffff_ffff, 0xffff_ffff, 0x0000_0000, 0xffff_ffff],
        [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0x0000_0000, 0x0000_0000, 0x0000_0000, 0x0000_0001, 0xffff_ffff],
        [0xffff_ffed, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0x7fff_ffff],
        [0x5cf5_d3ed, 0x5812_631a, 0xa2f7_9cd6, 0x14de_f9de, 0x0000_0000, 0x0000_0000, 0x0000_0000, 0x1000_0000],
        [0x0001_0001, 0, 0, 0, 0, 0, 0, 0],
    ];
}
