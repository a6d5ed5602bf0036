//! A decision, for logs and metrics: stable names, never a token.

use alloc::string::String;

use serde_json::{Value, json};

use super::{answer::Answer, denial::Denial, operation::Operation};
use crate::{access::Access, text::quote::clipped};

/// What was decided and why, as far as it was found out.
#[derive(Clone, Debug)]
pub struct Event {
    decision: &'static str,
    status: Option<u16>,
    code: Option<&'static str>,
    revision: Option<&'static str>,
    method: Option<String>,
    name: Option<String>,
    messages: usize,
    rule: Option<usize>,
    access: Value,
    stale: bool,
}

impl Event {
    pub(crate) fn new() -> Self {
        Self {
            decision: "allow",
            status: None,
            code: None,
            revision: None,
            method: None,
            name: None,
            messages: 0,
            rule: None,
            access: Value::Null,
            stale: false,
        }
    }

    pub(crate) fn in_revision(&mut self, name: &'static str) {
        self.revision = Some(name);
    }

    /// The operation, and the rule that decided; of several the last, which is the one that was denied if
    /// one was. A URI is not named: it may say more about a person than a log should.
    pub(crate) fn of_operation(&mut self, operation: &Operation<'_>) {
        self.messages = self.messages.saturating_add(1);
        self.method = operation.method.as_deref().map(clipped);
        self.name = match operation.method.as_deref() {
            Some("tools/call" | "prompts/get") => operation.name.as_deref().map(clipped),
            _ => None,
        };
        self.rule = None;
    }

    pub(crate) fn by_rule(&mut self, place: usize) {
        self.rule = Some(place);
    }

    /// Who it was, as far as that is no person: `subject` says whether the person is wanted.
    pub(crate) fn for_access(&mut self, access: &Access, stale: bool, subject: bool) {
        let scopes: alloc::vec::Vec<&str> = access.scopes().iter().collect();
        self.access = json!({
            "issuer": access.issuer(),
            "client": access.client(),
            "scopes": scopes,
            "subject": access.claims().get("sub").filter(|_| subject),
        });
        self.stale = stale;
    }

    pub(crate) fn denied(&mut self, denial: &Denial, answer: &Answer) {
        self.decision = "deny";
        self.status = Some(answer.status);
        self.code = Some(denial.code());
    }

    pub(crate) fn answered(&mut self, answer: &Answer) {
        self.decision = "answer";
        self.status = Some(answer.status);
    }

    /// JSON: `{ decision, status, code, revision, method, name, messages, rule, issuer, client, scopes,
    /// subject, stale }`. `decision` is "allow", "deny" or "answer" (a metadata document or a preflight);
    /// `code` says why it was denied; `rule` is the place of the rule that decided, from 0. What does not
    /// apply is null; `subject` is there if the configuration asks for it.
    #[must_use]
    pub fn json(&self) -> String {
        let of = |member: &str| self.access.get(member).cloned().unwrap_or(Value::Null);
        let mut event = json!({
            "decision": self.decision,
            "status": self.status,
            "code": self.code,
            "revision": self.revision,
            "method": self.method,
            "name": self.name,
            "messages": self.messages,
            "rule": self.rule,
            "issuer": of("issuer"),
            "client": of("client"),
            "scopes": of("scopes"),
            "stale": self.stale,
        });
        if let (Some(members), Some(subject)) = (event.as_object_mut(), self.access.get("subject")) {
            members.insert("subject".into(), subject.clone());
        }
        alloc::string::ToString::to_string(&event)
    }
}
