//! One issuer's keys over time.

use alloc::{boxed::Box, string::String};

use super::{
    address::{Address, InvalidAddress},
    remote::Remote,
    response::{Fetch, FetchFault, Progress, Response},
    supply::{Again, Supply},
};
use crate::{
    jose::{key_set::KeySet, signature::tables::KeyTables},
    time::UnixSeconds,
};

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

/// One issuer's keys over time: what the last fetch brought, who fetches next, and when.
///
/// Nobody waits here. Of the callers that need keys at one time a single one is told to run an *attempt*: to
/// fetch what [`begin`](Self::begin) and then [`fetched`](Self::fetched) ask for, one document after the
/// other. If it does not come back in time, another is told so.
///
/// ```
/// use doorward::UnixSeconds;
/// use doorward::keys::{Address, Progress, Response, Source, Supply, Timing};
///
/// let timing = Timing { cooldown: 30, max_age: 3600, stale_for: 3600 };
/// let mut source = Source::at(Address::Issuer("https://idp.example.com".into()), timing, false)?;
/// let now = UnixSeconds::new(1_767_225_600); // 2026-01-01T00:00:00Z
/// assert!(matches!(source.keys(now), Supply::Fetch));
///
/// let mut fetch = source.begin().ok_or("nothing to fetch")?;
/// loop {
///     // Here a host fetches `fetch.url` and reads at most `fetch.max_bytes`.
///     let body: &[u8] = match fetch.url.as_str() {
///         "https://idp.example.com/.well-known/oauth-authorization-server" => {
///             br#"{ "issuer": "https://idp.example.com", "jwks_uri": "https://idp.example.com/keys" }"#
///         }
///         "https://idp.example.com/keys" => {
///             br#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#
///         }
///         other => return Err(other.into()),
///     };
///     let response =
///         Response { status: 200, content_type: Some("application/json"), cache_control: None, age: None, body };
///     match source.fetched(fetch.step, Ok(response), now) {
///         Progress::Next(next) => fetch = next,
///         Progress::Done => break,
///         Progress::Failed => return Err("the provider cannot be reached".into()),
///     }
/// }
/// assert!(matches!(source.keys(now), Supply::Ready { stale: false, .. }));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Source(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Fixed(KeySet),
    Remote(Box<Remote>),
}

impl Source {
    /// Keys that never change: nothing is fetched.
    #[must_use]
    pub fn fixed(keys: KeySet) -> Self {
        Self(Kind::Fixed(keys))
    }

    /// Keys fetched from `address`, which must be https, or with `loopback` http on this machine.
    ///
    /// A `cooldown` or `max_age` of 0 counts as 1: else each request would fetch.
    ///
    /// # Errors
    ///
    /// [`InvalidAddress`] for any other address, for one with user information or a fragment, and for an
    /// issuer with a query (RFC 8414 section 2).
    pub fn at(address: Address, timing: Timing, loopback: bool) -> Result<Self, InvalidAddress> {
        Remote::at(address, timing, loopback).map(|remote| Self(Kind::Remote(Box::new(remote))))
    }

    /// Has all keys, those to come as well, prepared in `tables`.
    pub fn share_tables(&mut self, tables: &KeyTables) {
        match &mut self.0 {
            Kind::Fixed(keys) => keys.share_tables(tables),
            Kind::Remote(remote) => remote.share_tables(tables),
        }
    }

    /// The keys to judge a token by at `now`.
    ///
    /// [`Supply::Fetch`] and `refresh: true` mark an attempt as in flight: who is told so must run it.
    pub fn keys(&mut self, now: UnixSeconds) -> Supply<'_> {
        match &mut self.0 {
            Kind::Fixed(keys) => Supply::Ready { keys, stale: false, refresh: false },
            Kind::Remote(remote) => remote.keys(now),
        }
    }

    /// What to do about a token that names a key which the [`keys`](Self::keys) do not have. `kid` and
    /// `issued_at` are what the token says of itself, unverified; they only choose between two denials.
    ///
    /// [`Again::Fetch`], at most one a cool-down, marks an attempt as in flight.
    pub fn look_again(&mut self, kid: Option<&str>, issued_at: Option<UnixSeconds>, now: UnixSeconds) -> Again {
        match &mut self.0 {
            Kind::Fixed(_) => Again::Known,
            Kind::Remote(remote) => remote.look_again(kid, issued_at, now),
        }
    }

    /// The first fetch of the attempt that a caller was told to run. None if there is no such attempt, or it
    /// has begun.
    pub fn begin(&mut self) -> Option<Fetch> {
        match &mut self.0 {
            Kind::Fixed(_) => None,
            Kind::Remote(remote) => remote.begin(),
        }
    }

    /// Takes the answer to the fetch of this `step`. An answer that comes when another caller has taken over
    /// changes nothing.
    pub fn fetched(&mut self, step: u32, response: Result<Response<'_>, FetchFault>, now: UnixSeconds) -> Progress {
        match &mut self.0 {
            Kind::Fixed(_) => Progress::Failed,
            Kind::Remote(remote) => remote.fetched(step, response, now),
        }
    }

    /// Takes the [`record`](Self::record) of another instance, before an attempt [begins](Self::begin). True
    /// if that ends the need of it: the keys are newer, still fresh, and have the key named `kid`.
    pub fn stored(&mut self, record: &str, kid: Option<&str>, now: UnixSeconds) -> bool {
        match &mut self.0 {
            Kind::Fixed(_) => false,
            Kind::Remote(remote) => remote.stored(record, kid, now),
        }
    }

    /// The keys as JSON text for a store shared with other instances.
    ///
    /// Whoever can write to that store can make tokens that are let in.
    #[must_use]
    pub fn record(&self) -> Option<String> {
        match &self.0 {
            Kind::Fixed(_) => None,
            Kind::Remote(remote) => remote.record(),
        }
    }

    /// The name of the [`record`](Self::record) in a store, of visible ASCII.
    #[must_use]
    pub fn store_key(&self) -> Option<&str> {
        match &self.0 {
            Kind::Fixed(_) => None,
            Kind::Remote(remote) => Some(remote.store_key()),
        }
    }

    /// The text of the issuer's metadata document that was accepted last.
    #[must_use]
    pub fn metadata(&self) -> Option<&str> {
        match &self.0 {
            Kind::Fixed(_) => None,
            Kind::Remote(remote) => remote.metadata(),
        }
    }
}
