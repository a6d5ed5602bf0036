//! The revisions of the protocol, and what differs between them here.

use alloc::{string::String, vec::Vec};

use crate::{
    option::InvalidOption,
    text::quote::{quoted, quoted_list},
};

/// A revision of MCP that has OAuth and Streamable HTTP, the oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Revision {
    Of2025March,
    Of2025June,
    Of2025November,
    Of2026July,
}

impl Revision {
    pub(crate) const ALL: [Self; 4] = [Self::Of2025March, Self::Of2025June, Self::Of2025November, Self::Of2026July];

    /// As the field MCP-Protocol-Version has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Of2025March => "2025-03-26",
            Self::Of2025June => "2025-06-18",
            Self::Of2025November => "2025-11-25",
            Self::Of2026July => "2026-07-28",
        }
    }

    /// Whether several messages may stand in one body.
    pub(crate) fn has_batches(self) -> bool {
        self == Self::Of2025March
    }

    /// Whether header fields repeat what the body says (Streamable HTTP, "Standard Request Headers").
    pub(crate) fn mirrors_in_headers(self) -> bool {
        self >= Self::Of2026July
    }
}

/// The revisions that the server behind the gate speaks.
#[derive(Clone, Debug)]
pub(crate) struct Revisions(Vec<Revision>);

impl Default for Revisions {
    fn default() -> Self {
        Self(Revision::ALL.into())
    }
}

impl Revisions {
    pub(crate) fn parse(option: &str, names: &[String]) -> Result<Self, InvalidOption> {
        let revision = |name: &String| {
            Revision::ALL.into_iter().find(|revision| revision.name() == name).ok_or_else(|| {
                let expected = alloc::format!("a list of {}", quoted_list(Revision::ALL.map(Revision::name)));
                InvalidOption::new(option, expected, quoted(name))
            })
        };
        names.iter().map(revision).collect::<Result<_, _>>().map(Self)
    }

    /// The revision of a request. Without the field it is 2025-03-26, which did not have it yet (Streamable
    /// HTTP, "Protocol Version Header").
    pub(crate) fn of(&self, field: Option<&str>) -> Option<Revision> {
        let name = field.unwrap_or(Revision::Of2025March.name());
        self.0.iter().copied().find(|revision| revision.name() == name)
    }

    /// Whether any of them has GET and DELETE.
    pub(crate) fn has_streams(&self) -> bool {
        self.oldest_with_sessions().is_some()
    }

    /// The oldest that begins with `initialize`: a request that in none of these has the field, since the
    /// version is what it is to agree on (2025-06-18 and 2025-11-25, "Protocol Version Header": subsequent
    /// requests MUST have it).
    pub(crate) fn oldest_with_sessions(&self) -> Option<Revision> {
        self.0.iter().copied().filter(|revision| *revision < Revision::Of2026July).min()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied().map(Revision::name)
    }
}
