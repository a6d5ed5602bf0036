//! ECDSA over P-256 (FIPS 186-5 section 6.4.2, SEC 1 section 4.1.4): whether a signature is of a digest.

mod field;

mod point;

mod scalar;

mod table;

use alloc::vec::Vec;

use self::{
    field::{Element, PRIME},
    point::{Entry, Point},
};
use super::{
    comb::{self, LARGE, Multiple, SMALL, Shape},
    word::{is_below, words_of_bytes},
};

/// A public key, with a table of its multiples.
#[derive(Clone)]
pub(crate) struct PreparedKey {
    x: Element,
    y: Element,
    shape: Shape,
    table: Vec<Entry>,
}

impl PreparedKey {
    /// With a table that is quick to make, of about 1 KiB. `None` when (`x`, `y`), each the most significant byte
    /// first, is not a point of the curve, or a coordinate is not below p (SEC 1 section 3.2.2.1).
    pub(crate) fn new(x: &[u8; 32], y: &[u8; 32]) -> Option<Self> {
        let (x, y) = (words_of_bytes(x), words_of_bytes(y));
        if !is_below(&x, &PRIME) || !is_below(&y, &PRIME) {
            return None;
        }
        let (x, y) = (Element::of_words(&x), Element::of_words(&y));
        let point = Point::of_curve(x, y)?;
        Some(Self { x, y, shape: SMALL, table: comb::table(&point, SMALL) })
    }

    /// Makes the table that halves the time of a check, for a key that has proved warm: 36 KiB.
    pub(crate) fn widen(&mut self) {
        if self.shape != LARGE {
            self.table = comb::table(&Point::of_affine(self.x, self.y), LARGE);
            self.shape = LARGE;
        }
    }

    /// Bytes of the table.
    pub(crate) fn table_bytes(&self) -> usize {
        size_of_val(self.table.as_slice())
    }

    /// `digest` is the leftmost 256 bits of the hash; `r` and `s` are the signature. Each has the most significant
    /// byte first.
    pub(crate) fn verify(&self, digest: &[u8; 32], r: &[u8; 32], s: &[u8; 32]) -> bool {
        let (r, s) = (words_of_bytes(r), words_of_bytes(s));
        if !scalar::is_in_range(&r) || !scalar::is_in_range(&s) {
            return false;
        }
        let factors = scalar::quotients(&words_of_bytes(digest), &r, &s);
        let [of_generator, of_key] = factors.map(|factor| scalar::odd(&factor));
        let multiple = |(scalar, negative), table| Multiple { scalar, negative, table };
        let multiples = [multiple(of_generator, table::generator(self.shape)), multiple(of_key, &self.table)];
        let point = comb::sum::<Point>(&multiples, self.shape);
        // x modulo n is r where x is r, or r + n: 2n is above p.
        point.has_x(&r) || scalar::plus_order_below_prime(&r).is_some_and(|x| point.has_x(&x))
    }
}

#[cfg(test)]
mod agreement;

#[cfg(test)]
mod oracle;
