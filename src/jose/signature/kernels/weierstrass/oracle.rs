//! Keys, signatures and verdicts of RustCrypto, for the tests.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

use alloc::vec::Vec;

use p384::elliptic_curve::{Field, Group, PrimeField};

use super::{
    PreparedKey,
    curve::{Curve, P384, P521, SECP256K1},
};

/// A library of one curve.
pub(super) trait Library {
    type Scalar: PrimeField;
    type Point: Group<Scalar = Self::Scalar>;

    const CURVE: &Curve;
    /// Of a number below p, and of one below n.
    const BYTES: usize;
    /// Of the hash that goes with the curve.
    const DIGEST_BYTES: usize;

    /// x and y of a point that is not at infinity.
    fn coordinates(point: &Self::Point) -> [Vec<u8>; 2];

    /// One of the two points with this x, if there are any.
    fn point_with_x(x: &[u8]) -> Option<Self::Point>;

    /// Whether the signature holds.
    fn accepts(point: &Self::Point, digest: &[u8], r: &[u8], s: &[u8]) -> bool;
}

macro_rules! library {
    ($library:ident, $name:ident, $curve:expr, $bytes:literal, $digest_bytes:literal, $normalized:expr) => {
        impl Library for $library::$name {
            type Scalar = $library::Scalar;
            type Point = $library::ProjectivePoint;

            const CURVE: &Curve = &$curve;
            const BYTES: usize = $bytes;
            const DIGEST_BYTES: usize = $digest_bytes;

            fn coordinates(point: &Self::Point) -> [Vec<u8>; 2] {
                use $library::elliptic_curve::sec1::ToEncodedPoint;
                let point = point.to_affine().to_encoded_point(false);
                [point.x(), point.y()].map(|number| number.unwrap().to_vec())
            }

            fn point_with_x(x: &[u8]) -> Option<Self::Point> {
                use $library::elliptic_curve::point::DecompressPoint;
                let x = x.iter().copied().collect();
                Option::from($library::AffinePoint::decompress(&x, 0.into()).map(Self::Point::from))
            }

            fn accepts(point: &Self::Point, digest: &[u8], r: &[u8], s: &[u8]) -> bool {
                use $library::ecdsa::{Signature, VerifyingKey, signature::hazmat::PrehashVerifier};
                let key = VerifyingKey::from_affine(point.to_affine()).unwrap();
                let normalized: fn(Signature) -> Signature = $normalized;
                Signature::from_slice(&[r, s].concat())
                    .is_ok_and(|signature| key.verify_prehash(digest, &normalized(signature)).is_ok())
            }
        }
    };
}

library!(p384, NistP384, P384, 48, 48, |signature| signature);
library!(p521, NistP521, P521, 66, 64, |signature| signature);
// The library accepts the smaller s only, a rule of blockchains.
library!(k256, Secp256k1, SECP256K1, 32, 32, |signature| signature.normalize_s().unwrap_or(signature));

/// One public key, theirs and ours.
pub(super) struct Pair<L: Library> {
    pub(super) ours: PreparedKey,
    pub(super) point: L::Point,
}

impl<L: Library> Pair<L> {
    pub(super) fn new(point: L::Point) -> Self {
        let [x, y] = L::coordinates(&point);
        Self { ours: PreparedKey::new(L::CURVE, &x, &y).unwrap(), point }
    }

    /// Digest, r and s of a valid signature that is checked with these factors of the generator and the key:
    /// with R as their sum, r is its x, s = r / second, and the digest first·s. `None` if the sum is infinity.
    /// For P-521 the digest is as long as n: no hash is.
    pub(super) fn signature(&self, first: L::Scalar, second: L::Scalar) -> Option<[Vec<u8>; 3]> {
        let sum = L::Point::generator() * first + self.point * second;
        if sum == L::Point::identity() {
            return None;
        }
        let r = reduced::<L>(&L::coordinates(&sum)[0]);
        let s = r * second.invert().unwrap();
        Some([shifted::<L>(&bytes(&(first * s))), bytes(&r), bytes(&s)])
    }

    /// Ours, which must be theirs.
    pub(super) fn verdict(&self, digest: &[u8], r: &[u8], s: &[u8]) -> bool {
        let ours = self.ours.verify(digest, r, s);
        // A digest as long as n they do not take for P-521, but they take the number that it stands for.
        let theirs = L::accepts(&self.point, &unshifted::<L>(digest), r, s);
        assert_eq!(ours, theirs, "{:x?} {digest:x?} {r:x?} {s:x?}", L::coordinates(&self.point));
        ours
    }
}

/// The most significant byte first.
pub(super) fn bytes<S: PrimeField>(scalar: &S) -> Vec<u8> {
    scalar.to_repr().as_ref().to_vec()
}

/// Modulo n.
pub(super) fn reduced<L: Library>(number: &[u8]) -> L::Scalar {
    number.iter().fold(L::Scalar::ZERO, |sum, byte| sum * L::Scalar::from(256) + L::Scalar::from(u64::from(*byte)))
}

/// The hash whose leftmost bits are this number, as many as n has.
pub(super) fn shifted<L: Library>(number: &[u8]) -> Vec<u8> {
    let bits = unused::<L>();
    let next = number.iter().skip(1).chain([&0]);
    number
        .iter()
        .zip(next)
        .map(|(byte, next)| byte << bits | u8::try_from(u16::from(*next) << bits >> 8).unwrap())
        .collect()
}

/// The number of the leftmost bits of a hash that is as long as n; else the hash.
fn unshifted<L: Library>(digest: &[u8]) -> Vec<u8> {
    if digest.len() != L::BYTES {
        return digest.to_vec();
    }
    let bits = unused::<L>();
    let before = [0].iter().chain(digest);
    digest
        .iter()
        .zip(before)
        .map(|(byte, before)| byte >> bits | u8::try_from(u16::from(*before) << 8 >> bits & 0xff).unwrap())
        .collect()
}

/// Bits of a byte string as long as n that n does not have.
fn unused<L: Library>() -> u32 {
    u32::try_from(L::BYTES).unwrap() * 8 - L::Scalar::NUM_BITS
}

/// The number and a small one.
pub(super) fn neighbour(number: &[u8], by: i16) -> Vec<u8> {
    let mut number = number.to_vec();
    let mut carry = by;
    for byte in number.iter_mut().rev() {
        let column = i16::from(*byte) + carry;
        *byte = u8::try_from(column & 0xff).unwrap();
        carry = column >> 8;
    }
    number
}

/// n, the most significant byte first.
pub(super) fn order<L: Library>() -> Vec<u8> {
    neighbour(&bytes(&-L::Scalar::ONE), 1)
}

/// p, the most significant byte first.
pub(super) fn prime<L: Library>() -> Vec<u8> {
    // y of a point and y of its negative are p together.
    let generator = L::Point::generator();
    let [[_, y], [_, negated]] = [generator, -generator].map(|point| L::coordinates(&point));
    sum(&y, &negated)
}

/// Of two numbers, in as many bytes.
pub(super) fn sum(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut sum = a.to_vec();
    let mut carry = 0;
    for (byte, other) in sum.iter_mut().zip(b).rev() {
        let column = u16::from(*byte) + u16::from(*other) + carry;
        *byte = u8::try_from(column & 0xff).unwrap();
        carry = column >> 8;
    }
    sum
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

    /// One half has all bits at random; the others have few of one kind, or long runs at an end.
    pub(super) fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..length.div_ceil(8)).flat_map(|_| self.next().to_be_bytes()).collect();
        bytes.truncate(length);
        let choice = self.next();
        let cut = usize::try_from(choice / 8).unwrap() % length;
        match choice % 8 {
            0 => bytes.iter_mut().for_each(|byte| *byte &= if self.next().is_multiple_of(8) { 0xff } else { 0 }),
            1 => bytes.iter_mut().for_each(|byte| *byte |= if self.next().is_multiple_of(8) { 0 } else { 0xff }),
            2 => bytes[..cut].fill(0),
            3 => bytes[cut..].fill(0xff),
            _ => {}
        }
        bytes
    }

    /// Not zero.
    pub(super) fn scalar<L: Library>(&mut self) -> L::Scalar {
        let scalar = reduced::<L>(&self.bytes(L::BYTES));
        match self.next() % 16 {
            _ if scalar == L::Scalar::ZERO => L::Scalar::ONE,
            0 => -scalar,
            _ => scalar,
        }
    }
}
