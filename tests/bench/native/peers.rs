//! Who verifies natively, each used at its best: keys read before, and the whole job done with each token.

use std::{collections::HashSet, time::SystemTime};

use doorward::{Algorithm, Audience, Issuer, KeySet, Policy, UnixSeconds, VerifiedTokens, verify, verify_remembering};
use jsonwebtoken::{DecodingKey, Validation, decode, jwk::Jwk};
use jwt_simple::prelude::*;
use serde::Deserialize;
use serde_json::Value;

/// What there is to verify, and whom it must be for.
pub struct Job<'a> {
    /// The name of the algorithm.
    pub algorithm: &'a str,
    /// The public key, as JSON.
    pub jwk: &'a Value,
    /// The claim `iss`.
    pub issuer: &'a str,
    /// The claim `aud`.
    pub audience: &'a str,
}

/// From a token to its subject; `None` if it is refused.
pub type Verifier = Box<dyn FnMut(&str) -> Option<String>>;

/// The names, and how each is prepared; `None` if it cannot do the algorithm.
pub const PEERS: [(&str, fn(&Job) -> Option<Verifier>); 4] = [
    ("Doorward", doorward),
    ("Doorward, repeated token", doorward_repeated),
    ("jsonwebtoken (aws-lc)", jsonwebtoken),
    ("jwt-simple (pure Rust)", jwt_simple),
];

fn doorward(job: &Job) -> Option<Verifier> {
    let (keys, policy) = doorward_keys(job)?;
    Some(Box::new(move |token| {
        let access = verify(token, &keys, &policy, now()).ok()?;
        Some(access.claims().get("sub")?.as_str()?.to_owned())
    }))
}

fn doorward_repeated(job: &Job) -> Option<Verifier> {
    let (keys, policy) = doorward_keys(job)?;
    let mut tokens = VerifiedTokens::new(1000, 4 << 20);
    Some(Box::new(move |token| {
        let access = verify_remembering(token, &keys, &policy, now(), &mut tokens).ok()?;
        Some(access.claims().get("sub")?.as_str()?.to_owned())
    }))
}

fn doorward_keys(job: &Job) -> Option<(KeySet, Policy)> {
    let keys = KeySet::parse(&format!(r#"{{"keys":[{}]}}"#, job.jwk)).ok()?;
    let algorithm = Algorithm::from_name(job.algorithm)?;
    Some((keys, Policy::new(Issuer::exactly(job.issuer), Audience::exactly(job.audience), [algorithm])))
}

fn now() -> UnixSeconds {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    UnixSeconds::new(since.as_secs().try_into().unwrap_or(i64::MAX))
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
}

fn jsonwebtoken(job: &Job) -> Option<Verifier> {
    let jwk: Jwk = serde_json::from_value(job.jwk.clone()).ok()?;
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    let mut validation = Validation::new(job.algorithm.parse().ok()?);
    validation.set_issuer(&[job.issuer]);
    validation.set_audience(&[job.audience]);
    validation.validate_nbf = true;
    Some(Box::new(move |token| Some(decode::<Claims>(token, &key, &validation).ok()?.claims.sub)))
}

fn jwt_simple(job: &Job) -> Option<Verifier> {
    let jwk = job.jwk.to_string();
    let options = VerificationOptions {
        allowed_issuers: Some(HashSet::from([job.issuer.to_owned()])),
        allowed_audiences: Some(HashSet::from([job.audience.to_owned()])),
        ..VerificationOptions::default()
    };
    macro_rules! verifier {
        ($key:ty) => {{
            let key = <$key>::from_jwk(&jwk).ok()?;
            Some(Box::new(move |token| key.verify_token::<NoCustomClaims>(token, Some(options.clone())).ok()?.subject))
        }};
    }
    match job.algorithm {
        "RS256" => verifier!(RS256PublicKey),
        "PS256" => verifier!(PS256PublicKey),
        "ES256" => verifier!(ES256PublicKey),
        "ES384" => verifier!(ES384PublicKey),
        "EdDSA" => verifier!(Ed25519PublicKey),
        _ => None,
    }
}
