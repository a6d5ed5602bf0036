//! The evidence of a rejection as JSON, for programs.

use alloc::{string::String, vec::Vec};

use serde_json::{Value, json};

use super::Rejection;
use crate::text::quote::clipped;

impl Rejection {
    /// What was compared, as a JSON object of plain values. Texts from the token are shortened.
    #[must_use]
    pub fn evidence(&self) -> Value {
        let all = |texts: &[String]| -> Vec<String> { texts.iter().map(|text| clipped(text)).collect() };
        match self {
            Self::TokenTooLarge { bytes } => json!({ "bytes": bytes }),
            Self::HeaderUnsupported { member } => json!({ "member": member }),
            Self::AlgorithmNotAllowed { alg, allowed } => {
                let allowed: Vec<&str> = allowed.iter().map(|algorithm| algorithm.name()).collect();
                json!({ "alg": clipped(alg), "allowed": allowed })
            }
            Self::KeyNotFound { kid, usable } => json!({ "kid": kid.as_deref().map(clipped), "usable": usable }),
            Self::KeyUnusable { kid, .. } => json!({ "kid": kid.as_deref().map(clipped) }),
            Self::KeyAmbiguous { keys, algorithm } => json!({ "keys": keys, "alg": algorithm.name() }),
            Self::ClaimMissing { claim, .. } => json!({ "claim": claim }),
            Self::ClaimMalformed { claim, .. } => json!({ "claim": claim }),
            Self::TypeMismatch { expected, found } => {
                json!({ "allowed": expected, "typ": found.as_deref().map(clipped) })
            }
            Self::IssuerMismatch { expected, found } => {
                json!({ "claim": "iss", "allowed": expected, "iss": clipped(found) })
            }
            Self::KeyOfAnotherIssuer { expected, found } => {
                json!({ "claim": "iss", "allowed": [clipped(expected)], "iss": clipped(found) })
            }
            Self::MarkMismatch { claim, expected } => json!({ "claim": claim, "allowed": [expected] }),
            Self::AudienceMismatch { claim, expected, found } => {
                json!({ "claim": claim, "allowed": expected, "aud": all(found) })
            }
            Self::Expired { exp, now, leeway } => {
                json!({ "claim": "exp", "exp": exp.as_seconds(), "now": now.as_seconds(), "leeway": leeway })
            }
            Self::NotYetValid { nbf, now, leeway } => {
                json!({ "claim": "nbf", "nbf": nbf.as_seconds(), "now": now.as_seconds(), "leeway": leeway })
            }
            Self::IssuedInFuture { iat, now, leeway } => {
                json!({ "claim": "iat", "iat": iat.as_seconds(), "now": now.as_seconds(), "leeway": leeway })
            }
            Self::TooOld { iat, now, max_age } => {
                json!({ "claim": "iat", "iat": iat.as_seconds(), "now": now.as_seconds(), "maxAge": max_age })
            }
            Self::SubjectMismatch => json!({ "claim": "sub" }),
            Self::KindRefused { kind, .. } => json!({ "kind": kind }),
            Self::Bound => json!({ "claim": "cnf" }),
            Self::ScopeInsufficient { required, granted } => json!({ "required": required, "granted": all(granted) }),
            Self::TokenMalformed(_)
            | Self::JweNotSupported
            | Self::HeaderMalformed(_)
            | Self::SignatureInvalid
            | Self::ClaimsMalformed(_) => json!({}),
        }
    }
}
