//! What a policy expects, in words.

use alloc::{format, string::String};

use super::{Policy, checks::DEFAULT_TYPES};
use crate::{check::Check, text::quote::quoted_list, time::UnixSeconds};

impl Policy {
    /// What `check` expects of a token at the time `now`.
    pub(crate) fn expectation(&self, check: Check, now: UnixSeconds) -> String {
        let one_of = |values: Option<&[String]>| match values {
            Some(values) => format!("one of {}", quoted_list(values.iter().map(String::as_str))),
            None => "anything: the policy does not check it".into(),
        };
        let leeway = self.leeway;
        match check {
            Check::Type => match &self.types {
                None => format!("none, or one of {}", quoted_list(DEFAULT_TYPES)),
                types => one_of(types.as_deref()),
            },
            Check::Issuer => one_of(self.issuer.names()),
            Check::Audience => one_of(self.audience.names()),
            Check::Expiry => format!("after {now} less a leeway of {leeway} s"),
            Check::NotBefore => format!("none, or at most {now} and a leeway of {leeway} s"),
            Check::IssuedAt => match self.max_age {
                Some(max_age) => format!("at most {max_age} s before {now}, with a leeway of {leeway} s"),
                None => format!("none, or at most {now} and a leeway of {leeway} s"),
            },
            Check::Subject => {
                if self.subject.is_some() { "the one the policy asks for" } else { "none, or a string" }.into()
            }
            Check::RequiredClaims => match self.required_claims.as_slice() {
                [] => "none besides \"exp\"".into(),
                claims => quoted_list(claims.iter().map(String::as_str)),
            },
            Check::Kind => "no claim of an ID token, logout token, DPoP proof or client assertion".into(),
            Check::Binding => "no \"cnf\"".into(),
            Check::Scopes => match self.required_scopes.as_slice() {
                [] => "any: the policy asks for none".into(),
                scopes => format!("all of {}", quoted_list(scopes.iter().map(String::as_str))),
            },
            _ => String::new(),
        }
    }
}
