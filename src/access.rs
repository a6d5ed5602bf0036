//! What comes out at the end.

use alloc::string::String;

use crate::{
    claims::Claims,
    jose::{header::Header, signature::SigningKey},
    profile::Profile,
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
    client: Option<String>,
    scopes: Scopes,
    profile: &'static Profile,
}

impl Access {
    /// For [`Policy::admit`](crate::Policy::admit) alone.
    pub(crate) fn new(
        header: Header,
        claims: Claims,
        key: SigningKey,
        issuer: Option<String>,
        client: Option<String>,
        scopes: Scopes,
        profile: &'static Profile,
    ) -> Self {
        Self { header, claims, key, issuer, client, scopes, profile }
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

    /// The client that the token was issued to, if a claim of the profile names it.
    #[must_use]
    pub fn client(&self) -> Option<&str> {
        self.client.as_deref()
    }

    /// The provider's profile, with what it gives up.
    #[must_use]
    pub fn profile(&self) -> &'static Profile {
        self.profile
    }

    /// The scopes granted.
    #[must_use]
    pub fn scopes(&self) -> &Scopes {
        &self.scopes
    }
}
