//! The JOSE header (RFC 7515 section 4).

use alloc::{string::String, sync::Arc};

use super::token::Token;
use crate::{
    limits::MAX_HEADER_BYTES,
    rejection::{HeaderFault, Rejection},
    text::{
        json::{self, Value, kind_of},
        members::Members,
    },
};

/// The header members that matter here. "jku", "jwk", "x5u" and "x5c" are not among them: a token does
/// not say which key it is to be believed under (RFC 8725 section 3.10).
#[derive(Clone, Debug)]
pub struct Header(Arc<Read>);

#[derive(Debug)]
struct Read {
    json: String,
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
}

impl Header {
    /// Reads the header of `token`.
    ///
    /// # Errors
    ///
    /// [`Rejection::HeaderMalformed`], and [`Rejection::HeaderUnsupported`] for members that would change
    /// how the token is to be read.
    pub fn parse(token: &Token<'_>) -> Result<Self, Rejection> {
        let bytes = token.header_unverified();
        if bytes.len() > MAX_HEADER_BYTES {
            return Err(HeaderFault::TooLarge { bytes: bytes.len() }.into());
        }
        let (json, members) = json::parse_members(bytes.to_vec()).map_err(HeaderFault::Json)?;
        let alg = string(&members, "alg")?.ok_or(HeaderFault::AlgorithmMissing)?;
        let kid = string(&members, "kid")?;
        let typ = string(&members, "typ")?;
        // "crit" names extensions that MUST be understood (RFC 7515 section 4.1.11), and none is. "b64"
        // changes what is signed (RFC 7797), "zip" what the payload is (RFC 7516 section 4.1.3).
        for member in ["crit", "b64", "zip"] {
            if members.contains(member) {
                return Err(Rejection::HeaderUnsupported { member });
            }
        }
        Ok(Self(Arc::new(Read { json, alg, kid, typ })))
    }

    /// The header as the token carries it: the text of a JSON object without duplicate members.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.0.json
    }

    /// The "alg" member: what the token claims, only ever compared.
    #[must_use]
    pub fn alg(&self) -> &str {
        &self.0.alg
    }

    /// The "kid" member: only ever compared, never a path, an address or a query.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.0.kid.as_deref()
    }

    /// The "typ" member.
    #[must_use]
    pub fn typ(&self) -> Option<&str> {
        self.0.typ.as_deref()
    }
}

fn string(members: &Members, name: &'static str) -> Result<Option<String>, HeaderFault> {
    match members.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(HeaderFault::NotAString { member: name, found: kind_of(other) }),
    }
}
