//! Signatures (RFC 7518 section 3): from a token and the keys it may be signed with to [`Verified`].
//!
//! Each family of algorithms is a file that implements [`jwt_compact::Algorithm`], so that the
//! arithmetic behind it can change without a change here.

pub(crate) mod ecdsa;

pub(crate) mod ed25519;

#[cfg(feature = "ml-dsa")]
pub(crate) mod ml_dsa;

pub(crate) mod rsa;

#[cfg(any(test, feature = "libraries"))]
pub(crate) mod libraries;

pub(crate) mod prepared;

pub(crate) mod tables;

pub(crate) use doorward_kernels as kernels;

use alloc::{borrow::Cow, vec::Vec};
use core::convert::Infallible;

use jwt_compact::AlgorithmSignature;

use self::{prepared::Prepared, tables::KeyTables};
use super::{
    algorithm::Algorithm,
    header::Header,
    key::{Key, Thumbprint},
    token::Token,
};
use crate::rejection::Rejection;

/// Whether `signature` is one of `message` under the key. A key of another kind than the algorithm's
/// verifies nothing.
pub(crate) type Check = fn(key: &Prepared, signature: &[u8], message: &[u8]) -> bool;

/// A token whose signature holds under one of the keys given. Says nothing of its claims.
#[derive(Debug)]
pub struct Verified<'a> {
    token: Token<'a>,
    header: Header,
    key: SigningKey,
}

/// Which key of the set made a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKey {
    /// The place of the key in the "keys" array, from 0.
    pub index: usize,
    /// The "kid" of the key.
    pub kid: Option<alloc::string::String>,
    /// The algorithm it signed with.
    pub algorithm: Algorithm,
    /// The "issuer" of the key, if it names one.
    pub issuer: Option<alloc::string::String>,
    pub(crate) thumbprint: Thumbprint,
}

/// Tries `keys` one after the other.
///
/// # Errors
///
/// [`Rejection::SignatureInvalid`] when none of them made the signature. It has no details: a forger
/// learns nothing from it. The token and its header are given back beside it.
#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::result_large_err, reason = "the error is taken apart at the one place that calls this")
)]
pub(crate) fn verify<'a>(
    token: Token<'a>,
    header: Header,
    algorithm: Algorithm,
    keys: &[&Key],
    tables: &KeyTables,
) -> Result<Verified<'a>, (Token<'a>, Header, Rejection)> {
    match keys.iter().find(|key| holds(algorithm, key, tables, token.signature(), token.signing_input())) {
        Some(key) => {
            let key = SigningKey::of(key, algorithm);
            Ok(Verified { token, header, key })
        }
        None => Err((token, header, Rejection::SignatureInvalid)),
    }
}

impl SigningKey {
    /// `key`, as it is used with `algorithm`.
    pub(crate) fn of(key: &Key, algorithm: Algorithm) -> Self {
        Self {
            index: key.index(),
            kid: key.kid().map(Into::into),
            algorithm,
            issuer: key.issuer().map(Into::into),
            thumbprint: key.thumbprint(),
        }
    }
}

impl Verified<'_> {
    /// The header under the signature.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The payload under the signature.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        self.token.payload_unverified()
    }

    /// The key that made the signature.
    #[must_use]
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    pub(crate) fn into_parts(self) -> (Header, Vec<u8>, SigningKey) {
        (self.header, self.token.into_payload(), self.key)
    }
}

/// Whether `signature` is one of `message`: of the length of its algorithm, and made with the private half
/// of `key`.
fn holds(algorithm: Algorithm, key: &Key, tables: &KeyTables, signature: &[u8], message: &[u8]) -> bool {
    if algorithm.signature_bytes().is_some_and(|bytes| signature.len() != bytes) {
        return false;
    }
    #[cfg(feature = "libraries")]
    if let Some(holds) = libraries::holds(algorithm, key.public(), signature, message) {
        return holds;
    }
    tables.hold(algorithm, key, signature, message)
}

/// There is no such key: what verifies tokens cannot sign them.
pub(super) type NoSigningKey = Infallible;

/// The third segment, as the algorithms take it. Each checks form and range itself.
pub(super) struct SignatureBytes(Vec<u8>);

impl SignatureBytes {
    pub(super) fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl AlgorithmSignature for SignatureBytes {
    fn try_from_slice(slice: &[u8]) -> anyhow::Result<Self> {
        Ok(Self(slice.to_vec()))
    }

    fn as_bytes(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.0)
    }
}

/// Runs one algorithm. `None` for a key of another kind.
fn run<A>(algorithm: &A, key: Option<&A::VerifyingKey>, signature: &[u8], message: &[u8]) -> bool
where
    A: jwt_compact::Algorithm<Signature = SignatureBytes>,
{
    let signature = SignatureBytes(signature.to_vec());
    key.is_some_and(|key| algorithm.verify_signature(&signature, key, message))
}

#[cfg(test)]
mod wycheproof;
