//! The checks of claims, each a function of the policy and what was presented.

use alloc::{string::String, vec::Vec};

use super::{Policy, TENANT};
use crate::{
    check::Check,
    claims::{Claims, Strings},
    jose::header::Header,
    rejection::Rejection,
    scope::Scopes,
    time::UnixSeconds,
};

/// What is judged, and when.
pub(super) struct Presented<'a> {
    pub(super) header: &'a Header,
    pub(super) claims: &'a Claims,
    /// Whose tokens the key that made the signature is for, if it says.
    pub(super) key_issuer: Option<&'a str>,
    pub(super) now: UnixSeconds,
}

type Holds = fn(&Policy, &Presented<'_>) -> Result<(), Rejection>;

/// All checks, in the order of [`Check`].
pub(super) const ALL: [(Check, Holds); 11] = [
    (Check::Type, media_type),
    (Check::Issuer, issuer),
    (Check::Audience, audience),
    (Check::Expiry, expiry),
    (Check::NotBefore, not_before),
    (Check::IssuedAt, issued_at),
    (Check::Subject, subject),
    (Check::RequiredClaims, required_claims),
    (Check::Kind, kind),
    (Check::Binding, binding),
    (Check::Scopes, scopes),
];

/// What "typ" may be where the policy names nothing: RFC 9068 section 2.1 has "at+jwt", older issuers
/// "JWT" (RFC 7519 section 5.1) or nothing.
pub(super) const DEFAULT_TYPES: [&str; 2] = ["JWT", "at+jwt"];

/// Every other "typ" names another kind of token: "dpop+jwt", "logout+jwt", "oauth-id-jag+jwt",
/// "client-authentication+jwt", ...
fn media_type(policy: &Policy, presented: &Presented<'_>) -> Result<(), Rejection> {
    let found = presented.header.typ();
    let accepted = match (&policy.types, found) {
        (None, None) => true,
        (None, Some(found)) => DEFAULT_TYPES.iter().any(|accepted| same_media_type(accepted, found)),
        (Some(_), None) => false,
        (Some(types), Some(found)) => types.iter().any(|accepted| same_media_type(accepted, found)),
    };
    if accepted {
        return Ok(());
    }
    Err(type_mismatch(policy, found))
}

#[cold]
fn type_mismatch(policy: &Policy, found: Option<&str>) -> Rejection {
    let expected = match &policy.types {
        Some(types) => types.clone(),
        None => DEFAULT_TYPES.map(Into::into).into(),
    };
    Rejection::TypeMismatch { expected, found: found.map(Into::into) }
}

/// RFC 7515 section 4.1.9: a value without a slash stands for one with "application/" in front; RFC 2045
/// section 5.1: media types do not depend on case.
fn same_media_type(one: &str, other: &str) -> bool {
    fn subtype(text: &str) -> &str {
        match text.split_at_checked(APPLICATION.len()) {
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case(APPLICATION) => rest,
            _ => text,
        }
    }
    const APPLICATION: &str = "application/";
    subtype(one).eq_ignore_ascii_case(subtype(other))
}

fn issuer(policy: &Policy, presented: &Presented<'_>) -> Result<(), Rejection> {
    let found = presented.claims.string(Check::Issuer, "iss")?;
    // A key set that signs for many tenants needs "iss" to tell them apart, whichever are trusted.
    if policy.issuer.0.is_none() && !policy.profile.names_tenants() {
        return Ok(());
    }
    let found = found.ok_or_else(|| missing(Check::Issuer, "iss"))?;
    match &policy.issuer.0 {
        Some(expected) if !expected.iter().any(|issuer| issuer == found) => {
            Err(Rejection::IssuerMismatch { expected: expected.clone(), found: found.into() })
        }
        _ if policy.profile.names_tenants() => tenant(presented, found),
        _ => Ok(()),
    }
}

/// Entra ID: one set of keys signs for all tenants. "tid" must be the tenant that "iss" names, and a key
/// that is published for one issuer signs for that one alone.
#[inline(never)] // of one provider
fn tenant(presented: &Presented<'_>, issuer: &str) -> Result<(), Rejection> {
    let tid = presented.claims.string(Check::Issuer, "tid")?.ok_or_else(|| missing(Check::Issuer, "tid"))?;
    // "https:", "", host, tenant: the tenant is the first segment of the path, in v1 as in v2.
    if issuer.split('/').nth(3) != Some(tid) || tid.is_empty() {
        let expected = "the tenant that \"iss\" names";
        let found = "another tenant".into();
        return Err(Rejection::ClaimMalformed { check: Check::Issuer, claim: "tid".into(), expected, found });
    }
    let published_for = presented.key_issuer.map(|name| name.replace(TENANT, tid));
    match published_for {
        Some(expected) if expected != issuer => Err(Rejection::KeyOfAnotherIssuer { expected, found: issuer.into() }),
        _ => Ok(()),
    }
}

fn audience(policy: &Policy, presented: &Presented<'_>) -> Result<(), Rejection> {
    // "aud" has its type wherever it is, also where the provider names the recipient elsewhere.
    presented.claims.strings(Check::Audience, "aud")?;
    let claim = policy.profile.audience_claim();
    let found = presented.claims.strings(Check::Audience, claim)?;
    let Some(expected) = policy.audience.names() else { return Ok(()) };
    let found = found.ok_or_else(|| missing(Check::Audience, claim))?;
    if found.iter().any(|found| policy.audience.accepts(found)) {
        return Ok(());
    }
    Err(audience_mismatch(claim, expected, found))
}

#[cold]
fn audience_mismatch(claim: &'static str, expected: &[String], found: Strings<'_>) -> Rejection {
    let found = found.iter().map(Into::into).collect();
    Rejection::AudienceMismatch { claim, expected: expected.to_vec(), found }
}

/// RFC 7519 section 4.1.4: the token MUST NOT be accepted on or after "exp".
fn expiry(policy: &Policy, presented: &Presented<'_>) -> Result<(), Rejection> {
    let exp = presented.claims.date(Check::Expiry, "exp")?.ok_or_else(|| missing(Check::Expiry, "exp"))?;
    let (now, leeway) = (presented.now, policy.leeway);
    if now < exp.saturating_add(leeway) { Ok(()) } else { Err(Rejection::Expired { exp, now, leeway }) }
}

/// RFC 7519 section 4.1.5: the token MUST NOT be accepted before "nbf".
fn not_before(policy: &Policy, presented: &Presented<'_>) -> Result<(), Rejection> {
    let (now, leeway) = (presented.now, policy.leeway);
    match presented.claims.date(Check::NotBefore, "nbf")? {
        Some(nbf) if nbf > now.saturating_add(leeway) => Err(Rejection::NotYetValid { nbf, now, leeway }),
        _ => Ok(()),
    }
}

/// RFC 7519 section 4.1.6 gives "iat" no rule, yet a token from the future has a wrong clock behind it,
/// or a forger who plans ahead.
fn issued_at(policy: &Policy, presented: &Presented<'_>) -> Result<(), Rejection> {
    let (now, leeway) = (presented.now, policy.leeway);
    match (presented.claims.date(Check::IssuedAt, "iat")?, policy.max_age) {
        (Some(iat), _) if iat > now.saturating_add(leeway) => Err(Rejection::IssuedInFuture { iat, now, leeway }),
        (Some(iat), Some(max_age)) if now > iat.saturating_add(max_age).saturating_add(leeway) => {
            Err(Rejection::TooOld { iat, now, max_age })
        }
        (None, Some(_)) => Err(missing(Check::IssuedAt, "iat")),
        (Some(_), _) | (None, None) => Ok(()),
    }
}

fn subject(policy: &Policy, presented: &Presented<'_>) -> Result<(), Rejection> {
    let found = presented.claims.string(Check::Subject, "sub")?;
    match (&policy.subject, found) {
        (None, _) => Ok(()),
        (Some(_), None) => Err(missing(Check::Subject, "sub")),
        (Some(expected), Some(found)) if expected == found => Ok(()),
        (Some(_), Some(_)) => Err(Rejection::SubjectMismatch),
    }
}

/// Besides what the policy names: the other claims of RFC 7519 section 4.1 and RFC 9068 section 2.2 are
/// strings where they are there.
fn required_claims(policy: &Policy, presented: &Presented<'_>) -> Result<(), Rejection> {
    for claim in ["jti", "client_id"].iter().chain(policy.profile.client_claims()) {
        presented.claims.string(Check::RequiredClaims, claim)?;
    }
    match policy.required_claims.iter().find(|claim| presented.claims.get(claim).is_none()) {
        Some(claim) => Err(missing(Check::RequiredClaims, claim)),
        None => Ok(()),
    }
}

/// RFC 8725 section 3.12: the rules for different kinds of tokens must be mutually exclusive. A provider
/// signs all of them with the same keys, and not all name the kind in "typ".
fn kind(policy: &Policy, presented: &Presented<'_>) -> Result<(), Rejection> {
    for (claim, expected) in policy.profile.marks() {
        if !presented
            .claims
            .strings(Check::Kind, claim)?
            .is_some_and(|found| found.iter().any(|found| found == *expected))
        {
            return Err(Rejection::MarkMismatch { claim, expected: (*expected).into() });
        }
    }
    let has = |claim| presented.claims.get(claim).is_some() && !policy.profile.tolerates().contains(&claim);
    let is = |claim, text: &str| presented.claims.get(claim).is_some_and(|value| value == text);
    let refused = |kind, by| Err(Rejection::KindRefused { kind, by });
    let (iss, sub) = (presented.claims.get("iss"), presented.claims.get("sub"));
    // OpenID Connect Core section 2 and 3.3.2.11
    if has("nonce") || has("at_hash") || has("c_hash") {
        return refused("an ID token", "\"nonce\", \"at_hash\" or \"c_hash\"");
    }
    // Amazon Cognito
    if is("token_use", "id") {
        return refused("an ID token", "\"token_use\"");
    }
    // OpenID Connect Back-Channel Logout section 2.4, RFC 8417 section 2.2
    if has("events") {
        return refused("a logout token or a security event", "\"events\"");
    }
    // RFC 9449 section 4.2
    if has("htm") || has("htu") {
        return refused("a DPoP proof", "\"htm\" or \"htu\"");
    }
    // RFC 7523 section 3: the client is issuer and subject
    if iss.is_some() && iss == sub {
        return refused("a client assertion", "\"iss\" and \"sub\" being the same");
    }
    Ok(())
}

/// RFC 7800 section 3.1, RFC 8705 section 3, RFC 9449 section 6: whoever presents such a token must prove
/// to hold the key. That is not done here, and without it the token must not be accepted.
fn binding(_: &Policy, presented: &Presented<'_>) -> Result<(), Rejection> {
    if presented.claims.get("cnf").is_some() { Err(Rejection::Bound) } else { Ok(()) }
}

fn scopes(policy: &Policy, presented: &Presented<'_>) -> Result<(), Rejection> {
    let granted = policy.granted(presented.claims)?;
    if policy.required_scopes.iter().all(|scope| granted.contains(&scope.as_str())) {
        return Ok(());
    }
    Err(insufficient(&policy.required_scopes, granted))
}

#[cold]
fn insufficient(required: &[String], granted: Vec<&str>) -> Rejection {
    let granted = Scopes::of(granted).iter().map(Into::into).collect();
    Rejection::ScopeInsufficient { required: required.to_vec(), granted }
}

#[cold]
fn missing(check: Check, claim: &str) -> Rejection {
    Rejection::ClaimMissing { check, claim: claim.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checks_are_in_the_order_of_the_list() {
        assert!(ALL.iter().map(|(check, _)| *check).eq(Check::ALL.into_iter().filter(|check| *check >= Check::Type)));
    }

    #[test]
    fn media_types_compare_without_prefix_and_case() {
        for (one, other) in [("at+jwt", "application/at+jwt"), ("JWT", "jwt"), ("Application/AT+JWT", "at+jwt")] {
            assert!(same_media_type(one, other), "{one} {other}");
        }
        for (one, other) in [("at+jwt", "jwt"), ("at+jwt", "text/at+jwt"), ("jwt", ""), ("jwt", "application/")] {
            assert!(!same_media_type(one, other), "{one} {other}");
        }
    }
}
