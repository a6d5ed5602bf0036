//! What a request gets that asks for keys.

use crate::jose::key_set::KeySet;

/// The answer to a request that needs an issuer's keys.
#[derive(Debug)]
pub enum Supply<'a> {
    /// The keys.
    Ready {
        /// The keys.
        keys: &'a KeySet,
        /// Whether they are used beyond their freshness, because the provider cannot be reached.
        stale: bool,
        /// Whether whoever is told so must run an attempt, in the background.
        refresh: bool,
    },
    /// There are none to use: whoever is told so must run an attempt, and ask again.
    Fetch,
    /// Another request runs an attempt: ask again in some milliseconds.
    Wait,
    /// The provider cannot be reached, and no attempt is due.
    Unavailable {
        /// Seconds until one is, from 1.
        retry_after: u32,
    },
}

/// The answer to a request whose token names a key that the set does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// The set is recent: there is no such key.
    Known,
    /// The key may be new: whoever is told so must run an attempt, and ask again.
    Fetch,
    /// Another request runs an attempt: ask again in some milliseconds.
    Wait,
    /// The key may be new, and no attempt is due.
    Unavailable {
        /// Seconds until one is, from 1.
        retry_after: u32,
    },
}
