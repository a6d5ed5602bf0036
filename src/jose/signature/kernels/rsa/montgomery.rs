//! Multiplication modulo n on signed digits, in the form of Montgomery ("Modular multiplication without trial division",
//! 1985), column by column, product and reduction in one pass.
//!
//! Numbers are sums of digit · 2^(width · position), with digits of either sign within 2^(width - 1) + 2^8. With
//! k = -1/n modulo 2^(4 · width), the number N = k · n is -1 modulo 2^(4 · width), say N = 2^(4 · width) · M - 1. To
//! take away the digit q at position i of a sum, add q · N · 2^(width · i), which is a multiple of n: the digit goes,
//! and q · M is added four positions higher. So the digits to be taken away are those that the sum has by itself,
//! and the four columns of a block need nothing from one another.
//!
//! Digits are brought back into their range by two steps that each move what is above the width of a digit one
//! position up, at all positions at once: no carry runs through the number, and no result is made unique. Nothing is
//! subtracted at the end either. With R = 2^(width · digits taken away), which is at least 4N, a factor within ± R/4
//! and one within ± 3N/4 have a result within ± 3N/4: the product makes 3N/16 of it, and the digits taken away,
//! which are within ± R/2 · (1 + 2^-14), little more than N/2. A number below n may be a factor with any other, with itself
//! too: R is more than 2^(4 · width) · n. And NR/32 may be added to a product with it.

use alloc::{vec, vec::Vec};

use super::{
    columns::{Carry, PAIRS, corner, meet, nearest},
    lanes::{Lanes, Width},
    operand::{ENDS, Operand, Place},
    sums::Sum,
};

/// A modulus, as it is multiplied by.
pub(crate) struct Montgomery<S: Sum> {
    width: Width,
    /// Blocks of four digits that a multiplication takes away.
    reduced: usize,
    /// M.
    scaled: Vec<Place<S::Lanes>>,
}

impl<S: Sum> Montgomery<S> {
    /// For M of these digits, in pairs. `reduced` is the number of blocks of four digits in R.
    pub(crate) fn new(width: Width, reduced: usize, scaled: &[S::Lanes]) -> Self {
        Self { width, reduced, scaled: Operand::new(scaled).places }
    }

    /// Bytes that M takes.
    pub(crate) fn table_bytes(&self) -> usize {
        size_of_val(self.scaled.as_slice())
    }

    /// left · right / R modulo n. The factors have two pairs more than M, which has an even number of them; so has the
    /// result. What the sums of digits could carry beyond that is zero: N is below half of what so many digits hold.
    pub(crate) fn multiply(&self, left: &[S::Lanes], right: &Operand<S::Lanes>, work: &mut Work<S::Lanes>) {
        self.multiply_and_add(left, right, &Addend::NONE, work);
    }

    /// left · the last result / R modulo n.
    pub(crate) fn multiply_result(&self, left: &[S::Lanes], work: &mut Work<S::Lanes>) {
        self.multiply_result_and_add(left, &Addend::NONE, work);
    }

    /// (left · the last result + addend) / R modulo n.
    pub(crate) fn multiply_result_and_add(
        &self,
        left: &[S::Lanes],
        addend: &Addend<S::Lanes>,
        work: &mut Work<S::Lanes>,
    ) {
        let factor = work.take();
        self.multiply_and_add(left, &factor, addend, work);
        work.spare = factor;
    }

    /// Compiled once: it is long.
    #[inline(never)]
    fn multiply_and_add(
        &self,
        left: &[S::Lanes],
        right: &Operand<S::Lanes>,
        addend: &Addend<S::Lanes>,
        work: &mut Work<S::Lanes>,
    ) {
        let one = S::Lanes::both(1.0);
        let sums = |first: usize| {
            let end = first.wrapping_add(PAIRS);
            let mut sums = meet([S::new(&self.width); PAIRS], left, &right.places, first, end);
            sums = meet(sums, addend.left, addend.right, first, end);
            for (sum, pair) in sums.iter_mut().zip(addend.pairs.get(first..).unwrap_or_default()) {
                *sum = sum.plus_product(one, *pair);
            }
            sums
        };
        self.reduce(work, sums);
    }

    /// The square of the last result / R modulo n.
    pub(crate) fn square(&self, work: &mut Work<S::Lanes>) {
        let factor = work.take();
        // Each product of two different digits is there twice.
        let products = |first: usize| {
            let sums = [S::of_halves(&self.width); PAIRS];
            let sums = meet(sums, &factor.digits, &factor.places, first, first.wrapping_shr(1));
            corner(sums, &factor, first).map(S::doubled)
        };
        self.reduce(work, products);
        work.spare = factor;
    }

    /// `columns` makes the columns of a pass, which begins with this pair.
    #[inline(always)]
    fn reduce(&self, work: &mut Work<S::Lanes>, columns: impl Fn(usize) -> [S; PAIRS]) {
        let Work { taken, result, .. } = work;
        let end = self.scaled.len().wrapping_sub(ENDS);
        let lowest = self.scaled.get(..end).and_then(<[_]>::last_chunk).copied().unwrap_or([Place::ZERO; 2]);
        let mut carry = Carry::new(self.width);
        let mut below = S::Lanes::ZERO;
        let length = self.reduced.wrapping_mul(2).wrapping_add(result.length());
        for first in (0..length).step_by(PAIRS) {
            let parts = columns(first).map(|sum| sum.settled(&self.width));
            let mut sums = parts.map(|(low, _)| low);
            // A digit taken away adds M four positions above its own.
            if let Some(first) = first.checked_sub(2) {
                sums = meet(sums, taken, &self.scaled, first, first.wrapping_add(2));
            }
            let [a, b, c, d] = sums;
            let [(_, e), (_, f), (_, g), (_, h)] = parts;
            let digits = [carry.digits(a, e), carry.digits(b, f)];
            self.place(digits, first, &mut below, taken, result);
            let [c, d] = if first < self.reduced.wrapping_mul(2) { nearest([c, d], digits, lowest) } else { [c, d] };
            let digits = [carry.digits(c, g), carry.digits(d, h)];
            self.place(digits, first.wrapping_add(2), &mut below, taken, result);
        }
        result.set(result.length(), S::Lanes::ZERO, below);
    }

    /// The digits of a block are taken away, or are those of the result.
    #[inline(always)]
    fn place(
        &self,
        [low, high]: [S::Lanes; 2],
        position: usize,
        below: &mut S::Lanes,
        taken: &mut [S::Lanes],
        result: &mut Operand<S::Lanes>,
    ) {
        if let Some(position) = position.checked_sub(self.reduced.wrapping_mul(2)) {
            result.set(position, low, *below);
            result.set(position.wrapping_add(1), high, low);
            *below = high;
        } else if let Some(place) = taken.get_mut(position.wrapping_mul(2)..).and_then(<[_]>::first_chunk_mut) {
            let ([a, b], [c, d]) = (low.each(), high.each());
            *place = [a, b, c, d];
        }
    }
}

/// left · right + pairs, with a left factor of few digits.
pub(crate) struct Addend<'a, L> {
    pub(crate) left: &'a [L],
    pub(crate) right: &'a [Place<L>],
    pub(crate) pairs: &'a [L],
}

impl<L> Addend<'_, L> {
    const NONE: Self = Self { left: &[], right: &[], pairs: &[] };
}

/// The memory that multiplications use, and the result of the last one.
pub(crate) struct Work<L> {
    pub(crate) taken: Vec<L>,
    result: Operand<L>,
    spare: Operand<L>,
}

impl<L: Lanes> Work<L> {
    /// Begins with a number. `reduced` is the number of blocks of four digits in R.
    pub(crate) fn new(result: Operand<L>, reduced: usize) -> Self {
        let spare = Operand::zero(result.length());
        Self { taken: vec![L::ZERO; reduced.wrapping_mul(4)], result, spare }
    }

    /// The result as a factor of the next one, which gets other memory.
    fn take(&mut self) -> Operand<L> {
        core::mem::replace(&mut self.result, core::mem::replace(&mut self.spare, Operand::EMPTY))
    }

    pub(crate) fn result(&self) -> &Operand<L> {
        &self.result
    }
}
