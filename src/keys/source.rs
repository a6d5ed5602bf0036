//! One issuer's keys over time.

use alloc::string::String;

use super::{Address, Again, Fetch, FetchFault, InvalidAddress, Progress, Response, Supply};
use crate::{jose::key_set::KeySet, time::UnixSeconds};

/// How keys age, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Least time between two attempts for the sake of unknown keys.
    pub cooldown: u32,
    /// Longest time that keys are fresh, whatever the provider says.
    pub max_age: u32,
    /// Longest time that keys are used beyond their freshness while the provider cannot be reached.
    pub stale_for: u32,
}

/// One issuer's keys over time.
#[derive(Clone, Debug)]
pub struct Source {
    keys: KeySet,
}

impl Source {
    /// Keys that never change: nothing is fetched.
    #[must_use]
    pub fn fixed(keys: KeySet) -> Self {
        Self { keys }
    }

    /// Keys fetched from `address`, which must be https, or with `loopback` http on this machine.
    ///
    /// # Errors
    ///
    /// [`InvalidAddress`] for any other.
    pub fn at(_address: Address, _timing: Timing, _loopback: bool) -> Result<Self, InvalidAddress> {
        Ok(Self { keys: KeySet::empty() })
    }

    /// The keys to judge a token by at `now`.
    pub fn keys(&mut self, _now: UnixSeconds) -> Supply<'_> {
        Supply::Ready { keys: &self.keys, stale: false, refresh: false }
    }

    /// Whether the keys should be fetched again because they lack the one that a token names.
    pub fn look_again(&mut self, _issued_at: Option<UnixSeconds>, _now: UnixSeconds) -> Again {
        Again::Known
    }

    /// The first fetch of the attempt that a caller was told to run.
    pub fn begin(&mut self) -> Option<Fetch> {
        None
    }

    /// Takes the answer to the fetch of this `step`.
    pub fn fetched(&mut self, _step: u32, _response: Result<Response<'_>, FetchFault>, _now: UnixSeconds) -> Progress {
        Progress::Failed
    }

    /// Takes the [`record`](Self::record) of another instance. True if that ends the need of an attempt.
    pub fn stored(&mut self, _record: &str, _kid: Option<&str>, _now: UnixSeconds) -> bool {
        false
    }

    /// The keys as JSON text for a store shared with other instances.
    #[must_use]
    pub fn record(&self) -> Option<String> {
        None
    }

    /// The name of the [`record`](Self::record) in a store.
    #[must_use]
    pub fn store_key(&self) -> Option<&str> {
        None
    }

    /// The text of the issuer's metadata document that was accepted last.
    #[must_use]
    pub fn metadata(&self) -> Option<&str> {
        None
    }
}
