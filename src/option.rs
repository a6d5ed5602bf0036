//! Options as they come from outside: the members of a JSON object, each read as what it must be.

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::{
    rejection::Description,
    text::{
        json::{self, Object, Value, kind_of},
        quote::{quoted, quoted_list},
    },
};

/// An option that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidOption {
    option: String,
    expected: String,
    found: String,
}

impl InvalidOption {
    pub(crate) fn new(option: &str, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self { option: option.into(), expected: expected.into(), found: found.into() }
    }

    /// The same fault of an option inside the option `outer`: `issuers[0]` and `typ` are `issuers[0].typ`.
    pub(crate) fn within(self, outer: &str) -> Self {
        Self { option: alloc::format!("{outer}.{}", self.option), ..self }
    }

    /// The option's name, with the names and places of those around it: `rules[2].scopes`.
    #[must_use]
    pub fn option(&self) -> &str {
        &self.option
    }
}

impl InvalidOption {
    /// The error in words.
    #[must_use]
    pub fn description(&self) -> Description {
        Description {
            code: "invalid_option",
            expected: alloc::format!("{} to be {}", quoted(&self.option), self.expected),
            found: self.found.clone(),
            advice: "",
            section: "",
        }
    }
}

impl fmt::Display for InvalidOption {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.description(), formatter)
    }
}

impl core::error::Error for InvalidOption {}

/// The options that the text `json` of at most `max_bytes` holds.
pub(crate) fn members(json: &str, max_bytes: usize) -> Result<Object, InvalidOption> {
    let whole = |found: String| InvalidOption::new("options", "a JSON object", found);
    if json.len() > max_bytes {
        return Err(whole(alloc::format!("{} bytes, more than {max_bytes}", json.len())));
    }
    json::parse_object(json.as_bytes()).map_err(|fault| whole(alloc::format!("{fault}")))
}

/// A name that is none of `known`: ignored, it would be a check that its author believes in.
pub(crate) fn unknown_name<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> InvalidOption {
    InvalidOption::new(name, alloc::format!("one of {}", quoted_list(known)), "an unknown name")
}

pub(crate) fn text(name: &str, value: &Value) -> Result<String, InvalidOption> {
    match value {
        Value::String(text) if text.is_empty() => Err(InvalidOption::new(name, "a string", "an empty one")),
        Value::String(text) => Ok(text.clone()),
        other => Err(InvalidOption::new(name, "a string", kind_of(other))),
    }
}

/// Without members a list would let nothing in, or (of requirements) everything: neither was meant.
pub(crate) fn list(name: &str, value: &Value) -> Result<Vec<String>, InvalidOption> {
    match value {
        Value::Array(members) if members.is_empty() => {
            Err(InvalidOption::new(name, "an array of strings", "an empty one"))
        }
        Value::Array(members) => members.iter().map(|member| text(name, member)).collect(),
        other => Err(InvalidOption::new(name, "an array of strings", kind_of(other))),
    }
}

pub(crate) fn one_or_more(name: &str, value: &Value) -> Result<Vec<String>, InvalidOption> {
    match value {
        Value::String(_) => Ok([text(name, value)?].into()),
        Value::Array(_) => list(name, value),
        other => Err(InvalidOption::new(name, "a string or an array of strings", kind_of(other))),
    }
}

pub(crate) fn seconds(name: &str, value: &Value) -> Result<u32, InvalidOption> {
    let found = || match value {
        Value::Number(number) => alloc::format!("{number}"),
        other => kind_of(other).into(),
    };
    let whole = value.as_u64().and_then(|seconds| u32::try_from(seconds).ok());
    whole.ok_or_else(|| InvalidOption::new(name, "a whole number of seconds", found()))
}

pub(crate) fn whole(name: &str, value: &Value, least: usize, most: usize) -> Result<usize, InvalidOption> {
    let given = value.as_u64().and_then(|given| usize::try_from(given).ok());
    given.filter(|given| (least..=most).contains(given)).ok_or_else(|| {
        InvalidOption::new(name, alloc::format!("a whole number from {least} to {most}"), json::text_of(value))
    })
}

pub(crate) fn boolean(name: &str, value: &Value) -> Result<bool, InvalidOption> {
    value.as_bool().ok_or_else(|| InvalidOption::new(name, "true or false", kind_of(value)))
}

pub(crate) fn object<'a>(name: &str, value: &'a Value) -> Result<&'a Object, InvalidOption> {
    value.as_object().ok_or_else(|| InvalidOption::new(name, "an object", kind_of(value)))
}

/// The members of an array, each with its name: `rules[0]`, `rules[1]`, ...
pub(crate) fn named_members<'a>(name: &str, value: &'a Value) -> Result<Vec<(String, &'a Value)>, InvalidOption> {
    match value {
        Value::Array(members) if members.is_empty() => Err(InvalidOption::new(name, "an array", "an empty one")),
        Value::Array(members) => {
            Ok(members.iter().enumerate().map(|(place, member)| (alloc::format!("{name}[{place}]"), member)).collect())
        }
        other => Err(InvalidOption::new(name, "an array", kind_of(other))),
    }
}
