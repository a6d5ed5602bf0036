//! The option `issuers`: whose tokens are accepted, and where their keys come from.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{
    Provider,
    resource::{authority_of, is_loopback},
};
use crate::{
    issuers::ByIssuer,
    jose::key_set::KeySet,
    keys::{Address, InvalidAddress, Source, Timing},
    option::{InvalidOption, named_members, text},
    policy::{Audience, Policy},
    text::json::{Object, Value, kind_of, text_of},
};

/// What is the same for all issuers.
pub(super) struct Common<'a> {
    pub(super) resource: &'a str,
    pub(super) timing: Timing,
    pub(super) loopback: bool,
}

/// Reads the list. Gives what clients are told, too: the issuers that can be asked for tokens.
pub(super) fn parse(value: &Value, common: &Common<'_>) -> Result<(ByIssuer<Provider>, Vec<String>), InvalidOption> {
    let mut issuers = ByIssuer::default();
    let mut servers = Vec::new();
    for (name, member) in named_members("issuers", value)? {
        let members = match member {
            Value::String(_) => {
                let mut members = Object::new();
                members.insert("issuer".into(), member.clone());
                members
            }
            Value::Object(members) => members.clone(),
            other => return Err(InvalidOption::new(&name, "a URL or an object", kind_of(other))),
        };
        let provider = provider(members, common).map_err(|invalid| invalid.within(&name))?;
        servers.extend(provider.servers(common.loopback));
        let policy = provider.policy.clone();
        issuers.insert(&policy, provider).map_err(|conflict| {
            let description = conflict.description();
            InvalidOption::new(&format!("{name}.{}", conflict.option()), description.expected, description.found)
        })?;
    }
    // MCP, "Authorization Server Location": the document MUST name at least one.
    if servers.is_empty() {
        return Err(InvalidOption::new("issuers", "at least one whose name is an https URL", "none"));
    }
    Ok((issuers, servers))
}

fn provider(mut members: Object, common: &Common<'_>) -> Result<Provider, InvalidOption> {
    let jwks = members.remove("jwks");
    let address = members.remove("jwksUri");
    let tenants = members.contains_key("tenants");
    if !members.contains_key("issuer") {
        return Err(InvalidOption::new("issuer", "a string or an array of strings", "none"));
    }
    let own_audience = members.contains_key("audience");
    let mut policy = Policy::from_members_unchecked_where_absent(&members)?;
    if !own_audience {
        // Compared with the names of clients, the resource would let nothing in.
        if policy.profile().audience_claim() != "aud" {
            let expected =
                format!("the client ids of this resource, which \"{}\" has in tokens", policy.profile().name());
            return Err(InvalidOption::new("audience", expected, "none"));
        }
        policy = policy.with_audience(Audience::resource(common.resource));
    }
    let first = policy.issuer().names().and_then(|names| names.first()).cloned().unwrap_or_default();
    let at = |option: &str, address| {
        Source::at(address, common.timing, common.loopback)
            .map_err(|invalid: InvalidAddress| InvalidOption::new(option, invalid.expected(), invalid.found()))
    };
    let discovered = jwks.is_none() && address.is_none();
    let source = match (jwks, address) {
        (Some(_), Some(_)) => {
            return Err(InvalidOption::new("jwksUri", "left out where \"jwks\" is given", "both"));
        }
        (Some(jwks), None) => Source::fixed(key_set("jwks", &jwks)?),
        (None, Some(address)) => at("jwksUri", Address::Keys(text("jwksUri", &address)?))?,
        (None, None) => at("issuer", Address::Issuer(first))?,
    };
    Ok(Provider { policy, source, tenants, discovered })
}

fn key_set(name: &str, jwks: &Value) -> Result<KeySet, InvalidOption> {
    let text = match jwks {
        Value::String(text) => text.clone(),
        other => text_of(other),
    };
    let keys = KeySet::parse(&text).map_err(|fault| {
        let description = fault.description();
        InvalidOption::new(name, description.expected, description.found)
    })?;
    if keys.keys().is_empty() {
        let skipped: Vec<String> = keys.skipped().iter().map(ToString::to_string).collect();
        return Err(InvalidOption::new(name, "a key set with a usable key", format!("none ({})", skipped.join("; "))));
    }
    Ok(keys)
}

impl Provider {
    /// The issuers of this entry that clients can be sent to. Of two spellings of one provider the first that
    /// is a URL; of tenants all.
    fn servers(&self, loopback: bool) -> Vec<String> {
        let names = self.policy.issuer().names().unwrap_or_default();
        let local = |name: &str| name.strip_prefix("http://").is_some_and(|rest| is_loopback(authority_of(rest)));
        let urls = names.iter().filter(|name| name.starts_with("https://") || loopback && local(name));
        let all = if self.tenants { usize::MAX } else { 1 };
        urls.take(all).cloned().collect()
    }
}
