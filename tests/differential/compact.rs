//! jwt-compact as an application would use it: the key by its "kid", then the signature, then the claims that it
//! has checks for, and issuer and audience by hand.

use jwt_compact::{
    Algorithm, AlgorithmExt, Claims, Empty, TimeOptions, UntrustedToken,
    alg::{Ed25519, Es256, Es256k, Rsa},
    jwk::JsonWebKey,
};
use serde_json::{Map, Value};

use crate::case::{Case, Options};

type Custom = Map<String, Value>;

pub(crate) fn accepts(case: &Case) -> bool {
    verify(case).is_some()
}

fn verify(case: &Case) -> Option<()> {
    let token = UntrustedToken::new(&case.token).ok()?;
    if !case.options.algorithms.contains(&token.algorithm()) {
        return None;
    }
    let document: Value = serde_json::from_str(&case.jwks).ok()?;
    let keys = document.get("keys")?.as_array()?;
    let kid = token.header().key_id.as_deref();
    let named = keys.iter().filter(|key| kid.is_none() || key.get("kid").and_then(Value::as_str) == kid);
    let claims = named.filter_map(|key| serde_json::from_value::<JsonWebKey<'_>>(key.clone()).ok()).find_map(
        |key| match token.algorithm() {
            "ES256" => under(&Es256, &token, &key),
            "ES256K" => under(&Es256k::<sha2::Sha256>::default(), &token, &key),
            "EdDSA" => under(&Ed25519, &token, &key),
            "Ed25519" => under(&Ed25519::with_specific_name(), &token, &key),
            name => under(&name.parse::<Rsa>().ok()?, &token, &key),
        },
    )?;
    judge(&claims, &case.options, case.now)
}

fn under<A: Algorithm>(algorithm: &A, token: &UntrustedToken<'_>, key: &JsonWebKey<'_>) -> Option<Claims<Custom>>
where
    A::VerifyingKey: for<'a> TryFrom<&'a JsonWebKey<'a>>,
{
    let key = A::VerifyingKey::try_from(key).ok()?;
    let token = algorithm.validator::<Custom>(&key).validate(token).ok()?;
    Some(token.claims().clone())
}

fn judge(claims: &Claims<Custom>, options: &Options, now: i64) -> Option<()> {
    let instant = |seconds: i64| {
        let claims: Claims<Empty> = serde_json::from_value(serde_json::json!({ "exp": seconds })).expect("claims");
        claims.expiration.expect("a date")
    };
    let clock = instant(now);
    let time = TimeOptions::new(instant(options.tolerance) - instant(0), || clock);
    claims.validate_expiration(&time).ok()?;
    if claims.not_before.is_some() {
        claims.validate_maturity(&time).ok()?;
    }
    let texts = |name: &str| match claims.custom.get(name) {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        other => other.and_then(Value::as_str).into_iter().collect::<Vec<_>>(),
    };
    let agrees = |wanted: &Option<Vec<&str>>, found: &[&str]| {
        wanted.as_ref().is_none_or(|wanted| wanted.iter().any(|wanted| found.contains(wanted)))
    };
    (agrees(&options.issuer, &texts("iss")) && agrees(&options.audience, &texts("aud"))).then_some(())
}
