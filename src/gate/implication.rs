//! Scopes that contain others. MCP says that servers MUST account for them when they decide whether a token
//! is sufficient (Authorization of 2026-07-28, "Scope Challenge Handling").

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::{String, ToString},
    vec::Vec,
};

use crate::{option::InvalidOption, scope::Scopes, text::quote::quoted};

/// For each scope, all broader ones, however far up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Implications {
    broader: BTreeMap<String, BTreeSet<String>>,
}

impl Implications {
    /// From what each scope implies directly. A cycle would make its scopes one and the same, which nobody
    /// writes on purpose.
    pub(crate) fn parse(option: &str, implies: &BTreeMap<String, Vec<String>>) -> Result<Self, InvalidOption> {
        let mut broader: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for scope in implies.keys() {
            let mut reached = BTreeSet::new();
            let mut ahead: Vec<&String> = implies.get(scope).into_iter().flatten().collect();
            while let Some(next) = ahead.pop() {
                if next == scope {
                    let found = alloc::format!("{} implying itself", quoted(scope));
                    return Err(InvalidOption::new(option, "implications without a cycle", found));
                }
                if reached.insert(next) {
                    ahead.extend(implies.get(next).into_iter().flatten());
                }
            }
            for narrower in reached {
                broader.entry(narrower.to_string()).or_default().insert(scope.clone());
            }
        }
        Ok(Self { broader })
    }

    /// Whether `granted` has `scope` or a broader one.
    pub(crate) fn satisfied(&self, scope: &str, granted: &Scopes) -> bool {
        granted.contains(scope)
            || self.broader.get(scope).is_some_and(|broader| broader.iter().any(|broader| granted.contains(broader)))
    }
}
