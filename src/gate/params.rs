//! The parameters of a message, as far as they are judged.

use core::fmt;

use serde::{
    Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor},
};

use super::{
    member::{Member, MemberName, Names},
    message::{Fault, MessageFault, refuse},
};

/// What is judged of "params".
#[derive(Default)]
pub(crate) struct Params<'a> {
    pub(crate) name: Member<'a>,
    pub(crate) uri: Member<'a>,
    /// The protocol version in "_meta".
    pub(crate) version: Member<'a>,
}

pub(crate) struct ParamsVisitor<'f> {
    pub(crate) fault: &'f Fault,
}

impl<'de> DeserializeSeed<'de> for ParamsVisitor<'_> {
    type Value = Params<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ParamsVisitor<'_> {
    type Value = Params<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // MCP has parameters by name only.
        self.fault.set(Some(MessageFault::Member("params", "an object")));
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut names = Names::new(&["name", "uri", "_meta"]);
        let mut params = Params::default();
        while let Some(name) = members.next_key_seed(MemberName(&mut names))? {
            match name {
                Ok(Some("name")) => params.name = members.next_value()?,
                Ok(Some("uri")) => params.uri = members.next_value()?,
                Ok(Some("_meta")) => params.version = members.next_value_seed(MetaVisitor { fault: self.fault })?,
                Ok(_) => {
                    members.next_value::<IgnoredAny>()?;
                }
                Err(fault) => return refuse(self.fault, fault),
            }
        }
        Ok(params)
    }
}

/// Where each request of 2026-07-28 says its protocol version (Base Protocol, "_meta").
const VERSION_MEMBER: &str = "io.modelcontextprotocol/protocolVersion";

struct MetaVisitor<'f> {
    fault: &'f Fault,
}

impl<'de> DeserializeSeed<'de> for MetaVisitor<'_> {
    type Value = Member<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for MetaVisitor<'_> {
    type Value = Member<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.set(Some(MessageFault::Member("params._meta", "an object")));
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut names = Names::new(&[VERSION_MEMBER]);
        let mut version = Member::Absent;
        while let Some(name) = members.next_key_seed(MemberName(&mut names))? {
            match name {
                Ok(Some(_)) => version = members.next_value()?,
                Ok(None) => {
                    members.next_value::<IgnoredAny>()?;
                }
                Err(fault) => return refuse(self.fault, fault),
            }
        }
        Ok(version)
    }
}
