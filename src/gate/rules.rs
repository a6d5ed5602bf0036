//! Which operation needs what.

use alloc::{string::String, vec::Vec};

use super::{
    condition::Condition, denial::Denial, glob::Glob, implication::Implications, operation::Operation,
    rule_index::RuleIndex, uri,
};
use crate::access::Access;

/// The rules, in order: the first that matches an operation decides; what none matches is denied.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
    index: RuleIndex,
    implications: Implications,
    compares_uris: bool,
    any_public: bool,
}

/// One rule: what it is for, and what it needs.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) method: Method,
    pub(crate) name: Option<Glob>,
    pub(crate) uri: Option<Glob>,
    pub(crate) needs: Needs,
}

/// The methods that a rule is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Any,
    StartingWith(String),
    Exactly(String),
}

/// What an operation needs.
#[derive(Clone, Debug)]
pub(crate) enum Needs {
    /// Nothing, not even a token.
    Nothing,
    /// A valid token, and:
    Token {
        /// All of these scopes.
        scopes: Vec<String>,
        /// One of these scopes, unless there are none.
        any_scope: Vec<String>,
        /// All of these conditions.
        claims: Vec<Condition>,
    },
}

impl Rule {
    fn is_for(&self, operation: &Operation<'_>) -> bool {
        let matches = |glob: &Option<Glob>, text: Option<&str>| match (glob, text) {
            (None, _) => true,
            (Some(glob), Some(text)) => glob.matches(text),
            (Some(_), None) => false,
        };
        self.method.is_for(operation.method.as_deref())
            && matches(&self.name, operation.name.as_deref())
            && matches(&self.uri, operation.uri.as_deref())
    }
}

impl Method {
    pub(crate) fn is_for(&self, method: Option<&str>) -> bool {
        match self {
            Self::Any => true,
            Self::StartingWith(start) => method.is_some_and(|method| method.starts_with(start.as_str())),
            Self::Exactly(exact) => method == Some(exact),
        }
    }
}

impl Rules {
    pub(crate) fn new(rules: Vec<Rule>, implications: Implications) -> Self {
        let compares_uris = rules.iter().any(|rule| rule.uri.is_some());
        let any_public = rules.iter().any(|rule| matches!(rule.needs, Needs::Nothing));
        let index = RuleIndex::new(&rules);
        Self { rules, index, implications, compares_uris, any_public }
    }

    /// Whether a request may pass without a token at all.
    pub(crate) fn any_public(&self) -> bool {
        self.any_public
    }

    /// The place of the rule for an operation, and what it needs.
    pub(crate) fn of(&self, operation: &Operation<'_>) -> Result<(usize, &Needs), Denial> {
        let normal;
        let operation = match operation.uri.as_deref().filter(|_| self.compares_uris) {
            None => operation,
            Some(uri) => {
                let uri = uri::in_one_spelling(uri).ok_or(Denial::UriAmbiguous)?;
                normal = Operation { uri: Some(uri), ..operation.clone() };
                &normal
            }
        };
        let is_for = |place: usize| self.rules.get(place).is_some_and(|rule| rule.is_for(operation));
        let place = self.index.first(operation, is_for).ok_or(Denial::OperationDenied)?;
        self.rules.get(place).map(|rule| (place, &rule.needs)).ok_or(Denial::OperationDenied)
    }

    /// Whether `access` has what is needed.
    pub(crate) fn permit(&self, needs: &Needs, access: &Access) -> Result<(), Denial> {
        let Needs::Token { scopes, any_scope, claims } = needs else { return Ok(()) };
        // First: where a claim stands against it, no scope helps, and a client that is told to get one
        // would come back for ever.
        if !claims.iter().all(|condition| condition.holds(access.claims())) {
            return Err(Denial::ClaimsInsufficient);
        }
        let satisfied = |scope: &String| self.implications.satisfied(scope, access.scopes());
        let alternative = any_scope.iter().find(|scope| satisfied(scope));
        if scopes.iter().all(satisfied) && (alternative.is_some() || any_scope.is_empty()) {
            return Ok(());
        }
        // All that the operation needs, also what is there already (2026-07-28, "Runtime Insufficient Scope
        // Errors": SHOULD include all scopes in a single challenge).
        let mut needed = scopes.clone();
        needed.extend(alternative.or(any_scope.first()).filter(|scope| !scopes.contains(scope)).cloned());
        Err(Denial::ScopeInsufficient { needed })
    }

    /// The scopes that an operation is told to need, whoever asks for it.
    pub(crate) fn scopes_of(&self, operation: &Operation<'_>) -> Vec<String> {
        match self.of(operation) {
            Ok((_, Needs::Token { scopes, any_scope, .. })) => {
                scopes.iter().chain(any_scope.first()).cloned().collect()
            }
            _ => Vec::new(),
        }
    }
}
