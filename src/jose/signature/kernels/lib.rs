//! Signature arithmetic made for this job: public data alone, so variable time; keys known in advance, so
//! tables of their multiples. The bounds of every chain are proved by running the same code over intervals.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod comb;

pub mod ed25519;

#[cfg(test)]
mod interval;

mod inverse;

pub mod p256;

pub mod rsa;

pub mod weierstrass;

mod word;
