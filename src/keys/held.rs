//! A fetched key set and its times.

use alloc::string::String;

use crate::{jose::key_set::KeySet, time::UnixSeconds};

/// The keys that were fetched last.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) keys: KeySet,
    /// The JSON text of the keys.
    pub(super) text: String,
    pub(super) fetched_at: UnixSeconds,
    pub(super) fresh_until: UnixSeconds,
}

/// How far keys have aged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    Fresh,
    /// Fresh, and in the last quarter of that time: fetched again before a request must wait for it.
    Due,
    /// To be used only while the provider cannot be reached.
    Expired,
    /// Not to be used.
    Over,
}

impl Held {
    /// The keys of a text, if one of them can verify signatures: a set without any is a mistake of the
    /// provider, or not its set.
    pub(super) fn parse(text: &str, fetched_at: UnixSeconds, fresh_until: UnixSeconds) -> Option<Self> {
        let keys = KeySet::parse(text).ok().filter(|keys| !keys.keys().is_empty())?;
        Some(Self { keys, text: text.into(), fetched_at, fresh_until })
    }

    pub(super) fn age(&self, stale_for: u32, now: UnixSeconds) -> Age {
        let fresh_for = seconds_from(self.fetched_at, self.fresh_until);
        let due_from = self.fetched_at.saturating_add(fresh_for.saturating_sub(fresh_for / 4));
        if now < due_from {
            Age::Fresh
        } else if now < self.fresh_until {
            Age::Due
        } else if now < self.fresh_until.saturating_add(stale_for) {
            Age::Expired
        } else {
            Age::Over
        }
    }

    pub(super) fn has(&self, kid: &str) -> bool {
        self.keys.keys().iter().any(|key| key.kid() == Some(kid))
    }
}

/// Whole seconds from one instant to another, 0 if that is not later.
pub(super) fn seconds_from(earlier: UnixSeconds, later: UnixSeconds) -> u32 {
    let seconds = later.as_seconds().saturating_sub(earlier.as_seconds()).max(0);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}
