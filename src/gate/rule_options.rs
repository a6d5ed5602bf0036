//! The options `rules` and `scopes`: which operation needs what.

use alloc::{format, string::String, vec, vec::Vec};

use super::{
    condition::{Condition, Test},
    glob::Glob,
    implication::Implications,
    message::{NAMED_METHODS, URI_METHODS},
    rules::{Method, Needs, Rule, Rules},
    uri,
};
use crate::{
    option::{InvalidOption, boolean, list, named_members, object, one_or_more, text, unknown_name},
    scope::is_scope_token,
    text::{
        json::{Object, Value, kind_of},
        places::Lists,
        quote::{quoted, quoted_list},
    },
};

/// Reads `rules`. Without the option, a valid token may do everything.
pub(super) fn parse(rules: Option<&Value>, implications: Implications) -> Result<Rules, InvalidOption> {
    let rules = match rules {
        None => vec![Rule {
            method: Method::Any,
            name: None,
            uri: None,
            needs: Needs::Token { scopes: Vec::new(), any_scope: Vec::new(), claims: Vec::new() },
        }],
        Some(rules) => named_members("rules", rules)?
            .iter()
            .map(|(name, value)| rule(object(name, value)?).map_err(|invalid| invalid.within(name)))
            .collect::<Result<_, _>>()?,
    };
    Ok(Rules::new(rules, implications))
}

const RULE_MEMBERS: [&str; 7] = ["method", "name", "uri", "scopes", "anyScope", "claims", "public"];

fn rule(members: &Object) -> Result<Rule, InvalidOption> {
    if let Some(unknown) = members.keys().find(|member| !RULE_MEMBERS.contains(&member.as_str())) {
        return Err(unknown_name(unknown, RULE_MEMBERS));
    }
    let get = |member: &str| members.get(member);
    let method = get("method").ok_or_else(|| InvalidOption::new("method", "a method, or \"*\"", "none"))?;
    let method = self::method("method", text("method", method)?)?;
    let name = get("name").map(|value| Ok::<_, InvalidOption>(Glob::of_name(&text("name", value)?))).transpose()?;
    let uri = get("uri").map(|value| uri_glob("uri", &text("uri", value)?)).transpose()?;
    // A rule that can match nothing would leave to the later ones what it seems to protect.
    for (member, methods) in [("name", NAMED_METHODS.as_slice()), ("uri", &URI_METHODS)] {
        if members.contains_key(member) && !methods.iter().any(|known| method.is_for(Some(known))) {
            let expected = format!("with a method that has it: {}", quoted_list(methods.iter().copied()));
            return Err(InvalidOption::new(member, expected, "another method"));
        }
    }
    if name.is_some() && uri.is_some() {
        return Err(InvalidOption::new("uri", "left out where \"name\" is given", "both"));
    }
    let scopes = get("scopes").map(|value| scopes("scopes", value)).transpose()?;
    let any_scope = get("anyScope").map(|value| self::scopes("anyScope", value)).transpose()?;
    let claims = get("claims").map(|value| conditions("claims", value)).transpose()?;
    let public = get("public").map(|value| boolean("public", value)).transpose()?.unwrap_or(false);
    let needs = match (public, scopes, any_scope, claims) {
        (true, None, None, None) => Needs::Nothing,
        (true, ..) => {
            let expected = "alone: what is public needs neither scopes nor claims";
            return Err(InvalidOption::new("public", expected, "other needs beside it"));
        }
        (false, scopes, any_scope, claims) => Needs::Token {
            scopes: scopes.unwrap_or_default(),
            any_scope: any_scope.unwrap_or_default(),
            claims: claims.unwrap_or_default(),
        },
    };
    Ok(Rule { method, name, uri, needs })
}

fn method(name: &str, pattern: String) -> Result<Method, InvalidOption> {
    if pattern == "*" {
        return Ok(Method::Any);
    }
    match pattern.strip_suffix("/*") {
        _ if pattern.trim_end_matches('*').contains('*') || pattern.ends_with("**") => {
            Err(InvalidOption::new(name, "a method, a prefix with \"/*\" at its end, or \"*\"", quoted(&pattern)))
        }
        Some(start) => Ok(Method::StartingWith(format!("{start}/"))),
        None if pattern.contains('*') => {
            Err(InvalidOption::new(name, "a method, a prefix with \"/*\" at its end, or \"*\"", quoted(&pattern)))
        }
        None => Ok(Method::Exactly(pattern)),
    }
}

/// A pattern that no URI in its one spelling could match would protect nothing.
fn uri_glob(name: &str, pattern: &str) -> Result<Glob, InvalidOption> {
    let example = pattern.replace('*', "x");
    match uri::in_one_spelling(&example) {
        Some(spelling) if spelling == example => Ok(Glob::of_uri(pattern)),
        _ if pattern == "**" => Ok(Glob::of_uri(pattern)),
        _ => {
            let expected =
                "a URI pattern with scheme and host in lower case, without dot segments and needless escapes";
            Err(InvalidOption::new(name, expected, quoted(pattern)))
        }
    }
}

/// A list of scopes.
pub(super) fn scopes(name: &str, value: &Value) -> Result<Vec<String>, InvalidOption> {
    let scopes = list(name, value)?;
    for scope in &scopes {
        if !is_scope_token(scope) {
            return Err(InvalidOption::new(
                name,
                "scopes of printable ASCII without spaces, quotes and backslashes",
                quoted(scope),
            ));
        }
        // MCP, "Refresh Tokens": it SHOULD NOT be in challenges and metadata; it is no matter of the resource.
        if scope == "offline_access" {
            let expected = "scopes of this resource: clients ask for \"offline_access\" themselves";
            return Err(InvalidOption::new(name, expected, "\"offline_access\""));
        }
    }
    Ok(scopes)
}

/// Reads `scopes.implies`.
pub(super) fn implications(name: &str, value: &Value) -> Result<Implications, InvalidOption> {
    let mut implies = Lists::default();
    let members = object(name, value)?;
    for (scope, narrower) in members {
        let narrower_name = format!("{name}.{scope}");
        if !is_scope_token(scope) {
            return Err(InvalidOption::new(&narrower_name, "named by a scope", "another text"));
        }
        for narrower in scopes(&narrower_name, narrower)? {
            implies.add(scope, narrower);
        }
    }
    Implications::parse(name, &members.keys().collect::<Vec<_>>(), &implies)
}

fn conditions(name: &str, value: &Value) -> Result<Vec<Condition>, InvalidOption> {
    named_members(name, value)?.iter().map(|(name, value)| condition(name, object(name, value)?)).collect()
}

fn condition(name: &str, members: &Object) -> Result<Condition, InvalidOption> {
    const MEMBERS: [&str; 3] = ["claim", "equals", "contains"];
    if let Some(unknown) = members.keys().find(|member| !MEMBERS.contains(&member.as_str())) {
        return Err(unknown_name(&format!("{name}.{unknown}"), MEMBERS));
    }
    let path = members.get("claim").map(|value| one_or_more(&format!("{name}.claim"), value)).transpose()?;
    let path = path.ok_or_else(|| InvalidOption::new(&format!("{name}.claim"), "a claim's name, or a path", "none"))?;
    let test = match (members.get("equals"), members.get("contains")) {
        (Some(value @ (Value::String(_) | Value::Number(_) | Value::Bool(_))), None) => Test::Equals(value.clone()),
        (Some(other), None) => {
            let expected = "a string, a number, true or false";
            return Err(InvalidOption::new(&format!("{name}.equals"), expected, kind_of(other)));
        }
        (None, Some(value)) => Test::Contains(text(&format!("{name}.contains"), value)?),
        (None, None) => return Err(InvalidOption::new(name, "a condition with \"equals\" or \"contains\"", "neither")),
        (Some(_), Some(_)) => {
            return Err(InvalidOption::new(name, "a condition with \"equals\" or \"contains\"", "both"));
        }
    };
    Ok(Condition { path, test })
}
