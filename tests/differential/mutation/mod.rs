//! The changes, each with a name by which `tests/data/stricter.json` finds it.

mod claims;

mod header;

mod key_set;

mod options;

pub(crate) mod signature;

pub(crate) mod text;

pub(crate) mod token;

mod tree;

use crate::{case::Draft, random::Random};

/// What is changed, in the order in which a case is made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    Options,
    KeySet,
    KeySetTree,
    Header,
    HeaderTree,
    Claims,
    ClaimsTree,
    HeaderText,
    ClaimsText,
    KeySetText,
    Signature,
    Token,
}

impl Target {
    pub(crate) const ALL: [Self; 16] = [
        Self::Options,
        Self::KeySet,
        Self::KeySet,
        Self::KeySet,
        Self::KeySetTree,
        Self::Header,
        Self::Header,
        Self::HeaderTree,
        Self::Claims,
        Self::Claims,
        Self::ClaimsTree,
        Self::HeaderText,
        Self::ClaimsText,
        Self::KeySetText,
        Self::Signature,
        Self::Token,
    ];
}

/// Makes a change before there is any text. `None` for the targets that come later.
pub(crate) fn of_draft(target: Target, draft: &mut Draft<'_>, random: &mut Random) -> Option<&'static str> {
    Some(match target {
        Target::Options => options::of(&mut draft.options, random),
        Target::KeySet => key_set::of(draft, random),
        Target::Header => header::of(&mut draft.header, random),
        Target::Claims => claims::of(&mut draft.claims, random),
        Target::KeySetTree => tree::of(tree::NAMES_OF_KEY_SETS, &mut draft.jwks, random),
        Target::HeaderTree => tree::of(tree::NAMES_OF_HEADERS, &mut draft.header, random),
        Target::ClaimsTree => tree::of(tree::NAMES_OF_CLAIMS, &mut draft.claims, random),
        Target::HeaderText | Target::ClaimsText | Target::KeySetText | Target::Signature | Target::Token => {
            return None;
        }
    })
}
