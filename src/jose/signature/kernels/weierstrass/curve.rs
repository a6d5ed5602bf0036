//! The curves y² = x³ + a·x + b, and where their numbers are from.

use super::modulus::{Modulus, Number};

/// What tells one curve from another.
pub struct Curve {
    /// Of p and of n alike.
    pub(super) bits: usize,
    /// p, the number of the field.
    pub(super) field: Modulus,
    /// n, the number of points, a prime below p and above p / 2.
    pub(super) order: Modulus,
    pub(super) a: Coefficient,
    /// b·R
    pub(super) b: Number,
    /// Digits that choose an entry of a table together.
    pub(super) teeth: usize,
    /// What [`super::comb::table`] makes of the generator.
    pub(super) table: &'static [u32],
}

/// What x has in the equation.
#[derive(Clone, Copy)]
pub(super) enum Coefficient {
    MinusThree,
    Zero,
}

impl Curve {
    /// Of a coordinate, and of each half of a signature.
    pub(super) fn bytes(&self) -> usize {
        self.bits.div_ceil(8)
    }

    /// Of a row of digits. A whole sum has as many doublings.
    pub(super) fn columns(&self) -> usize {
        self.bits.div_ceil(self.teeth)
    }

    /// Of a table. The digit of the last tooth does not choose an entry, but its sign.
    pub(super) fn entries(&self) -> usize {
        1 << self.teeth.wrapping_sub(1)
    }

    /// Of an entry: x and y.
    pub(super) fn entry_words(&self) -> usize {
        self.field.length().wrapping_mul(2)
    }
}

/// SP 800-186 section 3.2.1.4, SEC 2 section 2.5.1: secp384r1.
pub static P384: Curve = Curve {
    bits: 384,
    field: P384_FIELD,
    order: Modulus::new(
        "FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF C7634D81 F4372DDF 581A0DB2 48B0A77A ECEC196A CCC52973",
    ),
    a: Coefficient::MinusThree,
    b: P384_FIELD.constant(
        "B3312FA7 E23EE7E4 988E056B E3F82D19 181D9C6E FE814112 0314088F 5013875A C656398D 8A2ED19D 2A85C8ED D3EC2AEF",
    ),
    teeth: 5,
    table: &words::<{ 16 * 2 * 12 }>(include_bytes!("generator-p384.bin")),
};

const P384_FIELD: Modulus = Modulus::new(
    "FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFE FFFFFFFF 00000000 00000000 FFFFFFFF",
);

/// SP 800-186 section 3.2.1.5, SEC 2 section 2.6.1: secp521r1.
pub static P521: Curve = Curve {
    bits: 521,
    field: P521_FIELD,
    order: Modulus::new(
        "01FF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFA \
         51868783 BF2F966B 7FCC0148 F709A5D0 3BB5C9B8 899C47AE BB6FB71E 91386409",
    ),
    a: Coefficient::MinusThree,
    b: P521_FIELD.constant(
        "0051 953EB961 8E1C9A1F 929A21A0 B68540EE A2DA725B 99B315F3 B8B48991 8EF109E1 \
         56193951 EC7E937B 1652C0BD 3BB1BF07 3573DF88 3D2C34F1 EF451FD4 6B503F00",
    ),
    teeth: 5,
    table: &words::<{ 16 * 2 * 17 }>(include_bytes!("generator-p521.bin")),
};

const P521_FIELD: Modulus = Modulus::new(
    "01FF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF \
     FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF",
);

/// SEC 2 section 2.4.1.
pub static SECP256K1: Curve = Curve {
    bits: 256,
    field: SECP256K1_FIELD,
    order: Modulus::new("FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFE BAAEDCE6 AF48A03B BFD25E8C D0364141"),
    a: Coefficient::Zero,
    b: SECP256K1_FIELD.constant("07"),
    teeth: 6,
    table: &words::<{ 32 * 2 * 8 }>(include_bytes!("generator-secp256k1.bin")),
};

const SECP256K1_FIELD: Modulus =
    Modulus::new("FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFE FFFFFC2F");

/// The least significant byte of each first.
#[expect(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn words<const N: usize>(bytes: &[u8]) -> [u32; N] {
    assert!(bytes.len() == 4 * N, "the file has another number of entries");
    let mut words = [0; N];
    let mut at = 0;
    while at < N {
        words[at] = u32::from_le_bytes([bytes[4 * at], bytes[4 * at + 1], bytes[4 * at + 2], bytes[4 * at + 3]]);
        at += 1;
    }
    words
}

#[cfg(test)]
mod tests {
    extern crate std;

    use alloc::vec::Vec;

    use super::{super::comb, *};

    /// The files are what this makes. With `WRITE_TABLES` set it writes them.
    #[test]
    fn made_beforehand() {
        for (curve, name, x, y) in [
            (&P384, "p384", P384_X, P384_Y),
            (&P521, "p521", P521_X, P521_Y),
            (&SECP256K1, "secp256k1", SECP256K1_X, SECP256K1_Y),
        ] {
            let made = comb::table(curve, [x, y].map(|digits| curve.field.constant(digits)));
            if std::env::var_os("WRITE_TABLES").is_some() {
                let bytes: Vec<u8> = made.iter().copied().flat_map(u32::to_le_bytes).collect();
                let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/src/jose/signature/kernels/weierstrass");
                std::fs::write(std::format!("{directory}/generator-{name}.bin"), bytes).unwrap();
            } else {
                assert!(made == curve.table, "generator-{name}.bin is not what is made");
            }
        }
    }

    /// The generators, from the sections that the curves are from.
    const P384_X: &str =
        "AA87CA22 BE8B0537 8EB1C71E F320AD74 6E1D3B62 8BA79B98 59F741E0 82542A38 5502F25D BF55296C 3A545E38 72760AB7";
    const P384_Y: &str =
        "3617DE4A 96262C6F 5D9E98BF 9292DC29 F8F41DBD 289A147C E9DA3113 B5F0B8C0 0A60B1CE 1D7E819D 7A431D7C 90EA0E5F";
    const P521_X: &str = "00C6 858E06B7 0404E9CD 9E3ECB66 2395B442 9C648139 053FB521 F828AF60 6B4D3DBA \
                          A14B5E77 EFE75928 FE1DC127 A2FFA8DE 3348B3C1 856A429B F97E7E31 C2E5BD66";
    const P521_Y: &str = "0118 39296A78 9A3BC004 5C8A5FB4 2C7D1BD9 98F54449 579B4468 17AFBD17 273E662C \
                          97EE7299 5EF42640 C550B901 3FAD0761 353C7086 A272C240 88BE9476 9FD16650";
    const SECP256K1_X: &str = "79BE667E F9DCBBAC 55A06295 CE870B07 029BFCDB 2DCE28D9 59F2815B 16F81798";
    const SECP256K1_Y: &str = "483ADA77 26A3C465 5DA4FBFC 0E1108A8 FD17B448 A6855419 9C47D08F FB10D4B8";
}
