//! Keys as JSON text, for a store that several instances share.

use alloc::string::String;

use super::{address::Address, discovery::Metadata, held::Held, route::Route, source::Timing};
use crate::{
    limits::MAX_KEY_RECORD_BYTES,
    text::{
        built::Built,
        json::{self, Object, Value},
    },
    time::UnixSeconds,
};

/// What one instance tells the others.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) held: Held,
    pub(super) metadata: Option<Metadata>,
}

/// The name of an issuer's record. The version is part of it: two versions of the gate that share a store
/// do not spoil each other's records.
pub(super) fn store_key(address: &Address) -> String {
    match address {
        Address::Keys(url) => alloc::format!("doorward/keys/{VERSION}/jwks/{url}"),
        Address::Issuer(issuer) => alloc::format!("doorward/keys/{VERSION}/issuer/{issuer}"),
    }
}

/// The text of a record.
pub(super) fn write(store_key: &str, held: &Held, metadata: Option<&Metadata>) -> String {
    let metadata = metadata.map(|Metadata { text, accepted_at, .. }| {
        Built::default().with("text", text.as_str()).with("acceptedAt", accepted_at.as_seconds())
    });
    let record = Built::default()
        .with("version", VERSION)
        .with("for", store_key)
        .with("keys", held.text.as_str())
        .with("fetchedAt", held.fetched_at.as_seconds())
        .with("freshUntil", held.fresh_until.as_seconds())
        .with("metadata", metadata);
    json::text_of(&record.into())
}

/// Reads a record as strictly as the answers that it was made of. Refused: one for another address, one from
/// the future, one that is fresh for longer than allowed.
pub(super) fn read(text: &str, store_key: &str, route: &Route, timing: Timing, now: UnixSeconds) -> Option<Record> {
    if text.len() > MAX_KEY_RECORD_BYTES {
        return None;
    }
    let record = json::parse_object(text.as_bytes()).ok()?;
    let of_this = record.len() == MEMBERS
        && record.get("version").and_then(Value::as_u64) == Some(VERSION)
        && record.get("for").and_then(Value::as_str) == Some(store_key);
    let (fetched_at, fresh_until) = (instant(&record, "fetchedAt")?, instant(&record, "freshUntil")?);
    let in_time =
        fetched_at <= now && fetched_at < fresh_until && fresh_until <= fetched_at.saturating_add(timing.max_age);
    if !of_this || !in_time {
        return None;
    }
    let metadata = match (&route.address, record.get("metadata")?) {
        (Address::Keys(_), Value::Null) => None,
        (Address::Issuer(issuer), Value::Object(metadata)) => {
            let accepted_at = instant(metadata, "acceptedAt").filter(|accepted_at| *accepted_at <= now)?;
            let text = metadata.get("text").and_then(Value::as_str)?;
            Some(Metadata::parse(issuer, route.loopback, text, accepted_at)?)
        }
        _ => return None,
    };
    let held = Held::parse(record.get("keys").and_then(Value::as_str)?, fetched_at, fresh_until)?;
    Some(Record { held, metadata })
}

fn instant(members: &Object, name: &str) -> Option<UnixSeconds> {
    members.get(name).and_then(Value::as_i64).map(UnixSeconds::new)
}

/// To be raised with every change of the form.
const VERSION: u64 = 1;

const MEMBERS: usize = 6;
