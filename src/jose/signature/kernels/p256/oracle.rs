//! Keys, signatures and verdicts of RustCrypto, for the tests.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

use p256::{
    AffinePoint, ProjectivePoint, Scalar,
    ecdsa::{Signature, VerifyingKey, signature::hazmat::PrehashVerifier},
    elliptic_curve::{
        PrimeField,
        bigint::U256,
        ops::Reduce,
        point::{AffineCoordinates, DecompressPoint},
        sec1::ToEncodedPoint,
    },
};

use super::PreparedKey;

/// One public key, theirs and ours.
#[derive(Clone)]
pub(super) struct Pair {
    pub(super) ours: PreparedKey,
    theirs: VerifyingKey,
    point: ProjectivePoint,
}

impl Pair {
    pub(super) fn new(point: ProjectivePoint) -> Self {
        let [x, y] = coordinates(point);
        let ours = PreparedKey::new(&x, &y).unwrap();
        Self { ours, theirs: VerifyingKey::from_affine(point.to_affine()).unwrap(), point }
    }

    /// Digest, r and s of a valid signature that is checked with these factors of the generator and the key:
    /// with R as their sum, r is its x, s = r / second, and the digest first·s. `None` if the sum is infinity.
    pub(super) fn signature(&self, first: Scalar, second: Scalar) -> Option<[[u8; 32]; 3]> {
        let sum = ProjectivePoint::GENERATOR * first + self.point * second;
        if sum == ProjectivePoint::IDENTITY {
            return None;
        }
        let r = reduced(&sum.to_affine().x().into());
        let s = r * second.invert().unwrap();
        Some([first * s, r, s].map(|scalar| scalar.to_repr().into()))
    }

    /// Ours, which must be theirs.
    pub(super) fn verdict(&self, digest: &[u8; 32], r: &[u8; 32], s: &[u8; 32]) -> bool {
        let ours = self.ours.verify(digest, r, s);
        let theirs = Signature::from_scalars(*r, *s)
            .is_ok_and(|signature| self.theirs.verify_prehash(digest, &signature).is_ok());
        assert_eq!(ours, theirs, "{:x?} {digest:x?} {r:x?} {s:x?}", coordinates(self.point));
        ours
    }
}

pub(super) fn coordinates(point: ProjectivePoint) -> [[u8; 32]; 2] {
    let point = point.to_encoded_point(false);
    [point.x(), point.y()].map(|number| (*number.unwrap()).into())
}

/// One of the two points with this x, if there are any.
pub(super) fn point_with_x(x: &[u8; 32]) -> Option<ProjectivePoint> {
    Option::from(AffinePoint::decompress(&(*x).into(), 0.into()).map(ProjectivePoint::from))
}

/// Modulo n.
pub(super) fn reduced(number: &[u8; 32]) -> Scalar {
    <Scalar as Reduce<U256>>::reduce_bytes(&(*number).into())
}

/// The number and a small one.
pub(super) fn neighbour(mut number: [u8; 32], by: i16) -> [u8; 32] {
    let mut carry = by;
    for byte in number.iter_mut().rev() {
        let column = i16::from(*byte) + carry;
        *byte = u8::try_from(column & 0xff).unwrap();
        carry = column >> 8;
    }
    number
}

/// The same numbers for the same seed: splitmix64 of G. L. Steele, D. Lea and C. H. Flood (OOPSLA 2014).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes.chunks_exact_mut(8).for_each(|chunk| chunk.copy_from_slice(&self.next().to_be_bytes()));
        bytes
    }

    /// Not zero. One half has all bits at random; the others have few of one kind, or are near zero or n.
    pub(super) fn scalar(&mut self) -> Scalar {
        let mut bytes = self.bytes();
        let choice = self.next();
        match choice % 8 {
            0 => bytes.iter_mut().for_each(|byte| *byte &= if self.next().is_multiple_of(8) { 0xff } else { 0 }),
            1 => bytes.iter_mut().for_each(|byte| *byte |= if self.next().is_multiple_of(8) { 0 } else { 0xff }),
            2 => bytes[..usize::try_from(choice / 8 % 32).unwrap()].fill(0),
            3 => bytes[usize::try_from(choice / 8 % 32).unwrap()..].fill(0xff),
            _ => {}
        }
        let scalar = reduced(&bytes);
        match choice / 256 % 16 {
            _ if scalar == Scalar::ZERO => Scalar::ONE,
            0 => -scalar,
            _ => scalar,
        }
    }
}

/// n, the most significant byte first.
pub(super) const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
    0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// p, the most significant byte first.
pub(super) const PRIME: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
];
