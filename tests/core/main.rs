//! The core as a Rust author uses it.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics has failed, as it should"
)]

mod provider;

mod accepted;
mod explanations;
mod issuers;
mod key_sets;
mod options;
mod profiles;
mod properties;
mod readme;
mod rejections;
mod times;
mod vectors;
