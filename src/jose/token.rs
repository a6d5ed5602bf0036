//! The compact serialization (RFC 7515 section 3.1): three segments, nothing believed.

use alloc::vec::Vec;
use core::fmt;

use crate::{
    limits::MAX_TOKEN_BYTES,
    rejection::{Rejection, TokenFault},
    text::base64url,
};

/// A text that has the form of a signed token: three segments of canonical base64url within the size
/// limit. Its content is not yet read and its signature not yet checked.
pub struct Token<'a> {
    bytes: usize,
    signing_input: &'a str,
    header: Vec<u8>,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

impl<'a> Token<'a> {
    /// Splits and decodes `text`.
    ///
    /// # Errors
    ///
    /// [`Rejection::TokenTooLarge`], [`Rejection::JweNotSupported`] for five segments (RFC 7516
    /// section 3.1), and [`Rejection::TokenMalformed`] for all else.
    pub fn parse(text: &'a str) -> Result<Self, Rejection> {
        if text.len() > MAX_TOKEN_BYTES {
            return Err(Rejection::TokenTooLarge { bytes: text.len() });
        }
        let (signing_input, signature) = text.rsplit_once('.').ok_or_else(|| form_of(text))?;
        let (header, payload) = signing_input.split_once('.').ok_or_else(|| form_of(text))?;
        if payload.contains('.') {
            return Err(form_of(text));
        }
        let decode = |segment, name| {
            base64url::decode(segment).ok_or_else(|| match form_of(text) {
                Rejection::TokenMalformed(TokenFault::Segments { .. }) => {
                    TokenFault::Base64url { segment: name }.into()
                }
                other => other,
            })
        };
        Ok(Self {
            bytes: text.len(),
            signing_input,
            header: decode(header, "header")?,
            payload: decode(payload, "payload")?,
            signature: decode(signature, "signature")?,
        })
    }

    /// The bytes under the signature: the first two segments as they were sent.
    #[must_use]
    pub fn signing_input(&self) -> &'a [u8] {
        self.signing_input.as_bytes()
    }

    /// The length of the compact form, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The decoded first segment.
    pub(crate) fn header_unverified(&self) -> &[u8] {
        &self.header
    }

    /// The decoded second segment, which anybody may have written.
    pub(crate) fn payload_unverified(&self) -> &[u8] {
        &self.payload
    }

    /// The decoded third segment.
    pub(crate) fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// The decoded second segment, as an owner of this token keeps it.
    pub(crate) fn into_payload(self) -> Vec<u8> {
        self.payload
    }
}

/// What stands here instead of three segments of base64url.
fn form_of(text: &str) -> Rejection {
    let scheme = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("bearer "));
    match text.split('.').count() {
        _ if text.trim_start().starts_with('{') => TokenFault::JsonSerialization.into(),
        _ if scheme => TokenFault::BearerScheme.into(),
        5 => Rejection::JweNotSupported,
        found => TokenFault::Segments { found }.into(),
    }
}

/// Lengths only: a token is a credential and must not reach a log.
impl fmt::Debug for Token<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Token")
            .field("header_bytes", &self.header.len())
            .field("payload_bytes", &self.payload.len())
            .field("signature_bytes", &self.signature.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Rejection {
        Token::parse(text).map(|_| ()).unwrap_err()
    }

    #[test]
    fn three_segments_are_split_and_decoded() {
        let token = Token::parse("e30.e30.AQ").unwrap();
        assert_eq!(token.signing_input(), b"e30.e30");
        assert_eq!((token.header_unverified(), token.payload_unverified()), (&b"{}"[..], &b"{}"[..]));
        assert_eq!(token.signature(), [1]);
        assert_eq!(alloc::format!("{token:?}"), "Token { header_bytes: 2, payload_bytes: 2, signature_bytes: 1 }");
    }

    #[test]
    fn other_forms_are_named() {
        let segments = |found| Rejection::TokenMalformed(TokenFault::Segments { found });
        let base64url = |segment| Rejection::TokenMalformed(TokenFault::Base64url { segment });
        let rows = [
            ("", segments(1)),
            ("opaque-token", segments(1)),
            ("e30.e30", segments(2)),
            ("e30.e30.AQ.AQ", segments(4)),
            ("e30.e30.AQ.AQ.AQ", Rejection::JweNotSupported),
            ("e30.e30.AQ.AQ.AQ.AQ", segments(6)),
            (r#"{"payload":"e30","signatures":[]}"#, TokenFault::JsonSerialization.into()),
            (r#" {"a":"e30.e30.AQ"}"#, TokenFault::JsonSerialization.into()),
            ("Bearer e30.e30.AQ", TokenFault::BearerScheme.into()),
            ("e30=.e30.AQ", base64url("header")),
            (" e30.e30.AQ", base64url("header")),
            ("e30.e3 0.AQ", base64url("payload")),
            ("e30.e30.AR", base64url("signature")),
            ("e30.e30.AQ\n", base64url("signature")),
            ("e30.e30.\u{fffd}", base64url("signature")),
        ];
        for (text, rejection) in rows {
            assert_eq!(refused(text), rejection, "{text:?}");
        }
    }

    #[test]
    fn the_size_limit_comes_before_all_work() {
        let dots = ".".repeat(MAX_TOKEN_BYTES);
        assert_eq!(refused(&dots), Rejection::TokenMalformed(TokenFault::Segments { found: MAX_TOKEN_BYTES + 1 }));
        let dots = ".".repeat(1_000_000);
        assert_eq!(refused(&dots), Rejection::TokenTooLarge { bytes: 1_000_000 });
    }
}
