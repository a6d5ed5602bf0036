//! Which web pages may send requests (Streamable HTTP, "Security Warning"), and what browsers are told (CORS).

use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};

use super::{
    answer::Header,
    authority::{default_port, is_in_one_spelling},
};
use crate::{option::InvalidOption, text::quote::quoted};

/// The origins whose pages may send requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins(Vec<Arc<str>>);

/// The origin of a request that may go on: that of a page that is allowed, or none, as from everything that
/// is not a browser.
#[derive(Clone, Debug)]
pub(crate) struct Admitted(Option<Arc<str>>);

impl Origins {
    /// Reads a list of origins as browsers write them (RFC 6454 section 6.2), or "null".
    pub(crate) fn parse(option: &str, origins: &[String]) -> Result<Self, InvalidOption> {
        match origins.iter().find(|origin| !is_origin(origin)) {
            Some(origin) => Err(InvalidOption::new(
                option,
                "origins in lower case, scheme, host and port alone, no port that is the scheme's own (\"https://app.example.com\"), or \"null\"",
                quoted(origin),
            )),
            None => Ok(Self(origins.iter().map(|origin| origin.as_str().into()).collect())),
        }
    }

    /// Compares the whole origin: another port or scheme is another origin. "null" is what sandboxed frames
    /// and files send, that is, anybody.
    pub(crate) fn admit(&self, origin: Option<&str>) -> Option<Admitted> {
        match origin {
            None => Some(Admitted(None)),
            Some(origin) => {
                self.0.iter().find(|listed| &***listed == origin).map(|listed| Admitted(Some(listed.clone())))
            }
        }
    }
}

/// Header fields that a page may send: those of the transport's revisions, and Authorization.
const REQUEST_FIELDS: &str =
    "authorization, content-type, accept, last-event-id, mcp-protocol-version, mcp-session-id, mcp-method, mcp-name";

impl Admitted {
    /// What lets the page read an answer: the challenge too, which a browser hides otherwise (Fetch section
    /// 3.2).
    pub(crate) fn headers(&self) -> Vec<Header> {
        let Some(origin) = &self.0 else { return Vec::new() };
        [
            ("access-control-allow-origin", origin.to_string()),
            (
                "access-control-expose-headers",
                "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, Retry-After".into(),
            ),
            ("vary", "Origin".into()),
        ]
        .into()
    }

    /// What a preflight is told. `asked` is Access-Control-Request-Headers, of which those that the server's
    /// tools may define (Streamable HTTP, "Mcp-Param") are allowed besides the fixed ones.
    pub(crate) fn preflight_headers(&self, asked: Option<&str>) -> Vec<Header> {
        let mut fields: String = REQUEST_FIELDS.into();
        for field in asked.unwrap_or_default().split(',').map(str::trim).take(MAX_ASKED_FIELDS) {
            if is_parameter_field(field) {
                fields.push_str(", ");
                fields.push_str(field);
            }
        }
        let mut headers = self.headers();
        headers.push(("access-control-allow-methods", "GET, POST, DELETE".into()));
        headers.push(("access-control-allow-headers", fields));
        headers.push(("access-control-max-age", "7200".into())); // seconds; browsers keep it no longer than two hours
        headers
    }
}

/// A bound on what is repeated to whoever asks.
const MAX_ASKED_FIELDS: usize = 64;

fn is_parameter_field(field: &str) -> bool {
    let name = field.get(.."mcp-param-".len()).filter(|start| start.eq_ignore_ascii_case("mcp-param-"));
    name.is_some()
        && field.len() <= 128
        && field.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// What no browser would send must not be listed: it seems to let a page in, and does not.
fn is_origin(text: &str) -> bool {
    let parts = text.split_once("://").filter(|(scheme, _)| !scheme.is_empty() && scheme.bytes().all(is_scheme_byte));
    text == "null"
        || parts.is_some_and(|(scheme, host)| is_in_one_spelling(host, default_port(scheme).unwrap_or_default()))
}

fn is_scheme_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte)
}
