//! Ed25519 verification (RFC 8032 section 5.1.7).

mod encoding;

mod field;

mod point;

mod root;

mod scalar;

mod table;

use alloc::{sync::Arc, vec::Vec};

use sha2::{Digest, Sha512};

use self::{
    encoding::{decoded, encoded, words},
    point::{Entry, Point},
    scalar::{is_below_order, reduced},
    table::{GENERATOR, SMALL_GENERATOR},
};
use super::comb::{self, Group, LARGE, Multiple, SMALL, Scalar};

/// A public key A, with a table of the multiples of −A.
#[derive(Clone)]
pub struct PreparedKey {
    encoded: [u8; 32],
    opposite: Entry,
    table: Vec<Entry>,
    /// Where the table is a wide one.
    generator: Option<WideGenerator>,
}

/// A wide table of the multiples of the generator: 54 KiB, once for all keys. Made where it is needed, because it
/// would be a third of the module's size, and takes no longer than the table of one key.
#[derive(Clone)]
pub struct WideGenerator(Arc<[Entry]>);

impl Default for WideGenerator {
    fn default() -> Self {
        Self(comb::table(&Point::identity().plus(&GENERATOR), LARGE).into())
    }
}

impl WideGenerator {
    /// Bytes of the table.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.0)
    }
}

/// Whether the bytes are those of a point.
///
/// A y of p or above is taken modulo p, as `ed25519-dalek` does. A caller that wants one encoding of each key
/// refuses it before.
#[must_use]
pub fn is_point(encoded: &[u8; 32]) -> bool {
    decoded(encoded).is_some()
}

/// Whether the point has an order that divides 8: then a signature says nothing. `encoded` has its y below p.
#[must_use]
pub fn has_small_order(encoded: &[u8; 32]) -> bool {
    encoding::has_small_order(encoded)
}

impl PreparedKey {
    /// With a table that is quick to make, of 2 KiB. `None` where the bytes are not those of a point, or of one
    /// whose order divides 8: no signature holds under that.
    #[must_use]
    pub fn new(encoded: &[u8; 32]) -> Option<Self> {
        let (x, y) = decoded(encoded)?;
        if has_small_order(&y.to_bytes()) {
            return None;
        }
        let x = x.negated();
        let table = comb::table(&Point::at(x, y), SMALL);
        Some(Self { encoded: *encoded, opposite: Entry::at(&x, &y), table, generator: None })
    }

    /// With the table that more than halves the time of a check, for a key that has proved warm: 54 KiB.
    #[must_use]
    pub fn widened(&self, generator: WideGenerator) -> Self {
        let table = comb::table(&Point::identity().plus(&self.opposite), LARGE);
        Self { encoded: self.encoded, opposite: self.opposite, table, generator: Some(generator) }
    }

    /// Bytes of the table.
    #[must_use]
    pub fn table_bytes(&self) -> usize {
        size_of_val(self.table.as_slice())
    }

    /// Whether the signature R ‖ S is of the message, which may come in parts: S is below the order, R and A have
    /// no order that divides 8, and R is how S·B − k·A is encoded, k being SHA-512(R ‖ A ‖ message).
    ///
    /// RFC 8032 section 5.1.7 without the cofactor, and what the method `verify_strict` of `ed25519-dalek` accepts.
    #[must_use]
    pub fn verify(&self, message: &[&[u8]], signature: &[u8; 64]) -> bool {
        let ([r, s], _) = signature.as_chunks() else { return false };
        let s = words(s);
        if !is_below_order(&s) {
            return false;
        }
        let mut hash = Sha512::new_with_prefix(r);
        hash.update(self.encoded);
        for part in message {
            hash.update(part);
        }
        let k = reduced(&hash.finalize().into());
        let (shape, generator) = match &self.generator {
            Some(WideGenerator(generator)) => (LARGE, &**generator),
            None => (SMALL, SMALL_GENERATOR.as_slice()),
        };
        let of_generator = Multiple::new(&odd(s), false, generator, shape);
        let of_key = Multiple::new(&odd(k), false, &self.table, shape);
        let mut point: Point<i64> = comb::sum(&[of_generator, of_key]);
        // A comb takes odd numbers. Where one was added, the point is taken away. Adding the order of B instead would
        // give another multiple of a key that has a part of order 8.
        if is_even(&s) {
            point = point.minus(&GENERATOR);
        }
        if is_even(&k) {
            point = point.minus(&self.opposite);
        }
        encoded(&point) == *r && !has_small_order(r)
    }
}

fn is_even(scalar: &Scalar) -> bool {
    let [lowest, ..] = scalar;
    lowest & 1 == 0
}

/// The number, or the next.
fn odd(mut scalar: Scalar) -> Scalar {
    let [lowest, ..] = &mut scalar;
    *lowest |= 1;
    scalar
}

#[cfg(test)]
mod agreement;

#[cfg(test)]
mod arithmetic;

#[cfg(test)]
mod bounds;
