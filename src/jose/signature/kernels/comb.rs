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
//!
//! Both points share the doublings. Their tables may have other teeth, and even other columns: who has fewer joins
//! when the others have come to them.

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

    /// Doubled so many times: for groups with a way that pays when there are several.
    #[must_use]
    fn doubled_often(&self, times: u32) -> Self {
        (0..times).fold(self.clone(), |point, _| point.doubled())
    }

    /// All entries of a part: [`lowest`], that with the double of each tooth but the last, and so on. For groups with
    /// a way that pays when there are many.
    fn part(teeth: &[[Self::Entry; 2]]) -> Vec<Self::Entry> {
        part::<Self>(teeth)
    }

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
    /// Digits that choose an entry together, up to [`MOST_TEETH`].
    pub(super) teeth: u32,
    /// Parts, each with entries of its own.
    pub(super) parts: u32,
}

/// For a key that may not be used again: quick to make, 16 entries.
pub(super) const SMALL: Shape = Shape { teeth: 5, parts: 1 };

/// For a key that has proved warm: 512 entries.
pub(super) const LARGE: Shape = Shape { teeth: 8, parts: 4 };

impl Shape {
    /// Of digits. A whole sum has as many doublings.
    pub(super) const fn columns(self) -> u32 {
        256_u32.div_ceil(self.teeth.wrapping_mul(self.parts))
    }

    /// Of one part. The digit of the last tooth does not choose an entry, but its sign.
    pub(super) const fn entries_of_part(self) -> usize {
        1_usize.wrapping_shl(self.teeth.wrapping_sub(1))
    }

    /// Of a whole table.
    #[expect(clippy::as_conversions, reason = "in a constant there is no other; the number is small")]
    pub(super) const fn entries(self) -> usize {
        self.entries_of_part().wrapping_mul(self.parts as usize)
    }
}

/// The entries of a table for `point`, part after part.
///
/// In a part, bit t of an entry's place says that the digit of tooth t is 1 and not −1. The digit of the last
/// tooth is 1.
pub(super) fn table<G: Group>(point: &G, shape: Shape) -> Vec<G::Entry> {
    let columns = shape.columns();
    // Each power of two that a digit of the first column has, and twice it.
    let mut powers = Vec::new();
    let mut power = point.clone();
    let mut more = shape.teeth.wrapping_mul(shape.parts);
    loop {
        let doubled = power.doubled();
        powers.extend([power, doubled.clone()]);
        more = more.wrapping_sub(1);
        if more == 0 {
            break;
        }
        power = doubled.doubled_often(columns.wrapping_sub(1));
    }
    // Tooth after tooth, in each part after part.
    let powers = G::entries(&powers);
    let (powers, _) = powers.as_chunks();
    (0..shape.parts)
        .flat_map(|part| {
            let teeth: Vec<_> = powers.iter().skip(index(part)).step_by(index(shape.parts)).cloned().collect();
            G::part(&teeth)
        })
        .collect()
}

/// The entries of a part: what [`Group::part`] gives.
pub(super) fn part<G: Group>(teeth: &[[G::Entry; 2]]) -> Vec<G::Entry> {
    G::entries(&sums(lowest(teeth), teeth.split_last().map_or(&[], |(_, others)| others)))
}

/// The sum of a part where each tooth has the digit −1 but the last, given their points and their doubles.
pub(super) fn lowest<G: Group>(teeth: &[[G::Entry; 2]]) -> G {
    let lowest = teeth.iter().fold(G::identity(), |sum, [once, _]| sum.minus(once));
    teeth.last().map_or(lowest.clone(), |[_, twice]| lowest.plus(twice))
}

/// The sums of a point and the doubles of some teeth, of each with all before it.
pub(super) fn sums<G: Group>(point: G, teeth: &[[G::Entry; 2]]) -> Vec<G> {
    let mut sums = Vec::from([point]);
    for [_, twice] in teeth {
        for place in 0..sums.len() {
            if let Some(sum) = sums.get(place) {
                sums.push(sum.plus(twice));
            }
        }
    }
    sums
}

/// A multiple of a point.
pub(super) struct Multiple<'a, E> {
    /// The digits of the scalar.
    rows: [u64; MOST_TEETH],
    /// Whether the scalar stands for its negative.
    negative: bool,
    table: &'a [E],
    shape: Shape,
}

impl<'a, E> Multiple<'a, E> {
    /// By an odd scalar, or by its negative, of the point that [`table`] made the table of, in this shape.
    pub(super) fn new(scalar: &Scalar, negative: bool, table: &'a [E], shape: Shape) -> Self {
        Self { rows: rows(scalar, shape), negative, table, shape }
    }

    /// What a part adds in a column, and whether it is to be subtracted: Σ b·2^i·P for the digits b there.
    #[inline(always)]
    fn entry(&self, part: u32, column: u32) -> Option<(&'a E, bool)> {
        let entries = self.shape.entries_of_part();
        let signs = signs(&self.rows, part.wrapping_mul(self.shape.columns()).wrapping_add(column));
        // The digit of the last tooth is the sign of the entry. With −1, the other digits are told by the negative.
        let last_is_one = signs & entries != 0;
        let place = if last_is_one { signs } else { !signs } & entries.wrapping_sub(1);
        let entry = self.table.get(index(part).wrapping_mul(entries).wrapping_add(place))?;
        Some((entry, last_is_one == self.negative))
    }
}

/// The sum of both multiples.
pub(super) fn sum<G: Group>(multiples: &[Multiple<'_, G::Entry>; 2]) -> G {
    let columns = multiples.each_ref().map(|multiple| multiple.shape.columns());
    let [one, other] = columns;
    let mut sum = G::identity();
    for column in (0..one.max(other)).rev() {
        sum = sum.doubled();
        for (multiple, columns) in multiples.iter().zip(columns) {
            let parts = if column < columns { multiple.shape.parts } else { 0 };
            for part in 0..parts {
                sum = match multiple.entry(part, column) {
                    Some((entry, false)) => sum.plus(entry),
                    Some((entry, true)) => sum.minus(entry),
                    None => sum,
                };
            }
        }
    }
    sum
}

/// The digits of an odd scalar, set where a digit is 1 and not −1, in rows of one tooth each.
///
/// Σ b(i)·2^i of l digits is the scalar, where (b(i) + 1) / 2 are the digits in base 2 of (scalar + 2^l − 1) / 2.
fn rows(scalar: &Scalar, shape: Shape) -> [u64; MOST_TEETH] {
    let length = shape.parts.wrapping_mul(shape.columns());
    let mut before = 0_u32;
    [(); MOST_TEETH].map(|()| {
        // The bits of scalar / 2; the 2^(l − 1) that is added is the last digit.
        let mut row = bits(scalar, before.wrapping_add(1), length);
        before = before.wrapping_add(length);
        if before == shape.teeth.wrapping_mul(length) {
            row |= 1_u64.wrapping_shl(length.wrapping_sub(1));
        }
        row
    })
}

/// So many bits of a scalar, at most 64, from one on.
fn bits(scalar: &Scalar, from: u32, length: u32) -> u64 {
    let words = scalar.iter().skip(index(from >> 5)).take(3).rev();
    let joined = words.fold(0_u128, |joined, word| joined << 32 | u128::from(*word)).wrapping_shr(from & 31);
    let [a, b, c, d, e, f, g, h, ..] = joined.to_le_bytes();
    u64::from_le_bytes([a, b, c, d, e, f, g, h]) & u64::MAX.wrapping_shr(64_u32.wrapping_sub(length))
}

/// The digits at one place of each row, that of the last tooth highest.
#[inline(always)]
fn signs(rows: &[u64; MOST_TEETH], place: u32) -> usize {
    rows.iter().rev().fold(0, |signs, row| signs << 1 | usize::from(row.wrapping_shr(place) & 1 == 1))
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Of all shapes.
const MOST_TEETH: usize = 11;
