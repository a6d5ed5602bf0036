//! The RSA public operation (RFC 8017 section 5.2.2) for keys that are used often, and the two schemes that JWTs are
//! signed with: RSASSA-PKCS1-v1_5 and RSASSA-PSS.
//!
//! All numbers are public: time may depend on them.

mod columns;

mod digits;

#[cfg(test)]
mod interval;

mod lanes;

mod montgomery;

mod operand;

pub mod pkcs1;

pub mod pss;

mod setup;

use alloc::vec::Vec;

use self::{
    lanes::{Lanes, Pair, Width},
    montgomery::{Montgomery, Work},
    operand::Operand,
};

/// A public key with all that depends on it alone.
pub struct PreparedKey {
    width: Width,
    /// Blocks of four digits in R.
    reduced: usize,
    bits: usize,
    /// n, in bytes and in digits.
    bytes: Vec<u8>,
    modulus: Vec<i64>,
    /// -1/n modulo a block of four digits.
    negated_inverse: u128,
    montgomery: Montgomery<Pair>,
    /// R^2 modulo n.
    square: Vec<Pair>,
    exponent: Vec<u8>,
}

impl PreparedKey {
    /// A key of the modulus n and the exponent e, each in big-endian bytes. `None` if n is even or not of 2048 to
    /// 8192 bits, or if e is even, below 3 or above 256 bits.
    #[must_use]
    pub fn new(n: &[u8], e: &[u8]) -> Option<Self> {
        let bytes = without_zeros(n);
        let exponent = without_zeros(e);
        let bits = bit_length(bytes);
        let odd = |number: &[u8]| number.last().is_some_and(|byte| byte & 1 == 1);
        if !(MIN_BITS..=MAX_BITS).contains(&bits) || !odd(bytes) || !odd(exponent) {
            return None;
        }
        if exponent == [1] || exponent.len() > MAX_EXPONENT_BYTES {
            return None;
        }
        let Shape { width, pairs, reduced } = Shape::of(bits);
        let modulus = digits::from_bytes(bytes, width.bits(), pairs.wrapping_mul(2));
        let negated_inverse = setup::negated_inverse(&modulus, width.bits());
        // N + 1, and of that what is above the block of zeros.
        let scaled = setup::multiply_four(&modulus, setup::four(negated_inverse, width.bits()), &[1], width.bits());
        let montgomery = Montgomery::new(width, reduced, digits::balanced(&scaled, width.bits()));

        // R is 2^width to the power 4 · reduced. The fourth root of that, times R, is what squares to R · R twice.
        let root = setup::power_of_two(&modulus, reduced.wrapping_mul(5), &width);
        let mut work = Work::new(operand(&root, &width), reduced);
        montgomery.square(&mut work);
        montgomery.square(&mut work);
        let square = work.result().pairs().to_vec();
        Some(Self {
            width,
            reduced,
            bits,
            bytes: bytes.to_vec(),
            modulus,
            negated_inverse,
            montgomery,
            square,
            exponent: exponent.to_vec(),
        })
    }

    /// The bits of n.
    #[must_use]
    pub fn bits(&self) -> usize {
        self.bits
    }

    /// Bytes that it takes beside itself.
    #[must_use]
    pub fn table_bytes(&self) -> usize {
        [
            self.bytes.len(),
            size_of_val(self.modulus.as_slice()),
            self.montgomery.table_bytes(),
            size_of_val(self.square.as_slice()),
            self.exponent.len(),
        ]
        .into_iter()
        .sum()
    }

    /// Whether `signature` stands for this encoded message, as long as n.
    #[must_use]
    pub fn public_operation_equals(&self, signature: &[u8], encoded_message: &[u8]) -> bool {
        self.recover(signature).is_some_and(|recovered| recovered == encoded_message)
    }

    /// The number that `signature` stands for, as many bytes as n has. `None` if the signature is not exactly
    /// of that length, or not below n.
    #[must_use]
    pub fn recover(&self, signature: &[u8]) -> Option<Vec<u8>> {
        if signature.len() != self.bytes.len() || signature >= self.bytes.as_slice() {
            return None;
        }
        let digits = digits::from_bytes(signature, self.width.bits(), self.modulus.len());
        let plain = operand(&digits, &self.width);
        let mut work = Work::new(Operand::zero(plain.pairs().len()), self.reduced);
        self.montgomery.multiply(&self.square, &plain, &mut work);

        // All bits of e but the first, which the number itself is, and the last, which takes it out of the form.
        let length = bit_length(&self.exponent);
        let bit = |position: usize| {
            let byte = self.exponent.iter().rev().nth(position.wrapping_shr(3)).copied().unwrap_or(0);
            byte.wrapping_shr(u32::try_from(position & 7).unwrap_or(0)) & 1 == 1
        };
        let base = work.result().pairs().to_vec();
        for position in (1..length.wrapping_sub(1)).rev() {
            self.montgomery.square(&mut work);
            if bit(position) {
                self.montgomery.multiply_result(&base, &mut work);
            }
        }
        self.montgomery.square(&mut work);
        let raised: Vec<Pair> =
            [Pair::ZERO; 2].iter().chain(plain.pairs()).take(plain.pairs().len()).copied().collect();
        self.montgomery.multiply_result(&raised, &mut work);
        Some(self.reduced(&digits::of_pairs(work.result().pairs())))
    }

    /// number / 2^(4 · width) modulo n, from 0 to n - 1, for a number within ± 3N/4.
    ///
    /// One more step of Montgomery, by n itself, leaves it between -3n/4 and 7n/4.
    fn reduced(&self, number: &[i64]) -> Vec<u8> {
        let bits = self.width.bits();
        let quotient = setup::lowest(number, bits).wrapping_mul(self.negated_inverse) & setup::block_mask(bits);
        let mut rest = setup::multiply_four(&self.modulus, setup::four(quotient, bits), number, bits);
        let negative = digits::carry(&mut rest, bits) < 0;
        if negative {
            rest.iter_mut().zip(&self.modulus).for_each(|(digit, other)| *digit = digit.wrapping_add(*other));
        } else if rest.iter().rev().ge(self.modulus.iter().rev()) {
            rest.iter_mut().zip(&self.modulus).for_each(|(digit, other)| *digit = digit.wrapping_sub(*other));
        }
        digits::carry(&mut rest, bits);
        digits::to_bytes(&rest, bits, self.bytes.len())
    }
}

/// The digits that a modulus takes.
struct Shape {
    width: Width,
    /// Pairs of digits of n, and of M.
    pairs: usize,
    /// Blocks of four digits in R.
    reduced: usize,
}

impl Shape {
    fn of(bits: usize) -> Self {
        let width: u32 = if bits <= MAX_BITS_OF_WIDE_DIGITS { 24 } else { 23 };
        let digit = usize::try_from(width).unwrap_or(1);
        // A bit more than n, for the sign, and an even number.
        let pairs = bits.wrapping_add(1).div_ceil(digit.wrapping_mul(4)).wrapping_mul(2);
        // Two bits more than N.
        let reduced = bits.wrapping_add(2).div_ceil(digit.wrapping_mul(4)).wrapping_add(1);
        Self { width: Width::new(width), pairs, reduced }
    }
}

/// An operand of the multiplication: the digits of a number of that many pairs, and two pairs of zeros.
fn operand(digits: &[i64], width: &Width) -> Operand<Pair> {
    Operand::new(digits::balanced(digits, width.bits()).chain([Pair::ZERO; 2]).collect())
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    bytes.get(bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len())..).unwrap_or_default()
}

/// The bits of a number without leading zero bytes.
fn bit_length(bytes: &[u8]) -> usize {
    let zeros = bytes.first().map_or(0, |byte| byte.leading_zeros());
    bytes.len().wrapping_mul(8).wrapping_sub(usize::try_from(zeros).unwrap_or(0))
}

const MIN_BITS: usize = 2048;

const MAX_BITS: usize = 8192;

const MAX_EXPONENT_BYTES: usize = 32;

/// Above that the sums of a column of 24-bit digits could leave the exact range.
const MAX_BITS_OF_WIDE_DIGITS: usize = 2975;

#[cfg(test)]
mod tests;
