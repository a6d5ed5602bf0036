//! What the origin is told of the caller.

use alloc::{format, string::String, vec::Vec};

use super::answer::Header;
use crate::access::Access;

/// The header fields for the origin, of what the token has.
pub(crate) fn headers(access: &Access) -> Vec<Header> {
    let mut scopes = String::new();
    for scope in access.scopes().iter() {
        if !scopes.is_empty() {
            scopes.push(' ');
        }
        scopes.push_str(&encoded(scope));
    }
    let subject = access.claims().get("sub").and_then(|subject| subject.as_str());
    let fields = [
        ("doorward-issuer", access.issuer().map(encoded)),
        ("doorward-subject", subject.map(encoded)),
        ("doorward-client", access.client().map(encoded)),
        ("doorward-scopes", Some(scopes).filter(|scopes| !scopes.is_empty())),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// A text as a field's value can carry it (RFC 3986 section 2.1): claims may hold anything, line breaks too.
fn encoded(text: &str) -> String {
    let stands = |byte: u8| matches!(byte, b'!'..=b'~') && byte != b'%';
    if text.bytes().all(stands) {
        return text.into();
    }
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            byte if stands(byte) => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
