//! What a rule asks of a claim.

use alloc::{string::String, vec::Vec};

use crate::{claims::Claims, text::json::Value};

/// A condition on one claim.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    /// The claim's name, and of those inside it: `["realm_access", "roles"]`.
    pub(crate) path: Vec<String>,
    pub(crate) test: Test,
}

#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// The claim is this text, number or truth value.
    Equals(Value),
    /// The claim is an array that has this text.
    Contains(String),
}

impl Condition {
    /// A claim that is absent, or of another type, does not hold: nothing is converted.
    pub(crate) fn holds(&self, claims: &Claims) -> bool {
        let Some((first, deeper)) = self.path.split_first() else { return false };
        let value = deeper.iter().fold(claims.get(first), |value, name| value?.get(name));
        match (value, &self.test) {
            (Some(value), Test::Equals(expected)) => value == expected,
            (Some(Value::Array(members)), Test::Contains(text)) => members.iter().any(|member| member == text.as_str()),
            _ => false,
        }
    }
}
