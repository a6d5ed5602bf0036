//! The public operation of one key, in one of the two arithmetics.

use alloc::vec::Vec;
use core::iter::{once, repeat_n};

use super::{
    bit_length,
    block::Block,
    digits,
    lanes::Lanes,
    montgomery::{Addend, Montgomery, Work},
    operand::{Operand, Place},
    setup,
    shape::Shape,
    sums::Sum,
};

/// What a key does, whatever it counts with.
pub(crate) trait PublicOperation {
    /// n.
    fn modulus(&self) -> &[u8];

    /// Bytes that it takes beside itself.
    fn table_bytes(&self) -> usize;

    /// s^e modulo n, in as many bytes as n has, for an s below n.
    fn power(&self, number: &[u8]) -> Vec<u8>;

    /// Whether s^e modulo n is 00 01 FF .. FF 00 and the bytes of `end`, as many bytes as n has, for an s below n.
    fn power_ends(&self, number: &[u8], end: &[u8]) -> bool;
}

/// A key with all that depends on it alone.
pub(crate) struct Key<S: Sum> {
    shape: Shape,
    /// n, in bytes and in digits.
    bytes: Vec<u8>,
    digits: Vec<i64>,
    exponent: Vec<u8>,
    block: Block<S>,
    montgomery: Montgomery<S>,
    /// R^2 modulo n, as the left factor of a product.
    square: Vec<S::Lanes>,
    padding: Padding<S::Lanes>,
}

/// What is compared with s^e: C = -1/R^(e - 2) modulo n, and 2^(8k - 15) · C, for k bytes of n.
struct Padding<L> {
    unit: Vec<Place<L>>,
    start: Vec<L>,
}

impl<S: Sum> Key<S> {
    /// Of an odd n of so many bits and an odd e above 1, in bytes without leading zeros.
    pub(crate) fn new(bytes: &[u8], bits: usize, exponent: &[u8]) -> Self {
        let shape = Shape::of::<S>(bits);
        let digits = shape.digits(bytes);
        let block = Block::new(shape.width, &digits);
        // N + 1, and of that what is above the block of zeros.
        let one = once(S::Lanes::new(1.0, 0.0)).chain(repeat_n(S::Lanes::ZERO, shape.pairs.wrapping_add(1)));
        let mut scaled = block.take_away(one);
        scaled.truncate(shape.pairs);
        let montgomery = Montgomery::new(shape.width, shape.reduced, &scaled);

        // R is 2^(4 · width) to the power `reduced`. The fourth root of that, times R, is what squares to R · R twice.
        let root = usize::try_from(shape.width.bits()).unwrap_or(0).wrapping_mul(shape.reduced);
        let root = setup::power_of_two(bytes, root.wrapping_mul(5));
        let mut work = Work::new(shape.operand(&root), shape.reduced);
        montgomery.square(&mut work);
        montgomery.square(&mut work);
        let square = work.result().digits.clone();
        let padding = Padding { unit: Vec::new(), start: Vec::new() };
        let (bytes, exponent) = (bytes.to_vec(), exponent.to_vec());
        let mut key = Self { shape, bytes, digits, exponent, block, montgomery, square, padding };
        key.padding = key.padding();
        key
    }

    /// Multiplications lose factors R, and to raise 1 leaves just these.
    fn padding(&self) -> Padding<S::Lanes> {
        let mut work = self.work(&[1]);
        self.raise(&mut work);
        let unit: Vec<_> = work.result().pairs().map(|pair| pair.product(S::Lanes::both(-1.0))).collect();
        let unit = Operand::new(&unit);
        let start = [&[2], [0].repeat(self.bytes.len().wrapping_sub(2)).as_slice()].concat();
        self.montgomery.multiply(&unit.digits, &self.shape.operand(&start), &mut work);
        self.montgomery.multiply_result(&self.square, &mut work);
        Padding { unit: unit.places, start: work.result().pairs().collect() }
    }

    fn work(&self, number: &[u8]) -> Work<S::Lanes> {
        Work::new(self.shape.operand(number), self.shape.reduced)
    }

    /// To the power e - 1, but for factors R.
    fn raise(&self, work: &mut Work<S::Lanes>) {
        let base = work.result().digits.clone();
        // All bits of e but the first, which the number itself is, and the last, of which only the square is made.
        for position in (1..bit_length(&self.exponent).wrapping_sub(1)).rev() {
            self.montgomery.square(work);
            let byte = self.exponent.iter().rev().nth(position.wrapping_shr(3)).copied().unwrap_or(0);
            if byte.wrapping_shr(u32::try_from(position & 7).unwrap_or(0)) & 1 == 1 {
                self.montgomery.multiply_result(&base, work);
            }
        }
        self.montgomery.square(work);
    }

    /// The last result / 2^(4 · width) modulo n, from 0 to n - 1.
    ///
    /// The result is within ± 3N/4: one more step of Montgomery, by n itself, leaves it between -3n/4 and 7n/4.
    fn residue(&self, work: &Work<S::Lanes>) -> Vec<i64> {
        let mut rest = digits::of_pairs(self.block.take_away(work.result().pairs()).into_iter());
        setup::into_range(&mut rest, &self.digits, self.shape.width.bits());
        rest
    }
}

impl<S: Sum + 'static> PublicOperation for Key<S> {
    fn modulus(&self) -> &[u8] {
        &self.bytes
    }

    fn table_bytes(&self) -> usize {
        [
            self.bytes.len(),
            size_of_val(self.digits.as_slice()),
            self.exponent.len(),
            self.block.table_bytes(),
            self.montgomery.table_bytes(),
            size_of_val(self.square.as_slice()),
            size_of_val(self.padding.unit.as_slice()),
            size_of_val(self.padding.start.as_slice()),
        ]
        .into_iter()
        .sum()
    }

    fn power(&self, number: &[u8]) -> Vec<u8> {
        let plain = self.shape.operand(number);
        let mut work = self.work(&[0]);
        self.montgomery.multiply(&self.square, &plain, &mut work);
        self.raise(&mut work);
        // Four digits up, which are taken away again.
        let raised: Vec<_> =
            [S::Lanes::ZERO; 4].iter().chain(&plain.digits).take(plain.digits.len()).copied().collect();
        self.montgomery.multiply_result(&raised, &mut work);
        digits::to_bytes(&self.residue(&work), self.shape.width.bits(), self.bytes.len())
    }

    /// The number is 2^(8k - 15) + t, with t = `end` - 2^(8 · (bytes of `end` + 1)) of few digits, and below n, as its first
    /// byte is zero. So s^e is that number modulo n if, and only if, s^e / R^(e - 1) + (2^(8k - 15) + t) · C / R is zero
    /// modulo n: neither number is brought into the form of Montgomery, and none out of it.
    fn power_ends(&self, number: &[u8], end: &[u8]) -> bool {
        let mut work = self.work(number);
        let factor = work.result().digits.clone();
        self.raise(&mut work);
        let Padding { unit, start } = &self.padding;
        let end = self.shape.below_padding(end);
        self.montgomery.multiply_result_and_add(&factor, &Addend { left: &end, right: unit, pairs: start }, &mut work);
        self.residue(&work).iter().all(|digit| *digit == 0)
    }
}
