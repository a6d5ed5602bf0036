//! A verifier that is slow and obvious: the rules as the standards and Doorward's documentation have them, one
//! after the other, with nothing shared with the crate. It tells the code as well.

pub(crate) mod base64url;

pub(crate) mod curve;

mod json;

mod key;

pub(crate) mod rsa;

use json::Json;
use key::Key;

use crate::case::{Case, Options};

pub(crate) fn verdict(case: &Case) -> &'static str {
    verify(case).err().unwrap_or("accepted")
}

fn verify(case: &Case) -> Result<(), &'static str> {
    let members = key_set(&case.jwks)?;
    if case.token.len() > 16_384 {
        return Err("token_too_large");
    }
    let segments: Vec<&str> = case.token.split('.').collect();
    let decoded: Option<Vec<Vec<u8>>> = segments.iter().map(|segment| base64url::decode(segment)).collect();
    let decoded = match decoded {
        Some(decoded) if decoded.len() == 3 => decoded,
        _ if case.token.trim_start().starts_with('{') => return Err("token_malformed"),
        _ if case.token.to_ascii_lowercase().starts_with("bearer ") => return Err("token_malformed"),
        _ if segments.len() == 5 => return Err("jwe_not_supported"),
        _ => return Err("token_malformed"),
    };
    let (header, algorithm, kid) = header(&decoded[0], &case.options)?;
    let keys = candidates(&members, &algorithm, kid.as_deref())?;
    let input = format!("{}.{}", segments[0], segments[1]);
    if !keys.iter().any(|key| key.verifies(&algorithm, &decoded[2], input.as_bytes())) {
        return Err("signature_invalid");
    }
    let claims = json::object(&decoded[1]).ok_or("claims_malformed")?;
    judge(&header, &claims, &case.options, case.now as f64)
}

/// The "kid" of a member of a set, and the key where it can be used.
type Member = (Option<String>, Option<Key>);

/// The members of a set.
fn key_set(text: &str) -> Result<Vec<Member>, &'static str> {
    if text.len() > 512 * 1024 {
        return Err("jwks_too_large");
    }
    let document = json::object(text.as_bytes()).ok_or("jwks_malformed")?;
    let members = match (document.get("keys"), document.get("kty")) {
        (Some(Json::Array(members)), _) => members.clone(),
        (None, Some(_)) => vec![document],
        _ => return Err("jwks_malformed"),
    };
    if members.len() > 1024 {
        return Err("jwks_too_large");
    }
    let kid = |member: &Json| member.get("kid").and_then(Json::string).map(Into::into);
    Ok(members.iter().map(|member| (kid(member), Key::read(member))).collect())
}

fn header(bytes: &[u8], options: &Options) -> Result<(Json, String, Option<String>), &'static str> {
    if bytes.len() > 8192 {
        return Err("header_malformed");
    }
    let header = json::object(bytes).ok_or("header_malformed")?;
    let text = |name| match header.get(name) {
        None => Ok(None),
        Some(Json::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err("header_malformed"),
    };
    let (alg, kid, _) = (text("alg")?.ok_or("header_malformed")?, text("kid")?, text("typ")?);
    if ["crit", "b64", "zip"].iter().any(|name| header.get(name).is_some()) {
        return Err("header_unsupported");
    }
    if !options.algorithms.contains(&alg.as_str()) {
        return Err("algorithm_not_allowed");
    }
    Ok((header, alg, kid))
}

/// With a "kid" the first eight keys of that name that fit, without one the only key that fits.
fn candidates<'a>(members: &'a [Member], algorithm: &str, kid: Option<&str>) -> Result<Vec<&'a Key>, &'static str> {
    let named: Vec<_> = members.iter().filter(|member| kid.is_none() || member.0.as_deref() == kid).collect();
    let fitting: Vec<&Key> =
        named.iter().filter_map(|member| member.1.as_ref()).filter(|key| key.fits(algorithm)).collect();
    match (kid, fitting.len()) {
        (Some(_), 0) if named.is_empty() => Err("key_not_found"),
        (Some(_), 0) => Err("key_unusable"),
        (Some(_), _) => Ok(fitting.into_iter().take(8).collect()),
        (None, 1) => Ok(fitting),
        (None, 0) if members.len() == 1 => Err("key_unusable"),
        (None, 0) => Err("key_not_found"),
        (None, _) => Err("key_ambiguous"),
    }
}

fn judge(header: &Json, claims: &Json, options: &Options, now: f64) -> Result<(), &'static str> {
    let has = |name: &str| claims.get(name).is_some();
    let required = |name: &str| if has(name) { Ok(()) } else { Err("claim_missing") };
    let text = |name: &str| match claims.get(name) {
        None => Ok(None),
        Some(Json::String(text)) => Ok(Some(text.as_str())),
        Some(_) => Err("claim_malformed"),
    };
    let date = |name: &str| match claims.get(name) {
        None => Ok(None),
        // Up to 9999-12-31T23:59:59Z.
        Some(Json::Number(date)) if *date <= 253_402_300_799.0 => Ok(Some(*date)),
        Some(_) => Err("claim_malformed"),
    };
    let texts = |name: &str| match claims.get(name) {
        Some(Json::Array(items)) => {
            items.iter().map(|item| item.string().ok_or("claim_malformed")).collect::<Result<Vec<_>, _>>()
        }
        _ => Ok(text(name)?.into_iter().collect()),
    };
    let tolerance = options.tolerance as f64;

    let typ = header.get("typ").and_then(Json::string).map(short);
    let type_fits = match (&options.typ, &typ) {
        (Some(wanted), Some(typ)) => short(wanted) == *typ,
        (Some(_), None) => false,
        (None, Some(typ)) => typ == "jwt" || typ == "at+jwt",
        (None, None) => true,
    };
    if !type_fits {
        return Err("type_mismatch");
    }

    let issuer = text("iss")?;
    if let Some(wanted) = &options.issuer {
        required("iss")?;
        if !wanted.iter().any(|wanted| Some(*wanted) == issuer) {
            return Err("issuer_mismatch");
        }
    }

    let audiences = texts("aud")?;
    if let Some(wanted) = &options.audience {
        required("aud")?;
        if !wanted.iter().any(|wanted| audiences.contains(wanted)) {
            return Err("audience_mismatch");
        }
    }

    if now >= date("exp")?.ok_or("claim_missing")?.ceil() + tolerance {
        return Err("token_expired");
    }
    if date("nbf")?.is_some_and(|nbf| nbf > now + tolerance) {
        return Err("token_not_yet_valid");
    }
    let iat = date("iat")?;
    if iat.is_some_and(|iat| iat > now + tolerance) {
        return Err("token_issued_in_future");
    }
    if let Some(max_age) = options.max_age
        && now > iat.ok_or("claim_missing")?.ceil() + max_age as f64 + tolerance
    {
        return Err("token_too_old");
    }

    let subject = text("sub")?;
    if let Some(wanted) = options.subject {
        required("sub")?;
        if subject != Some(wanted) {
            return Err("subject_mismatch");
        }
    }
    text("jti")?;
    text("client_id")?;
    options.required_claims.iter().try_for_each(|name| required(name))?;

    let of_another_kind = ["nonce", "at_hash", "c_hash", "events", "htm", "htu"].into_iter().any(has);
    if of_another_kind
        || claims.get("token_use").and_then(Json::string) == Some("id")
        || issuer.is_some() && issuer == subject
    {
        return Err("token_kind_refused");
    }
    if has("cnf") {
        return Err("token_bound");
    }
    texts("scope")?;
    texts("scp")?;
    Ok(())
}

/// RFC 7515 section 4.1.9: without "application/", and in one case.
fn short(typ: &str) -> String {
    let typ = typ.to_ascii_lowercase();
    typ.strip_prefix("application/").map(Into::into).unwrap_or(typ)
}
