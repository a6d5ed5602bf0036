//! Minting, for the demo page: a separate module, never part of the verifying one.

use alloc::string::String;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::outcome;
use crate::{Algorithm, InvalidOption};

/// A fresh private key that signs whatever it is given.
#[wasm_bindgen]
pub struct Minter(crate::mint::Minter);

#[wasm_bindgen]
impl Minter {
    /// Generates a key for the algorithm of this name.
    ///
    /// # Errors
    ///
    /// `invalid_option` for a name that is none.
    #[wasm_bindgen(constructor)]
    pub fn new(algorithm: &str) -> Result<Minter, JsValue> {
        let known = Algorithm::from_name(algorithm).ok_or_else(|| {
            outcome::option_error(&InvalidOption::new("algorithm", "a signature algorithm", "another name"))
        })?;
        Ok(Self(crate::mint::Minter::generate(known)))
    }

    /// The JSON text of the public key, named `kid`.
    #[must_use]
    pub fn jwk(&self, kid: &str) -> String {
        self.0.jwk(kid)
    }

    /// A compact token of exactly these texts.
    #[must_use]
    pub fn sign(&self, header: &str, payload: &str) -> String {
        self.0.sign(header, payload)
    }
}
