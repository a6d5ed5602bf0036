//! The gate's skin: a `Request` of the host in, a plain object out.

use alloc::{borrow::Cow, boxed::Box, string::String};

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::{Headers, Request, Response, ResponseInit};

use super::{clock, outcome};
use crate::gate::{self, Admission, Answer, Decision, Header, KeyNeed};
use crate::keys::{Fetch, FetchFault, Progress};

/// A gate in front of one MCP server.
#[wasm_bindgen]
pub struct Gate(gate::Gate);

#[wasm_bindgen]
impl Gate {
    /// Reads the JSON text of the options.
    ///
    /// # Errors
    ///
    /// `invalid_option`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<Gate, JsValue> {
        let mut gate = gate::Gate::from_options(options).map_err(|error| outcome::option_error(&error))?;
        gate.share_tables(&super::TABLES);
        Ok(Self(gate))
    }

    /// Judges a request, at `now` in seconds since 1970. Gives one of:
    ///
    /// - `{ kind: "body", limit, refresh }`
    /// - `{ kind: "keys", source, kid, fetch, storeKey }`
    /// - `{ kind: "answer", response, event, refresh }`
    /// - `{ kind: "allow", access, expires, stale, identity, cors, route, event, refresh }`
    ///
    /// # Errors
    ///
    /// Only for a `now` that is no number.
    pub fn decide(&mut self, request: &Request, body: Option<Box<[u8]>>, now: f64) -> Result<Object, JsValue> {
        let (method, url, headers) = (request.method(), request.url(), Fields(request.headers()));
        let request = gate::Request { method: &method, url: &url, headers: &headers, body: body.as_deref() };
        let decision = self.0.decide(&request, clock(now)?);
        Ok(self.told(decision))
    }

    /// The answer to a request for a metadata document.
    #[must_use]
    pub fn metadata(&self, request: &Request) -> Option<Response> {
        let (method, url, headers) = (request.method(), request.url(), Fields(request.headers()));
        let request = gate::Request { method: &method, url: &url, headers: &headers, body: None };
        self.0.metadata(&request).map(|answer| response(&answer))
    }

    /// `{ step, url, limit }`: the first fetch of an attempt that a decision asked for.
    #[must_use]
    pub fn begin(&mut self, source: usize) -> Option<Object> {
        self.0.begin(source).map(|fetch| told_fetch(&fetch))
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
    ) -> Result<JsValue, JsValue> {
        let response = crate::keys::Response {
            status,
            content_type: content_type.as_deref(),
            cache_control: cache_control.as_deref(),
            age: age.as_deref(),
            body,
        };
        Ok(told_progress(self.0.fetched(source, step, Ok(response), clock(now)?)))
    }

    /// Takes the fault of a fetch: "unreachable", "timed_out", "too_large" or "redirected". Gives the next fetch
    /// or "failed": a document may be found elsewhere.
    ///
    /// # Errors
    ///
    /// Only for a `now` that is no number.
    pub fn failed(&mut self, source: usize, step: u32, reason: &str, now: f64) -> Result<JsValue, JsValue> {
        let fault = match reason {
            "timed_out" => FetchFault::TimedOut,
            "too_large" => FetchFault::TooLarge,
            "redirected" => FetchFault::Redirected,
            _ => FetchFault::Unreachable,
        };
        Ok(told_progress(self.0.fetched(source, step, Err(fault), clock(now)?)))
    }

    /// Takes a record from a shared store. True if there is nothing to fetch any more.
    ///
    /// # Errors
    ///
    /// Only for a `now` that is no number.
    pub fn stored(&mut self, source: usize, record: &str, kid: Option<String>, now: f64) -> Result<bool, JsValue> {
        Ok(self.0.stored(source, record, kid.as_deref(), clock(now)?))
    }

    /// The keys of an issuer for a shared store.
    #[must_use]
    pub fn record(&self, source: usize) -> Option<String> {
        self.0.record(source)
    }

    /// The answer where keys did not come in time.
    #[must_use]
    pub fn unavailable(&self) -> Response {
        response(&self.0.unavailable())
    }
}

impl Gate {
    fn told(&self, decision: Decision) -> Object {
        let object = Object::new();
        let set = |name: &str, value: &JsValue| set(&object, name, value);
        match decision {
            Decision::NeedBody { limit, refresh } => {
                set("kind", &"body".into());
                set("limit", &limit.into());
                set("refresh", &self.told_refresh(refresh.as_ref()));
            }
            Decision::NeedKeys(need) => {
                set("kind", &"keys".into());
                self.tell_need(&object, &need);
            }
            Decision::Answer { answer, event, refresh } => {
                set("kind", &"answer".into());
                set("response", &response(&answer).into());
                set("event", &event.json().into());
                set("refresh", &self.told_refresh(refresh.as_ref()));
            }
            Decision::Allow(admission) => {
                set("kind", &"allow".into());
                self.tell_admission(&object, &admission);
            }
        }
        object
    }

    fn tell_admission(&self, object: &Object, admission: &Admission) {
        let access = admission.access().map_or(JsValue::UNDEFINED, |access| outcome::access(access).into());
        set(object, "access", &access);
        set(object, "expires", &admission.expires().map_or(JsValue::UNDEFINED, |expires| expires.to_f64().into()));
        set(object, "stale", &admission.stale().into());
        set(object, "identity", &pairs(admission.identity()));
        set(object, "cors", &pairs(admission.response_headers()));
        set(object, "route", &admission.forward().name().into());
        set(object, "event", &admission.event().json().into());
        set(object, "refresh", &self.told_refresh(admission.refresh()));
    }

    fn told_refresh(&self, refresh: Option<&KeyNeed>) -> JsValue {
        refresh.map_or(JsValue::UNDEFINED, |need| {
            let object = Object::new();
            self.tell_need(&object, need);
            object.into()
        })
    }

    fn tell_need(&self, object: &Object, need: &KeyNeed) {
        set(object, "source", &need.source.into());
        set(object, "kid", &need.kid.as_deref().into());
        set(object, "fetch", &need.fetch.into());
        set(object, "storeKey", &self.0.store_key(need.source).into());
    }
}

fn told_progress(progress: Progress) -> JsValue {
    match progress {
        Progress::Next(fetch) => told_fetch(&fetch).into(),
        Progress::Done => "done".into(),
        Progress::Failed => "failed".into(),
    }
}

fn told_fetch(fetch: &Fetch) -> Object {
    let object = Object::new();
    set(&object, "step", &fetch.step.into());
    set(&object, "url", &fetch.url.as_str().into());
    set(&object, "limit", &fetch.max_bytes.into());
    object
}

fn pairs(headers: &[Header]) -> JsValue {
    headers.iter().map(|(name, value)| Array::of2(&(*name).into(), &value.as_str().into())).collect::<Array>().into()
}

/// A `Response` of the host. Its parts are the gate's own, in characters that no host refuses.
fn response(answer: &Answer) -> Response {
    let init = ResponseInit::new();
    init.set_status(answer.status);
    init.set_headers(&pairs(&answer.headers));
    let body = Some(answer.body.as_str()).filter(|body| !body.is_empty());
    Response::new_with_opt_str_and_init(body, &init).unwrap_or_else(|_| Response::error())
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a property of a fresh object does not fail.
    let _ = Reflect::set(object, &name.into(), value);
}

/// The fields of a request, read when they are asked for.
struct Fields(Headers);

impl gate::Headers for Fields {
    fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.0.get(name).ok().flatten().map(Cow::Owned)
    }
}
