//! Numbers modulo p and n, against the big integers of the library for RSA.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

use alloc::vec::Vec;

use rsa::BigUint;

use super::{
    curve::{P384, P521, SECP256K1},
    is_in_range,
    modulus::{Modulus, Number, ONE, ZERO, add, number_of_bytes, number_of_words, subtract},
    oracle::Random,
};

fn moduli() -> impl Iterator<Item = &'static Modulus> {
    [&P384, &P521, &SECP256K1].into_iter().flat_map(|curve| [&curve.field, &curve.order])
}

fn big(number: &Number) -> BigUint {
    BigUint::from_slice(number)
}

/// Numbers of as many words as the modulus has: at the edges, sparse, with runs of the same bit, and random. Those
/// below the modulus, and all.
fn numbers(modulus: &Modulus) -> [Vec<Number>; 2] {
    let mut random = Random(17);
    let low_words = |word| number_of_words(&[word].repeat(modulus.length()));
    let mut all: Vec<Number> = [ZERO, ONE, *modulus.number()].into();
    all.extend([u32::MAX, 1, 1 << 31, 0xffff, 0x5555_5555].map(low_words));
    all.push(number_of_words(&[u32::MAX, 0].repeat(modulus.length() / 2)));
    all.extend(
        (0..modulus.length()).map(|place| number_of_words(&[[0].repeat(place).as_slice(), &[u32::MAX]].concat())),
    );
    for _ in 0..30 {
        let mut number = number_of_bytes(&random.bytes(4 * modulus.length()));
        all.push(number);
        number[modulus.length() - 1] %= modulus.number()[modulus.length() - 1];
        all.push(number);
    }
    for edge in all.clone() {
        // Two next to each, and its negative.
        let (mut next, mut before, mut negative) = (edge, edge, *modulus.number());
        add(&mut next, &ONE);
        subtract(&mut before, &ONE);
        subtract(&mut negative, &edge);
        all.extend([next, before, negative]);
    }
    all.retain(|number| number[modulus.length()..].iter().all(|word| *word == 0));
    let below = all.iter().copied().filter(|number| big(number) < big(modulus.number())).collect();
    [below, all]
}

#[test]
fn sums_and_differences() {
    for modulus in moduli() {
        let [below, all] = numbers(modulus);
        assert!(below.len() > 100 && all.len() > below.len(), "{} {}", below.len(), all.len());
        let m = big(modulus.number());
        for a in &below {
            for b in &below {
                assert_eq!(big(&modulus.sum(a, b)), (big(a) + big(b)) % &m);
                assert_eq!(big(&modulus.difference(a, b)), (big(a) + &m - big(b)) % &m);
            }
        }
        assert!(all.iter().all(|number| modulus.exceeds(number) == (big(number) < m)));
    }
}

/// The first factor need only be below R.
#[test]
fn products() {
    for modulus in moduli() {
        let [below, all] = numbers(modulus);
        let m = big(modulus.number());
        let radix = BigUint::from(1_u8) << (32 * modulus.length());
        for a in &all {
            assert_eq!(big(&modulus.scaled(a)), big(a) * &radix % &m);
            for b in &below {
                let product = modulus.product(a, b);
                assert!(modulus.exceeds(&product));
                assert_eq!(big(&product) * &radix % &m, big(a) * big(b) % &m);
            }
        }
    }
}

/// No signature is known by which a check would tell the zero: its point would have x = 0 or x = n.
#[test]
fn range() {
    for order in [&P384, &P521, &SECP256K1].map(|curve| &curve.order) {
        let (mut before, mut next) = (*order.number(), *order.number());
        subtract(&mut before, &ONE);
        add(&mut next, &ONE);
        assert!(!is_in_range(order, &ZERO) && is_in_range(order, &ONE));
        assert!(is_in_range(order, &before) && !is_in_range(order, order.number()) && !is_in_range(order, &next));
    }
}

#[test]
fn inverses() {
    for modulus in moduli() {
        let [below, _] = numbers(modulus);
        let m = big(modulus.number());
        assert_eq!(modulus.inverse(&ZERO), ZERO);
        for number in below.iter().filter(|number| **number != ZERO) {
            let inverse = modulus.inverse(number);
            assert!(modulus.exceeds(&inverse));
            assert_eq!(big(&inverse) * big(number) % &m, BigUint::from(1_u8));
        }
    }
}
