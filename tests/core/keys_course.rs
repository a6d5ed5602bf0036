//! The course of events at one source, as rows of (seconds since the start, event, what it answers).

use doorward::{
    UnixSeconds,
    keys::{Address, Again, FetchFault, Progress, Response, Source, Supply, Timing},
};
use serde_json::json;

use crate::provider::{ISSUER, NOW, changed, provider};

pub(crate) const JWKS_URI: &str = "https://keys.example.com/jwks";
pub(crate) const OAUTH: &str = "https://idp.example.com/.well-known/oauth-authorization-server";
pub(crate) const OPENID: &str = "https://idp.example.com/.well-known/openid-configuration";
pub(crate) const TIMING: Timing = Timing { cooldown: 30, max_age: 3600, stale_for: 3600 };

#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// A request needs the keys: what it gets, with the names of the keys.
    Ask,
    /// A token, issued then, names a key that is not in the set.
    Again(i64),
    /// The same for a token that names this key.
    AgainFor(&'static str, i64),
    /// The same without "iat".
    AgainUndated,
    /// The caller that was told to begins its attempt: the address.
    Begin,
    /// The document that was asked for last.
    Answer(Reply),
    /// The document that was asked for in this step.
    Late(u32, Reply),
    /// The record of another instance, and the key that is sought.
    Stored(String, Option<&'static str>),
}

#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Keys of these names, fresh for 600 seconds.
    Keys(&'static str),
    /// The same, with this "Cache-Control".
    KeysFor(&'static str, &'static str),
    /// The issuer's metadata, with the keys at [`JWKS_URI`].
    Metadata,
    /// A body with this status and media type.
    Body(u16, Option<&'static str>, String),
    Fault(FetchFault),
}

pub(crate) const DOWN: Event = Event::Answer(Reply::Fault(FetchFault::Unreachable));

pub(crate) fn keys(names: &'static str) -> Event {
    Event::Answer(Reply::Keys(names))
}

pub(crate) fn status(status: u16) -> Event {
    Event::Answer(Reply::Body(status, Some("application/json"), "{}".into()))
}

/// JSON with status 200.
pub(crate) fn json_body(body: impl ToString) -> Event {
    Event::Answer(Reply::Body(200, Some("application/json"), body.to_string()))
}

/// What is said when this address is to be fetched next.
pub(crate) fn next(url: &str) -> String {
    format!("next {url}")
}

/// A set of usable keys with these names, split at spaces.
pub(crate) fn jwks(names: &str) -> String {
    let keys: Vec<_> = names.split(' ').map(|name| changed(provider().jwk(), "kid", json!(name))).collect();
    json!({ "keys": keys }).to_string()
}

pub(crate) struct Course {
    pub(crate) source: Source,
    pub(crate) fetches: usize,
    /// The step of the last fetch.
    pub(crate) step: u32,
}

impl Course {
    pub(crate) fn with_keys_at(url: &str, timing: Timing) -> Self {
        Self::of(Source::at(Address::Keys(url.into()), timing, false).expect("an address"))
    }

    pub(crate) fn direct() -> Self {
        Self::with_keys_at(JWKS_URI, TIMING)
    }

    pub(crate) fn of_issuer(issuer: &str) -> Self {
        Self::of(Source::at(Address::Issuer(issuer.into()), TIMING, false).expect("an address"))
    }

    pub(crate) fn of(source: Source) -> Self {
        Self { source, fetches: 0, step: 0 }
    }

    /// One with the keys "a", fetched at the start and fresh for 600 seconds.
    pub(crate) fn started() -> Self {
        let mut course = Self::direct();
        course.runs(&[(0, Event::Ask, "fetch"), (0, Event::Begin, JWKS_URI), (0, keys("a"), "done")]);
        course
    }

    pub(crate) fn runs(&mut self, rows: &[(i64, Event, &str)]) {
        for (place, (seconds, event, expected)) in rows.iter().enumerate() {
            let found = self.happens(NOW + seconds, event);
            assert_eq!(found, *expected, "row {place}: {event:?} after {seconds} s");
        }
    }

    pub(crate) fn happens(&mut self, now: i64, event: &Event) -> String {
        let now = UnixSeconds::new(now);
        match event {
            Event::Ask => told(&self.source.keys(now)),
            Event::Again(issued_at) => self.again("unknown", Some(UnixSeconds::new(NOW + issued_at)), now),
            Event::AgainFor(kid, issued_at) => self.again(kid, Some(UnixSeconds::new(NOW + issued_at)), now),
            Event::AgainUndated => self.again("unknown", None, now),
            Event::Begin => match self.source.begin() {
                Some(fetch) => {
                    self.step = fetch.step;
                    self.fetches += 1;
                    fetch.url
                }
                None => "nothing".into(),
            },
            Event::Answer(reply) => self.fetched(self.step, reply, now),
            Event::Late(step, reply) => self.fetched(*step, reply, now),
            Event::Stored(record, kid) => self.source.stored(record, *kid, now).to_string(),
        }
    }

    fn again(&mut self, kid: &str, issued_at: Option<UnixSeconds>, now: UnixSeconds) -> String {
        match self.source.look_again(Some(kid), issued_at, now) {
            Again::Known => "known".into(),
            Again::Fetch => "fetch".into(),
            Again::Wait => "wait".into(),
            Again::Unavailable { retry_after } => format!("unavailable {retry_after}"),
        }
    }

    fn fetched(&mut self, step: u32, reply: &Reply, now: UnixSeconds) -> String {
        let metadata = || json!({ "issuer": ISSUER, "jwks_uri": JWKS_URI }).to_string();
        let json = Some("application/json");
        let answer = match reply {
            Reply::Fault(fault) => Err(*fault),
            Reply::Keys(names) => Ok((200, json, Some("max-age=600"), jwks(names))),
            Reply::KeysFor(names, cache_control) => Ok((200, json, Some(*cache_control), jwks(names))),
            Reply::Metadata => Ok((200, json, None, metadata())),
            Reply::Body(status, content_type, body) => Ok((*status, *content_type, None, body.clone())),
        };
        let response = answer.as_ref().map_err(|fault| *fault).map(|(status, content_type, cache_control, body)| {
            let (status, content_type, cache_control) = (*status, *content_type, *cache_control);
            Response { status, content_type, cache_control, age: None, body: body.as_bytes() }
        });
        match self.source.fetched(step, response, now) {
            Progress::Next(fetch) => {
                self.step = fetch.step;
                self.fetches += 1;
                format!("next {}", fetch.url)
            }
            Progress::Done => "done".into(),
            Progress::Failed => "failed".into(),
        }
    }
}

/// The names of the keys, and what is said with them.
pub(crate) fn told(supply: &Supply<'_>) -> String {
    match supply {
        Supply::Ready { keys, stale, refresh } => {
            let mut words: Vec<&str> = keys.keys().iter().map(|key| key.kid().expect("a name")).collect();
            words.extend(stale.then_some("stale"));
            words.extend(refresh.then_some("refresh"));
            words.join(" ")
        }
        Supply::Fetch => "fetch".into(),
        Supply::Wait => "wait".into(),
        Supply::Unavailable { retry_after } => format!("unavailable {retry_after}"),
    }
}
