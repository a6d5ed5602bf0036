//! Key sets (RFC 7517 section 5): the keys of one provider, and the choice among them.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use super::{algorithm::Algorithm, header::Header, key::Key, signature::tables::KeyTables};
use crate::{
    limits::{MAX_CANDIDATE_KEYS, MAX_KEY_SET_BYTES, MAX_KEYS},
    rejection::{Description, KeyFault, Rejection},
    text::{
        json::{self, JsonFault, Value, kind_of},
        places::Lists,
        quote::quoted,
    },
};

/// The keys of a provider that can verify signatures, and what was skipped.
///
/// One bad key never spoils a set: it is skipped and the reason kept.
///
/// ```
/// use doorward::KeySet;
///
/// let keys = KeySet::parse(r#"{ "keys": [
///     { "kty": "oct", "kid": "secret", "k": "c2VjcmV0" },
///     { "kty": "OKP", "crv": "Ed25519", "kid": "ours", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }
/// ] }"#)?;
/// assert_eq!(keys.keys().len(), 1);
/// let why: Vec<String> = keys.skipped().iter().map(ToString::to_string).collect();
/// assert_eq!(why, ["key 0 (\"secret\"): it is symmetric, and could forge what it verifies"]);
/// # Ok::<(), doorward::KeySetError>(())
/// ```
#[derive(Clone, Debug)]
pub struct KeySet {
    keys: Vec<Key>,
    places_by_kid: Lists<usize>,
    skipped: Vec<SkippedKey>,
    tables: KeyTables,
}

/// A member of the "keys" array that cannot verify signatures here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedKey {
    /// The place in the array, from 0.
    pub index: usize,
    /// The "kid", if it is a string.
    pub kid: Option<String>,
    /// Why the key was skipped.
    pub fault: KeyFault,
}

impl KeySet {
    /// Reads the JSON text of a key set, or of a single key.
    ///
    /// # Errors
    ///
    /// [`KeySetError`] when the text is no key set at all. A set without a usable key is a set.
    pub fn parse(json: &str) -> Result<Self, KeySetError> {
        if json.len() > MAX_KEY_SET_BYTES {
            return Err(KeySetError::TooLarge { bytes: json.len() });
        }
        let document = json::parse_object(json.as_bytes()).map_err(KeySetError::Json)?;
        let mut set = Self::empty();
        match document.get("keys") {
            Some(Value::Array(members)) if members.len() > MAX_KEYS => {
                return Err(KeySetError::TooManyKeys { keys: members.len() });
            }
            Some(Value::Array(members)) => {
                for (index, member) in members.iter().enumerate() {
                    set.add(index, member);
                }
            }
            Some(other) => return Err(KeySetError::KeysNotAnArray { found: kind_of(other) }),
            None if document.contains_key("kty") => set.add(0, &Value::Object(document)),
            None => return Err(KeySetError::NoKeys),
        }
        Ok(set)
    }

    /// A set without keys, under which nothing verifies.
    #[must_use]
    pub fn empty() -> Self {
        Self { keys: Vec::new(), places_by_kid: Lists::default(), skipped: Vec::new(), tables: KeyTables::new() }
    }

    /// Has the keys prepared in `tables`, in place of tables of their own.
    pub fn share_tables(&mut self, tables: &KeyTables) {
        self.tables = tables.clone();
    }

    /// Where the keys are prepared.
    #[must_use]
    pub fn tables(&self) -> &KeyTables {
        &self.tables
    }

    fn add(&mut self, index: usize, member: &Value) {
        let parsed = match member {
            Value::Object(members) => Key::parse(index, members),
            other => Err(KeyFault::NotAnObject { found: kind_of(other) }),
        };
        match parsed {
            Ok(key) => {
                if let Some(kid) = key.kid() {
                    self.places_by_kid.add(kid, self.keys.len());
                }
                self.keys.push(key);
            }
            Err(fault) => self.skip(index, member, fault),
        }
    }

    #[cold]
    fn skip(&mut self, index: usize, member: &Value, fault: KeyFault) {
        let kid = member.get("kid").and_then(Value::as_str).map(Into::into);
        self.skipped.push(SkippedKey { index, kid, fault });
    }

    /// The usable keys, in the order of the set.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// What was skipped, in the order of the set.
    #[must_use]
    pub fn skipped(&self) -> &[SkippedKey] {
        &self.skipped
    }

    /// The keys that a token with this header may be signed with, at most [`MAX_CANDIDATE_KEYS`].
    ///
    /// With a "kid", those of that name that fit the algorithm: two keys of one name are both tried and
    /// the signature decides (RFC 7517 section 4.5 only says names SHOULD differ). Without, the only one
    /// that fits: among several the choice would be the forger's.
    ///
    /// # Errors
    ///
    /// [`Rejection::KeyNotFound`], [`Rejection::KeyUnusable`], [`Rejection::KeyAmbiguous`].
    pub(crate) fn candidates(&self, header: &Header, algorithm: Algorithm) -> Result<Vec<&Key>, Rejection> {
        match header.kid() {
            Some(kid) => self.named(kid, algorithm),
            None => self.only_one(algorithm),
        }
    }

    fn named(&self, kid: &str, algorithm: Algorithm) -> Result<Vec<&Key>, Rejection> {
        let places = self.places_by_kid.get(kid);
        let of_that_name = || places.iter().filter_map(|place| self.keys.get(*place));
        let fitting: Vec<&Key> = of_that_name().filter(|key| key.fits(algorithm)).take(MAX_CANDIDATE_KEYS).collect();
        if !fitting.is_empty() {
            return Ok(fitting);
        }
        let unfit = of_that_name().next().map(|_| KeyFault::NotForAlgorithm { algorithm });
        let skipped = || self.skipped.iter().find(|key| key.kid.as_deref() == Some(kid)).map(|key| key.fault.clone());
        Err(match unfit.or_else(skipped) {
            Some(fault) => Rejection::KeyUnusable { kid: Some(kid.into()), fault },
            None => Rejection::KeyNotFound { kid: Some(kid.into()), usable: self.keys.len() },
        })
    }

    fn only_one(&self, algorithm: Algorithm) -> Result<Vec<&Key>, Rejection> {
        let fitting: Vec<&Key> = self.keys.iter().filter(|key| key.fits(algorithm)).collect();
        match (fitting.len(), self.keys.as_slice(), self.skipped.as_slice()) {
            (1, ..) => Ok(fitting),
            (0, [_], []) => Err(Rejection::KeyUnusable { kid: None, fault: KeyFault::NotForAlgorithm { algorithm } }),
            (0, [], [skipped]) => Err(Rejection::KeyUnusable { kid: None, fault: skipped.fault.clone() }),
            (0, ..) => Err(Rejection::KeyNotFound { kid: None, usable: self.keys.len() }),
            (keys, ..) => Err(Rejection::KeyAmbiguous { keys, algorithm }),
        }
    }
}

/// Why a text is no key set.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeySetError {
    /// Longer than [`MAX_KEY_SET_BYTES`].
    TooLarge {
        /// The length found, in bytes.
        bytes: usize,
    },
    /// More members than [`MAX_KEYS`].
    TooManyKeys {
        /// How many there are.
        keys: usize,
    },
    /// Not a JSON object that can be read in one way only.
    Json(JsonFault),
    /// Neither "keys" nor "kty".
    NoKeys,
    /// "keys" is something else than an array.
    KeysNotAnArray {
        /// The kind of value found.
        found: &'static str,
    },
}

impl KeySetError {
    /// The error in words.
    #[must_use]
    pub fn description(&self) -> Description {
        const TOO_LARGE: &str = "jwks_too_large";
        const MALFORMED: &str = "jwks_malformed";
        let shape = "an object with a \"keys\" array (RFC 7517 section 5), or a single key";
        let (code, expected, found) = match self {
            Self::TooLarge { bytes } => (
                TOO_LARGE,
                alloc::format!("a key set of at most {MAX_KEY_SET_BYTES} bytes"),
                alloc::format!("{bytes} bytes"),
            ),
            Self::TooManyKeys { keys } => {
                (TOO_LARGE, alloc::format!("at most {MAX_KEYS} keys"), alloc::format!("{keys}"))
            }
            Self::Json(fault) => (MALFORMED, "the JSON text of a key set".into(), fault.to_string()),
            Self::NoKeys => (MALFORMED, shape.into(), "an object without \"keys\" or \"kty\"".into()),
            Self::KeysNotAnArray { found } => (MALFORMED, shape.into(), alloc::format!("\"keys\" is {found}")),
        };
        Description {
            code,
            expected,
            found,
            advice: "fetch the document that the provider's \"jwks_uri\" points to",
            section: "RFC 7517 section 5",
        }
    }
}

impl fmt::Display for KeySetError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.description(), formatter)
    }
}

impl core::error::Error for KeySetError {}

impl fmt::Display for SkippedKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kid {
            Some(kid) => write!(formatter, "key {} ({}): {}", self.index, quoted(kid), self.fault),
            None => write!(formatter, "key {}: {}", self.index, self.fault),
        }
    }
}
