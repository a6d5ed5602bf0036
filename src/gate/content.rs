//! How a body says that it is to be read.

use super::request::Headers;

/// Why a body cannot be judged as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContentFault {
    Type,
    Encoding,
}

/// JSON in UTF-8, as it is: what is judged must be what the origin reads.
pub(crate) fn check(headers: &dyn Headers) -> Result<(), ContentFault> {
    let media_type = headers.get("content-type").ok_or(ContentFault::Type)?;
    let mut parts = media_type.split(';').map(|part| part.trim_matches([' ', '\t']));
    if !parts.next().unwrap_or_default().eq_ignore_ascii_case("application/json") {
        return Err(ContentFault::Type);
    }
    // RFC 8259 section 11 defines no parameter; "charset=utf-8" is common all the same. Any other
    // character set would have the origin read other characters.
    for parameter in parts.filter(|part| !part.is_empty()) {
        let value = parameter.split_once('=').filter(|(name, _)| name.eq_ignore_ascii_case("charset"));
        let utf8 = value.is_some_and(|(_, value)| value.trim_matches('"').eq_ignore_ascii_case("utf-8"));
        if !utf8 {
            return Err(ContentFault::Type);
        }
    }
    match headers.get("content-encoding") {
        Some(coding) if !coding.eq_ignore_ascii_case("identity") => Err(ContentFault::Encoding),
        _ => Ok(()),
    }
}
