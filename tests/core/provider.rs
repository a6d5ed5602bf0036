//! A provider with one key for each algorithm, and a valid token to change one thing of.

use std::sync::OnceLock;

use doorward::{Access, Algorithm, Audience, Issuer, KeySet, Policy, Rejection, UnixSeconds, mint::Minter, verify};
use serde_json::{Map, Value, json};

pub(crate) const ISSUER: &str = "https://idp.example.com";
pub(crate) const RESOURCE: &str = "https://mcp.example.com/mcp";
pub(crate) const KID: &str = "key-1";

/// The time of all tests unless they say otherwise.
pub(crate) const NOW: i64 = 1_767_225_600; // 2026-01-01T00:00:00Z

/// The key most tests use, made once: generating is slow for RSA only.
pub(crate) fn provider() -> Provider {
    Provider::of(Algorithm::ES256)
}

pub(crate) struct Provider {
    pub(crate) algorithm: Algorithm,
    pub(crate) minter: &'static Minter,
}

impl Provider {
    pub(crate) fn of(algorithm: Algorithm) -> Self {
        static MINTERS: [OnceLock<Minter>; Algorithm::ALL.len()] = [const { OnceLock::new() }; Algorithm::ALL.len()];
        let place = Algorithm::ALL.iter().position(|other| *other == algorithm).expect("all are listed");
        Self { algorithm, minter: MINTERS[place].get_or_init(|| Minter::generate(algorithm)) }
    }

    pub(crate) fn jwk(&self) -> Map<String, Value> {
        serde_json::from_str(&self.minter.jwk(KID)).expect("a key is an object")
    }

    pub(crate) fn jwks(&self) -> String {
        json!({ "keys": [self.jwk()] }).to_string()
    }

    pub(crate) fn keys(&self) -> KeySet {
        KeySet::parse(&self.jwks()).expect("a set of one key")
    }

    pub(crate) fn header(&self) -> Map<String, Value> {
        object(json!({ "alg": self.algorithm.name(), "kid": KID, "typ": "at+jwt" }))
    }

    pub(crate) fn sign(&self, header: &Map<String, Value>, claims: &Map<String, Value>) -> String {
        self.minter.sign(&json!(header).to_string(), &json!(claims).to_string())
    }

    pub(crate) fn token(&self) -> String {
        self.sign(&self.header(), &claims())
    }

    /// A token of which one claim is changed; `null` stands for its removal.
    pub(crate) fn token_with(&self, claim: &str, value: Value) -> String {
        self.sign(&self.header(), &changed(claims(), claim, value))
    }

    pub(crate) fn token_with_header(&self, member: &str, value: Value) -> String {
        self.sign(&changed(self.header(), member, value), &claims())
    }

    pub(crate) fn verify(&self, token: &str) -> Result<Access, Rejection> {
        verify(token, &self.keys(), &policy(), UnixSeconds::new(NOW))
    }
}

pub(crate) fn claims() -> Map<String, Value> {
    object(json!({
        "iss": ISSUER,
        "aud": RESOURCE,
        "sub": "user-1",
        "client_id": "client-1",
        "jti": "token-1",
        "iat": NOW - 10,
        "nbf": NOW - 10,
        "exp": NOW + 300,
        "scope": "mcp:read mcp:write",
    }))
}

pub(crate) fn policy() -> Policy {
    Policy::new(Issuer::exactly(ISSUER), Audience::exactly(RESOURCE), Algorithm::ALL)
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("not an object: {other}"),
    }
}

pub(crate) fn changed(mut members: Map<String, Value>, name: &str, value: Value) -> Map<String, Value> {
    match value {
        Value::Null => members.remove(name),
        value => members.insert(name.into(), value),
    };
    members
}
