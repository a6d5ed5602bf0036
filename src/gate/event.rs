//! A decision, for logs and metrics: stable names, never a token.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

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
    tells_subject: bool,
}

impl Event {
    /// Before anything is known. `tells_subject` says whether the person is wanted, too.
    pub(crate) fn new(tells_subject: bool) -> Self {
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
            tells_subject,
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

    /// Who it was, as far as that is no person, or the person is wanted.
    pub(crate) fn for_access(&mut self, access: &Access, stale: bool) {
        let scopes: Vec<String> = access.scopes().iter().map(clipped).collect();
        let subject = access.claims().get("sub").and_then(Value::as_str);
        self.access = json!({
            "issuer": access.issuer(),
            "client": access.client().map(clipped),
            "scopes": scopes,
            "subject": subject.filter(|_| self.tells_subject).map(clipped),
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
    /// apply is null; `subject` is there if the configuration asks for it. Texts of the request and of the token
    /// are cut after 96 characters.
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
        if let Some(members) = event.as_object_mut().filter(|_| self.tells_subject) {
            members.insert("subject".into(), of("subject"));
        }
        event.to_string()
    }
}
