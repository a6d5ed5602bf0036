//! The addresses that keys may come from.

use alloc::string::String;
use core::fmt;

use crate::text::quote::quoted;

/// Where an issuer's keys come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// The key set itself, fetched directly.
    Keys(String),
    /// The issuer, whose metadata document names the address of the key set (RFC 8414, OpenID Connect
    /// Discovery 1.0).
    Issuer(String),
}

/// Why nothing is fetched from an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidAddress {
    expected: &'static str,
    found: String,
}

impl InvalidAddress {
    pub(crate) fn new(expected: &'static str, found: &str) -> Self {
        Self { expected, found: quoted(found) }
    }

    /// What an address must be.
    #[must_use]
    pub fn expected(&self) -> &str {
        self.expected
    }

    /// What was there instead, in quotes and shortened.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl fmt::Display for InvalidAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "expected {}, found {}", self.expected, self.found)
    }
}

impl core::error::Error for InvalidAddress {}
