//! The claims of a token (RFC 7519 section 4), strictly typed.

use alloc::{string::String, sync::Arc, vec::Vec};
use core::slice;

use crate::{
    check::Check,
    limits::MAX_NUMERIC_DATE_SECONDS,
    rejection::Rejection,
    text::{
        json::{self, Value, kind_of},
        members::Members,
    },
    time::UnixSeconds,
};

/// The members of a payload. A claim that is there but malformed is an error at its check, never absent.
#[derive(Clone, Debug)]
pub struct Claims(Arc<Payload>);

/// Shared: a token that is remembered has its claims read once.
#[derive(Debug)]
struct Payload {
    json: String,
    members: Members,
}

impl Claims {
    /// Reads a payload, of which nothing need be verified: believing the claims is for
    /// [`Policy::admit`](crate::Policy::admit) to allow.
    pub(crate) fn parse(payload: Vec<u8>) -> Result<Self, Rejection> {
        let (json, members) = json::parse_members(payload).map_err(Rejection::ClaimsMalformed)?;
        Ok(Self(Arc::new(Payload { json, members })))
    }

    /// The payload as the token carries it: the text of a JSON object without duplicate members.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.0.json
    }

    /// A claim by its name, as JSON.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.members.get(name)
    }

    pub(crate) fn members(&self) -> &Members {
        &self.0.members
    }

    /// A claim that is a string where it is there ("iss", "sub", "jti": RFC 7519 section 4.1).
    pub(crate) fn string(&self, check: Check, claim: &str) -> Result<Option<&str>, Rejection> {
        match self.0.members.get(claim) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(malformed(check, claim, "a string", kind_of(other))),
        }
    }

    /// A claim that is a string, or an array of strings ("aud": RFC 7519 section 4.1.3).
    pub(crate) fn strings(&self, check: Check, claim: &str) -> Result<Option<Strings<'_>>, Rejection> {
        let expected = "a string or an array of strings";
        match self.0.members.get(claim) {
            None => Ok(None),
            Some(value @ Value::String(_)) => Ok(Some(Strings(slice::from_ref(value)))),
            Some(Value::Array(members)) => match members.iter().find(|member| !member.is_string()) {
                None => Ok(Some(Strings(members))),
                Some(other) => Err(malformed(check, claim, expected, kind_of(other))),
            },
            Some(other) => Err(malformed(check, claim, expected, kind_of(other))),
        }
    }

    /// A `NumericDate` ("exp", "nbf", "iat"): a finite number up to the year 9999 (RFC 7519 section 2).
    pub(crate) fn date(&self, check: Check, claim: &str) -> Result<Option<UnixSeconds>, Rejection> {
        let expected = "a number of seconds up to the year 9999";
        match self.0.members.get(claim) {
            None => Ok(None),
            Some(Value::Number(number)) => {
                let date = match number.as_i64() {
                    Some(whole) if whole <= MAX_NUMERIC_DATE_SECONDS => Some(UnixSeconds::new(whole)),
                    Some(_) => None,
                    None => number.as_f64().and_then(UnixSeconds::from_numeric_date),
                };
                date.map(Some).ok_or_else(|| malformed(check, claim, expected, "a later date, perhaps in milliseconds"))
            }
            Some(other) => Err(malformed(check, claim, expected, kind_of(other))),
        }
    }
}

/// One string or several.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Strings<'a>(&'a [Value]);

impl<'a> Strings<'a> {
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter_map(Value::as_str) // all of them are
    }
}

#[cold]
fn malformed(check: Check, claim: &str, expected: &'static str, found: &str) -> Rejection {
    Rejection::ClaimMalformed { check, claim: claim.into(), expected, found: found.into() }
}
