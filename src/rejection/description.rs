//! How each rejection is told: one row a variant, all wording in one place.

use alloc::{
    borrow::Cow,
    format,
    string::{String, ToString},
};
use core::fmt;

use super::{Rejection, TokenFault};
use crate::{
    jose::algorithm::Algorithm,
    limits::{MAX_HEADER_BYTES, MAX_TOKEN_BYTES},
    text::quote::{quoted, quoted_list},
};

/// A refusal in words. Its `Display` is one line for a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// Stable, for programs.
    pub code: &'static str,
    /// What was expected.
    pub expected: String,
    /// What was found. Values from the token are quoted, shortened and escaped.
    pub found: String,
    /// What to do about it. Empty where nothing useful can be said.
    pub advice: &'static str,
    /// Where the rule is written. Empty for rules that are ours.
    pub section: &'static str,
}

impl fmt::Display for Description {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, expected, found, advice, .. } = self;
        let what = code.replace('_', " ");
        write!(formatter, "{what}: expected {expected}, found {found}")?;
        if advice.is_empty() { Ok(()) } else { write!(formatter, "; {advice}") }
    }
}

impl Rejection {
    /// The rejection in words.
    #[must_use]
    pub fn description(&self) -> Description {
        let (code, expected, found, advice): (_, Cow<'_, str>, String, _) = match self {
            Self::TokenTooLarge { bytes } => (
                "token_too_large",
                format!("at most {MAX_TOKEN_BYTES} bytes").into(),
                format!("{bytes} bytes"),
                "have the provider put fewer claims into access tokens",
            ),
            Self::TokenMalformed(fault) => (
                "token_malformed",
                "three segments of base64url with dots between (a signed JWT)".into(),
                fault.to_string(),
                match fault {
                    TokenFault::Segments { found: 1 } => {
                        "ask the provider for a token with an audience: many issue opaque tokens without one"
                    }
                    TokenFault::BearerScheme => "pass the token alone",
                    TokenFault::JsonSerialization => "pass the compact form",
                    TokenFault::Segments { .. } | TokenFault::Base64url { .. } => {
                        "pass the token as it was issued, without padding, white space or line breaks"
                    }
                },
            ),
            Self::JweNotSupported => (
                "jwe_not_supported",
                "three segments (a signed JWT)".into(),
                "five segments (an encrypted one)".into(),
                "have the provider issue signed tokens that are not encrypted, for this audience",
            ),
            Self::HeaderMalformed(fault) => (
                "header_malformed",
                format!("a JSON object of at most {MAX_HEADER_BYTES} bytes with a string \"alg\" and each member once")
                    .into(),
                fault.to_string(),
                "",
            ),
            Self::HeaderUnsupported { member } => (
                "header_unsupported",
                "a header without \"crit\", \"b64\" and \"zip\"".into(),
                quoted(member),
                "have the provider issue plain signed tokens (RFC 7515 section 4.1.11)",
            ),
            Self::AlgorithmNotAllowed { alg, allowed } => (
                "algorithm_not_allowed",
                format!("one of {}", quoted_list(allowed.iter().map(|algorithm| algorithm.name()))).into(),
                quoted(alg),
                if Algorithm::from_name(alg).is_some() {
                    "if the provider really signs with it, add it to the allowed algorithms"
                } else {
                    "it can never be allowed; tokens must be signed with a private key"
                },
            ),
            Self::KeyNotFound { kid: Some(kid), usable } => (
                "key_not_found",
                format!("a \"kid\" that one of the {usable} usable keys has").into(),
                quoted(kid),
                "fetch the key set anew, it may have been rotated; or the token is from another issuer",
            ),
            Self::KeyNotFound { kid: None, usable } => (
                "key_not_found",
                format!("one of {usable} usable keys to fit the token's algorithm").into(),
                "none".into(),
                "fetch the key set anew, it may have been rotated; or the token is from another issuer",
            ),
            Self::KeyUnusable { kid, fault } => (
                "key_unusable",
                "a public key that fits the token's algorithm".into(),
                match kid {
                    Some(kid) => format!("key {}: {fault}", quoted(kid)),
                    None => format!("one key: {fault}"),
                },
                "see what the provider publishes at its \"jwks_uri\"",
            ),
            Self::KeyAmbiguous { keys, algorithm } => (
                "key_ambiguous",
                "a \"kid\", or one key only that fits".into(),
                format!("no \"kid\" and {keys} keys for {algorithm}"),
                "have the provider name its keys, in the key set and in tokens",
            ),
            Self::SignatureInvalid => (
                "signature_invalid",
                "a signature by the provider's key".into(),
                "another".into(),
                "the token was altered, or signed by somebody else, or its key was replaced under the same name",
            ),
            Self::ClaimsMalformed(fault) => (
                "claims_malformed",
                "a JSON object that names each member once".into(),
                fault.to_string(),
                "have the provider issue such a payload: anything else could be read in two ways",
            ),
            Self::ClaimMissing { claim, .. } => (
                "claim_missing",
                format!("the claim {}", quoted(claim)).into(),
                "none".into(),
                "have the provider add it to access tokens",
            ),
            Self::ClaimMalformed { claim, expected, found, .. } => {
                ("claim_malformed", format!("{expected} as {}", quoted(claim)).into(), found.clone(), "")
            }
            Self::TypeMismatch { expected, found } => (
                "type_mismatch",
                format!("\"typ\" {}", quoted_list(expected.iter().map(String::as_str))).into(),
                found.as_deref().map_or_else(|| "none".into(), quoted),
                match found.as_deref() {
                    Some("application/okta-internal-at+jwt") => {
                        "this token is for Okta itself: use a custom authorization server for your own resource"
                    }
                    _ => "send the access token, not another token of the provider",
                },
            ),
            Self::IssuerMismatch { expected, found } => (
                "issuer_mismatch",
                quoted_list(expected.iter().map(String::as_str)).into(),
                quoted(found),
                "compare letter by letter, the trailing slash included: issuers match exactly or not at all",
            ),
            Self::KeyOfAnotherIssuer { expected, found } => (
                "issuer_mismatch",
                format!("{}, for which the key is published", quoted(expected)).into(),
                quoted(found),
                "the token was signed with the key of another tenant",
            ),
            Self::MarkMismatch { claim, expected } => (
                "token_kind_refused",
                format!("{} to be {}, as in every access token of this provider", quoted(claim), quoted(expected))
                    .into(),
                "another value, or none".into(),
                "send the access token, not another token of the provider",
            ),
            Self::AudienceMismatch { claim, expected, found } => (
                "audience_mismatch",
                format!("{} to name {}", quoted(claim), quoted_list(expected.iter().map(String::as_str))).into(),
                quoted_list(found.iter().map(String::as_str)),
                "ask the provider for a token for this resource (RFC 8707), or register this audience there",
            ),
            Self::Expired { exp, now, leeway } => (
                "token_expired",
                format!("\"exp\" after {now} less a leeway of {leeway} s").into(),
                exp.to_string(),
                "get a new token",
            ),
            Self::NotYetValid { nbf, now, leeway } => (
                "token_not_yet_valid",
                format!("\"nbf\" at most {now} and a leeway of {leeway} s").into(),
                nbf.to_string(),
                "wait, or set the clocks right",
            ),
            Self::IssuedInFuture { iat, now, leeway } => (
                "token_issued_in_future",
                format!("\"iat\" at most {now} and a leeway of {leeway} s").into(),
                iat.to_string(),
                "set the clocks right",
            ),
            Self::TooOld { iat, now, max_age } => (
                "token_too_old",
                format!("\"iat\" at most {max_age} s before {now}").into(),
                iat.to_string(),
                "get a new token",
            ),
            Self::SubjectMismatch => ("subject_mismatch", "the subject asked for".into(), "another".into(), ""),
            Self::KindRefused { kind, by } => (
                "token_kind_refused",
                "an access token".into(),
                format!("{kind}, by {by}"),
                "send the access token, not another token of the provider",
            ),
            Self::Bound => (
                "token_bound",
                "a bearer token".into(),
                "one bound to a key (\"cnf\")".into(),
                "a proof of possession is not checked here, and without it the token must not be accepted",
            ),
            Self::ScopeInsufficient { required, granted } => (
                "scope_insufficient",
                format!("all of {}", quoted_list(required.iter().map(String::as_str))).into(),
                quoted_list(granted.iter().map(String::as_str)),
                "ask the provider for a token with these scopes",
            ),
        };
        Description { code, expected: expected.into_owned(), found, advice, section: self.check().section() }
    }
}
