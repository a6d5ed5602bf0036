//! Header fields that repeat what the body says (Streamable HTTP of 2026-07-28, "Standard Request Headers"
//! and "Value Encoding"). The body decides; a field that says something else is an attempt to have two
//! readers see two requests.

use alloc::{borrow::Cow, string::String};

use base64ct::{Base64, Encoding};

use super::{
    message::{Kind, Message},
    request::Headers,
    revision::Revision,
};
use crate::limits::MAX_OPERATION_NAME_BYTES;

/// The fields of a request, as they came.
pub(crate) struct Mirrored<'a> {
    version: Option<Cow<'a, str>>,
    method: Option<Cow<'a, str>>,
    name: Option<Cow<'a, str>>,
}

/// Which field does not agree with the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mismatch(pub(crate) &'static str);

impl<'a> Mirrored<'a> {
    pub(crate) fn of(headers: &'a dyn Headers) -> Self {
        Self {
            version: headers.get("mcp-protocol-version"),
            method: headers.get("mcp-method"),
            name: headers.get("mcp-name"),
        }
    }

    pub(crate) fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    pub(crate) fn method(&self) -> Option<&str> {
        self.method.as_deref()
    }

    /// Mcp-Name, decoded.
    pub(crate) fn name(&self) -> Result<Option<Cow<'_, str>>, Mismatch> {
        self.name.as_deref().map(decoded).transpose()
    }

    /// Compares with a message. A field that is there must agree in every revision; that it is there is
    /// demanded of requests where the revision has it, and not of notifications, for which it has no rule.
    pub(crate) fn agrees_with(&self, message: &Message<'_>, revision: Revision) -> Result<(), Mismatch> {
        if message.version.is_some() && message.version.as_deref() != self.version() {
            return Err(Mismatch("MCP-Protocol-Version"));
        }
        let demanded = revision.mirrors_in_headers() && message.kind == Kind::Request;
        match self.method() {
            None if demanded => return Err(Mismatch("Mcp-Method")),
            Some(method) if message.method.as_deref() != Some(method) => return Err(Mismatch("Mcp-Method")),
            _ => {}
        }
        let Some(operand) = operand(message) else { return Ok(()) };
        match self.name()? {
            None if demanded => Err(Mismatch("Mcp-Name")),
            Some(name) if name != operand => Err(Mismatch("Mcp-Name")),
            _ => Ok(()),
        }
    }
}

/// What Mcp-Name repeats: "params.name", or of resources/read "params.uri".
fn operand<'m>(message: &'m Message<'_>) -> Option<&'m str> {
    match message.method.as_deref() {
        Some("resources/read") => message.uri.as_deref(),
        _ => message.name.as_deref(),
    }
}

/// A value as it was before it was encoded: `=?base64?...?=` for what a field cannot carry, with markers
/// in just this case.
fn decoded(value: &str) -> Result<Cow<'_, str>, Mismatch> {
    const INVALID: Mismatch = Mismatch("Mcp-Name");
    // Base64 takes a third more, and the longest name must fit.
    const MAX_BYTES: usize = 2 * MAX_OPERATION_NAME_BYTES;
    if value.len() > MAX_BYTES || !value.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t')) {
        return Err(INVALID);
    }
    match value.strip_prefix("=?base64?").and_then(|rest| rest.strip_suffix("?=")) {
        None => Ok(value.into()),
        Some(encoded) => {
            let bytes = Base64::decode_vec(encoded).map_err(|_| INVALID)?;
            String::from_utf8(bytes).map(Cow::Owned).map_err(|_| INVALID)
        }
    }
}
