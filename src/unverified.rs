//! A token that was read and not verified: enough to choose what to verify it with.

use crate::{
    access::Access,
    claims::Claims,
    jose::{header::Header, key_set::KeySet, token::Token},
    policy::{FirstFailure, Policy},
    rejection::Rejection,
    time::UnixSeconds,
    verify::authenticate,
};

/// A token with what it says of itself, which anybody may have written. Read once: what chose the keys and the
/// policy is the very claims that these then judge.
pub(crate) struct Unverified<'t> {
    token: Token<'t>,
    header: Header,
    claims: Claims,
}

impl<'t> Unverified<'t> {
    /// Reads `text`.
    pub(crate) fn parse(text: &'t str) -> Result<Self, Rejection> {
        let token = Token::parse(text)?;
        let header = Header::parse(&token)?;
        let claims = Claims::parse(token.payload_unverified().to_vec())?;
        Ok(Self { token, header, claims })
    }

    pub(crate) fn header_unverified(&self) -> &Header {
        &self.header
    }

    pub(crate) fn claims_unverified(&self) -> &Claims {
        &self.claims
    }

    /// [`verify`](crate::verify()), from here on.
    pub(crate) fn verify(self, keys: &KeySet, policy: &Policy, now: UnixSeconds) -> Result<Access, Rejection> {
        let Self { token, header, claims } = self;
        let verified = authenticate(token, header, keys, policy, &mut FirstFailure);
        let (header, _, key) = verified.map_err(|(_, _, rejection)| rejection)?.into_parts();
        policy.admit_known(header, claims, key, now, &mut FirstFailure)
    }
}
