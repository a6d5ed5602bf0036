//! JSON (RFC 8259), with everything refused that two readers could read differently.

use alloc::{string::String, vec::Vec};
use core::{cell::Cell, fmt};

use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor},
};
pub(crate) use serde_json::{Map, Value};

use super::{members::Members, quote::quoted};
use crate::limits::MAX_JSON_DEPTH;

/// The members of a JSON object.
pub(crate) type Object = Map<String, Value>;

/// Reads `bytes` as one JSON object.
///
/// Refused: a byte-order mark, invalid UTF-8, lone surrogates in escapes, a number that no `f64` can
/// hold, anything after the object, nesting beyond [`MAX_JSON_DEPTH`], and a member named twice
/// (RFC 7515 section 4 and RFC 7519 section 4 allow a parser to take the last; taking any would let
/// another reader take the other).
pub(crate) fn parse_object(bytes: &[u8]) -> Result<Object, JsonFault> {
    refuse_mark(bytes)?;
    match parse_value(core::str::from_utf8(bytes).map_err(|_| JsonFault::NotUtf8)?)? {
        Value::Object(members) => Ok(members),
        other => Err(JsonFault::NotAnObject { found: kind_of(&other) }),
    }
}

/// The same for an object that is asked often, with the text that the bytes are.
pub(crate) fn parse_members(bytes: Vec<u8>) -> Result<(String, Members), JsonFault> {
    refuse_mark(&bytes)?;
    let text = String::from_utf8(bytes).map_err(|_| JsonFault::NotUtf8)?;
    let fault = Fault::default();
    let members = if text.trim_ascii_start().starts_with('{') {
        read(&text, StrictMembers(Strict::new(&fault)), &fault)?
    } else {
        Members::Many(parse_object(text.as_bytes())?) // which says what it is instead
    };
    Ok((text, members))
}

fn refuse_mark(bytes: &[u8]) -> Result<(), JsonFault> {
    if bytes.starts_with(b"\xEF\xBB\xBF") { Err(JsonFault::ByteOrderMark) } else { Ok(()) }
}

/// Reads the whole text as one value.
fn read<'t, S: DeserializeSeed<'t>>(text: &'t str, seed: S, fault: &Fault) -> Result<S::Value, JsonFault> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| fault.take().unwrap_or(JsonFault::Syntax { line: error.line(), column: error.column() }))
}

/// The value that `text` is.
pub(crate) fn parse_value(text: &str) -> Result<Value, JsonFault> {
    let fault = Fault::default();
    read(text, Strict::new(&fault), &fault)
}

/// The JSON text of a value. (Its `to_string` brings code for two more writers.)
pub(crate) fn text_of(value: &Value) -> String {
    // What is made of texts, numbers and lists of them can be written.
    serde_json::to_string(value).unwrap_or_default()
}

/// What kind of value this is, in words for people.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Why a text was refused as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonFault {
    /// The text is not JSON, or goes on after the value. Line and column count from 1, in bytes.
    Syntax {
        /// Line of the fault.
        line: usize,
        /// Column of the fault.
        column: usize,
    },
    /// The bytes are not UTF-8 (RFC 8259 section 8.1).
    NotUtf8,
    /// The text begins with a byte-order mark (RFC 8259 section 8.1).
    ByteOrderMark,
    /// The value is not an object.
    NotAnObject {
        /// The kind of value found.
        found: &'static str,
    },
    /// An object names a member twice.
    DuplicateMember {
        /// The name, shortened.
        name: String,
    },
    /// Arrays and objects nest deeper than [`MAX_JSON_DEPTH`].
    TooDeep,
}

impl fmt::Display for JsonFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { line, column } => write!(formatter, "invalid JSON at line {line} column {column}"),
            Self::NotUtf8 => formatter.write_str("bytes that are not UTF-8"),
            Self::ByteOrderMark => formatter.write_str("a byte-order mark"),
            Self::NotAnObject { found } => formatter.write_str(found),
            Self::DuplicateMember { name } => write!(formatter, "the member {name} twice"),
            Self::TooDeep => write!(formatter, "nesting deeper than {MAX_JSON_DEPTH} levels"),
        }
    }
}

/// Builds a [`Value`] and leaves the reason of a refusal in `fault`: serde's own errors are text.
#[derive(Clone, Copy)]
struct Strict<'a> {
    depth: usize,
    fault: &'a Fault,
}

type Fault = Cell<Option<JsonFault>>;

impl<'a> Strict<'a> {
    fn new(fault: &'a Fault) -> Self {
        Self { depth: 0, fault }
    }

    fn refuse<T, E: Error>(self, fault: JsonFault) -> Result<T, E> {
        self.fault.set(Some(fault));
        Err(E::custom("refused"))
    }

    fn deeper<E: Error>(self) -> Result<Self, E> {
        let depth = self.depth.saturating_add(1);
        if depth > MAX_JSON_DEPTH {
            return self.refuse(JsonFault::TooDeep);
        }
        Ok(Self { depth, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(inner)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut members = Map::new();
        while let Some(name) = entries.next_key_seed(Name)? {
            if members.contains_key(&name) {
                return self.refuse(JsonFault::DuplicateMember { name: quoted(&name) });
            }
            members.insert(name, entries.next_value_seed(inner)?);
        }
        Ok(Value::Object(members))
    }
}

/// The outermost object, whose members are asked for by their names.
struct StrictMembers<'a>(Strict<'a>);

impl<'de> DeserializeSeed<'de> for StrictMembers<'_> {
    type Value = Members;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Members, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for StrictMembers<'_> {
    type Value = Members;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Members, A::Error> {
        let inner = self.0.deeper()?;
        let mut members = Members::new();
        while let Some(name) = entries.next_key_seed(Name)? {
            if members.contains(&name) {
                return self.0.refuse(JsonFault::DuplicateMember { name: quoted(&name) });
            }
            members.add(name, entries.next_value_seed(inner)?);
        }
        Ok(members)
    }
}

/// A member name, after its escapes are undone: `"i\u0073s"` is `iss`.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        String::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    /// What both readers say.
    fn parsed(bytes: &[u8]) -> Result<Object, JsonFault> {
        let object = parse_object(bytes);
        match (&object, parse_members(bytes.to_vec())) {
            (Ok(object), Ok((text, members))) => {
                assert_eq!((text.as_bytes(), members.len()), (bytes, object.len()));
                assert!(object.iter().all(|(name, value)| members.get(name) == Some(value)));
            }
            (object, members) => assert_eq!(object.as_ref().err(), members.err().as_ref()),
        }
        object
    }

    #[test]
    fn refuses_what_is_not_json() {
        let rows: [&[u8]; 17] = [
            b"",
            b"\x0c{}",
            b"[{}]x",
            b"1 2",
            b"{",
            b"{}{}",
            b"{} x",
            b"{}\0",
            b"{'a':1}",
            b"{a:1}",
            b"{\"a\":1,}",
            b"{\"a\":01}",
            b"{\"a\":NaN}",
            b"{\"a\":1e400}",
            b"{\"a\":\"\n\"}",
            br#"{"a":"\ud800"}"#,
            br#"{"a":"\udc00\ud800"}"#,
        ];
        for text in rows {
            let fault = parsed(text);
            assert!(matches!(fault, Err(JsonFault::Syntax { .. })), "{} {fault:?}", String::from_utf8_lossy(text));
        }
        assert_eq!(parsed(b"{}\n{}"), Err(JsonFault::Syntax { line: 2, column: 1 }));
    }

    #[test]
    fn refuses_what_readers_read_differently() {
        let rows: [(&[u8], JsonFault); 8] = [
            (b"\xEF\xBB\xBF{}", JsonFault::ByteOrderMark),
            (b"{\"a\":\"\xff\"}", JsonFault::NotUtf8),
            (b"\xff\xfe{\0}\0", JsonFault::NotUtf8),
            (b"null", JsonFault::NotAnObject { found: "null" }),
            (b"[{}]", JsonFault::NotAnObject { found: "an array" }),
            (br#"{"iss":1,"i\u0073s":2}"#, JsonFault::DuplicateMember { name: r#""iss""#.into() }),
            (br#" [{}]"#, JsonFault::NotAnObject { found: "an array" }),
            (br#"{"a":[{"b":1,"b":1}]}"#, JsonFault::DuplicateMember { name: r#""b""#.into() }),
        ];
        for (text, fault) in rows {
            assert_eq!(parsed(text), Err(fault), "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn accepts_every_kind_of_value() {
        let text = br#" {"a":null,"b":true,"c":-1,"d":1.5,"e":"\u00e9","f":[1,[]],"g":{"__proto__":{}},"h":18446744073709551615} "#;
        let members = parsed(text).unwrap();
        assert_eq!(members.len(), 8);
        assert_eq!(members["e"], "é");
        assert_eq!(members["h"], u64::MAX);
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(parsed(nested(MAX_JSON_DEPTH - 1).as_bytes()).is_ok());
        for depth in [MAX_JSON_DEPTH, 127, 128, 20_000] {
            assert_eq!(parsed(nested(depth).as_bytes()), Err(JsonFault::TooDeep), "{depth}");
        }
    }
}
