#![no_std]
#![forbid(unsafe_code)]
//! Strict JWT verification.
extern crate alloc;
#[cfg(all(feature = "wasm", target_arch = "wasm32"))]
mod wasm;
