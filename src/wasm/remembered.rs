//! Tokens that are remembered for JavaScript, each with the object that was made of it.

use alloc::string::String;

use js_sys::Function;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{Issuers, KeySet, Policy, clock, outcome, text};
use crate::{Access, Rejection, UnixSeconds, cache::Known, verify::verify_making};

/// Verified tokens and what was told of them: of one key set and one policy, or of one list of issuers, which must be
/// the same at each call.
#[wasm_bindgen]
pub struct VerifiedTokens {
    tokens: crate::VerifiedTokens<JsValue>,
    tell: Function,
}

#[wasm_bindgen]
impl VerifiedTokens {
    /// Remembers as much as the JSON text of `{ tokenCache }` says. `tell` makes an object of the JSON that the
    /// function `verify` gives: that object is given for the token from then on.
    ///
    /// # Errors
    ///
    /// `invalid_option`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str, tell: Function) -> Result<VerifiedTokens, JsValue> {
        let tokens = crate::VerifiedTokens::from_options(options).map_err(|error| outcome::option_error(&error))?;
        Ok(Self { tokens, tell })
    }

    /// As the function `verify`.
    ///
    /// # Errors
    ///
    /// The code of the rejection.
    pub fn verify(&mut self, token: &[u8], keys: &KeySet, policy: &Policy, now: f64) -> Result<JsValue, JsValue> {
        self.told(&text(token), &|_| Ok((&keys.0, &policy.0)), clock(now)?)
    }

    /// As the method `verify` of several issuers.
    ///
    /// # Errors
    ///
    /// The code of the rejection.
    #[wasm_bindgen(js_name = verifyOf)]
    pub fn verify_of(&mut self, token: &[u8], issuers: &Issuers, now: f64) -> Result<JsValue, JsValue> {
        let token = text(token);
        self.told(&token, &|known| issuers.0.trusted(&token, known), clock(now)?)
    }
}

/// The keys that a token may be signed with, and what is asked of it.
type Trusted<'k> = (&'k crate::KeySet, &'k crate::Policy);

impl VerifiedTokens {
    fn told<'k>(
        &mut self,
        token: &str,
        trusted: &dyn Fn(Option<&Known>) -> Result<Trusted<'k>, Rejection>,
        now: UnixSeconds,
    ) -> Result<JsValue, JsValue> {
        let mut thrown = JsValue::UNDEFINED;
        let tell = |access: &Access| {
            let json: String = outcome::access(access);
            self.tell.call1(&JsValue::UNDEFINED, &json.into()).map_err(|error| thrown = error).ok()
        };
        match verify_making(token, trusted, now, &mut self.tokens, tell) {
            Ok(told) => told.ok_or(thrown),
            Err(rejection) => Err(outcome::rejection(&rejection)),
        }
    }
}
