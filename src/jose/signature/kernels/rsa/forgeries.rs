//! PKCS#1 v1.5 with signatures that stand for an encoded message, and with such that stand for nearly one: each is made
//! with the private key, so that nothing but the encoded message is wrong.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

extern crate std;

use alloc::{vec, vec::Vec};

use rsa::BigUint;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::{
    Exact, Pair, PreparedKey,
    fused::Fused,
    pkcs1,
    shape::Shape,
    signer::PrivateKey,
    tests::{Random, both, number},
};

/// Sizes and exponents, with moduli at random and at the extremes.
/// RSA_ROUNDS says how many times, by default once, and RSA_SEED with which numbers, by default 0.
#[test]
fn only_the_encoded_message_is_accepted() {
    let seed = u64::try_from(number("RSA_SEED", 0)).unwrap();
    let mut random = Random((seed << 40) + (1 << 39));
    let mut refused = 0;
    let rounds = number("RSA_ROUNDS", 1);
    for round in 0..rounds {
        for (place, bits) in SIZES.into_iter().enumerate() {
            for shape in (0..9).filter(|shape| (shape + shape / 3 + place + round) % 3 == 0) {
                for (e, hash) in
                    [(vec![3], shape), (vec![1, 0, 1], shape + 1), (any_exponent(bits, &mut random), shape + 2)]
                {
                    let key = Key::new(bits, &e, shape, &mut random);
                    refused += key.check(&HASHES[hash % 3], &mut random);
                }
            }
        }
    }
    // Three keys of three shapes for each size. Two sizes have one forgery less.
    assert_eq!(refused, rounds * 9 * (46 * SIZES.len() - 2));
}

/// For a longer one the bounds of the sums are not proved.
#[test]
fn no_digest_info_is_longer_than_that_of_sha512() {
    let key = Key::new(2048, &[3], 0, &mut Random::new());
    for (length, accepted) in [(0, true), (82, true), (83, true), (84, false), (245, false), (300, false)] {
        let info = vec![0x5a; length];
        let number = BigUint::from_bytes_be(&encoded(256, &info[..length.min(253)]));
        let signature = key.padded(&key.private.root(&number));
        for prepared in &key.prepared {
            assert_eq!(prepared.public_operation_ends(&signature, &info), accepted, "{length}");
        }
    }
}

struct Key {
    private: PrivateKey,
    /// In either arithmetic.
    prepared: [PreparedKey; 2],
    n: BigUint,
    bits: usize,
    e: Vec<u8>,
}

impl Key {
    fn new(bits: usize, e: &[u8], shape: usize, random: &mut Random) -> Self {
        let private = PrivateKey::new(bits, e, shape, random);
        let n = private.modulus();
        let prepared = both(&n.to_bytes_be(), e).map(Option::unwrap);
        Self { private, prepared, n, bits, e: e.to_vec() }
    }

    /// As many bytes as n has.
    fn padded(&self, number: &BigUint) -> Vec<u8> {
        let bytes = number.to_bytes_be();
        let zeros = self.bits.div_ceil(8).checked_sub(bytes.len()).unwrap();
        [vec![0; zeros], bytes].concat()
    }

    /// How many were refused.
    fn check(&self, hash: &Hash, random: &mut Random) -> usize {
        let number = BigUint::from_bytes_be;
        let message = &random.bytes(50);
        let info = [hash.prefix, (hash.digest)(message).as_slice()].concat();
        let right = encoded(self.bits.div_ceil(8), &info);
        let root = self.private.root(&number(&right));
        let signature = self.padded(&root);
        let holds = |hash: &Hash, signature: &[u8], message: &[u8]| {
            let [exact, fused] = self.prepared.each_ref().map(|key| (hash.verify)(key, signature, message));
            assert_eq!(exact, fused, "{self:?}");
            exact
        };
        assert!(holds(hash, &signature, message), "{self:?}");

        let forgeries = self.forgeries(&right, &info, random);
        for (name, forgery) in &forgeries {
            assert!(*forgery != number(&right) && *forgery < self.n, "{name}");
            let signature = self.padded(&self.private.root(forgery));
            for key in &self.prepared {
                assert_eq!(key.recover(&signature).unwrap(), self.padded(forgery), "{name}");
            }
            assert!(!holds(hash, &signature, message), "{name}: {self:?}");
        }

        let bit = BigUint::from(1_u8) << (random.number() % (self.bits - 1));
        let others = [
            (&root ^ bit) % &self.n,
            &self.n - &root,
            (&root + self.private.large_divisor()) % &self.n,
            (&root + 1_u8) % &self.n,
            number(&right),
        ];
        for other in &others {
            assert!(!holds(hash, &self.padded(other), message), "{other}: {self:?}");
        }
        let mut changed = message.clone();
        changed[random.number() % 50] ^= 1 << (random.number() % 8);
        assert!(!holds(hash, &signature, &changed), "{self:?}");
        for other in HASHES.iter().filter(|other| other.prefix != hash.prefix) {
            assert!(!holds(other, &signature, message), "{self:?}");
        }
        let mut n = self.n.to_bytes_be();
        let last = n.len() - 1;
        n[1 + random.number() % (last - 1)] ^= 1 << (random.number() % 8);
        let e: &[u8] = if self.e == [3] { &[1, 0, 1] } else { &[3] };
        for other in both(&n, &self.e).into_iter().chain(both(&self.n.to_bytes_be(), e)) {
            assert!(!(hash.verify)(&other.unwrap(), &signature, message), "{self:?}");
        }
        forgeries.len() + others.len() + 5
    }

    /// What an encoded message is not.
    fn forgeries(&self, right: &[u8], info: &[u8], random: &mut Random) -> Vec<(&'static str, BigUint)> {
        let ones = |count: usize| vec![0xff; count];
        let padding = right.len() - info.len() - 3;
        let behind = |count: usize, rest: &[u8]| {
            let head = [&[0, 1], ones(count).as_slice(), &[0], info].concat();
            [&head, &rest[..right.len() - head.len()]].concat()
        };
        let at = |place: usize, byte: u8| {
            let mut changed = right.to_vec();
            changed[place] = byte;
            changed
        };
        let inside = |from: usize, count: usize, random: &mut Random| {
            let place = from + random.number() % count;
            at(place, right[place] ^ 1 << (random.number() % 8))
        };
        let start = right.len() - info.len();
        let garbage = random.bytes(right.len());
        let without_null = {
            let mut info = [&info[..15], &info[17..]].concat();
            (info[1], info[3]) = (info[1] - 2, info[3] - 2);
            encoded(right.len(), &info)
        };
        let mut rows = vec![
            ("block type 0", at(1, 0)),
            ("block type 2", at(1, 2)),
            ("block type 3", at(1, 3)),
            ("the padding begins with another byte", at(2, 0xfe)),
            ("the padding ends with another byte", at(start - 2, 0x7f)),
            ("a bit of the padding", inside(2, padding, random)),
            ("the padding ends early", at(2 + random.number() % padding, 0)),
            ("the padding does not end", at(start - 1, 0xff)),
            ("the padding ends with 1", at(start - 1, 1)),
            ("a byte of padding less, a zero in front", [&[0, 0, 1], &right[3..]].concat()),
            ("a byte of padding less, garbage behind", behind(padding - 1, &[1 + garbage[0] % 255])),
            ("a byte of padding less, a zero behind", behind(padding - 1, &[0])),
            ("eight bytes of padding, garbage behind", behind(8, &garbage)),
            ("no padding, garbage behind", behind(0, &garbage)),
            (
                "a byte of padding more, the last of the hash missing",
                [&[0, 1, 0xff], &right[2..right.len() - 1]].concat(),
            ),
            ("a bit of the prefix", inside(start, info.len() - 20, random)),
            ("a bit of the hash", inside(right.len() - 32, 32, random)),
            ("the last bit", at(right.len() - 1, right[right.len() - 1] ^ 1)),
            ("no parameters", without_null),
            ("the hash alone", encoded(right.len(), &info[19..])),
            ("nothing", encoded(right.len(), &[])),
            ("zero", vec![0]),
            ("one", vec![1]),
        ]
        .into_iter()
        .map(|(name, bytes)| (name, BigUint::from_bytes_be(&bytes)))
        .collect::<Vec<_>>();

        let number = &BigUint::from_bytes_be(right);
        let one = BigUint::from(1_u8);
        let top = &one << (8 * (right.len() - 2) + 1);
        // With n of 8i + 1 bits the first byte is most of n.
        if self.bits % 8 != 1 {
            rows.push(("the first byte", number + (&one << (8 * (right.len() - 1)))));
        }
        rows.extend([
            ("the highest bit alone", top.clone()),
            ("the highest bit missing", &self.n + number - top),
            ("the opposite", &self.n - number),
            ("2^96 times that", (number << 96) % &self.n),
            ("2^188 times that", (number << 188) % &self.n),
        ]);
        for width in [1, 24, 47] {
            let other = number + (&one << (width * (random.number() % ((self.bits - 2) / width))));
            rows.push(("a digit more", other % &self.n));
        }
        // What is compared is (s^e - m) / (R^(e - 1) · 2^(4 · width)): of these it is one bit, or all of n but that.
        for Shape { width, reduced, .. } in [Shape::of::<Exact<Pair>>(self.bits), Shape::of::<Fused<Pair>>(self.bits)] {
            let powers = reduced * (BigUint::from_bytes_be(&self.e) - &one) + &one;
            let scale = BigUint::from(2_u8).modpow(&(powers * (4 * width.bits())), &self.n);
            let remainder = (&scale << (random.number() % (self.bits - 1))) % &self.n;
            rows.push(("a bit remains", (number + &remainder) % &self.n));
            rows.push(("all of n but a bit remains", (number + &self.n - &remainder) % &self.n));
        }
        rows
    }
}

impl core::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "n {:x}, e {:x?}", self.n, self.e)
    }
}

/// RFC 8017 section 9.2, byte for byte.
fn encoded(length: usize, info: &[u8]) -> Vec<u8> {
    [&[0, 1], vec![0xff; length - info.len() - 3].as_slice(), &[0], info].concat()
}

/// Odd, of 33 to 256 bits, or to 40 where n is large.
fn any_exponent(bits: usize, random: &mut Random) -> Vec<u8> {
    let length = 5 + if bits > 3072 { 0 } else { random.number() % 28 };
    let mut e = random.bytes(length);
    e[0] |= 1;
    e[length - 1] |= 1;
    e
}

struct Hash {
    /// RFC 8017 section 9.2 note 1.
    prefix: &'static [u8],
    digest: fn(&[u8]) -> Vec<u8>,
    verify: fn(&PreparedKey, &[u8], &[u8]) -> bool,
}

const HASHES: [Hash; 3] = [
    Hash {
        prefix: b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20",
        digest: |message| Sha256::digest(message).to_vec(),
        verify: pkcs1::verify::<Sha256>,
    },
    Hash {
        prefix: b"\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30",
        digest: |message| Sha384::digest(message).to_vec(),
        verify: pkcs1::verify::<Sha384>,
    },
    Hash {
        prefix: b"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40",
        digest: |message| Sha512::digest(message).to_vec(),
        verify: pkcs1::verify::<Sha512>,
    },
];

const SIZES: [usize; 10] = [2048, 2049, 2055, 2056, 2302, 2303, 3072, 4097, 4967, 8192];
