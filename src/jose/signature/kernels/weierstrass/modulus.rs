//! Numbers modulo an odd one of up to 544 bits, which is not known before the program runs.
//!
//! A number is always the least of its class: what is equal has equal words, and no bound needs a proof. Points
//! have their coordinates times R = 2^(32·words of the modulus): P. L. Montgomery, "Modular Multiplication Without
//! Trial Division", 1985. What is often called is not inlined, which makes the code a third smaller and a few percent
//! slower.

use core::mem::swap;

use super::super::word::lower_half;

/// Words of 32 bits, the least significant first. Those that a modulus does not need are zero.
pub(super) type Number = [u32; WORDS];

/// One more than the longest modulus has.
const WORDS: usize = 18;

pub(super) const ZERO: Number = [0; WORDS];

pub(super) const ONE: Number = {
    let mut one = ZERO;
    one[0] = 1;
    one
};

/// What numbers are remainders of.
pub(super) struct Modulus {
    number: Number,
    length: usize,
    /// −1 / number modulo 2^32.
    less_inverse: u32,
    /// R² modulo the number.
    radix_squared: Number,
}

impl Modulus {
    /// Of an odd number in hexadecimal digits, in groups as the standards print them.
    #[expect(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "evaluated by the compiler")]
    pub(super) const fn new(digits: &str) -> Self {
        let number = number_of_digits(digits);
        let mut length = WORDS;
        while number[length - 1] == 0 {
            length -= 1;
        }
        // Newton's iteration doubles the number of right bits. An odd number is its own inverse modulo 2^3.
        let mut inverse = number[0];
        let mut right = 3;
        while right < 32 {
            inverse = inverse.wrapping_mul(2_u32.wrapping_sub(number[0].wrapping_mul(inverse)));
            right *= 2;
        }
        let radix_squared = doubled_often(ONE, &number, 64 * length);
        Self { number, length, less_inverse: inverse.wrapping_neg(), radix_squared }
    }

    /// R times a number below the modulus, in hexadecimal digits.
    #[expect(clippy::arithmetic_side_effects, reason = "evaluated by the compiler")]
    pub(super) const fn constant(&self, digits: &str) -> Number {
        doubled_often(number_of_digits(digits), &self.number, 32 * self.length)
    }

    /// The modulus itself, which is none of its numbers.
    pub(super) const fn number(&self) -> &Number {
        &self.number
    }

    /// Words of the modulus.
    pub(super) const fn length(&self) -> usize {
        self.length
    }

    /// Whether the number is below the modulus.
    #[inline(never)]
    pub(super) fn exceeds(&self, number: &Number) -> bool {
        let mut words = number.iter().zip(&self.number).rev();
        words.find(|(word, m)| word != m).is_some_and(|(word, m)| word < m)
    }

    /// R times any number below R.
    pub(super) fn scaled(&self, number: &Number) -> Number {
        self.product(number, &self.radix_squared)
    }

    #[inline(never)]
    pub(super) fn sum(&self, a: &Number, b: &Number) -> Number {
        let mut sum = *a;
        add(&mut sum, b);
        self.reduce(&mut sum);
        sum
    }

    #[inline(never)]
    pub(super) fn difference(&self, a: &Number, b: &Number) -> Number {
        let mut difference = *a;
        if subtract(&mut difference, b) {
            add(&mut difference, &self.number);
        }
        difference
    }

    /// `a`·`b` / R. `b` is below the modulus, `a` need only be below R.
    ///
    /// A product of two words plus two more is at most (2^32 − 1)² + 2·(2^32 − 1) = 2^64 − 1, so no column
    /// overflows. For each word of `a`, less than 2^32·(b + modulus) is added, and what results is divided by 2^32:
    /// the sum stays below b + modulus.
    ///
    /// Columns by fours, which leaves compilers little to do besides.
    #[inline(never)]
    pub(super) fn product(&self, a: &Number, b: &Number) -> Number {
        let ([m_lowest, m @ ..], [b_lowest, b @ ..]) = (&self.number, b);
        let above = self.length.wrapping_sub(1).min(WORDS - 2);
        let ((m, m_rest), (b, b_rest)) = (m.split_at(above).0.as_chunks::<4>(), b.split_at(above).0.as_chunks::<4>());
        let mut sum = ZERO;
        for digit in a.iter().take(self.length) {
            let [lowest, rest @ ..] = &mut sum;
            let mut carry = column(*digit, *b_lowest, *lowest, 0);
            // Times the modulus this makes the lowest word zero, which drops out.
            let quotient = lower_half(carry).wrapping_mul(self.less_inverse);
            let mut carry_of_quotient = column(quotient, *m_lowest, lower_half(carry), 0) >> 32;
            carry >>= 32;
            let mut next = |b: &u32, m: &u32, word: &u32| {
                let column = column(*digit, *b, *word, carry);
                carry = column >> 32;
                let column = self::column(quotient, *m, lower_half(column), carry_of_quotient);
                carry_of_quotient = column >> 32;
                lower_half(column)
            };
            let mut before = lowest;
            let (words, top) = rest.split_at_mut(above);
            let (words, words_rest) = words.as_chunks_mut::<4>();
            for (([b0, b1, b2, b3], [m0, m1, m2, m3]), [w0, w1, w2, w3]) in b.iter().zip(m).zip(words) {
                *before = next(b0, m0, w0);
                *w0 = next(b1, m1, w1);
                *w1 = next(b2, m2, w2);
                *w2 = next(b3, m3, w3);
                before = w3;
            }
            for ((b, m), word) in b_rest.iter().zip(m_rest).zip(words_rest) {
                *before = next(b, m, word);
                before = word;
            }
            if let [top, ..] = top {
                let column = carry.wrapping_add(carry_of_quotient).wrapping_add((*top).into());
                (*before, *top) = (lower_half(column), lower_half(column >> 32));
            }
        }
        self.reduce(&mut sum);
        sum
    }

    /// 1 / `number`, or 0 for 0, where the modulus is a prime: D. Hankerson, A. Menezes, S. Vanstone, "Guide to
    /// Elliptic Curve Cryptography", algorithm 2.22.
    #[inline(never)]
    pub(super) fn inverse(&self, number: &Number) -> Number {
        // x · number is u, and y · number is v, which is odd, until u is 0 and v is 1.
        let (mut u, mut x) = (*number, ONE);
        let (mut v, mut y) = (self.number, ZERO);
        while u != ZERO {
            if is_even(&u) {
                halve(&mut u);
                if !is_even(&x) {
                    add(&mut x, &self.number);
                }
                halve(&mut x);
            } else {
                if v.iter().rev().gt(u.iter().rev()) {
                    swap(&mut u, &mut v);
                    swap(&mut x, &mut y);
                }
                subtract(&mut u, &v);
                x = self.difference(&x, &y);
            }
        }
        y
    }

    /// Takes it from a number below twice the modulus, if that is not below it.
    fn reduce(&self, number: &mut Number) {
        if !self.exceeds(number) {
            subtract(number, &self.number);
        }
    }
}

/// The sum must be below 2^576.
#[inline(never)]
pub(super) fn add(number: &mut Number, other: &Number) {
    let mut carry = 0;
    for (word, other) in number.iter_mut().zip(other) {
        let column = u64::from(*word).wrapping_add((*other).into()).wrapping_add(carry);
        (*word, carry) = (lower_half(column), column >> 32);
    }
}

/// Says whether the difference is negative: then it is 2^576 more.
#[inline(never)]
pub(super) fn subtract(number: &mut Number, other: &Number) -> bool {
    let mut borrow = 0;
    for (word, other) in number.iter_mut().zip(other) {
        let column = u64::from(*word).wrapping_sub((*other).into()).wrapping_sub(borrow);
        (*word, borrow) = (lower_half(column), column >> 63);
    }
    borrow != 0
}

/// Rounded down.
#[inline(never)]
pub(super) fn halve(number: &mut Number) {
    let mut above = 0;
    for word in number.iter_mut().rev() {
        (*word, above) = (*word >> 1 | above << 31, *word);
    }
}

pub(super) fn is_even(number: &Number) -> bool {
    let [lowest, ..] = number;
    lowest & 1 == 0
}

/// Of so many words, at most [`WORDS`].
#[inline(never)]
pub(super) fn number_of_words(words: &[u32]) -> Number {
    let mut number = ZERO;
    for (place, word) in number.iter_mut().zip(words) {
        *place = *word;
    }
    number
}

/// Of a number in bytes, the most significant first (SEC 1 section 2.3.8). Only the last 72 count.
#[inline(never)]
pub(super) fn number_of_bytes(bytes: &[u8]) -> Number {
    let mut number = ZERO;
    for (place, four) in number.iter_mut().zip(bytes.rchunks(4)) {
        *place = four.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
    number
}

/// `a`·`b` + `c` + `carry`
#[inline(always)]
fn column(a: u32, b: u32, c: u32, carry: u64) -> u64 {
    u64::from(a).wrapping_mul(b.into()).wrapping_add(c.into()).wrapping_add(carry)
}

#[expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler"
)]
const fn number_of_digits(digits: &str) -> Number {
    let digits = digits.as_bytes();
    let mut number = ZERO;
    let mut place = 0;
    let mut at = digits.len();
    while at > 0 {
        at -= 1;
        let digit = match digits[at] {
            b' ' => continue,
            digit @ b'0'..=b'9' => digit - b'0',
            digit => {
                assert!(digit >= b'A' && digit <= b'F', "no hexadecimal digit");
                digit - b'A' + 10
            }
        };
        number[place / 8] |= (digit as u32) << (place % 8 * 4);
        place += 1;
    }
    number
}

/// 2^`times`·`number` modulo `modulus`, for a number below it.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler"
)]
const fn doubled_often(mut number: Number, modulus: &Number, times: usize) -> Number {
    let mut time = 0;
    while time < times {
        let mut less = ZERO;
        let (mut above, mut borrow) = (0, 0);
        let mut at = 0;
        while at < WORDS {
            let double = number[at] << 1 | above;
            above = number[at] >> 31;
            number[at] = double;
            let difference = double as i64 - modulus[at] as i64 + borrow;
            less[at] = difference as u32;
            borrow = difference >> 32;
            at += 1;
        }
        if borrow == 0 {
            number = less;
        }
        time += 1;
    }
    number
}
