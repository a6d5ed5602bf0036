//! The configuration of a gate, from JSON. Whatever is wrong with it is told at the start, by the name of the
//! option: nothing half-configured ever serves.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{
    Gate,
    issuer_options::{self, Common},
    metadata::Metadata,
    operation::Operation,
    origin::Origins,
    resource::Resource,
    revision::Revisions,
    route::Routes,
    rule_options,
};
use crate::{
    cache::VerifiedTokens,
    keys::Timing,
    limits::{DEFAULT_MAX_BODY_BYTES, MAX_BODY_BYTES, MAX_GATE_OPTIONS_BYTES},
    option::{InvalidOption, boolean, list, members, object, seconds, text, unknown_name, whole},
    text::json::{Object, Value},
};

const NAMES: [&str; 15] = [
    "resource",
    "issuers",
    "scopes",
    "rules",
    "origins",
    "versions",
    "maxBodyBytes",
    "operationFrom",
    "metadata",
    "rootMetadata",
    "serverCard",
    "authorizationServerMetadata",
    "keys",
    "logSubject",
    "tokenCache",
];

/// Not in the list of names that is offered to whoever mistypes one.
const LOOPBACK: &str = "insecureLoopback";

impl Gate {
    /// Reads the JSON object of options that `createGate` of the npm package has, without those that are
    /// functions.
    ///
    /// # Errors
    ///
    /// [`InvalidOption`] for an unknown member, and for any value that is not what it must be.
    pub fn from_options(json: &str) -> Result<Self, InvalidOption> {
        let options = members(json, MAX_GATE_OPTIONS_BYTES)?;
        if let Some(unknown) = options.keys().find(|name| !NAMES.contains(&name.as_str()) && *name != LOOPBACK) {
            return Err(unknown_name(unknown, NAMES));
        }
        let loopback = flag(&options, LOOPBACK, false)?;
        let missing = |name: &str, expected: &str| InvalidOption::new(name, expected, "none");
        let resource = options.get("resource").ok_or_else(|| missing("resource", "the URL of this MCP server"))?;
        let resource = Resource::parse("resource", &text("resource", resource)?, loopback)?;
        let timing = timing(options.get("keys"))?;
        let common = Common { resource: resource.identifier(), timing, loopback };
        let issuers = options.get("issuers").ok_or_else(|| missing("issuers", "a list of issuers"))?;
        let (issuers, servers) = issuer_options::parse(issuers, &common)?;

        let (implications, baseline) = scopes(options.get("scopes"))?;
        let rules = rule_options::parse(options.get("rules"), implications)?;
        // What a client needs to see what there is.
        let baseline = baseline.unwrap_or_else(|| rules.scopes_of(&Operation::plain("tools/list")));

        let metadata = metadata(options.get("metadata"), servers, &baseline)?;
        let mut routes = Routes::new(&resource, &metadata);
        if flag(&options, "rootMetadata", true)? {
            routes = routes.with_root(&resource, &metadata);
        }
        if flag(&options, "serverCard", false)? {
            routes = routes.with_server_card(&resource);
        }
        if flag(&options, "authorizationServerMetadata", false)? {
            if !issuers.at(0).is_some_and(|provider| provider.discovered) {
                let expected = "false where the keys of the first issuer are not found by discovery";
                return Err(InvalidOption::new("authorizationServerMetadata", expected, "true"));
            }
            routes = routes.with_authorization_server();
        }
        Ok(Self {
            metadata_url: resource.metadata_url(),
            routes,
            issuers,
            rules,
            baseline,
            origins: match options.get("origins") {
                Some(Value::Array(members)) if members.is_empty() => Origins::default(),
                Some(value) => Origins::parse("origins", &list("origins", value)?)?,
                None => Origins::default(),
            },
            revisions: match options.get("versions") {
                Some(value) => Revisions::parse("versions", &list("versions", value)?)?,
                None => Revisions::default(),
            },
            max_body_bytes: max_body_bytes(options.get("maxBodyBytes"))?,
            operation_from_headers: operation_from_headers(options.get("operationFrom"))?,
            tells_subject: flag(&options, "logSubject", false)?,
            tokens: VerifiedTokens::from_option(options.get("tokenCache"))?,
        })
    }
}

fn flag(options: &Object, name: &str, default: bool) -> Result<bool, InvalidOption> {
    options.get(name).map_or(Ok(default), |value| boolean(name, value))
}

fn scopes(value: Option<&Value>) -> Result<(super::implication::Implications, Option<Vec<String>>), InvalidOption> {
    const MEMBERS: [&str; 2] = ["implies", "baseline"];
    let Some(value) = value else { return Ok(Default::default()) };
    let scopes = object("scopes", value)?;
    if let Some(unknown) = scopes.keys().find(|name| !MEMBERS.contains(&name.as_str())) {
        return Err(unknown_name(&alloc::format!("scopes.{unknown}"), MEMBERS));
    }
    let implies = scopes.get("implies").map(|value| rule_options::implications("scopes.implies", value)).transpose()?;
    let baseline = scopes.get("baseline").map(|value| rule_options::scopes("scopes.baseline", value)).transpose()?;
    Ok((implies.unwrap_or_default(), baseline))
}

/// Default times: keys are fetched again for an unknown one at most twice a minute, looked at anew at least
/// every hour, and used for another hour while the provider is down.
fn timing(value: Option<&Value>) -> Result<Timing, InvalidOption> {
    const MEMBERS: [&str; 3] = ["cooldown", "maxAge", "staleFor"];
    let mut timing = Timing { cooldown: 30, max_age: 3600, stale_for: 3600 };
    let Some(value) = value else { return Ok(timing) };
    for (member, value) in object("keys", value)? {
        let name = alloc::format!("keys.{member}");
        let most = |limit: u32, least: u32| match seconds(&name, value)? {
            given if (least..=limit).contains(&given) => Ok(given),
            given => {
                let expected = alloc::format!("from {least} to {limit} seconds");
                Err(InvalidOption::new(&name, expected, given.to_string()))
            }
        };
        match member.as_str() {
            "cooldown" => timing.cooldown = most(3600, 1)?,
            "maxAge" => timing.max_age = most(86_400, 1)?,
            "staleFor" => timing.stale_for = most(86_400, 0)?,
            _ => return Err(unknown_name(&name, MEMBERS)),
        }
    }
    Ok(timing)
}

/// Members of RFC 9728 section 2 that are for people, and `scopes_supported`.
fn metadata(value: Option<&Value>, servers: Vec<String>, baseline: &[String]) -> Result<Metadata, InvalidOption> {
    const TEXTS: [&str; 4] = ["resource_name", "resource_documentation", "resource_policy_uri", "resource_tos_uri"];
    let mut metadata = Object::new();
    metadata.insert("authorization_servers".into(), servers.into());
    metadata.insert("bearer_methods_supported".into(), Value::Array(["header".into()].into()));
    // Section 2: members without a value are left out.
    if !baseline.is_empty() {
        metadata.insert("scopes_supported".into(), baseline.to_vec().into());
    }
    let Some(value) = value else { return Ok(Metadata(metadata)) };
    for (member, value) in object("metadata", value)? {
        let name = alloc::format!("metadata.{member}");
        let value: Value = match member.as_str() {
            "scopes_supported" => rule_options::scopes(&name, value)?.into(),
            known if TEXTS.contains(&known) => text(&name, value)?.into(),
            _ => return Err(unknown_name(&name, TEXTS.into_iter().chain(["scopes_supported"]))),
        };
        metadata.insert(member.clone(), value);
    }
    Ok(Metadata(metadata))
}

fn max_body_bytes(value: Option<&Value>) -> Result<usize, InvalidOption> {
    value.map_or(Ok(DEFAULT_MAX_BODY_BYTES), |value| whole("maxBodyBytes", value, 1, MAX_BODY_BYTES))
}

fn operation_from_headers(value: Option<&Value>) -> Result<bool, InvalidOption> {
    let name = "operationFrom";
    match value.map(|value| text(name, value)).transpose()?.as_deref() {
        None | Some("body") => Ok(false),
        Some("headers") => Ok(true),
        Some(_) => Err(InvalidOption::new(name, "\"body\" or \"headers\"", "another text")),
    }
}
