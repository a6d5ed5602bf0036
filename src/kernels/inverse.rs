//! Inverses modulo an odd number, in variable time: "safegcd".
//!
//! D. J. Bernstein and B.-Y. Yang, "Fast constant-time gcd computation and modular inversion", TCHES 2019(3).

/// An odd number below 2^256 to divide by.
pub(super) struct Modulus {
    words: [u32; 8],
}

impl Modulus {
    /// `words` are odd, the least significant first.
    pub(super) const fn new(words: [u32; 8]) -> Self {
        Self { words }
    }

    /// The inverse of `value`, which is below the modulus and has no factor in common with it; 0 of 0.
    pub(super) fn inverse(&self, value: &[u32; 8]) -> [u32; 8] {
        todo!()
    }
}
