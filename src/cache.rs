//! Verified tokens, remembered: clients send the same token with each request until it expires.

use alloc::boxed::Box;
use core::fmt;

use sha2::{Digest as _, Sha256};

use crate::{
    access::Access,
    claims::Claims,
    jose::{header::Header, key::Thumbprint},
    limits::{
        DEFAULT_REMEMBERED_BYTES, DEFAULT_REMEMBERED_TOKENS, MAX_REMEMBERED_BYTES, MAX_REMEMBERED_TOKENS,
        MAX_TOKEN_BYTES,
    },
    option::{InvalidOption, object, unknown_name, whole},
    recent::{Digest, Recent},
    text::json::Value,
};
#[cfg(all(feature = "wasm", target_arch = "wasm32"))]
use crate::{limits::MAX_OPTIONS_BYTES, option::members};

/// Tokens whose signature was found good. A hit saves the arithmetic and the reading, and nothing else: the
/// key must still be in the set, and times and policy are judged each time.
///
/// Holds digests and signatures, headers and claims, and never the text of a token. Only tokens that were admitted
/// get in, so that nobody without a key can push others out; and there is a bound on their number and bytes, beyond
/// which those unused for longest go.
///
/// `T` is what the host makes of each token, kept beside it.
#[derive(Clone)]
pub struct VerifiedTokens<T = ()> {
    max_entries: usize,
    max_bytes: usize,
    bytes: usize,
    entries: Recent<Entry<T>>,
    hits: u64,
}

#[derive(Clone)]
struct Entry<T> {
    signature: Box<str>,
    known: Known,
    made: T,
    bytes: usize,
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
    /// Of a text of the form of a token. What is too long for one is not worth a digest.
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        if text.len() > MAX_TOKEN_BYTES {
            return None;
        }
        let (signing_input, signature) = text.rsplit_once('.')?;
        Some(Self { digest: Sha256::digest(signing_input).into(), signature })
    }
}

impl VerifiedTokens {
    /// Remembers nothing yet, and never more than this. With `max_entries` of 0, nothing at all.
    #[must_use]
    pub fn new(max_entries: usize, max_bytes: usize) -> Self {
        Self::empty(max_entries, max_bytes)
    }

    pub(crate) fn find(&mut self, name: &Name<'_>) -> Option<Known> {
        self.find_made(name).map(|(known, ())| known.clone())
    }

    pub(crate) fn remember(&mut self, name: &Name<'_>, access: &Access) {
        self.remember_made(name, access, ());
    }
}

impl<T> VerifiedTokens<T> {
    fn empty(max_entries: usize, max_bytes: usize) -> Self {
        Self { max_entries, max_bytes, bytes: 0, entries: Recent::default(), hits: 0 }
    }

    /// Reads the JSON object of options that has nothing but `tokenCache`.
    #[cfg(all(feature = "wasm", target_arch = "wasm32"))]
    pub(crate) fn from_options(json: &str) -> Result<Self, InvalidOption> {
        let options = members(json, MAX_OPTIONS_BYTES)?;
        match options.keys().find(|name| *name != OPTION) {
            Some(unknown) => Err(unknown_name(unknown, [OPTION])),
            None => Self::from_option(options.get(OPTION)),
        }
    }

    /// Reads the option `tokenCache`: an object of `entries` and `bytes`, each with a default.
    pub(crate) fn from_option(value: Option<&Value>) -> Result<Self, InvalidOption> {
        const MEMBERS: [&str; 2] = ["entries", "bytes"];
        let (mut entries, mut bytes) = (DEFAULT_REMEMBERED_TOKENS, DEFAULT_REMEMBERED_BYTES);
        let Some(value) = value else { return Ok(Self::empty(entries, bytes)) };
        for (member, value) in object(OPTION, value)? {
            let name = alloc::format!("{OPTION}.{member}");
            match member.as_str() {
                "entries" => entries = whole(&name, value, 0, MAX_REMEMBERED_TOKENS)?,
                "bytes" => bytes = whole(&name, value, 0, MAX_REMEMBERED_BYTES)?,
                _ => return Err(unknown_name(&name, MEMBERS)),
            }
        }
        Ok(Self::empty(entries, bytes))
    }

    /// How many tokens are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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

    /// By what a token of this text is remembered, if it is.
    pub(crate) fn name<'t>(&self, text: &'t str) -> Option<Name<'t>> {
        if self.is_off() { None } else { Name::of(text) }
    }

    pub(crate) fn find_made(&mut self, name: &Name<'_>) -> Option<(&Known, &T)> {
        let entry = self.entries.find(&name.digest, |entry| is_same(&entry.signature, name.signature))?;
        self.hits = self.hits.saturating_add(1);
        Some((&entry.known, &entry.made))
    }

    pub(crate) fn remember_made(&mut self, name: &Name<'_>, access: &Access, made: T) {
        let known =
            Known { header: access.header().clone(), claims: access.claims().clone(), key: access.key().thumbprint };
        let bytes = known.bytes(size_of::<T>() > 0).saturating_add(name.signature.len());
        if self.is_off() || bytes > self.max_bytes {
            return;
        }
        let former = self.entries.remove(&name.digest);
        self.released(former.as_ref());
        while self.entries.len() >= self.max_entries || self.bytes.saturating_add(bytes) > self.max_bytes {
            let Some(oldest) = self.entries.remove_oldest() else { break };
            self.released(Some(&oldest));
        }
        self.bytes = self.bytes.saturating_add(bytes);
        let signature = name.signature.into();
        self.entries.add(name.digest, Entry { signature, known, made, bytes });
    }

    fn released(&mut self, entry: Option<&Entry<T>>) {
        self.bytes = self.bytes.saturating_sub(entry.map_or(0, |entry| entry.bytes));
    }
}

impl Known {
    /// The texts, the claims read from them, which take some three times as much, and what holds them. As much again
    /// for what the host may make of them, in memory of its own.
    fn bytes(&self, with_made: bool) -> usize {
        const FIXED: usize = 512;
        let claims = self.claims.json().len().saturating_mul(4);
        let known = claims.saturating_add(self.header.json().len()).saturating_add(FIXED);
        if with_made { known.saturating_mul(2) } else { known }
    }
}

impl<T> fmt::Debug for VerifiedTokens<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("VerifiedTokens").field("tokens", &self.len()).field("bytes", &self.bytes).finish()
    }
}

/// Whether two texts are the same. In WebAssembly the comparison that slices have goes byte by byte, which takes a tenth
/// of the time of a hit for the signature of an RSA key.
fn is_same(one: &str, other: &str) -> bool {
    let ((one, one_rest), (other, other_rest)) = (one.as_bytes().as_chunks(), other.as_bytes().as_chunks());
    one.len() == other.len()
        && one_rest == other_rest
        && one.iter().zip(other).all(|(one, other)| u64::from_le_bytes(*one) == u64::from_le_bytes(*other))
}

/// The option by which hosts say how many tokens to remember.
const OPTION: &str = "tokenCache";
