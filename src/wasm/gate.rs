//! The gate's skin: a request and its decision, each as one text. To cross once with all costs less than to cross
//! for each part.

use alloc::{
    format,
    string::{String, ToString},
};

use js_sys::Error;
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{
    clock,
    head::Head,
    outcome,
    waiting::{Received, Waiting},
};
use crate::gate::{self, Admission, Answer, Decision, Event, FIELDS, Header, KeyNeed};
use crate::keys::{Fetch, FetchFault, Progress};

/// A gate in front of one MCP server.
#[wasm_bindgen]
pub struct Gate {
    gate: gate::Gate,
    waiting: Waiting,
    outcome: String,
    tells_events: bool,
}

#[wasm_bindgen]
impl Gate {
    /// Reads the JSON text of the options. `tells_events` says whether decisions come with theirs.
    ///
    /// # Errors
    ///
    /// `invalid_option`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str, tells_events: bool) -> Result<Gate, JsValue> {
        let mut gate = gate::Gate::from_options(options).map_err(|error| outcome::option_error(&error))?;
        gate.share_tables(&super::TABLES);
        Ok(Self { gate, waiting: Waiting::default(), outcome: String::new(), tells_events })
    }

    /// The names of the header fields that a request is judged by, a line each.
    #[must_use]
    pub fn fields() -> String {
        FIELDS.join("\n")
    }

    /// The longest body that is judged, in bytes.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.gate.max_body_bytes()
    }

    /// Judges a request before its body is read, at `now` in seconds since 1970. `head` is its method, its URL, and of
    /// each of the [`fields`](Self::fields) "=" and the value, or nothing where it is absent: a line each, in UTF-8.
    ///
    /// Gives a number for [`complete`](Self::complete) where the body is to be read and that is all, as of nearly
    /// every request. Otherwise 0, and [`outcome`](Self::outcome) says what.
    ///
    /// # Errors
    ///
    /// Only for a `head` of another form and a `now` that is no number.
    pub fn receive(&mut self, head: &[u8], now: f64) -> Result<u32, JsValue> {
        let decision = self.gate.decide(&parsed(head)?.request(None), clock(now)?);
        let (ticket, refresh) = match decision {
            Decision::NeedBody { caller, refresh, .. } => {
                (caller.and_then(|caller| self.waiting.keep(head, caller)).unwrap_or_default(), refresh)
            }
            decision => {
                self.outcome = self.told(&decision);
                return Ok(0);
            }
        };
        if ticket != 0 && refresh.is_none() {
            return Ok(ticket);
        }
        self.outcome = json(&Told::Body { ticket, refresh: self.told_refresh(refresh.as_ref()) });
        Ok(0)
    }

    /// What has come of the last [`receive`](Self::receive), in lines. The first is JSON, one of:
    ///
    /// - `{ kind: "body", ticket, refresh }`, `ticket` being 0 where there is none
    /// - `{ kind: "keys", source, kid, fetch, storeKey }`
    /// - `{ kind: "answer", response: { status, headers, body }, refresh }`
    /// - `{ kind: "allow", expires, stale, cors, route, refresh }`
    ///
    /// The other three are there for the last two kinds: the event or nothing, the identity or nothing, and, up to
    /// the end of the text, the access or nothing. All are JSON.
    #[must_use]
    pub fn outcome(&mut self) -> String {
        core::mem::take(&mut self.outcome)
    }

    /// Judges the rest of a request, from what was kept of its head. `undefined` where nothing was, or is no more.
    ///
    /// # Errors
    ///
    /// Only for a `now` that is no number.
    pub fn complete(&mut self, ticket: u32, body: &[u8], now: f64) -> Result<Option<String>, JsValue> {
        let Some(Received { head, caller, .. }) = self.waiting.take(ticket) else { return Ok(None) };
        let decision = self.gate.decide_with_body(&parsed(&head)?.request(Some(body)), Some(caller), clock(now)?);
        Ok(Some(self.told(&decision)))
    }

    /// Forgets a request whose body does not come.
    pub fn forget(&mut self, ticket: u32) {
        self.waiting.take(ticket);
    }

    /// Judges a whole request.
    ///
    /// # Errors
    ///
    /// As those of [`receive`](Self::receive).
    pub fn decide(&mut self, head: &[u8], body: &[u8], now: f64) -> Result<String, JsValue> {
        let decision = self.gate.decide(&parsed(head)?.request(Some(body)), clock(now)?);
        Ok(self.told(&decision))
    }

    /// The answer to a request for a metadata document: `{ status, headers, body }`.
    #[must_use]
    pub fn metadata(&self, method: &str, url: &str) -> Option<String> {
        let headers: [(&str, &str); 0] = [];
        let request = gate::Request { method, url, headers: &headers, body: None };
        self.gate.metadata(&request).map(|answer| json(&ToldAnswer::from(&answer)))
    }

    /// `{ step, url, limit }`: the first fetch of an attempt that a decision asked for.
    #[must_use]
    pub fn begin(&mut self, source: usize) -> Option<String> {
        self.gate.begin(source).map(|fetch| told_fetch(&fetch))
    }

    /// Takes an answer. Gives the next fetch, "done" or "failed".
    ///
    /// # Errors
    ///
    /// Only for a `now` that is no number.
    #[expect(clippy::too_many_arguments, reason = "a response in the parts that cross without an object")]
    pub fn fetched(
        &mut self,
        source: usize,
        step: u32,
        status: u16,
        content_type: Option<String>,
        cache_control: Option<String>,
        age: Option<String>,
        body: &[u8],
        now: f64,
    ) -> Result<String, JsValue> {
        let response = crate::keys::Response {
            status,
            content_type: content_type.as_deref(),
            cache_control: cache_control.as_deref(),
            age: age.as_deref(),
            body,
        };
        Ok(told_progress(self.gate.fetched(source, step, Ok(response), clock(now)?)))
    }

    /// Takes the fault of a fetch: "unreachable", "timed_out", "too_large" or "redirected". Gives the next fetch
    /// or "failed": a document may be found elsewhere.
    ///
    /// # Errors
    ///
    /// Only for a `now` that is no number.
    pub fn failed(&mut self, source: usize, step: u32, reason: &str, now: f64) -> Result<String, JsValue> {
        let fault = match reason {
            "timed_out" => FetchFault::TimedOut,
            "too_large" => FetchFault::TooLarge,
            "redirected" => FetchFault::Redirected,
            _ => FetchFault::Unreachable,
        };
        Ok(told_progress(self.gate.fetched(source, step, Err(fault), clock(now)?)))
    }

    /// Takes a record from a shared store. True if there is nothing to fetch any more.
    ///
    /// # Errors
    ///
    /// Only for a `now` that is no number.
    pub fn stored(&mut self, source: usize, record: &str, kid: Option<String>, now: f64) -> Result<bool, JsValue> {
        Ok(self.gate.stored(source, record, kid.as_deref(), clock(now)?))
    }

    /// The keys of an issuer for a shared store.
    #[must_use]
    pub fn record(&self, source: usize) -> Option<String> {
        self.gate.record(source)
    }

    /// The answer where keys did not come in time: `{ status, headers, body }`.
    #[must_use]
    pub fn unavailable(&self) -> String {
        json(&ToldAnswer::from(&self.gate.unavailable()))
    }
}

impl Gate {
    fn told(&self, decision: &Decision) -> String {
        match decision {
            Decision::NeedBody { refresh, .. } => {
                json(&Told::Body { ticket: 0, refresh: self.told_refresh(refresh.as_ref()) })
            }
            Decision::NeedKeys(need) => json(&Told::Keys(self.told_need(need))),
            Decision::Answer { answer, event, refresh } => {
                let refresh = self.told_refresh(refresh.as_ref());
                let told = json(&Told::Answer { response: ToldAnswer::from(answer), refresh });
                format!("{told}\n{}\n\n", self.told_event(event))
            }
            Decision::Allow(admission) => self.told_admission(admission),
        }
    }

    fn told_admission(&self, admission: &Admission) -> String {
        let told = json(&Told::Allow {
            expires: admission.expires().map(crate::UnixSeconds::as_seconds),
            stale: admission.stale(),
            cors: admission.response_headers(),
            route: admission.forward().name(),
            refresh: self.told_refresh(admission.refresh()),
        });
        let event = self.told_event(admission.event());
        let identity = Some(admission.identity()).filter(|identity| !identity.is_empty());
        let identity = identity.map(|identity| json(&identity)).unwrap_or_default();
        // The last, since the claims are the text that was signed: there may be line breaks in it.
        let access = admission.access().map(outcome::access).unwrap_or_default();
        format!("{told}\n{event}\n{identity}\n{access}")
    }

    fn told_event(&self, event: &Event) -> String {
        if self.tells_events { event.json() } else { String::new() }
    }

    fn told_refresh<'n>(&'n self, refresh: Option<&'n KeyNeed>) -> Option<ToldNeed<'n>> {
        refresh.map(|need| self.told_need(need))
    }

    fn told_need<'n>(&'n self, need: &'n KeyNeed) -> ToldNeed<'n> {
        let store_key = self.gate.store_key(need.source);
        ToldNeed { source: need.source, kid: need.kid.as_deref(), fetch: need.fetch, store_key }
    }
}

fn parsed(head: &[u8]) -> Result<Head<'_>, Error> {
    Head::parse(head).ok_or_else(|| Error::new("expected a request without line breaks in its head"))
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Told<'d> {
    Body { ticket: u32, refresh: Option<ToldNeed<'d>> },
    Keys(ToldNeed<'d>),
    Answer { response: ToldAnswer<'d>, refresh: Option<ToldNeed<'d>> },
    Allow { expires: Option<i64>, stale: bool, cors: &'d [Header], route: &'static str, refresh: Option<ToldNeed<'d>> },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ToldNeed<'d> {
    source: usize,
    kid: Option<&'d str>,
    fetch: bool,
    store_key: Option<&'d str>,
}

#[derive(Serialize)]
struct ToldAnswer<'d> {
    status: u16,
    headers: &'d [Header],
    body: &'d str,
}

impl<'d> From<&'d Answer> for ToldAnswer<'d> {
    fn from(Answer { status, headers, body }: &'d Answer) -> Self {
        Self { status: *status, headers, body }
    }
}

#[derive(Serialize)]
struct ToldFetch<'d> {
    step: u32,
    url: &'d str,
    limit: usize,
}

fn told_progress(progress: Progress) -> String {
    match progress {
        Progress::Next(fetch) => told_fetch(&fetch),
        Progress::Done => r#""done""#.to_string(),
        Progress::Failed => r#""failed""#.to_string(),
    }
}

fn told_fetch(fetch: &Fetch) -> String {
    json(&ToldFetch { step: fetch.step, url: &fetch.url, limit: fetch.max_bytes })
}

fn json(value: &impl Serialize) -> String {
    // Texts, numbers and lists of them can be written.
    serde_json::to_string(value).unwrap_or_default()
}
