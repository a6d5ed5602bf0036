//! What goes back to a client that does not get through: poor in words, exact in form.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{Gate, challenge::Challenge, denial::Denial};
use crate::{
    rejection::Rejection,
    text::{
        built::Built,
        json::{Value, parse_value, text_of},
        quote::clipped,
    },
};

/// A response of the gate's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The header fields: names in lower case, values in printable ASCII.
    pub headers: Vec<Header>,
    /// The body, JSON, or empty.
    pub body: String,
}

/// A header field.
pub type Header = (&'static str, String);

impl Answer {
    /// A body for caches and web pages of any origin: metadata is public.
    pub(crate) fn public(body: String) -> Self {
        let headers = [
            ("content-type", "application/json".into()),
            ("cache-control", "public, max-age=3600".into()),
            ("access-control-allow-origin", "*".into()),
            ("x-content-type-options", "nosniff".into()),
        ];
        Self { status: 200, headers: headers.into(), body }
    }

    /// What a browser is told before it asks for metadata.
    pub(crate) fn public_preflight() -> Self {
        let headers = [
            ("access-control-allow-origin", "*".into()),
            ("access-control-allow-methods", "GET".into()),
            ("access-control-allow-headers", "accept, content-type, mcp-protocol-version".into()),
            ("access-control-max-age", "7200".into()),
        ];
        Self { status: 204, headers: headers.into(), body: String::new() }
    }

    pub(crate) fn preflight(headers: Vec<Header>) -> Self {
        Self { status: 204, headers, body: String::new() }
    }

    fn of_json(status: u16, body: Built) -> Self {
        let headers = [
            ("content-type", "application/json".into()),
            ("cache-control", "no-store".into()),
            ("x-content-type-options", "nosniff".into()),
        ];
        Self { status, headers: headers.into(), body: text_of(&body.into()) }
    }

    /// In the form of OAuth (RFC 6749 section 5.2).
    fn of_error(status: u16, error: &str, description: &str) -> Self {
        Self::of_json(status, Built::default().with("error", error).with("error_description", description))
    }

    /// In the form of JSON-RPC (JSON-RPC 2.0 section 5.1).
    fn of_rpc_error(id: Option<&str>, code: i32, message: &str, data: Option<Built>) -> Self {
        let error = Built::default().with("code", code).with("message", message);
        let error = match data {
            Some(data) => error.with("data", data),
            None => error,
        };
        let id: Value = id.and_then(|id| parse_value(id).ok()).unwrap_or(Value::Null);
        Self::of_json(400, Built::default().with("jsonrpc", "2.0").with("id", id).with("error", error))
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl Gate {
    /// The answer to a denied request. `id` is the JSON text of the message's id.
    pub(crate) fn answer(&self, denial: &Denial, id: Option<&str>) -> Answer {
        let status = denial.status();
        let challenge = || Challenge::new(&self.metadata_url);
        match denial {
            Denial::TokenAbsent => {
                Answer::of_error(status, "unauthorized", "this needs an access token: see WWW-Authenticate")
                    .with("www-authenticate", challenge().scopes(&self.baseline).into_value())
            }
            Denial::Token(Rejection::ScopeInsufficient { required, .. }) => self.insufficient_scope(required),
            Denial::Token(rejection) => {
                let description = told(rejection);
                let challenge = challenge().error("invalid_token", description).scopes(&self.baseline);
                Answer::of_error(status, "invalid_token", description).with("www-authenticate", challenge.into_value())
            }
            Denial::AuthorizationMalformed => {
                let description = "one Authorization header with one token is needed";
                let challenge = challenge().error("invalid_request", description);
                Answer::of_error(status, "invalid_request", description)
                    .with("www-authenticate", challenge.into_value())
            }
            Denial::ScopeInsufficient { needed } => self.insufficient_scope(needed),
            // No scope would help: with a challenge the client would ask for one in vain.
            Denial::ClaimsInsufficient | Denial::OperationDenied => {
                Answer::of_error(status, "access_denied", "this token may not do this")
            }
            Denial::OriginNotAllowed => Answer::of_error(status, "access_denied", "this origin may not send requests"),
            Denial::RouteUnknown => Answer::of_error(status, "not_found", "nothing is here"),
            Denial::MethodNotAllowed { allowed } => {
                Answer::of_error(status, "invalid_request", "this method is not allowed here")
                    .with("allow", (*allowed).into())
            }
            Denial::BodyTooLarge { limit } => {
                Answer::of_error(status, "invalid_request", &format!("the body is longer than {limit} bytes"))
            }
            Denial::KeysUnavailable { retry_after } => {
                Answer::of_error(status, "temporarily_unavailable", "the token cannot be checked now: try again")
                    .with("retry-after", retry_after.to_string())
            }
            Denial::Content(_) => Answer::of_error(
                status,
                "invalid_request",
                "the body must be application/json in UTF-8, without a content coding",
            ),
            Denial::VersionUnsupported { requested } => {
                let supported: Vec<&str> = self.revisions.names().collect();
                // Streamable HTTP of 2026-07-28, "Protocol Version Header"
                let data = Built::default().with("supported", supported).with("requested", clipped(requested));
                Answer::of_rpc_error(id, -32022, "Unsupported protocol version", Some(data))
            }
            Denial::HeaderMismatch(mismatch) => {
                // Streamable HTTP of 2026-07-28, "Server Validation"
                let message = format!("Header mismatch: {} must say what the body says", mismatch.0);
                Answer::of_rpc_error(id, -32020, &message, None)
            }
            Denial::Message(fault) => Answer::of_rpc_error(id, fault.json_rpc_code(), &fault.to_string(), None),
            Denial::BatchNotAllowed => Answer::of_rpc_error(id, -32600, "one message is allowed, not a batch", None),
            Denial::UriAmbiguous => {
                let message = "the member 'params.uri' must be a URI in its plain spelling";
                Answer::of_rpc_error(id, -32600, message, None)
            }
        }
    }

    fn insufficient_scope(&self, needed: &[String]) -> Answer {
        let description = "the token lacks a scope";
        let challenge = Challenge::new(&self.metadata_url).error("insufficient_scope", description).scopes(needed);
        Answer::of_error(403, "insufficient_scope", description).with("www-authenticate", challenge.into_value())
    }
}

/// What a client is told of a refused token: enough to know whether a new one would do.
fn told(rejection: &Rejection) -> &'static str {
    match rejection {
        Rejection::Expired { .. } | Rejection::TooOld { .. } => "the token has expired",
        Rejection::NotYetValid { .. } | Rejection::IssuedInFuture { .. } => "the token is not valid yet",
        Rejection::AudienceMismatch { .. } => "the token is for another audience",
        Rejection::IssuerMismatch { .. } => "the token is from another issuer",
        _ => "the token is not valid",
    }
}
