//! ECDSA over P-256 (FIPS 186-5 section 6.4.2, SEC 1 section 4.1.4): whether a signature is of a digest.

mod field;

mod point;

mod scalar;

mod sums;

mod table;

use alloc::{sync::Arc, vec::Vec};

use self::{
    field::{Element, PRIME},
    point::{Entry, Point},
    table::WIDE,
};
use super::{
    comb::{self, LARGE, Multiple, SMALL, Shape},
    word::{is_below, words_of_bytes},
};

/// A public key, with a table of its multiples.
#[derive(Clone)]
pub struct PreparedKey {
    x: Element,
    y: Element,
    table: Vec<Entry>,
    shape: Shape,
    generator: Option<WideGenerator>,
}

/// A wide table of the multiples of the generator: 216 KiB, once for all keys. Made where it is needed, because it
/// would be half of the module, and takes about as long as forty checks with it.
#[derive(Clone)]
pub struct WideGenerator(Arc<[Entry]>);

impl Default for WideGenerator {
    fn default() -> Self {
        Self(comb::table(&table::generator(), WIDE).into())
    }
}

impl WideGenerator {
    /// Bytes of the table.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.0)
    }
}

/// Whether (`x`, `y`), each the most significant byte first, is a point of the curve with both coordinates below p
/// (SEC 1 section 3.2.2.1). Infinity has no coordinates.
#[must_use]
pub fn is_on_curve(x: &[u8; 32], y: &[u8; 32]) -> bool {
    point_at(x, y).is_some()
}

fn point_at(x: &[u8; 32], y: &[u8; 32]) -> Option<(Element, Element)> {
    let (x, y) = (words_of_bytes(x), words_of_bytes(y));
    if !is_below(&x, &PRIME) || !is_below(&y, &PRIME) {
        return None;
    }
    let (x, y) = (Element::of_words(&x), Element::of_words(&y));
    point::is_on_curve(&x, &y).then_some((x, y))
}

impl PreparedKey {
    /// With a table that is quick to make, of about 1 KiB. `None` where [`is_on_curve`] says no.
    #[must_use]
    pub fn new(x: &[u8; 32], y: &[u8; 32]) -> Option<Self> {
        let (x, y) = point_at(x, y)?;
        Some(Self { x, y, table: comb::table(&Point::of_affine(x, y), SMALL), shape: SMALL, generator: None })
    }

    /// With a wide table of the generator, where there is one already: a check takes a sixth less.
    #[must_use]
    pub fn with(self, generator: WideGenerator) -> Self {
        Self { generator: Some(generator), ..self }
    }

    /// With the table that halves the time of a check, for a key that has proved warm: 36 KiB.
    #[must_use]
    pub fn widened(&self, generator: WideGenerator) -> Self {
        let table = comb::table(&Point::of_affine(self.x, self.y), LARGE);
        Self { table, shape: LARGE, generator: Some(generator), ..*self }
    }

    /// Bytes of the table.
    #[must_use]
    pub fn table_bytes(&self) -> usize {
        size_of_val(self.table.as_slice())
    }

    /// `digest` is the leftmost 256 bits of the hash; `r` and `s` are the signature. Each has the most significant
    /// byte first.
    #[must_use]
    pub fn verify(&self, digest: &[u8; 32], r: &[u8; 32], s: &[u8; 32]) -> bool {
        let (r, s) = (words_of_bytes(r), words_of_bytes(s));
        if !scalar::is_in_range(&r) || !scalar::is_in_range(&s) {
            return false;
        }
        let factors = scalar::quotients(&words_of_bytes(digest), &r, &s);
        let [of_generator, of_key] = factors.map(|factor| scalar::odd(&factor));
        let multiple = |(scalar, negative): (_, bool), table, shape| Multiple::new(&scalar, negative, table, shape);
        let (generator, shape) = match &self.generator {
            Some(WideGenerator(generator)) => (&**generator, WIDE),
            None => (table::SMALL_GENERATOR.as_slice(), SMALL),
        };
        let multiples = [multiple(of_generator, generator, shape), multiple(of_key, &self.table, self.shape)];
        let point = comb::sum::<Point>(&multiples);
        // x modulo n is r where x is r, or r + n: 2n is above p.
        point.has_x(&r) || scalar::plus_order_below_prime(&r).is_some_and(|x| point.has_x(&x))
    }
}

#[cfg(test)]
mod agreement;

#[cfg(test)]
mod bounds;

#[cfg(test)]
mod oracle;
