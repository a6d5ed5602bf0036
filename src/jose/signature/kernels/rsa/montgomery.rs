//! Multiplication modulo n on small signed digits, in the form of Montgomery ("Modular multiplication without
//! trial division", 1985), column by column, product and reduction in one pass.
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
//! which are within ± R/2 · (1 + 2^-14), little more than N/2.

use alloc::{vec, vec::Vec};

use super::{
    columns::{Carry, Columns, Eight, corner, meet},
    lanes::{Lanes, Width},
    operand::{ENDS, Mirrored, Operand},
};

/// A modulus, as it is multiplied by.
pub(crate) struct Montgomery<L> {
    width: Width,
    /// Blocks of four digits that a multiplication takes away; a pass makes two blocks.
    reduced: usize,
    /// M.
    scaled: Vec<Mirrored<L>>,
}

impl<L: Lanes> Montgomery<L> {
    /// For M of these digits. `reduced` is the number of blocks of four digits in R.
    pub(crate) fn new(width: Width, reduced: usize, scaled: impl IntoIterator<Item = L>) -> Self {
        Self { width, reduced, scaled: Operand::new(scaled.into_iter().collect()).mirrored }
    }

    /// Bytes that M takes.
    pub(crate) fn table_bytes(&self) -> usize {
        size_of_val(self.scaled.as_slice())
    }

    /// left · right / R modulo n. The factors have two pairs more than M, which has an even number of them; so has the
    /// result. What the sums of digits could carry beyond that is zero: N is below half of what so many digits hold.
    pub(crate) fn multiply(&self, left: &[L], right: &Operand<L>, work: &mut Work<L>) {
        let product = |pass: usize| {
            let first = pass.wrapping_mul(4);
            meet([L::ZERO; 8], left, &right.mirrored, first, first.wrapping_add(4))
        };
        self.reduce(work, product);
    }

    /// left · the last result / R modulo n.
    pub(crate) fn multiply_result(&self, left: &[L], work: &mut Work<L>) {
        let factor = work.take();
        self.multiply(left, &factor, work);
        work.spare = factor;
    }

    /// The square of the last result / R modulo n.
    pub(crate) fn square(&self, work: &mut Work<L>) {
        let factor = work.take();
        // Each product of two different digits is there twice.
        let products = |pass: usize| {
            let end = pass.wrapping_mul(2);
            let sums = meet([L::ZERO; 8], &factor.pairs, &factor.mirrored, pass.wrapping_mul(4), end);
            corner(sums, &factor, end).map(|sum| sum.sum(sum))
        };
        self.reduce(work, products);
        work.spare = factor;
    }

    /// `columns` makes the columns of a pass.
    #[inline(always)]
    fn reduce(&self, work: &mut Work<L>, columns: impl Fn(usize) -> Eight<L>) {
        let Work { taken, result, .. } = work;
        let mut carry = Carry::new(self.width);
        let mut below = L::ZERO;
        let length = self.scaled.len().wrapping_sub(ENDS).wrapping_add(2);
        let passes = self.reduced.wrapping_add(length.wrapping_shr(1)).div_ceil(2);
        // The digits of a block are a long chain of operations, each waiting for the one before, and the next block waits
        // for them. So the columns of the next pass, which wait for nothing, are made between the two blocks of a pass.
        let (mut waiting, mut before) = ([L::ZERO; 4], [L::ZERO; 2]);
        for pass in 0..=passes {
            let sums = columns(pass);
            let block = pass.wrapping_mul(2);
            if let Some(block) = block.checked_sub(1) {
                // The digits before it were taken away.
                if block <= self.reduced {
                    waiting = self.nearest(waiting, before);
                }
                let digits = carry.digits(waiting);
                self.place(digits, block, &mut below, taken, result);
            }
            if pass == passes {
                break;
            }
            let [a, b, c, d, rest @ ..] = self.multiples(sums, taken, pass);
            waiting = rest;
            before = carry.digits([a, b, c, d]);
            self.place(before, block, &mut below, taken, result);
        }
        result.set(length, L::ZERO, below);
    }

    /// The digits of a block are taken away, or are those of the result.
    #[inline(always)]
    fn place(&self, [low, high]: [L; 2], block: usize, below: &mut L, taken: &mut [L], result: &mut Operand<L>) {
        if let Some(block) = block.checked_sub(self.reduced) {
            let position = block.wrapping_mul(2);
            result.set(position, low, *below);
            result.set(position.wrapping_add(1), high, low);
            // A pass more than there are blocks makes zeros.
            if position < result.pairs.len() {
                *below = high;
            }
        } else if let Some(places) = taken.get_mut(block.wrapping_mul(2)..).and_then(|rest| rest.first_chunk_mut()) {
            *places = [low, high];
        }
    }

    /// Adds what the digits taken away before a pass contribute to its columns: four positions above their own.
    #[inline(always)]
    fn multiples(&self, sums: Eight<L>, taken: &[L], pass: usize) -> Eight<L> {
        match pass.wrapping_mul(4).checked_sub(2) {
            Some(first) => meet(sums, taken, &self.scaled, first, pass.wrapping_mul(4)),
            None => sums,
        }
    }

    /// Adds what the digits of a block contribute to the next one: the columns 0 to 3 of their product with M.
    #[inline(always)]
    fn nearest(&self, [a, b, c, d]: Columns<L>, [low, high]: [L; 2]) -> Columns<L> {
        let Some([.., second, first, before, _, _, _]) = self.scaled.get(..) else {
            return [a, b, c, d];
        };
        [
            a.plus_product(low, first.even).plus_product(high, before.even),
            b.plus_product(low, first.odd).plus_product(high, before.odd),
            c.plus_product(low, second.even).plus_product(high, first.even),
            d.plus_product(low, second.odd).plus_product(high, first.odd),
        ]
    }
}

/// The memory that multiplications use, and the result of the last one.
pub(crate) struct Work<L> {
    taken: Vec<L>,
    result: Operand<L>,
    spare: Operand<L>,
}

impl<L: Lanes> Work<L> {
    /// Begins with a number. `reduced` is the number of blocks of four digits in R.
    pub(crate) fn new(result: Operand<L>, reduced: usize) -> Self {
        let spare = Operand::zero(result.pairs.len());
        Self { taken: vec![L::ZERO; reduced.wrapping_mul(2)], result, spare }
    }

    /// The result as a factor of the next one, which gets other memory.
    fn take(&mut self) -> Operand<L> {
        core::mem::replace(&mut self.result, core::mem::replace(&mut self.spare, Operand::EMPTY))
    }

    pub(crate) fn result(&self) -> &Operand<L> {
        &self.result
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::{
        super::{Shape, interval::Intervals},
        *,
    };

    /// Whatever the digits of the factors and of the modulus, of every length there is: all sums are exact, and the
    /// digits of the result are again within the bound.
    #[test]
    fn no_sum_leaves_the_exact_range() {
        let mut lengths = Vec::new();
        for bits in 2048..=8192 {
            let Shape { width, pairs, reduced } = Shape::of(bits);
            if lengths.contains(&(width.bits(), pairs, reduced)) {
                continue;
            }
            lengths.push((width.bits(), pairs, reduced));
            let bound = width.up() / 2.0 + 256.0;
            let modulus = Montgomery::new(width, reduced, vec![Intervals::within(width.up() / 2.0); pairs]);
            let factor = || Operand::new(vec![Intervals::within(bound); pairs + 2]);

            let mut work = Work::new(factor(), reduced);
            modulus.square(&mut work);
            expect(&work, pairs, bound);
            let mut work = Work::new(factor(), reduced);
            modulus.multiply_result(&factor().pairs, &mut work);
            expect(&work, pairs, bound);
        }
        assert_eq!(lengths.len(), 135);
    }

    fn expect(work: &Work<Intervals>, pairs: usize, bound: f64) {
        assert_eq!(work.result.pairs.len(), pairs.saturating_add(2));
        assert_eq!(work.result.mirrored.len(), pairs.saturating_add(2 + ENDS));
        for digits in work.result.pairs.iter().chain(&work.taken) {
            assert!(digits.largest() <= bound, "{digits:?}");
        }
    }
}
