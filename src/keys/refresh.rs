//! Who may fetch, and when: one attempt at a time, pauses after failures, cool-downs for unknown keys.

use super::held::seconds_from;
use crate::{
    limits::{KEY_LEASE_SECONDS, MAX_KEY_PAUSE_SECONDS},
    time::UnixSeconds,
};

/// The attempts to fetch one issuer's keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Refresh {
    /// Until when the attempt in flight is waited for.
    leased_until: Option<UnixSeconds>,
    /// How many attempts failed since the last that did not.
    failures: u32,
    /// The end of the pause after the last of them.
    paused_until: Option<UnixSeconds>,
    /// The end of the cool-down after the last attempt for the sake of an unknown key.
    cooling_until: Option<UnixSeconds>,
}

/// Whose turn it is to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// The caller's.
    Mine,
    /// That of an earlier caller, whose attempt is in flight.
    Others,
    /// Nobody's for these seconds, at least 1.
    Later(u32),
}

impl Refresh {
    /// Gives the turn to the caller, if nobody has it and no pause is on.
    pub(super) fn turn(&mut self, now: UnixSeconds) -> Turn {
        if remaining(self.leased_until, now).is_some() {
            return Turn::Others;
        }
        if let Some(seconds) = remaining(self.paused_until, now) {
            return Turn::Later(seconds);
        }
        self.extend(now);
        Turn::Mine
    }

    /// The same for the sake of an unknown key: at most once a `cooldown`, whatever comes of it. Whoever
    /// invents key names cannot make us fetch for each.
    pub(super) fn turn_for_unknown_key(&mut self, cooldown: u32, now: UnixSeconds) -> Turn {
        if remaining(self.leased_until, now).is_some() {
            return Turn::Others;
        }
        let pause = remaining(self.paused_until, now).max(remaining(self.cooling_until, now));
        if let Some(seconds) = pause {
            return Turn::Later(seconds);
        }
        self.cooling_until = Some(now.saturating_add(cooldown));
        self.extend(now);
        Turn::Mine
    }

    /// The attempt in flight goes on: another fetch has its time.
    pub(super) fn extend(&mut self, now: UnixSeconds) {
        self.leased_until = Some(now.saturating_add(KEY_LEASE_SECONDS));
    }

    /// Keys are there.
    pub(super) fn succeeded(&mut self) {
        *self = Self { cooling_until: self.cooling_until, ..Self::default() };
    }

    /// The attempt is over without keys.
    pub(super) fn failed(&mut self, now: UnixSeconds) {
        let pause = 1_u32.checked_shl(self.failures).unwrap_or(MAX_KEY_PAUSE_SECONDS).min(MAX_KEY_PAUSE_SECONDS);
        self.failures = self.failures.saturating_add(1);
        self.paused_until = Some(now.saturating_add(pause));
        self.leased_until = None;
    }

    /// Whether the provider is known to be out of reach now: the last attempt failed a short while ago, and
    /// whoever tries again meanwhile is not worth waiting for.
    pub(super) fn is_out_of_reach(&self, now: UnixSeconds) -> bool {
        let lately = |end: UnixSeconds| now <= end.saturating_add(MAX_KEY_PAUSE_SECONDS);
        self.is_failing() && self.paused_until.is_some_and(lately)
    }

    /// Whether the last attempt that ended failed.
    pub(super) fn is_failing(&self) -> bool {
        self.failures > 0
    }
}

/// The seconds until `end`, if it is still to come.
fn remaining(end: Option<UnixSeconds>, now: UnixSeconds) -> Option<u32> {
    end.map(|end| seconds_from(now, end)).filter(|seconds| *seconds > 0)
}
