//! JSON-RPC messages, of which only what decides is read: one pass over the bytes, no tree.
//!
//! The same bytes go on to the origin, whose parser may be another one. So whatever two parsers could read
//! differently is refused where it bears on the decision: a member twice, a member in another case (some
//! parsers match names without regard to case), anything before or after the message.

use alloc::{borrow::Cow, string::String, vec::Vec};
use core::{cell::Cell, fmt};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::{
    member::{Member, MemberName, Names},
    params::{Params, ParamsVisitor},
};
use crate::limits::MAX_BATCH_MESSAGES;

/// One JSON-RPC message (JSON-RPC 2.0 sections 4 and 5), as far as it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message<'a> {
    /// What kind of message this is.
    pub(crate) kind: Kind,
    /// "method". A response has none.
    pub(crate) method: Option<Cow<'a, str>>,
    /// "id", as JSON text, to be repeated in an error. `None` where there is none or it is long.
    pub(crate) id: Option<String>,
    /// "params.name", of the methods that have it.
    pub(crate) name: Option<Cow<'a, str>>,
    /// "params.uri", of the methods that have it.
    pub(crate) uri: Option<Cow<'a, str>>,
    /// The protocol version in "params._meta" (2026-07-28).
    pub(crate) version: Option<Cow<'a, str>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Request,
    Notification,
    Response,
}

/// What a body holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Messages<'a> {
    /// At least one.
    pub(crate) all: Vec<Message<'a>>,
    /// Whether they stand in an array, also when it is but one.
    pub(crate) batch: bool,
}

impl Messages<'_> {
    /// Whether this is `initialize`, with which sessions up to 2025-11-25 begin, and nothing else.
    pub(crate) fn open_a_session(&self) -> bool {
        match self.all.as_slice() {
            [message] => !self.batch && message.method.as_deref() == Some("initialize"),
            _ => false,
        }
    }
}

/// Reads a body.
pub(crate) fn read(body: &[u8]) -> Result<Messages<'_>, MessageFault> {
    if body.starts_with(b"\xEF\xBB\xBF") {
        return Err(MessageFault::ByteOrderMark);
    }
    let text = core::str::from_utf8(body).map_err(|_| MessageFault::NotUtf8)?;
    let fault = Cell::new(None);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer
        .deserialize_any(BodyVisitor { fault: &fault })
        .and_then(|messages| deserializer.end().map(|()| messages))
        .map_err(|_| fault.take().unwrap_or(MessageFault::Syntax))
}

/// Why a body is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MessageFault {
    Syntax,
    NotUtf8,
    ByteOrderMark,
    NotAMessage,
    EmptyBatch,
    LongBatch,
    Twice(&'static str),
    CaseVariant(&'static str),
    Member(&'static str, &'static str),
}

impl MessageFault {
    /// The code of JSON-RPC 2.0 section 5.1: whether it is the text or the message that is wrong.
    pub(crate) fn json_rpc_code(self) -> i32 {
        match self {
            Self::Syntax | Self::NotUtf8 | Self::ByteOrderMark => -32700,
            _ => -32600,
        }
    }
}

impl fmt::Display for MessageFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax => formatter.write_str("the body must be one JSON text and nothing else"),
            Self::NotUtf8 => formatter.write_str("the body must be UTF-8"),
            Self::ByteOrderMark => formatter.write_str("the body must not begin with a byte-order mark"),
            Self::NotAMessage => formatter.write_str("the body must be a JSON-RPC 2.0 message"),
            Self::EmptyBatch => formatter.write_str("the batch must not be empty"),
            Self::LongBatch => write!(formatter, "the batch must have at most {MAX_BATCH_MESSAGES} messages"),
            Self::Twice(name) => write!(formatter, "the member '{name}' must not be there twice"),
            Self::CaseVariant(name) => write!(formatter, "the member '{name}' must be written in this case"),
            Self::Member(name, expected) => write!(formatter, "the member '{name}' must be {expected}"),
        }
    }
}

pub(crate) type Fault = Cell<Option<MessageFault>>;

pub(crate) fn refuse<T, E: Error>(cell: &Fault, fault: MessageFault) -> Result<T, E> {
    cell.set(Some(fault));
    Err(E::custom("refused"))
}

/// A message or an array of messages.
struct BodyVisitor<'f> {
    fault: &'f Fault,
}

impl<'de> Visitor<'de> for BodyVisitor<'_> {
    type Value = Messages<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Called for a value of another type, whose own error says less.
        self.fault.set(Some(MessageFault::NotAMessage));
        formatter.write_str("a message")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        let message = MessageVisitor { fault: self.fault }.visit_map(members)?;
        Ok(Messages { all: [message].into(), batch: false })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(message) = elements.next_element_seed(MessageVisitor { fault: self.fault })? {
            if all.len() >= MAX_BATCH_MESSAGES {
                return refuse(self.fault, MessageFault::LongBatch);
            }
            all.push(message);
        }
        if all.is_empty() {
            return refuse(self.fault, MessageFault::EmptyBatch);
        }
        Ok(Messages { all, batch: true })
    }
}

#[derive(Clone, Copy)]
struct MessageVisitor<'f> {
    fault: &'f Fault,
}

impl<'de> DeserializeSeed<'de> for MessageVisitor<'_> {
    type Value = Message<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

const MESSAGE_MEMBERS: [&str; 6] = ["jsonrpc", "id", "method", "params", "result", "error"];

impl<'de> Visitor<'de> for MessageVisitor<'_> {
    type Value = Message<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.set(Some(MessageFault::NotAMessage));
        formatter.write_str("a message")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut names = Names::new(&MESSAGE_MEMBERS);
        let (mut version, mut id, mut method) = (Member::Absent, Member::Absent, Member::Absent);
        let mut params = Params::default();
        let (mut result, mut error) = (false, false);
        while let Some(name) = members.next_key_seed(MemberName(&mut names))? {
            match name {
                Ok(Some("jsonrpc")) => version = members.next_value()?,
                Ok(Some("id")) => id = members.next_value()?,
                Ok(Some("method")) => method = members.next_value()?,
                Ok(Some("params")) => params = members.next_value_seed(ParamsVisitor { fault: self.fault })?,
                Ok(other) => {
                    result |= other == Some("result");
                    error |= other == Some("error");
                    members.next_value::<IgnoredAny>()?;
                }
                Err(fault) => return refuse(self.fault, fault),
            }
        }
        let answers = result || error;
        let made = Parts { version, id, method, params, answers, both: result && error }.into_message();
        made.or_else(|fault| refuse(self.fault, fault))
    }
}

/// The members of a message, before it is known what kind of message they make.
struct Parts<'a> {
    version: Member<'a>,
    id: Member<'a>,
    method: Member<'a>,
    params: Params<'a>,
    answers: bool,
    both: bool,
}

impl<'a> Parts<'a> {
    fn into_message(self) -> Result<Message<'a>, MessageFault> {
        if self.version != Member::Text("2.0".into()) {
            return Err(MessageFault::Member("jsonrpc", "'2.0'"));
        }
        let id = self.id.id_text();
        let kind = match (&self.method, self.answers, &self.id) {
            (Member::Absent, true, _) if self.both => return Err(MessageFault::NotAMessage),
            // JSON-RPC 2.0 section 5: null in an error whose request could not be read.
            (Member::Absent, true, Member::Text(_) | Member::Integer(_) | Member::Null) => Kind::Response,
            (Member::Text(_), false, Member::Absent) => Kind::Notification,
            // MCP, Base Protocol, "Requests": the id MUST NOT be null.
            (Member::Text(_), false, Member::Text(_) | Member::Integer(_)) => Kind::Request,
            (Member::Text(_), false, _) | (Member::Absent, true, _) => {
                return Err(MessageFault::Member("id", "a string or an integer"));
            }
            (Member::Absent, false, _) | (_, true, _) => return Err(MessageFault::NotAMessage),
            _ => return Err(MessageFault::Member("method", "a string")),
        };
        let method = self.method.short_text("method")?;
        let params = self.params;
        // Where one of these is the operand, it must be there. Elsewhere servers do not regard it, and a rule
        // must not either: whoever adds it to another operation would choose the rule for that.
        // The two that ended with 2025-11-25 are no operations for those who name a newer revision: whatever is in
        // them, a server answers that it does not know the method (2026-07-28, Streamable HTTP, 404).
        let newer = matches!(params.version, Member::Text(_));
        let operand = |member: Member<'a>, name, methods: &[&str]| match (&method, member) {
            (Some(method), Member::Absent) if newer && has_unmirrored_operand(method) => Ok(None),
            (Some(method), member @ Member::Text(_)) if methods.contains(&&**method) => member.short_text(name),
            (Some(method), _) if methods.contains(&&**method) => Err(MessageFault::Member(name, "a string")),
            _ => Ok(None),
        };
        let name = operand(params.name, "params.name", &NAMED_METHODS)?;
        let uri = operand(params.uri, "params.uri", &URI_METHODS)?;
        let version = match params.version {
            Member::Absent => None,
            other => other.short_text("params._meta.io.modelcontextprotocol/protocolVersion")?,
        };
        Ok(Message { kind, method, id, name, uri, version })
    }
}

/// The methods whose operand is "params.name".
pub(crate) const NAMED_METHODS: [&str; 2] = ["tools/call", "prompts/get"];

/// The methods whose operand is "params.uri".
pub(crate) const URI_METHODS: [&str; 3] = ["resources/read", "resources/subscribe", "resources/unsubscribe"];

/// Whether the header fields do not repeat the operand of `method` (Streamable HTTP of 2026-07-28, "Standard
/// Request Headers": they do for the others that have one).
pub(crate) fn has_unmirrored_operand(method: &str) -> bool {
    URI_METHODS.contains(&method) && method != "resources/read"
}
