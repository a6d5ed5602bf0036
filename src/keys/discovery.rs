//! An issuer's metadata document (RFC 8414 section 2, OpenID Connect Discovery 1.0 section 3).

use alloc::string::{String, ToString};

use super::{address::Url, response::Response};
use crate::{
    limits::{MAX_METADATA_AGE_SECONDS, MAX_METADATA_BYTES},
    text::json::{self, Value},
    time::UnixSeconds,
};

/// A metadata document that names the issuer it was fetched for, and where the issuer's keys are.
#[derive(Clone, Debug)]
pub(super) struct Metadata {
    pub(super) text: String,
    pub(super) jwks_uri: String,
    pub(super) accepted_at: UnixSeconds,
}

impl Metadata {
    /// The document in an answer, if it is the issuer's.
    pub(super) fn from_response(
        issuer: &str,
        loopback: bool,
        response: &Response<'_>,
        now: UnixSeconds,
    ) -> Option<Self> {
        // Section 3.2: 200 and application/json. A page for people is not metadata, whatever it embeds.
        let json = response.status == 200 && response.content_type.is_some_and(is_json);
        let text = core::str::from_utf8(response.body).ok().filter(|_| json)?;
        Self::parse(issuer, loopback, text, now)
    }

    /// Section 3.3: "issuer" MUST be identical to the one that the document was fetched for; a "/" at the
    /// end is a difference. Where the keys are is the issuer's to say, so any host will do.
    pub(super) fn parse(issuer: &str, loopback: bool, text: &str, accepted_at: UnixSeconds) -> Option<Self> {
        if text.len() > MAX_METADATA_BYTES {
            return None;
        }
        let document = json::parse_object(text.as_bytes()).ok()?;
        let member = |name| document.get(name).and_then(Value::as_str);
        let jwks_uri = member("jwks_uri").filter(|url| Url::parse(url, loopback).is_ok())?;
        let same = member("issuer") == Some(issuer);
        same.then(|| Self { text: text.to_string(), jwks_uri: jwks_uri.to_string(), accepted_at })
    }

    /// Providers move their keys, so what the document says is asked for again.
    pub(super) fn is_recent(&self, now: UnixSeconds) -> bool {
        now < self.accepted_at.saturating_add(MAX_METADATA_AGE_SECONDS)
    }
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}
