//! The evidence of a rejection as JSON, for programs.

use alloc::{string::String, vec::Vec};

use super::Rejection;
use crate::text::{built::Built, json::Value, quote::clipped};

impl Rejection {
    /// What was compared, as a JSON object of plain values. Texts from the token are shortened.
    #[must_use]
    pub fn evidence(&self) -> Value {
        let all = |texts: &[String]| -> Vec<String> { texts.iter().map(|text| clipped(text)).collect() };
        let evidence = match self {
            Self::TokenTooLarge { bytes } => Built::default().with("bytes", *bytes),
            Self::HeaderUnsupported { member } => Built::default().with("member", *member),
            Self::AlgorithmNotAllowed { alg, allowed } => {
                let allowed: Vec<&str> = allowed.iter().map(|algorithm| algorithm.name()).collect();
                Built::default().with("alg", clipped(alg)).with("allowed", allowed)
            }
            Self::KeyNotFound { kid, usable } => {
                Built::default().with("kid", kid.as_deref().map(clipped)).with("usable", *usable)
            }
            Self::KeyUnusable { kid, .. } => Built::default().with("kid", kid.as_deref().map(clipped)),
            Self::KeyAmbiguous { keys, algorithm } => {
                Built::default().with("keys", *keys).with("alg", algorithm.name())
            }
            Self::ClaimMissing { claim, .. } => Built::default().with("claim", &**claim),
            Self::ClaimMalformed { claim, .. } => Built::default().with("claim", &**claim),
            Self::TypeMismatch { expected, found } => {
                Built::default().with("allowed", expected.as_slice()).with("typ", found.as_deref().map(clipped))
            }
            Self::IssuerMismatch { expected, found } => {
                Built::default().with("claim", "iss").with("allowed", expected.as_slice()).with("iss", clipped(found))
            }
            Self::KeyOfAnotherIssuer { expected, found } => Built::default()
                .with("claim", "iss")
                .with("allowed", Value::Array([clipped(expected).into()].into()))
                .with("iss", clipped(found)),
            Self::MarkMismatch { claim, expected } => Built::default()
                .with("claim", &**claim)
                .with("allowed", Value::Array([expected.as_str().into()].into())),
            Self::AudienceMismatch { claim, expected, found } => {
                Built::default().with("claim", &**claim).with("allowed", expected.as_slice()).with("aud", all(found))
            }
            Self::Expired { exp, now, leeway } => Built::default()
                .with("claim", "exp")
                .with("exp", exp.as_seconds())
                .with("now", now.as_seconds())
                .with("leeway", *leeway),
            Self::NotYetValid { nbf, now, leeway } => Built::default()
                .with("claim", "nbf")
                .with("nbf", nbf.as_seconds())
                .with("now", now.as_seconds())
                .with("leeway", *leeway),
            Self::IssuedInFuture { iat, now, leeway } => Built::default()
                .with("claim", "iat")
                .with("iat", iat.as_seconds())
                .with("now", now.as_seconds())
                .with("leeway", *leeway),
            Self::TooOld { iat, now, max_age } => Built::default()
                .with("claim", "iat")
                .with("iat", iat.as_seconds())
                .with("now", now.as_seconds())
                .with("maxAge", *max_age),
            Self::SubjectMismatch => Built::default().with("claim", "sub"),
            Self::KindRefused { kind, .. } => Built::default().with("kind", *kind),
            Self::Bound => Built::default().with("claim", "cnf"),
            Self::ScopeInsufficient { required, granted } => {
                Built::default().with("required", required.as_slice()).with("granted", all(granted))
            }
            Self::TokenMalformed(_)
            | Self::JweNotSupported
            | Self::HeaderMalformed(_)
            | Self::SignatureInvalid
            | Self::ClaimsMalformed(_) => Built::default(),
        };
        evidence.into()
    }
}
