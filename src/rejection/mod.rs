//! Why a token is refused: one variant a reason, each with its evidence.

mod description;

mod evidence;

mod fault;

use alloc::{string::String, vec::Vec};
use core::fmt;

pub use description::Description;
pub use fault::{HeaderFault, KeyFault, TokenFault};

use crate::{check::Check, jose::algorithm::Algorithm, text::json::JsonFault, time::UnixSeconds};

/// Why a token was refused.
///
/// When several faults are there, the one told is that of the first failing check in the order of
/// [`Check`]. [`code`](Self::code) is stable; the text of `Display` says what was expected, what was
/// found and what to do, and never contains any part of the token's text.
///
/// For the operator: a client is told no more than RFC 6750 section 3.1 has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rejection {
    /// Longer than [`MAX_TOKEN_BYTES`](crate::limits::MAX_TOKEN_BYTES).
    TokenTooLarge {
        /// The length found, in bytes.
        bytes: usize,
    },
    /// Not three segments of canonical base64url.
    TokenMalformed(TokenFault),
    /// Five segments: an encrypted token (RFC 7516), which nobody can read here.
    JweNotSupported,
    /// The header cannot be read in one way only.
    HeaderMalformed(HeaderFault),
    /// The header has a member that changes how the token is to be read.
    HeaderUnsupported {
        /// The member's name.
        member: &'static str,
    },
    /// The algorithm is none that the policy allows. `none` and `HS*` never are.
    AlgorithmNotAllowed {
        /// The header's "alg".
        alg: String,
        /// What the policy allows.
        allowed: Vec<Algorithm>,
    },
    /// No key of the set has the token's "kid", or fits a token without one.
    KeyNotFound {
        /// The header's "kid".
        kid: Option<String>,
        /// How many usable keys the set has.
        usable: usize,
    },
    /// The key that the token names cannot verify it.
    KeyUnusable {
        /// The header's "kid".
        kid: Option<String>,
        /// Why not.
        fault: KeyFault,
    },
    /// The token names no key and several fit.
    KeyAmbiguous {
        /// How many fit.
        keys: usize,
        /// The token's algorithm.
        algorithm: Algorithm,
    },
    /// No key that the token may be signed with made this signature. No details, on purpose.
    SignatureInvalid,
    /// The payload is not a JSON object that can be read in one way only.
    ClaimsMalformed(JsonFault),
    /// A claim that must be there is not.
    ClaimMissing {
        /// The check that misses it.
        check: Check,
        /// The claim's name.
        claim: String,
    },
    /// A claim is there but of a wrong type or form. Never treated as absent.
    ClaimMalformed {
        /// The check that reads it.
        check: Check,
        /// The claim's name.
        claim: String,
        /// What it should be.
        expected: &'static str,
        /// What it is.
        found: String,
    },
    /// The header's "typ" is none that the policy accepts.
    TypeMismatch {
        /// What the policy accepts.
        expected: Vec<String>,
        /// The header's "typ".
        found: Option<String>,
    },
    /// "iss" is none that the policy trusts.
    IssuerMismatch {
        /// What the policy trusts.
        expected: Vec<String>,
        /// The claim.
        found: String,
    },
    /// The key that made the signature is published for another issuer: another tenant of the provider.
    KeyOfAnotherIssuer {
        /// The issuer that the key names.
        expected: String,
        /// The claim "iss".
        found: String,
    },
    /// A claim has another value than every access token of the provider.
    MarkMismatch {
        /// The claim's name.
        claim: &'static str,
        /// The value it should have.
        expected: String,
    },
    /// "aud" names none that the policy answers for.
    AudienceMismatch {
        /// The claim's name: "aud", unless the provider's profile has another.
        claim: &'static str,
        /// What the policy answers for.
        expected: Vec<String>,
        /// The claim.
        found: Vec<String>,
    },
    /// "exp" has passed.
    Expired {
        /// The claim.
        exp: UnixSeconds,
        /// The time of the check.
        now: UnixSeconds,
        /// The leeway granted, in seconds.
        leeway: u32,
    },
    /// "nbf" has not come.
    NotYetValid {
        /// The claim.
        nbf: UnixSeconds,
        /// The time of the check.
        now: UnixSeconds,
        /// The leeway granted, in seconds.
        leeway: u32,
    },
    /// "iat" has not come.
    IssuedInFuture {
        /// The claim.
        iat: UnixSeconds,
        /// The time of the check.
        now: UnixSeconds,
        /// The leeway granted, in seconds.
        leeway: u32,
    },
    /// "iat" is longer ago than the policy allows.
    TooOld {
        /// The claim.
        iat: UnixSeconds,
        /// The time of the check.
        now: UnixSeconds,
        /// The age allowed, in seconds.
        max_age: u32,
    },
    /// "sub" is not the one the policy asks for. Neither is told: a subject may be a person.
    SubjectMismatch,
    /// A claim shows that this is no access token.
    KindRefused {
        /// What it is taken for.
        kind: &'static str,
        /// The claim or claims that show it.
        by: &'static str,
    },
    /// The token is bound to a key ("cnf") that its bearer did not prove to hold.
    Bound,
    /// Not all scopes that the policy asks for are granted.
    ScopeInsufficient {
        /// What the policy asks for.
        required: Vec<String>,
        /// What the token grants.
        granted: Vec<String>,
    },
}

impl Rejection {
    /// A stable code, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.description().code
    }

    /// The check that failed.
    #[must_use]
    pub fn check(&self) -> Check {
        match self {
            Self::TokenTooLarge { .. } => Check::Size,
            Self::TokenMalformed(_) | Self::JweNotSupported => Check::Form,
            Self::HeaderMalformed(_) => Check::Header,
            Self::HeaderUnsupported { .. } => Check::Extensions,
            Self::AlgorithmNotAllowed { .. } => Check::Algorithm,
            Self::KeyNotFound { .. } | Self::KeyUnusable { .. } | Self::KeyAmbiguous { .. } => Check::Key,
            Self::SignatureInvalid => Check::Signature,
            Self::ClaimsMalformed(_) => Check::Claims,
            Self::ClaimMissing { check, .. } | Self::ClaimMalformed { check, .. } => *check,
            Self::TypeMismatch { .. } => Check::Type,
            Self::IssuerMismatch { .. } | Self::KeyOfAnotherIssuer { .. } => Check::Issuer,
            Self::AudienceMismatch { .. } => Check::Audience,
            Self::Expired { .. } => Check::Expiry,
            Self::NotYetValid { .. } => Check::NotBefore,
            Self::IssuedInFuture { .. } | Self::TooOld { .. } => Check::IssuedAt,
            Self::SubjectMismatch => Check::Subject,
            Self::KindRefused { .. } | Self::MarkMismatch { .. } => Check::Kind,
            Self::Bound => Check::Binding,
            Self::ScopeInsufficient { .. } => Check::Scopes,
        }
    }
}

impl From<TokenFault> for Rejection {
    fn from(fault: TokenFault) -> Self {
        Self::TokenMalformed(fault)
    }
}

impl From<HeaderFault> for Rejection {
    fn from(fault: HeaderFault) -> Self {
        Self::HeaderMalformed(fault)
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.description(), formatter)
    }
}

impl core::error::Error for Rejection {}
