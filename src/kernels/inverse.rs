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
