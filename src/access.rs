//! What comes out at the end.

use alloc::string::String;

use crate::{
    claims::Claims,
    jose::{header::Header, signature::SigningKey},
    scope::Scopes,
};

/// A token that a [`Policy`](crate::Policy) has admitted: its signature holds and its claims satisfy
/// everything the policy asks for. Only [`Policy::admit`](crate::Policy::admit) makes one.
#[derive(Clone, Debug)]
pub struct Access {
    header: Header,
    claims: Claims,
    key: SigningKey,
    issuer: Option<String>,
    scopes: Scopes,
}

impl Access {
    pub(crate) fn new(header: Header, claims: Claims, key: SigningKey, issuer: Option<String>, scopes: Scopes) -> Self {
        Self { header, claims, key, issuer, scopes }
    }

    /// The header.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The claims.
    #[must_use]
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// The key that made the signature.
    #[must_use]
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// The issuer that the policy trusts. `None` where the policy leaves the issuer unchecked, whatever
    /// the token says.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.issuer.as_deref()
    }

    /// The scopes granted.
    #[must_use]
    pub fn scopes(&self) -> &Scopes {
        &self.scopes
    }
}
