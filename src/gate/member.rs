//! The members of a message that are judged, and their names.

use alloc::{
    borrow::Cow,
    string::{String, ToString},
};
use core::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::message::MessageFault;
use crate::limits::MAX_OPERATION_NAME_BYTES;

/// The value of a member: what it is, and its text where that matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Member<'a> {
    #[default]
    Absent,
    Null,
    Text(Cow<'a, str>),
    Integer(i64),
    Other,
}

impl<'a> Member<'a> {
    /// As a message's "id": the JSON text to repeat, if it is one to repeat.
    pub(crate) fn id_text(&self) -> Option<String> {
        const MAX_ID_BYTES: usize = 256; // real ones are counters and UUIDs; an answer need not carry more
        match self {
            Self::Text(text) if text.len() <= MAX_ID_BYTES => serde_json::to_string(text).ok(),
            Self::Integer(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A text that is judged: bounded, because every rule is compared with it.
    pub(crate) fn short_text(self, name: &'static str) -> Result<Option<Cow<'a, str>>, MessageFault> {
        match self {
            Self::Absent => Ok(None),
            Self::Text(text) if text.len() <= MAX_OPERATION_NAME_BYTES => Ok(Some(text)),
            Self::Text(_) => Err(MessageFault::Member(name, "at most 4096 bytes long")),
            _ => Err(MessageFault::Member(name, "a string")),
        }
    }
}

impl<'de> Deserialize<'de> for Member<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MemberVisitor)
    }
}

struct MemberVisitor;

impl<'de> Visitor<'de> for MemberVisitor {
    type Value = Member<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Member::Null)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Member::Other)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Member::Integer(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(Member::Other, Member::Integer))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Member::Other)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Member::Text(text.into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Member::Text(Cow::Owned(text.into())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        while elements.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Member::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Member::Other)
    }
}

/// The names that are judged in an object, and those of them that were there.
pub(crate) struct Names<'n> {
    judged: &'n [&'static str],
    seen: u8,
}

impl<'n> Names<'n> {
    /// At most eight.
    pub(crate) fn new(judged: &'n [&'static str]) -> Self {
        Self { judged, seen: 0 }
    }

    /// The judged name that `name` is, if it is one and the first of it.
    fn meet(&mut self, name: &str) -> Result<Option<&'static str>, MessageFault> {
        for (place, judged) in self.judged.iter().enumerate() {
            if name == *judged {
                let bit = u32::try_from(place).ok().and_then(|place| 1_u8.checked_shl(place)).unwrap_or_default();
                if self.seen & bit != 0 {
                    return Err(MessageFault::Twice(judged));
                }
                self.seen |= bit;
                return Ok(Some(judged));
            }
            if folds_to(name, judged) {
                return Err(MessageFault::CaseVariant(judged));
            }
        }
        Ok(None)
    }
}

/// Whether a parser that does not regard case could take `name` for `judged`. Besides ASCII, two
/// characters fold to a letter of it: U+017F to s and U+212A to k (Go's encoding/json does that).
fn folds_to(name: &str, judged: &str) -> bool {
    let folded = name.chars().map(|character| match character {
        '\u{17F}' => 's',
        '\u{212A}' => 'k',
        other => other.to_ascii_lowercase(),
    });
    folded.eq(judged.chars().map(|character| character.to_ascii_lowercase()))
}

/// Reads a name, after its escapes are undone, and says which judged one it is.
pub(crate) struct MemberName<'a, 'n>(pub(crate) &'a mut Names<'n>);

impl<'de> DeserializeSeed<'de> for MemberName<'_, '_> {
    type Value = Result<Option<&'static str>, MessageFault>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for MemberName<'_, '_> {
    type Value = Result<Option<&'static str>, MessageFault>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.meet(name))
    }
}
