//! Two multiples of two points added, with tables of both: the signed comb.
//!
//! C. H. Lim and P. J. Lee, "More Flexible Exponentiation with Precomputation", CRYPTO '94, with the digits
//! ±1 of M. Hedabou, P. Pinel and L. Bénéteau, "Countermeasures for Preventing Comb Method Against SCA
//! Attacks", ISPEC 2005: no digit is zero, and a table needs only half of all sums.
//!
//! An odd scalar is Σ b(i)·2^i with every b(i) either 1 or −1. The digits lie in `teeth` rows of `tables`
//! parts of `columns` digits: digit i = (t·tables + u)·columns + j is in row t, part u, column j. For each
//! column, from the last to the first, the sum is doubled, and of each part u the entry added that is
//! Σ b·2^((t·tables + u)·columns)·P over the rows t.

use alloc::vec::Vec;

/// What a comb needs of a group. Additions and doublings are complete: right for all points.
pub(super) trait Group: Clone {
    /// A point as tables hold it.
    type Entry: Clone;

    /// The neutral element.
    fn identity() -> Self;

    /// The points as entries. All at once, because one inversion then serves them all.
    fn entries(points: &[Self]) -> Vec<Self::Entry>;

    #[must_use]
    fn doubled(&self) -> Self;

    #[must_use]
    fn plus(&self, entry: &Self::Entry) -> Self;

    #[must_use]
    fn minus(&self, entry: &Self::Entry) -> Self;
}

/// A number below 2^256: eight words of 32 bits, the least significant first.
pub(super) type Scalar = [u32; 8];

/// How a table is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Digits that choose an entry together, up to 8.
    pub(super) teeth: u32,
    /// Parts, each with entries of its own.
    pub(super) parts: u32,
}

/// For a key that may not be used again: quick to make, 16 entries.
pub(super) const SMALL: Shape = Shape { teeth: 5, parts: 1 };

/// For a key that has proved warm: 512 entries.
pub(super) const LARGE: Shape = Shape { teeth: 8, parts: 4 };

impl Shape {
    /// Doublings of a whole sum, and one more: the digits of a scalar are as many as all columns have.
    pub(super) fn columns(self) -> u32 {
        256_u32.div_ceil(self.teeth.wrapping_mul(self.parts))
    }

    /// Entries of one part: the last tooth has the sign of the whole, so it does not choose.
    pub(super) fn entries_of_part(self) -> usize {
        1_usize.wrapping_shl(self.teeth.wrapping_sub(1))
    }
}

/// The entries of a table for `point`, part after part.
///
/// In a part, bit t of an entry's place says that the digit of tooth t is 1 and not −1. The digit of the last
/// tooth is 1.
pub(super) fn table<G: Group>(point: &G, shape: Shape) -> Vec<G::Entry> {
    todo!()
}

/// A multiple of a point.
pub(super) struct Multiple<'a, E> {
    /// Odd, and below 2^256.
    pub(super) scalar: &'a Scalar,
    /// Whether the scalar stands for its negative.
    pub(super) negative: bool,
    /// What [`table`] makes of the point.
    pub(super) table: &'a [E],
}

/// The sum of both multiples, whose tables have this one shape.
pub(super) fn sum<G: Group>(first: &Multiple<'_, G::Entry>, second: &Multiple<'_, G::Entry>, shape: Shape) -> G {
    todo!()
}
