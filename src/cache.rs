//! Verified tokens, remembered: clients send the same token with each request until it expires.

use alloc::{boxed::Box, collections::BTreeMap};
use core::fmt;

use sha2::{Digest as _, Sha256};

use crate::{
    access::Access,
    claims::Claims,
    jose::{header::Header, key::Thumbprint},
};

/// Tokens whose signature was found good. A hit saves the arithmetic and the reading, and nothing else: the
/// key must still be in the set, and times and policy are judged each time.
///
/// Holds digests and signatures, never a token. Only tokens that were admitted get in, so that nobody without
/// a key can push others out; and there is a bound on their number and bytes, beyond which those unused for
/// longest go.
#[derive(Clone)]
pub struct VerifiedTokens {
    max_entries: usize,
    max_bytes: usize,
    bytes: usize,
    entries: BTreeMap<Digest, Entry>,
    /// The digests by the time of their last use.
    by_use: BTreeMap<u64, Digest>,
    uses: u64,
    hits: u64,
}

type Digest = [u8; 32];

#[derive(Clone)]
struct Entry {
    signature: Box<str>,
    known: Known,
    bytes: usize,
    used: u64,
}

/// What is known of a token.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) header: Header,
    pub(crate) claims: Claims,
    /// The key that made its signature.
    pub(crate) key: Thumbprint,
}

/// A token by the digest of what is signed, with the signature beside it: together they are this token and no
/// other. (ECDSA has two signatures of one key for the same text.)
pub(crate) struct Name<'t> {
    digest: Digest,
    signature: &'t str,
}

impl<'t> Name<'t> {
    /// Of a text of the form of a token.
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        let (signing_input, signature) = text.rsplit_once('.')?;
        Some(Self { digest: Sha256::digest(signing_input).into(), signature })
    }
}

impl VerifiedTokens {
    /// Remembers nothing yet, and never more than this. With `max_entries` of 0, nothing at all.
    #[must_use]
    pub fn new(max_entries: usize, max_bytes: usize) -> Self {
        Self { max_entries, max_bytes, bytes: 0, entries: BTreeMap::new(), by_use: BTreeMap::new(), uses: 0, hits: 0 }
    }

    /// How many tokens are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How often a token was known already.
    #[must_use]
    pub fn hits(&self) -> u64 {
        self.hits
    }

    /// The memory that they take, in bytes, by estimate.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn is_off(&self) -> bool {
        self.max_entries == 0
    }

    pub(crate) fn find(&mut self, name: &Name<'_>) -> Option<Known> {
        let entry = self.entries.get_mut(&name.digest).filter(|entry| *entry.signature == *name.signature)?;
        self.by_use.remove(&entry.used);
        self.hits = self.hits.saturating_add(1);
        self.uses = self.uses.saturating_add(1);
        entry.used = self.uses;
        self.by_use.insert(entry.used, name.digest);
        Some(entry.known.clone())
    }

    pub(crate) fn remember(&mut self, name: &Name<'_>, access: &Access) {
        let known =
            Known { header: access.header().clone(), claims: access.claims().clone(), key: access.key().thumbprint };
        let bytes = known.bytes().saturating_add(name.signature.len());
        if self.is_off() || bytes > self.max_bytes {
            return;
        }
        self.forget(&name.digest);
        while self.entries.len() >= self.max_entries || self.bytes.saturating_add(bytes) > self.max_bytes {
            let Some((_, oldest)) = self.by_use.pop_first() else { break };
            self.forget(&oldest);
        }
        self.uses = self.uses.saturating_add(1);
        self.by_use.insert(self.uses, name.digest);
        self.bytes = self.bytes.saturating_add(bytes);
        self.entries.insert(name.digest, Entry { signature: name.signature.into(), known, bytes, used: self.uses });
    }

    fn forget(&mut self, digest: &Digest) {
        if let Some(entry) = self.entries.remove(digest) {
            self.by_use.remove(&entry.used);
            self.bytes = self.bytes.saturating_sub(entry.bytes);
        }
    }
}

impl Known {
    /// The texts, the claims read from them, which take some three times as much, and what holds them.
    fn bytes(&self) -> usize {
        const FIXED: usize = 512;
        self.claims.json().len().saturating_mul(4).saturating_add(self.header.json().len()).saturating_add(FIXED)
    }
}

impl fmt::Debug for VerifiedTokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("VerifiedTokens").field("tokens", &self.len()).field("bytes", &self.bytes).finish()
    }
}
