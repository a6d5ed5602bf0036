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

use alloc::vec::Vec;

use super::lanes::{Lanes, Width};

/// A modulus, as it is multiplied by.
pub(crate) struct Montgomery<L> {
    width: Width,
    /// Blocks of four digits that a multiplication takes away.
    reduced: usize,
    /// M.
    scaled: Vec<Mirrored<L>>,
}

/// A number as pairs of digits, and as the pairs that meet them in a product.
pub(crate) struct Operand<L> {
    pairs: Vec<L>,
    mirrored: Vec<Mirrored<L>>,
}

/// The digits at 2i and 2i - 1, and those at 2i + 1 and 2i, the higher first.
///
/// The column c of a product is the sum of a\[j\] · b\[c - j\]. For two neighbouring j the factors of b go down while
/// those of a go up, and for every second column their pairs start at an even position, for the others at an odd
/// one. The place i = -1 is stored too, and one more after the last: both are zero and end the sums.
#[derive(Clone, Copy)]
pub(crate) struct Mirrored<L> {
    even: L,
    odd: L,
}

/// The sums of four neighbouring columns, in each those of even and of odd j apart.
type Columns<L> = [L; 4];

impl<L: Lanes> Operand<L> {
    const EMPTY: Self = Self { pairs: Vec::new(), mirrored: Vec::new() };

    /// A number of twice as many digits as there are pairs, the lowest first.
    pub(crate) fn new(pairs: impl IntoIterator<Item = L>) -> Self {
        let mut operand = Self::EMPTY;
        operand.clear();
        pairs.into_iter().for_each(|pair| operand.push(pair));
        operand.end();
        operand
    }

    pub(crate) fn pairs(&self) -> &[L] {
        &self.pairs
    }

    fn clear(&mut self) {
        self.pairs.clear();
        self.mirrored.clear();
        self.mirrored.push(Mirrored { even: L::ZERO, odd: L::ZERO });
    }

    #[inline(always)]
    fn push(&mut self, pair: L) {
        let below = self.pairs.last().copied().unwrap_or(L::ZERO);
        self.mirrored.push(Mirrored { even: below.across(pair).swapped(), odd: pair.swapped() });
        self.pairs.push(pair);
    }

    fn end(&mut self) {
        let below = self.pairs.last().copied().unwrap_or(L::ZERO);
        self.mirrored.push(Mirrored { even: below.across(L::ZERO).swapped(), odd: L::ZERO });
        self.mirrored.push(Mirrored { even: L::ZERO, odd: L::ZERO });
    }
}

impl<L: Lanes> Montgomery<L> {
    /// For M of these digits. `reduced` is the number of blocks of four digits in R.
    pub(crate) fn new(width: Width, reduced: usize, scaled: impl IntoIterator<Item = L>) -> Self {
        Self { width, reduced, scaled: Operand::new(scaled).mirrored }
    }

    /// left · right / R modulo n. The factors have two pairs more than M; so has the result.
    pub(crate) fn multiply(&self, left: &[L], right: &Operand<L>, work: &mut Work<L>) {
        self.reduce(work, |block| product(left, &right.mirrored, block));
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
        self.reduce(work, |block| square(&factor, block));
        work.spare = factor;
    }

    #[inline(always)]
    fn reduce(&self, work: &mut Work<L>, columns: impl Fn(usize) -> Columns<L>) {
        let Work { taken, result, .. } = work;
        taken.clear();
        result.clear();
        let mut carry = Carry::new(self.width);
        let length = self.scaled.len().wrapping_sub(ENDS).wrapping_add(2);
        for block in 0..self.reduced {
            let sums = add(columns(block), self.multiples(taken, block));
            taken.extend(carry.digits(sums));
        }
        for block in self.reduced..self.reduced.wrapping_add(length.div_ceil(2)) {
            let sums = add(columns(block), self.multiples(taken, block));
            for pair in carry.digits(sums) {
                if result.pairs.len() < length {
                    result.push(pair);
                } else {
                    pair.expect_zero();
                }
            }
        }
        result.end();
    }

    /// What the digits taken away have added to the columns of a block.
    #[inline(always)]
    fn multiples(&self, taken: &[L], block: usize) -> Columns<L> {
        block.checked_sub(1).map_or([L::ZERO; 4], |block| product(taken, &self.scaled, block))
    }
}

/// The columns of a block of a product.
#[inline(always)]
fn product<L: Lanes>(left: &[L], right: &[Mirrored<L>], block: usize) -> Columns<L> {
    meet(left, right, block, block.wrapping_mul(2).wrapping_add(2))
}

/// The columns of a block of a square. Each product of two different digits is there twice.
#[inline(always)]
fn square<L: Lanes>(factor: &Operand<L>, block: usize) -> Columns<L> {
    let Operand { pairs, mirrored } = factor;
    let [a, b, c, d] = meet(pairs, mirrored, block, block);
    let [a, b, c, d] = [a.sum(a), b.sum(b), c.sum(c), d.sum(d)];
    let (Some(pair), Some([_, below, above, ..])) = (pairs.get(block), mirrored.get(block..)) else {
        return [a, b, c, d];
    };
    // With the digits x, y of the pair and z, u above: xx, 2xy, 2xz + yy, 2xu + 2yz.
    [
        a.sum(pair.product(below.even).product(L::new(1.0, 0.0))),
        b.sum(pair.product(below.odd)),
        c.sum(pair.product(above.even).product(L::new(2.0, 1.0))),
        d.sum(pair.product(above.odd).product(L::new(2.0, 2.0))),
    ]
}

/// The sums of the products of the pairs before `end` with what they meet in the four columns of a block.
///
/// In the block b the pair j meets the places 2b - j and 2b - j + 1, which are stored one further up.
#[inline(always)]
fn meet<L: Lanes>(left: &[L], right: &[Mirrored<L>], block: usize, end: usize) -> Columns<L> {
    let middle = block.wrapping_mul(2);
    let start = middle.saturating_sub(right.len().saturating_sub(ENDS));
    let end = end.min(left.len());
    let left = left.get(start..end).unwrap_or_default();
    let first = middle.wrapping_add(2).wrapping_sub(end);
    let right = right.get(first..first.wrapping_add(left.len()).wrapping_add(1)).unwrap_or_default();
    let Some((mut upper, right)) = right.split_last() else {
        return [L::ZERO; 4];
    };
    let [mut a, mut b, mut c, mut d] = [L::ZERO; 4];
    let [mut e, mut f, mut g, mut h] = [L::ZERO; 4];
    let twos = left.chunks_exact(2);
    if let (&[pair], Some(lower)) = (twos.remainder(), right.first()) {
        // The last pair of an odd number.
        let above = right.get(1).unwrap_or(upper);
        e = pair.product(lower.even);
        f = pair.product(lower.odd);
        g = pair.product(above.even);
        h = pair.product(above.odd);
    }
    for (pairs, places) in twos.zip(right.rchunks_exact(2)) {
        if let (&[first, second], [lower, middle]) = (pairs, places) {
            c = c.sum(first.product(upper.even));
            d = d.sum(first.product(upper.odd));
            a = a.sum(first.product(middle.even));
            g = g.sum(second.product(middle.even));
            b = b.sum(first.product(middle.odd));
            h = h.sum(second.product(middle.odd));
            e = e.sum(second.product(lower.even));
            f = f.sum(second.product(lower.odd));
            upper = lower;
        }
    }
    add([a, b, c, d], [e, f, g, h])
}

#[inline(always)]
fn add<L: Lanes>([a, b, c, d]: Columns<L>, [e, f, g, h]: Columns<L>) -> Columns<L> {
    [a.sum(e), b.sum(f), c.sum(g), d.sum(h)]
}

/// What goes from a block of columns to the next.
struct Carry<L> {
    width: Width,
    /// Of the first step and of the second, from the last two columns.
    first: L,
    second: L,
}

impl<L: Lanes> Carry<L> {
    fn new(width: Width) -> Self {
        Self { width, first: L::ZERO, second: L::ZERO }
    }

    /// The digits of four columns.
    #[inline(always)]
    fn digits(&mut self, [a, b, c, d]: Columns<L>) -> [L; 2] {
        [self.pair(a, b), self.pair(c, d)]
    }

    /// Even and odd part are taken apart before they are added: only so does the sum of a whole column, which
    /// can be above 2^53, never appear.
    #[inline(always)]
    fn pair(&mut self, a: L, b: L) -> L {
        let (even_low, even_high) = a.firsts(b).split(&self.width);
        let (odd_low, odd_high) = a.seconds(b).split(&self.width);
        let high = even_high.sum(odd_high);
        let (low, higher) = even_low.sum(odd_low).sum(self.first.across(high)).split(&self.width);
        let digits = low.sum(self.second.across(higher));
        (self.first, self.second) = (high, higher);
        digits
    }
}

/// The memory that multiplications use, and the result of the last one.
pub(crate) struct Work<L> {
    taken: Vec<L>,
    result: Operand<L>,
    spare: Operand<L>,
}

impl<L: Lanes> Work<L> {
    /// Begins with a number.
    pub(crate) fn new(result: Operand<L>) -> Self {
        Self { taken: Vec::new(), result, spare: Operand::EMPTY }
    }

    /// The result as a factor of the next one, which gets other memory.
    fn take(&mut self) -> Operand<L> {
        core::mem::replace(&mut self.result, core::mem::replace(&mut self.spare, Operand::EMPTY))
    }

    pub(crate) fn result(&self) -> &Operand<L> {
        &self.result
    }
}

/// Entries of a mirrored number besides those of its pairs: one before, two after.
const ENDS: usize = 3;

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::{
        super::{Shape, interval::Intervals},
        *,
    };

    /// Whatever the digits of the factors and of the modulus: all sums are exact, and the digits of the result are
    /// again within the bound, none beyond the last position.
    #[test]
    fn no_sum_leaves_the_exact_range() {
        for bits in [2048, 2049, 2104, 2560, 2974, 2975, 2976, 3000, 3072, 4096, 6144, 8191, 8192] {
            let Shape { width, pairs, reduced } = Shape::of(bits);
            let bound = width.up() / 2.0 + 256.0;
            let modulus = Montgomery::new(width, reduced, vec![Intervals::within(width.up() / 2.0); pairs]);
            let factor = || Operand::new(vec![Intervals::within(bound); pairs + 2]);

            let mut work = Work::new(factor());
            modulus.square(&mut work);
            expect(&work, pairs, bound);
            let mut work = Work::new(factor());
            modulus.multiply_result(&factor().pairs, &mut work);
            expect(&work, pairs, bound);
        }
    }

    fn expect(work: &Work<Intervals>, pairs: usize, bound: f64) {
        assert_eq!(work.result.pairs.len(), pairs + 2);
        assert_eq!(work.result.mirrored.len(), pairs + 2 + ENDS);
        for digits in work.result.pairs.iter().chain(&work.taken) {
            assert!(digits.largest() <= bound, "{digits:?}");
        }
    }
}
