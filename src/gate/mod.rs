//! The gate: which MCP requests go on to the origin, and what all others are answered.
//!
//! One function, [`Gate::decide`], from a request to a [`Decision`]. It has no clock and does no I/O: where
//! it lacks the body or keys it says so, the host gets them and asks again.

mod answer;

mod authority;

mod bearer;

mod caller;

mod challenge;

mod condition;

mod content;

mod decision;

mod denial;

mod event;

mod glob;

mod identity;

mod implication;

mod issuer_options;

mod judgement;

mod member;

mod message;

mod metadata;

mod mirrored;

mod operation;

mod options;

mod origin;

mod params;

mod request;

mod resource;

mod revision;

mod route;

mod rule_index;

mod rule_options;

mod rules;

mod supply;

mod uri;

use alloc::{string::String, vec::Vec};

pub use answer::{Answer, Header};
pub use caller::Caller;
pub use decision::{Admission, Decision, KeyNeed};
pub use event::Event;
pub use request::{FIELDS, Headers, Request};
pub use route::Forward;

use self::{origin::Origins, revision::Revisions, route::Routes, rules::Rules};
use crate::{cache::VerifiedTokens, issuers::ByIssuer, keys::Source, policy::Policy};

/// A gate in front of one MCP server.
///
/// ```
/// use doorward::UnixSeconds;
/// use doorward::gate::{Decision, Gate, Request};
///
/// let mut gate = Gate::from_options(r#"{
///     "resource": "https://mcp.example.com/mcp",
///     "issuers": [{ "issuer": "https://acme.okta.com/oauth2/aus1mcp", "profile": "okta" }],
///     "rules": [{ "method": "ping", "public": true }, { "method": "*", "scopes": ["mcp:read"] }]
/// }"#)?;
/// let now = UnixSeconds::new(1_767_225_600); // 2026-01-01T00:00:00Z
/// let headers = [("content-type", "application/json"), ("mcp-protocol-version", "2025-11-25")];
/// let request = Request { method: "POST", url: "https://mcp.example.com/mcp", headers: &headers, body: None };
///
/// // Something is public, so the body tells what this is.
/// assert!(matches!(gate.decide(&request, now), Decision::NeedBody { limit: 1_048_576, .. }));
/// let body = br#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
/// assert!(matches!(gate.decide(&Request { body: Some(body), ..request }, now), Decision::Allow(_)));
///
/// let wrong = Gate::from_options(r#"{ "resource": "https://mcp.example.com/mcp", "issuers": ["idp"] }"#);
/// assert_eq!(wrong.unwrap_err().option(), "issuers[0].issuer");
/// # Ok::<(), doorward::InvalidOption>(())
/// ```
#[derive(Clone, Debug)]
pub struct Gate {
    metadata_url: String,
    routes: Routes,
    issuers: ByIssuer<Provider>,
    rules: Rules,
    /// What a 401 tells clients to ask for.
    baseline: Vec<String>,
    origins: Origins,
    revisions: Revisions,
    max_body_bytes: usize,
    operation_from_headers: bool,
    tells_subject: bool,
    tokens: VerifiedTokens,
}

/// An issuer: what its tokens must be, and its keys.
#[derive(Clone, Debug)]
struct Provider {
    policy: Policy,
    source: Source,
    /// Whether its names are tenants, each to be asked for tokens on its own.
    tenants: bool,
    /// Whether the address of its keys comes from its metadata.
    discovered: bool,
}
