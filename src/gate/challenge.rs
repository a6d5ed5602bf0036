//! The field WWW-Authenticate: what a client must do to get in (RFC 6750 section 3, RFC 9728 section 5.1).

use alloc::{format, string::String};

/// A challenge of the scheme Bearer. Each parameter is there at most once.
pub(crate) struct Challenge {
    parameters: String,
}

impl Challenge {
    /// Says where the metadata is.
    pub(crate) fn new(metadata_url: &str) -> Self {
        Self { parameters: format!("resource_metadata=\"{}\"", allowed(metadata_url)) }
    }

    /// Says why the request was refused. Not for a request without credentials: RFC 6750 section 3.1 says
    /// that it SHOULD NOT get an error code.
    pub(crate) fn error(self, code: &'static str, description: &str) -> Self {
        self.with("error", code).with("error_description", description)
    }

    /// Says which scopes are needed. Without any, nothing.
    pub(crate) fn scopes<T: AsRef<str>>(self, scopes: &[T]) -> Self {
        let mut joined = String::new();
        for scope in scopes {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(scope.as_ref());
        }
        if joined.is_empty() { self } else { self.with("scope", &joined) }
    }

    /// The field's value.
    pub(crate) fn into_value(self) -> String {
        format!("Bearer {}", self.parameters)
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.parameters.push_str(", ");
        self.parameters.push_str(name);
        self.parameters.push_str("=\"");
        self.parameters.push_str(&allowed(value));
        self.parameters.push('"');
        self
    }
}

/// RFC 6750 section 3: printable ASCII without quote and backslash, which is also what needs no escape in a
/// quoted string. Nothing else comes from the configuration; should it, it cannot end the string.
fn allowed(value: &str) -> String {
    value
        .chars()
        .map(|character| if matches!(character, ' '..='!' | '#'..='[' | ']'..='~') { character } else { '?' })
        .collect()
}
