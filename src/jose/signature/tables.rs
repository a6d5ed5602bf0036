//! Which keys are prepared, and how well: the more a key is used, the more it is worth.

use alloc::sync::Arc;
use core::fmt;

use spin::Mutex;

use super::prepared::{Generators, Prepared};
use crate::{
    jose::{
        algorithm::Algorithm,
        key::{Key, Thumbprint},
    },
    limits::{MAX_KEY_TABLES_BYTES, WARM_KEY_USES},
    recent::Recent,
};

/// What was computed of public keys beforehand, which makes checks of their signatures fast.
///
/// A key is prepared when a token first names it, and better once it has proved itself [`WARM_KEY_USES`] times.
/// All that is prepared takes at most [`MAX_KEY_TABLES_BYTES`]: what was unused for longest gives way. It says
/// nothing of whether a key is trusted; that is for the set of keys alone.
///
/// A clone is the same tables. Several sets may share them, for instance the same provider's yesterday and today.
///
/// ```
/// # // RFC 7515 appendix A.3
/// # const TOKEN: &str = concat!(
/// #     "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.",
/// #     "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
/// # );
/// # const JWKS: &str = r#"{ "keys": [{ "kty": "EC", "crv": "P-256",
/// #     "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
/// #     "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" }] }"#;
/// use doorward::{Algorithm, Audience, Issuer, KeySet, KeyTables, Policy, UnixSeconds, verify};
///
/// let tables = KeyTables::new();
/// let policy = Policy::new(Issuer::exactly("joe"), Audience::unchecked(), [Algorithm::ES256]);
/// for _day in 0..2 {
///     let mut keys = KeySet::parse(JWKS)?; // fetched anew, and mostly the same keys
///     keys.share_tables(&tables);
///     verify(TOKEN, &keys, &policy, UnixSeconds::new(1_300_819_379))?;
/// }
/// assert_eq!(tables.len(), 1);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct KeyTables(Arc<Mutex<Pool>>);

#[derive(Default)]
struct Pool {
    entries: Recent<Entry>,
    generators: Generators,
    /// All bytes but the generators'.
    bytes: usize,
}

struct Entry {
    prepared: Arc<Prepared>,
    bytes: usize,
    /// Signatures that held.
    proved: u32,
}

impl KeyTables {
    /// Empty.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many keys are prepared.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.lock().entries.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The memory that all of them take, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.0.lock().all_bytes()
    }

    /// Whether `signature` is one of `message` under the key.
    pub(super) fn hold(&self, algorithm: Algorithm, key: &Key, signature: &[u8], message: &[u8]) -> bool {
        let holds = self.prepared(key).is_some_and(|key| algorithm.check()(&key, signature, message));
        if holds {
            self.proved(key);
        }
        holds
    }

    /// The key, prepared. `None` for one under which nothing can hold.
    fn prepared(&self, key: &Key) -> Option<Arc<Prepared>> {
        let name = key.thumbprint();
        let generators = {
            let mut pool = self.0.lock();
            if let Some(prepared) = pool.find(&name) {
                return Some(prepared);
            }
            pool.generators.clone()
        };
        // Not under the lock: nobody waits for arithmetic. Two may do it at once.
        let prepared = Arc::new(Prepared::new(key.public(), &generators)?);
        self.0.lock().keep(name, Arc::clone(&prepared), 0);
        Some(prepared)
    }

    /// A signature of this key held. (Those that do not are no reason to spend time and memory: anybody can make
    /// them.)
    fn proved(&self, key: &Key) {
        let name = key.thumbprint();
        let Some((prepared, mut generators)) = self.0.lock().count(&name) else { return };
        if let Some(wide) = prepared.widened(&mut generators) {
            let mut pool = self.0.lock();
            pool.generators = generators;
            pool.keep(name, Arc::new(wide), WARM_KEY_USES);
        }
    }
}

impl Pool {
    fn find(&mut self, name: &Thumbprint) -> Option<Arc<Prepared>> {
        self.entries.find(name, |_| true).map(|entry| Arc::clone(&entry.prepared))
    }

    /// The key and the generators if it is now that the key has proved warm.
    fn count(&mut self, name: &Thumbprint) -> Option<(Arc<Prepared>, Generators)> {
        let entry = self.entries.peek(name)?;
        entry.proved = entry.proved.saturating_add(1);
        (entry.proved == WARM_KEY_USES).then(|| (Arc::clone(&entry.prepared), self.generators.clone()))
    }

    fn keep(&mut self, name: Thumbprint, prepared: Arc<Prepared>, proved: u32) {
        let former = self.entries.remove(&name);
        self.released(former.as_ref());
        let bytes = prepared.bytes();
        while self.all_bytes().saturating_add(bytes) > MAX_KEY_TABLES_BYTES {
            let Some(oldest) = self.entries.remove_oldest() else { break };
            self.released(Some(&oldest));
        }
        self.bytes = self.bytes.saturating_add(bytes);
        self.entries.add(name, Entry { prepared, bytes, proved });
    }

    fn released(&mut self, entry: Option<&Entry>) {
        self.bytes = self.bytes.saturating_sub(entry.map_or(0, |entry| entry.bytes));
    }

    fn all_bytes(&self) -> usize {
        self.bytes.saturating_add(self.generators.bytes())
    }
}

impl fmt::Debug for KeyTables {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("KeyTables").field("keys", &self.len()).field("bytes", &self.bytes()).finish()
    }
}
