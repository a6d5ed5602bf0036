//! The generator and its small table, made beforehand: for each entry the limbs of x, then those of y, as numbers
//! with sign of 32 bits, the least significant byte first.

use super::{
    super::comb::{SMALL, Shape},
    field::Element,
    point::{Entry, Point},
};

/// The generator (SEC 2 section 2.4.2).
pub(super) fn generator() -> Point {
    Point::of_affine(Element::of_words(&X), Element::of_words(&Y))
}

/// Of the generator's wide table: 3072 entries. It has the columns of [`super::super::comb::LARGE`] in three parts instead
/// of four, which is a quarter less to add, and serves all keys.
pub(super) const WIDE: Shape = Shape { teeth: 11, parts: 3 };

/// What [`super::super::comb::table`] makes of the generator.
pub(super) static SMALL_GENERATOR: [Entry; SMALL.entries()] = entries(include_bytes!("generator.bin"));

#[expect(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn entries<const N: usize>(bytes: &[u8]) -> [Entry; N] {
    assert!(bytes.len() == N * 72, "the file has another number of entries");
    let mut entries = [Entry { x: [0; 9], y: [0; 9] }; N];
    let mut limb = 0;
    while limb < N * 18 {
        let at = limb * 4;
        let number = i32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let (entry, place) = (limb / 18, limb % 18);
        if place < 9 {
            entries[entry].x[place] = number;
        } else {
            entries[entry].y[place - 9] = number;
        }
        limb += 1;
    }
    entries
}

/// The least significant word first.
const X: [u32; 8] =
    [0xd898_c296, 0xf4a1_3945, 0x2deb_33a0, 0x7703_7d81, 0x63a4_40f2, 0xf8bc_e6e5, 0xe12c_4247, 0x6b17_d1f2];
const Y: [u32; 8] =
    [0x37bf_51f5, 0xcbb6_4068, 0x6b31_5ece, 0x2bce_3357, 0x7c0f_9e16, 0x8ee7_eb4a, 0xfe1a_7f9b, 0x4fe3_42e2];

#[cfg(test)]
mod tests {
    extern crate std;

    use alloc::vec::Vec;

    use super::{
        super::{
            super::comb::{self, LARGE},
            point::is_on_curve,
        },
        *,
    };

    /// Which says of the multiples of any key that none is infinity.
    #[test]
    fn entries_are_points() {
        for shape in [SMALL, LARGE, WIDE] {
            let entries = comb::table(&generator(), shape);
            assert_eq!(entries.len(), shape.entries());
            assert!(entries.iter().map(Entry::coordinates).all(|[x, y]| is_on_curve(&x, &y)));
        }
    }

    /// The file is what this makes. With `WRITE_TABLES` set it writes it.
    #[test]
    fn made_beforehand() {
        let made = comb::table(&generator(), SMALL);
        if std::env::var_os("WRITE_TABLES").is_some() {
            let limbs = made.iter().flat_map(|entry| entry.x.into_iter().chain(entry.y));
            let bytes: Vec<u8> = limbs.flat_map(i32::to_le_bytes).collect();
            let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/src/jose/signature/kernels/p256");
            std::fs::write(std::format!("{directory}/generator.bin"), bytes).unwrap();
        } else {
            assert!(made == SMALL_GENERATOR, "generator.bin is not what is made");
        }
    }
}
