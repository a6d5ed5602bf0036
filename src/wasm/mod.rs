//! The skin: strings and numbers in and out. It parses nothing and decides nothing.
//!
//! Everything refused is thrown as a real `Error` with the properties `code`, `expected`, `found`,
//! `advice`, `section` and `evidence`.

#![expect(unreachable_pub, reason = "wasm-bindgen exports public items only")]

#[cfg(feature = "mint")]
mod mint;

mod gate;

mod head;

mod outcome;

mod remembered;

mod waiting;

use alloc::{borrow::Cow, format, string::String};

use spin::Lazy;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{InvalidOption, KeyTables, UnixSeconds};

/// One for all key sets and gates of an instance of the module, so that its memory has one bound.
static TABLES: Lazy<KeyTables> = Lazy::new(KeyTables::new);

/// The keys of a provider, read once.
#[wasm_bindgen]
pub struct KeySet(crate::KeySet);

#[wasm_bindgen]
impl KeySet {
    /// Reads the JSON text of a key set or of a single key.
    ///
    /// # Errors
    ///
    /// `jwks_malformed`, `jwks_too_large`.
    #[wasm_bindgen(constructor)]
    pub fn new(jwks: &str) -> Result<KeySet, JsValue> {
        let mut keys = crate::KeySet::parse(jwks).map_err(|error| outcome::key_set_error(&error))?;
        keys.share_tables(&TABLES);
        Ok(Self(keys))
    }

    /// How many keys are usable.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn length(&self) -> usize {
        self.0.keys().len()
    }

    /// JSON: what was skipped, an array of `{ index, kid, reason }`.
    #[must_use]
    pub fn skipped(&self) -> String {
        outcome::skipped(&self.0)
    }
}

/// Options, read once.
#[wasm_bindgen]
pub struct Policy(crate::Policy);

#[wasm_bindgen]
impl Policy {
    /// Reads the JSON text of options.
    ///
    /// # Errors
    ///
    /// `invalid_option`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<Policy, JsValue> {
        crate::Policy::from_options_unchecked_where_absent(options)
            .map(Self)
            .map_err(|error| outcome::option_error(&error))
    }
}

/// Several issuers, each with keys and options of its own.
#[wasm_bindgen]
#[derive(Default)]
pub struct Issuers(crate::Issuers);

#[wasm_bindgen]
impl Issuers {
    /// No issuers.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Issuers {
        Self::default()
    }

    /// Adds what `policy` names, with a copy of `keys`.
    ///
    /// # Errors
    ///
    /// `invalid_option`.
    pub fn add(&mut self, keys: &KeySet, policy: &Policy) -> Result<(), JsValue> {
        // On an error the whole is of no use: nothing half-configured verifies.
        self.0 = core::mem::take(&mut self.0)
            .with(keys.0.clone(), policy.0.clone())
            .map_err(|conflict| outcome::issuer_conflict(&conflict))?;
        Ok(())
    }

    /// As the function `verify`, with the keys and the policy of the token's issuer.
    ///
    /// # Errors
    ///
    /// The code of the rejection.
    pub fn verify(&self, token: &[u8], now: f64) -> Result<String, JsValue> {
        self.0
            .verify(&text(token), clock(now)?)
            .map(|access| outcome::access(&access))
            .map_err(|rejection| outcome::rejection(&rejection))
    }
}

/// Verifies `token` at `now`, in seconds since 1970. Gives the JSON of
/// `{ header, claims, key: { kid, alg, index }, issuer, client, scopes, profile: { name, givesUp } }`.
///
/// # Errors
///
/// The code of the rejection.
#[wasm_bindgen]
pub fn verify(token: &[u8], keys: &KeySet, policy: &Policy, now: f64) -> Result<String, JsValue> {
    crate::verify(&text(token), &keys.0, &policy.0, clock(now)?)
        .map(|access| outcome::access(&access))
        .map_err(|rejection| outcome::rejection(&rejection))
}

/// Every check of `token` at `now`. Gives the JSON of `{ accepted, code, steps }`.
///
/// # Errors
///
/// Only for a `now` that is no number.
#[wasm_bindgen]
pub fn explain(token: &str, jwks: &str, policy: &Policy, now: f64) -> Result<String, JsValue> {
    let keys = crate::KeySet::parse(jwks);
    Ok(outcome::steps(&crate::explain(token, keys.as_ref(), &policy.0, clock(now)?)))
}

/// The JSON of `{ header, claims }` of a token of which nothing is verified.
///
/// # Errors
///
/// The code of the rejection.
#[wasm_bindgen]
pub fn decode_unverified(token: &str) -> Result<String, JsValue> {
    crate::decode_unverified(token)
        .map(|(header, claims)| format!(r#"{{"header":{},"claims":{}}}"#, header.json(), claims.json()))
        .map_err(|rejection| outcome::rejection(&rejection))
}

/// A token as it was encoded, which takes the host less time than having it copied character by character. What is no
/// UTF-8 is refused as any other character outside of base64url.
fn text(token: &[u8]) -> Cow<'_, str> {
    core::str::from_utf8(token).map_or_else(|_| other_text(token), Cow::Borrowed)
}

#[cold]
fn other_text(token: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(token)
}

fn clock(now: f64) -> Result<UnixSeconds, JsValue> {
    UnixSeconds::from_clock(now).ok_or_else(|| {
        outcome::option_error(&InvalidOption::new("currentDate", "a number of seconds since 1970", "no number"))
    })
}
