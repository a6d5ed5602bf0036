//! Why a request does not go on to the origin: one variant a reason.

use alloc::{string::String, vec::Vec};

use super::{content::ContentFault, message::MessageFault, mirrored::Mismatch};
use crate::rejection::Rejection;

/// Why a request is denied. What the client is told of it is in `answer.rs`; the operator sees the code.
#[derive(Clone, Debug)]
pub(crate) enum Denial {
    /// Longer than the limit, in bytes.
    BodyTooLarge { limit: usize },
    /// No resource, metadata or card is at this path.
    RouteUnknown,
    /// The path has other methods: these.
    MethodNotAllowed { allowed: &'static str },
    /// A web page that is not listed sent it.
    OriginNotAllowed,
    /// No token.
    TokenAbsent,
    /// Something else than one token after "Bearer".
    AuthorizationMalformed,
    /// The token is refused.
    Token(Rejection),
    /// The token cannot be judged: the provider's keys cannot be had. Seconds until they may be.
    KeysUnavailable { retry_after: u32 },
    /// A revision that the server does not speak.
    VersionUnsupported { requested: String },
    /// A header field does not say what the body says.
    HeaderMismatch(Mismatch),
    /// The body's type or coding is not what can be judged.
    Content(ContentFault),
    /// The body is no message.
    Message(MessageFault),
    /// Several messages in a revision that has no batches.
    BatchNotAllowed,
    /// The URI has a second spelling, and rules compare URIs.
    UriAmbiguous,
    /// The token lacks a scope; all that the operation needs.
    ScopeInsufficient { needed: Vec<String> },
    /// A condition on a claim does not hold.
    ClaimsInsufficient,
    /// No rule is for the operation.
    OperationDenied,
}

impl Denial {
    /// The stable code.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::BodyTooLarge { .. } => "body_too_large",
            Self::RouteUnknown => "route_unknown",
            Self::MethodNotAllowed { .. } => "method_not_allowed",
            Self::OriginNotAllowed => "origin_not_allowed",
            Self::TokenAbsent => "token_absent",
            Self::AuthorizationMalformed => "authorization_malformed",
            Self::Token(rejection) => rejection.code(),
            Self::KeysUnavailable { .. } => "keys_unavailable",
            Self::VersionUnsupported { .. } => "version_unsupported",
            Self::HeaderMismatch(_) => "header_mismatch",
            Self::Content(ContentFault::Type) => "content_type_unsupported",
            Self::Content(ContentFault::Encoding) => "content_encoding_unsupported",
            Self::Message(_) => "message_malformed",
            Self::BatchNotAllowed => "batch_not_allowed",
            Self::UriAmbiguous => "uri_ambiguous",
            Self::ScopeInsufficient { .. } => "scope_insufficient",
            Self::ClaimsInsufficient => "claims_insufficient",
            Self::OperationDenied => "operation_denied",
        }
    }

    /// The HTTP status (MCP Authorization, "Error Handling"; Streamable HTTP).
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::TokenAbsent => 401,
            // Scopes that the policy of the issuer demands of every token: the token is valid.
            Self::Token(Rejection::ScopeInsufficient { .. }) => 403,
            Self::Token(_) => 401,
            Self::OriginNotAllowed
            | Self::ScopeInsufficient { .. }
            | Self::ClaimsInsufficient
            | Self::OperationDenied => 403,
            Self::RouteUnknown => 404,
            Self::MethodNotAllowed { .. } => 405,
            Self::BodyTooLarge { .. } => 413,
            // An outage is nothing that the client could mend: a 401 would send it to the provider that is down.
            Self::KeysUnavailable { .. } => 503,
            Self::AuthorizationMalformed
            | Self::VersionUnsupported { .. }
            | Self::HeaderMismatch(_)
            | Self::Content(_)
            | Self::Message(_)
            | Self::BatchNotAllowed
            | Self::UriAmbiguous => 400,
        }
    }
}
