//! Signature arithmetic made for this job: public data alone, so variable time; keys known in advance, so
//! tables of their multiples. The bounds of every chain are proved by running the same code over intervals.

mod comb;

mod ed25519;

#[cfg(test)]
mod interval;

mod inverse;

mod p256;

mod rsa;

mod word;
