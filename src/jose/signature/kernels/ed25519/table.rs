//! The generator B (RFC 8032 section 5.1) and its small table, made beforehand.

use super::point::Entry;
use crate::comb::SMALL;

/// B.
pub(super) const GENERATOR: Entry = {
    let [generator] = decoded(include_bytes!("generator.bin"));
    generator
};

/// What [`crate::comb::table`] makes of B.
pub(super) static SMALL_GENERATOR: [Entry; SMALL.entries()] = decoded(include_bytes!("generator-small.bin"));

/// An entry is 27 digits, each of four bytes, the least significant first.
#[expect(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn decoded<const COUNT: usize>(bytes: &[u8]) -> [Entry; COUNT] {
    let (digits, rest) = bytes.as_chunks();
    assert!(rest.is_empty() && digits.len() == COUNT * 27, "the file has another number of entries");
    let mut entries = [Entry { sum: [0; 9], difference: [0; 9], product: [0; 9] }; COUNT];
    let mut place = 0;
    while place < digits.len() {
        let digit = i32::from_le_bytes(digits[place]);
        let entry = &mut entries[place / 27];
        match place % 27 {
            at @ 0..9 => entry.sum[at] = digit,
            at @ 9..18 => entry.difference[at - 9] = digit,
            at => entry.product[at - 18] = digit,
        }
        place += 1;
    }
    entries
}

#[cfg(test)]
mod tests {
    extern crate std;

    use alloc::{format, vec::Vec};

    use super::{
        super::{bounds::is_tight, encoding::decoded as point_of, point::Point},
        *,
    };
    use crate::comb::table;

    /// The files are what this makes. With `WRITE_TABLES` set it writes them.
    #[test]
    fn made_beforehand() {
        // y is 4 / 5, and x even (RFC 8032 section 5.1).
        let mut encoded = [0x66; 32];
        encoded[0] = 0x58;
        let (x, y) = point_of(&encoded).unwrap();
        let point = Point::at(x, y);
        let embedded = [
            ("generator", [Entry::at(&x, &y)].to_vec(), [GENERATOR].as_slice()),
            ("generator-small", table(&point, SMALL), SMALL_GENERATOR.as_slice()),
        ];
        for (name, made, embedded) in embedded {
            assert!(made.iter().all(is_tight));
            if std::env::var_os("WRITE_TABLES").is_some() {
                let bytes: Vec<u8> = made
                    .iter()
                    .flat_map(|entry| [entry.sum, entry.difference, entry.product])
                    .flatten()
                    .flat_map(i32::to_le_bytes)
                    .collect();
                let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/src/jose/signature/kernels/ed25519");
                std::fs::write(format!("{directory}/{name}.bin"), bytes).unwrap();
            } else {
                assert!(made == embedded, "{name}.bin is not what is made");
            }
        }
    }
}
