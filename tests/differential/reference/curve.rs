//! The curves of RFC 7518 section 6.2.1.1 and RFC 8812, by the numbers of SEC 2 and FIPS 186.

use rsa::BigUint;

/// y² = x³ + ax + b modulo the prime, with this many points and coordinates of this many bytes.
pub(crate) struct Curve {
    pub(crate) prime: BigUint,
    pub(crate) order: BigUint,
    pub(crate) bytes: usize,
    a: BigUint,
    b: BigUint,
}

impl Curve {
    pub(super) fn has(&self, x: &[u8], y: &[u8]) -> bool {
        let (x, y) = (BigUint::from_bytes_be(x), BigUint::from_bytes_be(y));
        let right = &x * &x * &x + &self.a * &x + &self.b;
        x < self.prime && y < self.prime && (&y * &y) % &self.prime == right % &self.prime
    }
}

pub(crate) fn of_algorithm(name: &str) -> Option<Curve> {
    match name {
        "ES256" => of_name("P-256"),
        "ES384" => of_name("P-384"),
        "ES512" => of_name("P-521"),
        "ES256K" => of_name("secp256k1"),
        _ => None,
    }
}

pub(crate) fn of_name(name: &str) -> Option<Curve> {
    let (bytes, prime, order, b) = match name {
        "P-256" => (
            32,
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
            "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
            "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
        ),
        "P-384" => (
            48,
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
            "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
        ),
        "P-521" => (
            66,
            "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
             ffffffffffffffffffffffffffffffff",
            "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03\
             bb5c9b8899c47aebb6fb71e91386409",
            "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf07\
             3573df883d2c34f1ef451fd46b503f00",
        ),
        "secp256k1" => (
            32,
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
            "07",
        ),
        _ => return None,
    };
    let number = |digits: &str| BigUint::parse_bytes(digits.as_bytes(), 16).expect("it is hexadecimal");
    let prime = number(prime);
    let a = if name == "secp256k1" { BigUint::from(0_u8) } else { &prime - BigUint::from(3_u8) };
    Some(Curve { order: number(order), b: number(b), a, prime, bytes })
}
