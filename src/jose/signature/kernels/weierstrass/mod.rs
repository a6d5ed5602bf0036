//! ECDSA over P-384, P-521 and secp256k1 (FIPS 186-5 section 6.4.2, SEC 1 section 4.1.4): whether a signature is of
//! a digest.
//!
//! One arithmetic for all curves, to which a curve is a value: small before it is fast.

mod comb;

pub mod curve;

mod modulus;

mod point;

use alloc::vec::Vec;

use self::{
    comb::Multiple,
    curve::Curve,
    modulus::{Modulus, Number, ZERO, add, halve, number_of_bytes},
};

/// A public key, with a table of its multiples.
#[derive(Clone)]
pub struct PreparedKey {
    curve: &'static Curve,
    table: Vec<u32>,
}

/// Whether a key is valid: (`x`, `y`), each as long as p and with the most significant byte first, is a point of the
/// curve, and both coordinates are below p (SEC 1 section 3.2.2.1).
#[must_use]
pub fn is_on_curve(curve: &Curve, x: &[u8], y: &[u8]) -> bool {
    point::on_curve(curve, x, y).is_some()
}

impl PreparedKey {
    /// `None` where the key is not valid, as [`is_on_curve`] says. The table takes as long as two or three checks.
    #[must_use]
    pub fn new(curve: &'static Curve, x: &[u8], y: &[u8]) -> Option<Self> {
        point::on_curve(curve, x, y).map(|point| Self { curve, table: comb::table(curve, point) })
    }

    /// Bytes of the table.
    #[must_use]
    pub fn table_bytes(&self) -> usize {
        size_of_val(self.table.as_slice())
    }

    /// `digest` is the whole hash; `r` and `s` are the signature, each as long as n. All have the most significant
    /// byte first.
    #[must_use]
    pub fn verify(&self, digest: &[u8], r: &[u8], s: &[u8]) -> bool {
        let Self { curve, table } = self;
        let (field, order) = (&curve.field, &curve.order);
        if r.len() != curve.bytes() || s.len() != curve.bytes() {
            return false;
        }
        let [r, s] = [r, s].map(number_of_bytes);
        if !is_in_range(order, &r) || !is_in_range(order, &s) {
            return false;
        }
        let inverse = order.scaled(&order.inverse(&s));
        let factors = [&leftmost(digest, curve.bits), &r].map(|number| order.product(number, &inverse));
        let [of_generator, of_key] = &factors;
        let multiples = [Multiple::new(curve, of_generator, curve.table), Multiple::new(curve, of_key, table)];
        let point = comb::sum(curve, &multiples);
        // x modulo n is r where x is r, or r + n: 2n is above p.
        let mut next = r;
        add(&mut next, order.number());
        point.has_x(curve, &r) || field.exceeds(&next) && point.has_x(curve, &next)
    }
}

/// Whether the number is from 1 to n − 1.
fn is_in_range(order: &Modulus, number: &Number) -> bool {
    *number != ZERO && order.exceeds(number)
}

/// The number of these bits of a hash, or of the whole hash if it is shorter (FIPS 186-5 section 6.4.2).
fn leftmost(digest: &[u8], bits: usize) -> Number {
    let bytes = digest.get(..bits.div_ceil(8)).unwrap_or(digest);
    let mut number = number_of_bytes(bytes);
    (bits..bytes.len().wrapping_mul(8)).for_each(|_| halve(&mut number));
    number
}

#[cfg(test)]
mod agreement;

#[cfg(test)]
mod arithmetic;

#[cfg(test)]
mod oracle;
