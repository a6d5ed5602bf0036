//! A decision, for logs and metrics: stable names, never a token.

use alloc::{string::String, vec::Vec};

use serde::Serialize;
use serde_json::Value;

use super::{answer::Answer, denial::Denial, operation::Operation};
use crate::{access::Access, text::quote::clipped};

/// What was decided and why, as far as it was found out.
#[derive(Clone, Debug)]
pub struct Event(Members);

/// The members of the JSON text, in their order there.
#[derive(Clone, Debug, Serialize)]
struct Members {
    decision: &'static str,
    status: Option<u16>,
    code: Option<&'static str>,
    revision: Option<&'static str>,
    method: Option<String>,
    name: Option<String>,
    messages: usize,
    rule: Option<usize>,
    issuer: Option<String>,
    client: Option<String>,
    scopes: Option<Vec<String>>,
    /// The outer one: whether the person is wanted at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Option<String>>,
    stale: bool,
}

impl Event {
    /// Before anything is known. `tells_subject` says whether the person is wanted, too.
    pub(crate) fn new(tells_subject: bool) -> Self {
        Self(Members {
            decision: "allow",
            status: None,
            code: None,
            revision: None,
            method: None,
            name: None,
            messages: 0,
            rule: None,
            issuer: None,
            client: None,
            scopes: None,
            subject: tells_subject.then_some(None),
            stale: false,
        })
    }

    pub(crate) fn in_revision(&mut self, name: &'static str) {
        self.0.revision = Some(name);
    }

    /// The operation, and the rule that decided; of several the last, which is the one that was denied if
    /// one was. A URI is not named: it may say more about a person than a log should.
    pub(crate) fn of_operation(&mut self, operation: &Operation<'_>) {
        self.0.messages = self.0.messages.saturating_add(1);
        self.0.method = operation.method.as_deref().map(clipped);
        self.0.name = match operation.method.as_deref() {
            Some("tools/call" | "prompts/get") => operation.name.as_deref().map(clipped),
            _ => None,
        };
        self.0.rule = None;
    }

    pub(crate) fn by_rule(&mut self, place: usize) {
        self.0.rule = Some(place);
    }

    /// Who it was, as far as that is no person, or the person is wanted.
    pub(crate) fn for_access(&mut self, access: &Access, stale: bool) {
        self.0.issuer = access.issuer().map(Into::into);
        self.0.client = access.client().map(clipped);
        self.0.scopes = Some(access.scopes().iter().map(clipped).collect());
        if let Some(subject) = &mut self.0.subject {
            *subject = access.claims().get("sub").and_then(Value::as_str).map(clipped);
        }
        self.0.stale = stale;
    }

    pub(crate) fn denied(&mut self, denial: &Denial, answer: &Answer) {
        self.0.decision = "deny";
        self.0.status = Some(answer.status);
        self.0.code = Some(denial.code());
    }

    pub(crate) fn answered(&mut self, answer: &Answer) {
        self.0.decision = "answer";
        self.0.status = Some(answer.status);
    }

    /// JSON: `{ decision, status, code, revision, method, name, messages, rule, issuer, client, scopes,
    /// subject, stale }`. `decision` is "allow", "deny" or "answer" (a metadata document or a preflight);
    /// `code` says why it was denied; `rule` is the place of the rule that decided, from 0. What does not
    /// apply is null; `subject` is there if the configuration asks for it. Texts of the request and of the token
    /// are cut after 96 characters.
    #[must_use]
    pub fn json(&self) -> String {
        // Texts and numbers can be written.
        serde_json::to_string(&self.0).unwrap_or_default()
    }
}
