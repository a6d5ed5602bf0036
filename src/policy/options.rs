//! A policy from the JSON text of options, named as in JavaScript's `jose`.

use alloc::{string::String, vec::Vec};

use super::{Audience, Issuer, Policy, leeway, required_scopes};
use crate::{
    jose::algorithm::Algorithm,
    limits::MAX_OPTIONS_BYTES,
    option::{InvalidOption, list, members, one_or_more, seconds, text, unknown_name},
    profile::Profile,
    text::{
        json::{Object, Value},
        quote::{quoted, quoted_list},
    },
};

impl Policy {
    /// Reads the JSON object of options: `issuer` and `audience` (a string or an array of strings each),
    /// `algorithms` (an array of names), `clockTolerance` (seconds), `typ` (a string or an array of
    /// strings), `profile` (a name), `tenants` (an array of strings, for an issuer with "{tenantid}"),
    /// `scopeClaim` (a claim's name, or an array of names: a path), `subject` (a string), `maxTokenAge`
    /// (seconds), `requiredClaims` and `requiredScopes` (arrays of strings).
    ///
    /// What is absent is not checked, as the option's name says: without `issuer` and `audience` a token
    /// is authenticated, not authorized. Without `algorithms`, all of [`Algorithm::ALL`] are allowed;
    /// the keys decide.
    ///
    /// # Errors
    ///
    /// [`InvalidOption`] for any other member, any value of another type, and empty lists and texts.
    pub fn from_options_unchecked_where_absent(json: &str) -> Result<Self, InvalidOption> {
        Self::from_members_unchecked_where_absent(&members(json, MAX_OPTIONS_BYTES)?)
    }

    /// The same from an object that was read already.
    pub(crate) fn from_members_unchecked_where_absent(options: &Object) -> Result<Self, InvalidOption> {
        let mut policy = Self::new(Issuer::unchecked(), Audience::unchecked(), Algorithm::ALL);
        for (name, value) in options {
            policy.set(name, value)?;
        }
        let (is_template, tenants) = (policy.issuer.is_template(), options.get("tenants"));
        if is_template || tenants.is_some() { policy.with_tenants(is_template, tenants) } else { Ok(policy) }
    }

    /// The template and the tenants that it stands for go together.
    #[inline(never)] // one provider has them
    fn with_tenants(self, is_template: bool, tenants: Option<&Value>) -> Result<Self, InvalidOption> {
        let tenants = tenants.map(|tenants| list("tenants", tenants)).transpose()?;
        let names = self.issuer.names().unwrap_or_default();
        match (is_template, tenants) {
            (false, None) => Ok(self),
            (true, None) => Err(InvalidOption::new("tenants", "an array of tenant ids for {tenantid}", "none")),
            (false, Some(_)) => Err(InvalidOption::new("issuer", "a text with {tenantid} for the tenants", "none")),
            (true, Some(_)) if !self.profile.names_tenants() => Err(InvalidOption::new(
                "profile",
                "one whose issuers are tenants (\"entra\")",
                quoted(self.profile.name()),
            )),
            (true, Some(tenants)) => {
                let issuers = names.iter().flat_map(|name| Issuer::of_tenants(name, &tenants).0.unwrap_or_default());
                Ok(Self { issuer: Issuer::one_of(issuers.collect::<Vec<_>>()), ..self })
            }
        }
    }

    /// In its place: to build a policy anew for each option would take three times the code.
    fn set(&mut self, name: &str, value: &Value) -> Result<(), InvalidOption> {
        match name {
            "issuer" => put(one_or_more(name, value), &mut self.issuer.0),
            "audience" => put(one_or_more(name, value), &mut self.audience.accepted),
            "algorithms" => put(algorithms(&list(name, value)?), &mut self.algorithms),
            "profile" => put(profile(&text(name, value)?), &mut self.profile),
            "tenants" => Ok(()), // read together with the issuer
            "scopeClaim" => put(one_or_more(name, value), &mut self.scope_path),
            "clockTolerance" => put(leeway(seconds(name, value)?), &mut self.leeway),
            "typ" => put(one_or_more(name, value), &mut self.types),
            "subject" => put(text(name, value), &mut self.subject),
            "maxTokenAge" => put(seconds(name, value), &mut self.max_age),
            "requiredClaims" => put(list(name, value), &mut self.required_claims),
            "requiredScopes" => put(required_scopes(list(name, value)?), &mut self.required_scopes),
            unknown => Err(unknown_name(unknown, NAMES)),
        }
    }
}

/// One for all members of a type: what drops the value of before and takes the error along is much code.
#[inline(never)]
fn put<T, P: From<T>>(read: Result<T, InvalidOption>, place: &mut P) -> Result<(), InvalidOption> {
    *place = read?.into();
    Ok(())
}

const NAMES: [&str; 12] = [
    "issuer",
    "audience",
    "algorithms",
    "profile",
    "tenants",
    "scopeClaim",
    "clockTolerance",
    "typ",
    "subject",
    "maxTokenAge",
    "requiredClaims",
    "requiredScopes",
];

#[inline(never)] // many leave the choice to the keys
fn algorithms(names: &[String]) -> Result<Vec<Algorithm>, InvalidOption> {
    names.iter().map(|name| Algorithm::from_name(name).ok_or_else(|| unknown_algorithm(name))).collect()
}

#[cold]
fn unknown_algorithm(name: &str) -> InvalidOption {
    let expected = alloc::format!("a list of {}", quoted_list(Algorithm::ALL.iter().map(|known| known.name())));
    InvalidOption::new("algorithms", expected, quoted(name))
}

fn profile(name: &str) -> Result<&'static Profile, InvalidOption> {
    Profile::from_name(name).ok_or_else(|| unknown_profile(name))
}

#[cold]
fn unknown_profile(name: &str) -> InvalidOption {
    let expected = alloc::format!("one of {}", quoted_list(Profile::all().iter().map(Profile::name)));
    InvalidOption::new("profile", expected, quoted(name))
}
