//! Signatures at the edges of what is one, and of something else.

use rsa::BigUint;

use crate::{
    case::Draft,
    random::Random,
    reference::{curve, rsa::modulus},
    signer::{ALL, Owner},
};

pub(crate) fn of(draft: &Draft<'_>, input: &str, signature: &mut Vec<u8>, random: &mut Random) -> &'static str {
    let algorithm = draft.algorithm;
    match random.below(12) {
        0 => {
            let place = random.below(signature.len());
            signature[place] ^= 1 << random.below(8);
            "signature.bit"
        }
        1 => {
            signature.truncate(random.pick(&[0, 1, signature.len() / 2, signature.len() - 1]));
            "signature.short"
        }
        2 => {
            let at = random.pick(&[0, signature.len() / 2, signature.len()]);
            signature.insert(at, 0);
            "signature.long"
        }
        3 => {
            signature.fill(random.pick(&[0, 0xff, 1]));
            "signature.filled"
        }
        4 => {
            *signature = draft.signers.sign(Owner::Stranger, algorithm, input.as_bytes(), None, random);
            "signature.stranger"
        }
        5 => {
            let other = random.pick(&ALL);
            *signature = draft.signers.sign(Owner::Provider, other, input.as_bytes(), None, random);
            "signature.algorithm"
        }
        6 => {
            *signature = draft.signers.sign(Owner::Provider, algorithm, b"another text", None, random);
            "signature.text"
        }
        7 => {
            let salt = random.pick(&[0, 1, 20, 32, 48, 64, 100]);
            *signature = draft.signers.sign(Owner::Provider, algorithm, input.as_bytes(), Some(salt), random);
            "signature.salt"
        }
        _ => {
            let name = algorithm.name();
            match curve::of_algorithm(name) {
                Some(curve) => elliptic(&curve.order, signature, random),
                None if name.starts_with("Ed") => edwards(signature, random),
                None => rsa(draft, signature, random),
            }
        }
    }
}

fn elliptic(order: &BigUint, signature: &mut Vec<u8>, random: &mut Random) -> &'static str {
    let half = signature.len() / 2;
    let (r, s) = (BigUint::from_bytes_be(&signature[..half]), BigUint::from_bytes_be(&signature[half..]));
    let (zero, one) = (BigUint::from(0_u8), BigUint::from(1_u8));
    let (name, r, s) = match random.below(10) {
        0 => ("signature.other_s", r, order - s),
        1 => ("signature.other_s", r, order - s),
        2 => ("signature.zero", zero, s),
        3 => ("signature.zero", r, zero),
        4 => ("signature.zero", zero.clone(), zero),
        5 => ("signature.order", random.pick(&[order.clone(), order - &one, order + &one]), s),
        6 => ("signature.order", r, random.pick(&[order.clone(), order - &one, order + &one])),
        7 => ("signature.order", &r + order, s),
        8 => ("signature.swapped", s, r),
        _ => {
            *signature = der(&r, &s);
            return "signature.der";
        }
    };
    *signature = [fixed(&r, half), fixed(&s, half)].concat();
    name
}

fn edwards(signature: &mut [u8], random: &mut Random) -> &'static str {
    let l = BigUint::parse_bytes(b"1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed", 16).unwrap();
    let s = BigUint::from_bytes_le(&signature[32..]);
    let mut write = |range: core::ops::Range<usize>, number: BigUint| {
        let mut bytes = number.to_bytes_le();
        bytes.resize(32, 0);
        signature[range].copy_from_slice(&bytes[..32]);
    };
    match random.below(4) {
        0 => {
            write(32..64, s + l);
            "signature.order"
        }
        1 => {
            write(32..64, BigUint::from(0_u8));
            "signature.zero"
        }
        2 => {
            // The neutral element, in its one encoding and in another: a point of small order.
            write(0..32, BigUint::from(1_u8));
            "signature.small_order"
        }
        _ => {
            signature[31] ^= 0x80;
            "signature.sign"
        }
    }
}

fn rsa(draft: &Draft<'_>, signature: &mut Vec<u8>, random: &mut Random) -> &'static str {
    let n = modulus(&draft.signers.public(Owner::Provider, draft.algorithm));
    let length = signature.len();
    let number = BigUint::from_bytes_be(signature);
    let one = BigUint::from(1_u8);
    match random.below(5) {
        0 | 4 => {
            *signature = fixed(&(number + n), length);
            "signature.modulus"
        }
        1 => {
            *signature = fixed(&random.pick(&[one.clone(), n.clone(), &n - &one, BigUint::from(0_u8)]), length);
            "signature.fixed_point"
        }
        2 => {
            *signature = fixed(&(n - number), length);
            "signature.negative"
        }
        _ => {
            *signature = [vec![0; random.pick(&[1, 2, 256])], signature.clone()].concat();
            "signature.zeros"
        }
    }
}

/// Big-endian in this many bytes, or in more where it does not fit.
fn fixed(number: &BigUint, length: usize) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    [vec![0; length.saturating_sub(bytes.len())], bytes].concat()
}

/// ECDSA-Sig-Value of RFC 3279 section 2.2.3, which a JWS does not take.
fn der(r: &BigUint, s: &BigUint) -> Vec<u8> {
    let integer = |number: &BigUint| {
        let mut bytes = number.to_bytes_be();
        if bytes[0] >= 0x80 {
            bytes.insert(0, 0);
        }
        [vec![2, u8::try_from(bytes.len()).unwrap()], bytes].concat()
    };
    let content = [integer(r), integer(s)].concat();
    [vec![0x30, u8::try_from(content.len()).unwrap()], content].concat()
}
