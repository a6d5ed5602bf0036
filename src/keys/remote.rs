//! Keys that are fetched, and change.

use alloc::{string::String, vec::Vec};

use super::{
    address::{Address, InvalidAddress},
    freshness::freshness,
    held::{Age, Held, seconds_from},
    record,
    refresh::{Refresh, Turn},
    response::{Fetch, FetchFault, Progress, Response},
    route::{Route, Stop},
    source::Timing,
    supply::{Again, Supply},
};
use crate::{
    jose::{key::Key, signature::tables::KeyTables},
    limits::MAX_CLOCK_STEP_BACK_SECONDS,
    time::UnixSeconds,
};

/// The keys at one address over time.
#[derive(Clone, Debug)]
pub(super) struct Remote {
    timing: Timing,
    route: Route,
    store_key: String,
    held: Option<Held>,
    /// Of the keys held, and of those to come, which are mostly the same.
    tables: KeyTables,
    /// The key that the last attempt for the sake of one looked for, and when it did not find it.
    missed: Option<(Option<String>, UnixSeconds)>,
    /// The names of keys that the last fetch has withdrawn.
    withdrawn: Vec<String>,
    /// The key that the attempt in flight looks for.
    wanted: Option<Option<String>>,
    refresh: Refresh,
    errand: Errand,
    /// The number of the last fetch.
    steps: u32,
    /// The latest instant that a caller named.
    clock: Option<UnixSeconds>,
}

/// The attempt that a caller was told to run.
#[derive(Clone, Debug)]
enum Errand {
    None,
    /// Nothing is fetched yet: the caller may look into a store first.
    Given,
    /// The fetch of this step is under way.
    At {
        step: u32,
        stop: Stop,
    },
}

impl Remote {
    pub(super) fn at(address: Address, timing: Timing, loopback: bool) -> Result<Self, InvalidAddress> {
        // Below one second, each request would fetch.
        let timing = Timing { cooldown: timing.cooldown.max(1), max_age: timing.max_age.max(1), ..timing };
        let store_key = record::store_key(&address);
        let route = Route::new(address, loopback)?;
        let (held, refresh, errand) = (None, Refresh::default(), Errand::None);
        let (missed, withdrawn, wanted) = (None, Vec::new(), None);
        let (tables, steps, clock) = (KeyTables::new(), 0, None);
        Ok(Self { timing, route, store_key, held, tables, missed, withdrawn, wanted, refresh, errand, steps, clock })
    }

    pub(super) fn share_tables(&mut self, tables: &KeyTables) {
        self.tables = tables.clone();
        if let Some(held) = &mut self.held {
            held.keys.share_tables(tables);
        }
    }

    pub(super) fn keys(&mut self, now: UnixSeconds) -> Supply<'_> {
        let now = self.tick(now);
        let age = self.held.as_ref().map_or(Age::Over, |held| held.age(self.timing.stale_for, now));
        let (usable, wanted) = match age {
            Age::Fresh => (true, false),
            Age::Due => (true, true),
            Age::Expired => (self.refresh.is_out_of_reach(now), true),
            Age::Over => (false, true),
        };
        let turn = if wanted { self.give(Refresh::turn, now) } else { Turn::Others };
        match (&self.held, turn) {
            (Some(Held { keys, .. }), turn) if usable => {
                Supply::Ready { keys, stale: age == Age::Expired, refresh: turn == Turn::Mine }
            }
            (_, Turn::Mine) => Supply::Fetch,
            (_, Turn::Others) => Supply::Wait,
            (_, Turn::Later(retry_after)) => Supply::Unavailable { retry_after },
        }
    }

    pub(super) fn look_again(&mut self, kid: Option<&str>, issued_at: Option<UnixSeconds>, now: UnixSeconds) -> Again {
        let now = self.tick(now);
        let cooldown = self.timing.cooldown;
        match self.give(|refresh, now| refresh.turn_for_unknown_key(cooldown, now), now) {
            Turn::Mine => {
                self.wanted = Some(kid.map(Into::into));
                Again::Fetch
            }
            Turn::Others => Again::Wait,
            Turn::Later(_) if !self.refresh.is_failing() && self.knows(kid, issued_at) => Again::Known,
            Turn::Later(retry_after) => Again::Unavailable { retry_after },
        }
    }

    /// Whether the keys were fetched late enough to have the one of a token issued then: providers publish a
    /// key before they sign with it. In the second of the fetch, only the key that was looked for and those that
    /// were there before are known not to be there. What the token says is not verified, and decides between
    /// two denials only.
    fn knows(&self, kid: Option<&str>, issued_at: Option<UnixSeconds>) -> bool {
        let missed = |at| {
            self.missed.as_ref().is_some_and(|(missed, when)| missed.as_deref() == kid && *when == at)
                || kid.is_some_and(|kid| self.withdrawn.iter().any(|name| name == kid))
        };
        self.held.as_ref().is_some_and(|held| {
            issued_at.is_none_or(|issued_at| {
                issued_at < held.fetched_at || (issued_at == held.fetched_at && missed(held.fetched_at))
            })
        })
    }

    /// Gives the caller an errand if it is its turn. That ends the errand of an earlier caller whose time is
    /// over: its answers come too late.
    fn give(&mut self, turn: impl FnOnce(&mut Refresh, UnixSeconds) -> Turn, now: UnixSeconds) -> Turn {
        let turn = turn(&mut self.refresh, now);
        if turn == Turn::Mine {
            self.errand = Errand::Given;
            self.wanted = None;
        }
        turn
    }

    pub(super) fn begin(&mut self) -> Option<Fetch> {
        match (&self.errand, self.clock) {
            (Errand::Given, Some(now)) => self.go(self.route.start(now)),
            _ => None,
        }
    }

    /// Sets out for a document.
    fn go(&mut self, stop: Stop) -> Option<Fetch> {
        let (url, max_bytes) = self.route.target(&stop)?;
        self.steps = self.steps.wrapping_add(1);
        self.errand = Errand::At { step: self.steps, stop };
        Some(Fetch { step: self.steps, url, max_bytes })
    }

    pub(super) fn fetched(
        &mut self,
        step: u32,
        response: Result<Response<'_>, FetchFault>,
        now: UnixSeconds,
    ) -> Progress {
        let now = self.tick(now);
        let stop = match &self.errand {
            Errand::At { step: awaited, stop } if *awaited == step => stop.clone(),
            _ => return Progress::Failed, // too late: another has taken over
        };
        let next = match stop {
            Stop::Metadata { place, refused } => self.route.after_metadata(place, refused, &response, now),
            Stop::Keys { url, remembered } => {
                if let Some(held) = self.keys_of(&response, now) {
                    self.hold(held);
                    return Progress::Done;
                }
                let answered = response.map_or_else(FetchFault::is_answer, |_| true);
                self.route.after_no_keys(&url, remembered, answered)
            }
        };
        if let Some(fetch) = next.and_then(|stop| self.go(stop)) {
            self.refresh.extend(now);
            return Progress::Next(fetch);
        }
        self.errand = Errand::None;
        self.refresh.failed(now);
        Progress::Failed
    }

    /// The keys of an answer. Its media type is not asked for: some providers serve their keys from a plain
    /// file store, and nothing but a key set reads as one.
    fn keys_of(&self, response: &Result<Response<'_>, FetchFault>, now: UnixSeconds) -> Option<Held> {
        let response = response.as_ref().ok().filter(|response| response.status == 200)?;
        let fresh_for = freshness(response.cache_control, response.age, self.timing.max_age);
        Held::parse(core::str::from_utf8(response.body).ok()?, now, now.saturating_add(fresh_for))
    }

    /// Replaces the keys as a whole: those that the provider no longer publishes are gone.
    fn hold(&mut self, held: Held) {
        self.missed = self.wanted.take().map(|wanted| (wanted, held.fetched_at));
        let before = self.held.iter().flat_map(|before| before.keys.keys()).filter_map(Key::kid);
        self.withdrawn = before.filter(|kid| !held.has(kid)).map(Into::into).collect();
        self.take_up(held);
        self.errand = Errand::None;
        self.refresh.succeeded();
    }

    fn take_up(&mut self, mut held: Held) {
        held.keys.share_tables(&self.tables);
        self.held = Some(held);
    }

    pub(super) fn stored(&mut self, record: &str, kid: Option<&str>, now: UnixSeconds) -> bool {
        let now = self.tick(now);
        let Some(record) = record::read(record, &self.store_key, &self.route, self.timing, now) else { return false };
        let own = self.held.as_ref().map(|held| held.fetched_at);
        if own.is_some_and(|own| record.held.fetched_at <= own) {
            return false;
        }
        self.route.learn(record.metadata);
        let fresh = now < record.held.fresh_until;
        if fresh && kid.is_none_or(|kid| record.held.has(kid)) {
            self.hold(record.held);
            return true;
        }
        // Newer than ours, if not all that is wanted.
        self.take_up(record.held);
        false
    }

    pub(super) fn record(&self) -> Option<String> {
        self.held.as_ref().map(|held| record::write(&self.store_key, held, self.route.metadata.as_ref()))
    }

    pub(super) fn store_key(&self) -> &str {
        &self.store_key
    }

    pub(super) fn metadata(&self) -> Option<&str> {
        self.route.metadata.as_ref().map(|metadata| metadata.text.as_str())
    }

    /// The instant to reckon with: time never runs backwards. Callers that read the clock in another order
    /// than they ask are put in order; when the clock was set back, how old things are is unknown, so the
    /// keys are fetched anew.
    fn tick(&mut self, now: UnixSeconds) -> UnixSeconds {
        let latest = self.clock.map_or(now, |latest| latest.max(now));
        if seconds_from(now, latest) <= MAX_CLOCK_STEP_BACK_SECONDS {
            self.clock = Some(latest);
            return latest;
        }
        self.clock = Some(now);
        self.held = None;
        self.route.doubt();
        self.refresh = Refresh::default();
        now
    }
}
