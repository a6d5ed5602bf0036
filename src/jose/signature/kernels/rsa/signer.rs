//! Private keys of any size, with moduli at the extremes: products of many small primes, which take little time to find
//! and to sign with.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

use alloc::{vec, vec::Vec};

use rsa::BigUint;

use super::tests::Random;

pub(super) struct PrivateKey {
    primes: Vec<BigUint>,
    /// Of each prime: 1/e modulo that prime less 1.
    exponents: Vec<BigUint>,
    /// And 1/(the product of the primes before it) modulo that prime.
    inverses: Vec<BigUint>,
}

impl PrivateKey {
    /// n has exactly that many bits. The shapes: any; just below 2^bits; just above 2^(bits - 1); and at its low end
    /// any; -1 and 1 modulo 2^128.
    pub(super) fn new(bits: usize, e: &[u8], shape: usize, random: &mut Random) -> Self {
        let e = &BigUint::from_bytes_be(e);
        let mut key = Self { primes: vec![], exponents: vec![], inverses: vec![] };
        while key.modulus().bits() + 460 < bits {
            let mut prime = BigUint::from_bytes_be(&random.bytes(16));
            prime |= BigUint::from(1_u8);
            while !key.add(&prime, e) {
                prime += 2_u8;
            }
        }
        let rest = key.modulus();
        let one = BigUint::from(1_u8);
        let (lowest, highest) = (&one << (bits - 1), (&one << bits) - &one);
        let span = &one << 128;
        let low = BigUint::from_bytes_be(&random.bytes(16)) | &one;
        let low = [low, &span - &one, one.clone()][shape / 3 % 3].clone() * inverse(&rest, &span).unwrap() % &span;
        // From there on, in steps that keep the low end.
        let start = match shape % 3 {
            0 => &lowest + BigUint::from_bytes_be(&random.bytes(bits / 8)) % &lowest,
            1 => highest,
            _ => lowest + &rest * &span,
        } / &rest;
        let mut last = ((start >> 128) << 128) + low;
        if shape % 3 == 1 {
            last -= &span;
        }
        while !key.add(&last, e) {
            last = if shape % 3 == 1 { last - &span } else { last + &span };
        }
        assert_eq!(key.modulus().bits(), bits);
        key
    }

    /// Whether that is a prime, not yet there, for which e has an inverse.
    fn add(&mut self, prime: &BigUint, e: &BigUint) -> bool {
        let one = BigUint::from(1_u8);
        let divided = (3_u32..400).step_by(2).any(|small| prime % small == BigUint::from(0_u8));
        if divided || BigUint::from(2_u8).modpow(&(prime - &one), prime) != one || self.primes.contains(prime) {
            return false;
        }
        let Some(exponent) = inverse(e, &(prime - &one)) else {
            return false;
        };
        self.inverses.push(inverse(&self.modulus(), prime).unwrap());
        self.exponents.push(exponent);
        self.primes.push(prime.clone());
        true
    }

    pub(super) fn modulus(&self) -> BigUint {
        self.primes.iter().product()
    }

    /// The number below n that has this one for its e-th power.
    pub(super) fn root(&self, number: &BigUint) -> BigUint {
        let (mut root, mut modulus) = (BigUint::from(0_u8), BigUint::from(1_u8));
        for ((prime, exponent), inverse) in self.primes.iter().zip(&self.exponents).zip(&self.inverses) {
            let wanted = (number % prime).modpow(exponent, prime) + prime - &root % prime;
            root += wanted * inverse % prime * &modulus;
            modulus *= prime;
        }
        root
    }

    /// n without one of its primes.
    pub(super) fn large_divisor(&self) -> BigUint {
        self.primes[1..].iter().product()
    }
}

/// 1/number modulo another, if they have no factor in common.
fn inverse(number: &BigUint, modulus: &BigUint) -> Option<BigUint> {
    let (mut rest, mut next) = (modulus.clone(), number % modulus);
    let (mut factor, mut other) = (BigUint::from(0_u8), BigUint::from(1_u8));
    while next != BigUint::from(0_u8) {
        let quotient = &rest / &next;
        (rest, next) = (next.clone(), rest - &quotient * next);
        (factor, other) = (other.clone(), (factor + modulus - quotient * other % modulus) % modulus);
    }
    (rest == BigUint::from(1_u8)).then_some(factor)
}
