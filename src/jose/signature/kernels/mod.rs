//! Signature arithmetic made for this job: public data alone, so variable time; keys known in advance, so
//! tables of their multiples. The bounds of every chain are proved by running the same code over intervals.

mod comb;

pub(crate) mod ed25519;

#[cfg(test)]
mod interval;

mod inverse;

pub(crate) mod p256;

pub(crate) mod rsa;

pub(crate) mod weierstrass;

mod word;
