//! The columns of products, and the digits that they make.

use super::{
    lanes::{Lanes, Width},
    operand::{BEFORE, ENDS, Mirrored, Operand},
};

/// The sums of four neighbouring columns, in each those of even and of odd j apart.
pub(crate) type Columns<L> = [L; 4];

/// Those of eight, which a pass makes: its beginning and its end take much of the time. The last four columns get
/// something more from the digits of the first.
pub(crate) type Eight<L> = [L; 8];

/// Adds the products of the pairs before `end` with what they meet in the columns from 2 · `first` on.
///
/// There the pair j meets the places `first` - j to `first` - j + 3.
#[inline(always)]
pub(crate) fn meet<L: Lanes>(sums: Eight<L>, left: &[L], right: &[Mirrored<L>], first: usize, end: usize) -> Eight<L> {
    let start = first.saturating_sub(right.len().saturating_sub(ENDS));
    let end = end.min(left.len());
    let left = left.get(start..end).unwrap_or_default();
    let lowest = first.wrapping_add(BEFORE).wrapping_add(1).wrapping_sub(end);
    let right = right.get(lowest..lowest.wrapping_add(left.len()).wrapping_add(3)).unwrap_or_default();
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = sums;
    for (pair, places) in left.iter().zip(right.windows(4).rev()) {
        if let [first, second, third, fourth] = places {
            a = a.sum(pair.product(first.even));
            b = b.sum(pair.product(first.odd));
            c = c.sum(pair.product(second.even));
            d = d.sum(pair.product(second.odd));
            e = e.sum(pair.product(third.even));
            f = f.sum(pair.product(third.odd));
            g = g.sum(pair.product(fourth.even));
            h = h.sum(pair.product(fourth.odd));
        }
    }
    [a, b, c, d, e, f, g, h]
}

/// What the columns of a block of a square have besides twice the products of the pairs before its pass.
#[inline(always)]
pub(crate) fn corner<L: Lanes>(Operand { pairs, mirrored }: &Operand<L>, block: usize) -> Columns<L> {
    let at = |pair: usize| pairs.get(pair).copied().unwrap_or(L::ZERO);
    let Some([below, above, beyond, ..]) = mirrored.get(block.wrapping_add(BEFORE)..) else {
        return [L::ZERO; 4];
    };
    let pair = at(block);
    // With the digits x, y of the pair and z, u above: xx, 2xy, 2xz + yy, 2xu + 2yz.
    let corner = [
        pair.product(below.even).product(L::new(1.0, 0.0)),
        pair.product(below.odd),
        pair.product(above.even).product(L::new(2.0, 1.0)),
        pair.product(above.odd).product(L::new(2.0, 2.0)),
    ];
    if block & 1 == 0 {
        return corner;
    }
    // The second block of a pass has one more pair before it, which meets the places above.
    let before = at(block.wrapping_sub(1));
    let before = before.sum(before);
    add(
        corner,
        [
            before.product(above.even),
            before.product(above.odd),
            before.product(beyond.even),
            before.product(beyond.odd),
        ],
    )
}

#[inline(always)]
pub(crate) fn add<L: Lanes>([a, b, c, d]: Columns<L>, [e, f, g, h]: Columns<L>) -> Columns<L> {
    [a.sum(e), b.sum(f), c.sum(g), d.sum(h)]
}

/// What goes from a block of columns to the next.
pub(crate) struct Carry<L> {
    width: Width,
    /// Of the first step and of the second, from the last two columns.
    first: L,
    second: L,
}

impl<L: Lanes> Carry<L> {
    pub(crate) fn new(width: Width) -> Self {
        Self { width, first: L::ZERO, second: L::ZERO }
    }

    /// The digits of four columns.
    #[inline(always)]
    pub(crate) fn digits(&mut self, [a, b, c, d]: Columns<L>) -> [L; 2] {
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
