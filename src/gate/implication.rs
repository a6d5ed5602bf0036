//! Scopes that contain others. MCP says that servers MUST account for them when they decide whether a token
//! is sufficient (Authorization of 2026-07-28, "Scope Challenge Handling").

use alloc::{string::String, vec::Vec};

use crate::{
    option::InvalidOption,
    scope::Scopes,
    text::{
        places::{Lists, Places},
        quote::quoted,
    },
};

/// For each scope, all broader ones, however far up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Implications {
    broader: Lists<String>,
}

impl Implications {
    /// From what each of `scopes` implies directly. A cycle would make its scopes one and the same, which nobody
    /// writes on purpose.
    pub(crate) fn parse(option: &str, scopes: &[&String], implies: &Lists<String>) -> Result<Self, InvalidOption> {
        let mut broader: Lists<String> = Lists::default();
        for scope in scopes {
            let mut reached = Places::default();
            let mut ahead: Vec<&String> = implies.get(scope).iter().collect();
            while let Some(next) = ahead.pop() {
                if next == *scope {
                    let found = alloc::format!("{} implying itself", quoted(scope));
                    return Err(InvalidOption::new(option, "implications without a cycle", found));
                }
                if reached.insert(next, 0) {
                    ahead.extend(implies.get(next));
                }
            }
            for narrower in reached.texts() {
                broader.add(narrower, (*scope).clone());
            }
        }
        Ok(Self { broader })
    }

    /// Whether `granted` has `scope` or a broader one.
    pub(crate) fn satisfied(&self, scope: &str, granted: &Scopes) -> bool {
        granted.contains(scope) || self.broader.get(scope).iter().any(|broader| granted.contains(broader))
    }
}
