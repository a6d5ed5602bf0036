//! A gate with static keys, and a valid request to change one thing of.

use std::sync::OnceLock;

use doorward::{
    UnixSeconds,
    gate::{Admission, Answer, Decision, Gate, Header, Request},
};
use serde_json::{Value, json};

use crate::provider::{ISSUER, KID, NOW, RESOURCE, changed, claims, provider};

pub(crate) const METADATA_URL: &str = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";
pub(crate) const PAGE: &str = "https://app.example.com";

/// Three kinds of rules: more than the sample token has, what it has, and what needs none.
pub(crate) fn options() -> Value {
    json!({
        "resource": RESOURCE,
        "issuers": [{ "issuer": ISSUER, "jwks": { "keys": [provider().jwk()] } }],
        "scopes": { "implies": { "mcp:admin": ["mcp:write"], "mcp:write": ["mcp:read"] } },
        "rules": [
            { "method": "ping", "public": true },
            { "method": "tools/call", "name": "delete_*", "scopes": ["mcp:admin"] },
            { "method": "tools/call", "name": "send_mail", "scopes": ["mcp:mail", "mcp:read"] },
            { "method": "tools/call", "scopes": ["mcp:write"] },
            { "method": "prompts/get", "claims": [{ "claim": "department", "equals": "sales" }] },
            { "method": "admin/*", "anyScope": ["mcp:admin", "mcp:root"] },
            { "method": "resources/read", "uri": "docs://public/**", "scopes": ["mcp:read"] },
            { "method": "resources/*", "scopes": ["mcp:secret"] },
            { "method": "tools/list", "scopes": ["mcp:read"] },
            { "method": "unlisted" , "scopes": ["mcp:read"] },
            { "method": "initialize" },
            { "method": "notifications/*" },
            { "method": "GET" },
            { "method": "DELETE", "scopes": ["mcp:admin"] },
        ],
        "origins": [PAGE],
    })
}

/// The sample options with one changed; `null` stands for its removal.
pub(crate) fn with_option(name: &str, value: Value) -> Value {
    match options() {
        Value::Object(members) => Value::Object(changed(members, name, value)),
        other => other,
    }
}

pub(crate) fn with_rules(rules: Value) -> Value {
    with_option("rules", rules)
}

pub(crate) fn gate() -> Gate {
    gate_of(&options())
}

pub(crate) fn gate_of(options: &Value) -> Gate {
    Gate::from_options(&options.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

/// The sample token, signed once.
fn token() -> &'static str {
    static TOKEN: OnceLock<String> = OnceLock::new();
    TOKEN.get_or_init(|| provider().token())
}

/// A request, in parts that can be changed one at a time.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Vec<u8>>,
}

pub(crate) fn message(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })
}

/// A call of this tool in the revision 2025-11-25, with the sample token, which may.
pub(crate) fn call(tool: &str) -> Sent {
    Sent::of(&message("tools/call", json!({ "name": tool, "arguments": {} })))
}

pub(crate) fn valid() -> Sent {
    call("add_note")
}

/// The same in 2026-07-28, with the header fields that it demands.
pub(crate) fn mirrored(tool: &str) -> Sent {
    call(tool).with("mcp-protocol-version", "2026-07-28").with("mcp-method", "tools/call").with("mcp-name", tool)
}

impl Sent {
    pub(crate) fn of(body: &Value) -> Self {
        Self {
            method: "POST".into(),
            url: RESOURCE.into(),
            headers: vec![
                ("authorization", format!("Bearer {}", token())),
                ("content-type", "application/json".into()),
                ("accept", "application/json, text/event-stream".into()),
                ("mcp-protocol-version", "2025-11-25".into()),
            ],
            body: Some(body.to_string().into_bytes()),
        }
    }

    /// A request of this method without a body.
    pub(crate) fn plain(method: &str) -> Self {
        Self { method: method.into(), body: None, ..valid() }.without("content-type")
    }

    pub(crate) fn to(mut self, url: &str) -> Self {
        self.url = url.into();
        self
    }

    pub(crate) fn by(mut self, method: &str) -> Self {
        self.method = method.into();
        self
    }

    /// In place of the field, if it is there.
    pub(crate) fn with(self, name: &'static str, value: &str) -> Self {
        self.without(name).and(name, value)
    }

    /// Besides the field, if it is there.
    pub(crate) fn and(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(field, _)| *field != name);
        self
    }

    pub(crate) fn with_token(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    /// The sample token with one claim changed.
    pub(crate) fn with_claim(self, claim: &str, value: Value) -> Self {
        self.with_token(&provider().sign(&provider().header(), &changed(claims(), claim, value)))
    }

    pub(crate) fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    pub(crate) fn decided_by(&self, gate: &mut Gate) -> Decision {
        self.decided_at(gate, NOW)
    }

    pub(crate) fn decided_at(&self, gate: &mut Gate, now: i64) -> Decision {
        let request =
            Request { method: &self.method, url: &self.url, headers: &self.headers, body: self.body.as_deref() };
        gate.decide(&request, UnixSeconds::new(now))
    }

    /// What the sample gate makes of it.
    pub(crate) fn decided(&self) -> Decision {
        self.decided_by(&mut gate())
    }

    pub(crate) fn told(&self) -> Told {
        Told::of(self.decided())
    }

    pub(crate) fn told_by(&self, options: &Value) -> Told {
        Told::of(self.decided_by(&mut gate_of(options)))
    }
}

/// A decision that needs nothing more.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) admission: Option<Admission>,
    pub(crate) answer: Option<Answer>,
    pub(crate) event: Value,
}

impl Told {
    pub(crate) fn of(decision: Decision) -> Self {
        let read = |json: String| serde_json::from_str(&json).expect("an event is JSON");
        match decision {
            Decision::Allow(admission) => {
                let event = read(admission.event().json());
                Self { admission: Some(admission), answer: None, event }
            }
            Decision::Answer { answer, event, .. } => {
                Self { admission: None, answer: Some(answer), event: read(event.json()) }
            }
            other => panic!("the gate needs more: {other:?}"),
        }
    }

    pub(crate) fn is_allowed(&self) -> bool {
        self.admission.is_some()
    }

    /// The code of a denial; "allow" and "answer" for the rest.
    pub(crate) fn code(&self) -> &str {
        self.event["code"].as_str().or(self.event["decision"].as_str()).expect("a text")
    }

    pub(crate) fn admission(&self) -> &Admission {
        self.admission.as_ref().unwrap_or_else(|| panic!("denied: {self:?}"))
    }

    pub(crate) fn answer(&self) -> &Answer {
        self.answer.as_ref().expect("an answer")
    }

    pub(crate) fn status(&self) -> u16 {
        self.answer.as_ref().map_or(200, |answer| answer.status)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.answer().headers, name)
    }

    pub(crate) fn challenge(&self) -> Option<&str> {
        self.header("www-authenticate")
    }

    pub(crate) fn body(&self) -> Value {
        serde_json::from_str(&self.answer().body).expect("the body is JSON")
    }

    /// The code of a JSON-RPC error.
    pub(crate) fn rpc_code(&self) -> Option<i64> {
        self.body()["error"]["code"].as_i64()
    }
}

pub(crate) fn header<'h>(headers: &'h [Header], name: &str) -> Option<&'h str> {
    let mut values = headers.iter().filter(|(field, _)| *field == name).map(|(_, value)| value.as_str());
    let first = values.next();
    assert_eq!(values.next(), None, "{name} is there once");
    first
}

/// The header of the sample token, for tokens that are forged.
pub(crate) fn forged_header() -> Value {
    json!({ "alg": "ES256", "kid": KID, "typ": "at+jwt" })
}
