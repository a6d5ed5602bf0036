//! Scopes (RFC 6749 section 3.3): what a token grants.

use alloc::{collections::BinaryHeap, string::String, vec::Vec};

use crate::{
    check::Check,
    rejection::Rejection,
    text::{
        json::{Value, kind_of},
        members::Members,
    },
};

/// The scopes that a token grants, without order and without duplicates.
///
/// The union of the claims in which the provider writes them: by default "scope" (RFC 8693 section 4.2:
/// one string with spaces between; some providers write an array) and "scp" (an array or a string).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(Vec<String>);

impl Scopes {
    pub(crate) fn of(granted: Vec<&str>) -> Self {
        // Sorting a slice would bring ten times the code.
        let mut granted = BinaryHeap::from(granted).into_sorted_vec();
        granted.dedup();
        Self(granted.into_iter().map(Into::into).collect())
    }

    /// Whether `scope` is granted, compared exactly (RFC 6749 section 3.3: case-sensitive).
    #[must_use]
    pub fn contains(&self, scope: &str) -> bool {
        self.0.binary_search_by(|granted| granted.as_str().cmp(scope)).is_ok()
    }

    /// The scopes, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Reads the `claims` of these names, and the one at the end of `path` if there is a path.
pub(crate) fn granted<'a>(claims: &'a Members, names: &[&str], path: &[String]) -> Result<Vec<&'a str>, Rejection> {
    let named = names.iter().map(|name| (*name, claims.get(name)));
    let (first, deeper) = match path {
        [] => (None, path),
        [first, deeper @ ..] => (claims.get(first), deeper),
    };
    let at_path = deeper.iter().fold(first, |value, name| value?.get(name));
    let last = path.last().map_or("", String::as_str);
    let mut scopes = Vec::new();
    for (claim, value) in named.chain([(last, at_path)]) {
        let malformed = |found: &Value| Rejection::ClaimMalformed {
            check: Check::Scopes,
            claim: claim.into(),
            expected: "a string or an array of strings",
            found: kind_of(found).into(),
        };
        match value {
            None => {}
            Some(Value::String(text)) => scopes.extend(text.split(' ').filter(|scope| !scope.is_empty())),
            // A member is one scope, spaces and all: splitting it would grant what was not written.
            Some(Value::Array(members)) => {
                for member in members {
                    scopes.push(member.as_str().ok_or_else(|| malformed(member))?);
                }
            }
            Some(other) => return Err(malformed(other)),
        }
    }
    Ok(scopes)
}

/// Whether `text` is a scope-token (RFC 6749 section 3.3): printable ASCII without space, `"` and `\`.
pub(crate) fn is_scope_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E))
}
