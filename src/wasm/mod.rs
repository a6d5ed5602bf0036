//! The skin.
use wasm_bindgen::prelude::wasm_bindgen;
/// placeholder
#[wasm_bindgen]
#[must_use]
pub fn probe(token: &str) -> alloc::string::String { token.into() }
