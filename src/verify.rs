//! The pipeline, from text to [`Access`]: one function, read from top to bottom.

use crate::{
    access::Access,
    cache::{Known, Name, VerifiedTokens},
    claims::Claims,
    jose::{
        algorithm::Algorithm,
        header::Header,
        key::Key,
        key_set::KeySet,
        signature::{self, SigningKey, Verified},
        token::Token,
    },
    policy::{FirstFailure, Judge, Policy},
    rejection::Rejection,
    time::UnixSeconds,
};

/// Verifies the token `text` with the keys of its issuer and judges it by `policy`, at the time `now`.
///
/// # Errors
///
/// The [`Rejection`] of the first check that fails, in the order of [`Check`](crate::Check).
pub fn verify(text: &str, keys: &KeySet, policy: &Policy, now: UnixSeconds) -> Result<Access, Rejection> {
    run(text, keys, policy, now, &mut FirstFailure)
}

/// [`verify`], with `tokens` of which the signature need not be checked again.
///
/// # Errors
///
/// Those of [`verify`], and the same for the same token.
pub fn verify_remembering(
    text: &str,
    keys: &KeySet,
    policy: &Policy,
    now: UnixSeconds,
    tokens: &mut VerifiedTokens,
) -> Result<Access, Rejection> {
    let name = Name::of(text);
    let known = name.as_ref().and_then(|name| tokens.find(name));
    if let Some(verdict) = known.and_then(|known| judge_known(known, keys, policy, now)) {
        return verdict;
    }
    let access = verify(text, keys, policy, now)?;
    if let Some(name) = name {
        tokens.remember(&name, &access);
    }
    Ok(access)
}

/// Everything but the signature. `None` if the key that made it is not in the set any more: then another may
/// have made the same one, or none.
pub(crate) fn judge_known(
    known: Known,
    keys: &KeySet,
    policy: &Policy,
    now: UnixSeconds,
) -> Option<Result<Access, Rejection>> {
    let Known { header, claims, key } = known;
    let algorithm = policy.algorithm(&header).ok()?;
    let candidates = keys.candidates(&header, algorithm).ok()?;
    let key = candidates.into_iter().find(|candidate| candidate.thumbprint() == key)?;
    Some(policy.admit_known(header, claims, SigningKey::of(key, algorithm), now, &mut FirstFailure))
}

/// The first half of [`verify`]: that one of `keys` signed the token, with an algorithm that `policy`
/// allows. The claims are not looked at; [`Policy::admit`] is the second half.
///
/// # Errors
///
/// The [`Rejection`] of the first check that fails, up to [`Check::Signature`](crate::Check::Signature).
pub fn verify_signature<'a>(text: &'a str, keys: &KeySet, policy: &Policy) -> Result<Verified<'a>, Rejection> {
    let token = Token::parse(text)?;
    let header = Header::parse(&token)?;
    authenticate(token, header, keys, policy, &mut FirstFailure).map_err(|(_, _, rejection)| rejection)
}

/// The header and the claims of a token of which nothing is verified: for looking, not for deciding.
///
/// # Errors
///
/// The [`Rejection`] that [`verify`] has for a text of which these cannot be read.
pub fn decode_unverified(text: &str) -> Result<(Header, Claims), Rejection> {
    let token = Token::parse(text)?;
    let header = Header::parse(&token)?;
    let claims = Claims::parse(token.into_payload())?;
    Ok((header, claims))
}

/// Sees each stage of the pipeline as it is passed.
pub(crate) trait Observer: Judge {
    fn token(&mut self, _: &Token<'_>) {}

    fn header(&mut self, _: &Header) {}

    fn algorithm(&mut self, _: Algorithm) {}

    fn keys(&mut self, _: &[&Key]) {}

    fn signature(&mut self, _: &Verified<'_>) {}

    fn claims_unreadable(&mut self, _: &Rejection) {}
}

impl Observer for FirstFailure {}

/// [`verify`] with somebody looking on. There is no second pipeline: what an observer sees is what
/// decides.
pub(crate) fn run(
    text: &str,
    keys: &KeySet,
    policy: &Policy,
    now: UnixSeconds,
    observer: &mut impl Observer,
) -> Result<Access, Rejection> {
    let token = Token::parse(text)?;
    observer.token(&token);
    let header = Header::parse(&token)?;
    observer.header(&header);
    match authenticate(token, header, keys, policy, observer) {
        Ok(verified) => policy.admit_observed(verified, now, observer),
        Err((token, header, rejection)) => {
            // The verdict stands. An observer that goes on is shown how the claims, which nobody vouches
            // for, would have fared.
            if observer.goes_on() {
                let _ = Claims::parse(token.into_payload())
                    .inspect_err(|rejection| observer.claims_unreadable(rejection))
                    .and_then(|claims| policy.judge(&header, &claims, None, now, observer));
            }
            Err(rejection)
        }
    }
}

/// The stages up to a signature that holds. Gives the token back when none does.
#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::result_large_err, reason = "the error is taken apart where this is called")
)]
pub(crate) fn authenticate<'a>(
    token: Token<'a>,
    header: Header,
    keys: &KeySet,
    policy: &Policy,
    observer: &mut impl Observer,
) -> Result<Verified<'a>, (Token<'a>, Header, Rejection)> {
    let algorithm = match policy.algorithm(&header) {
        Ok(algorithm) => algorithm,
        Err(rejection) => return Err((token, header, rejection)),
    };
    observer.algorithm(algorithm);
    let candidates = match keys.candidates(&header, algorithm) {
        Ok(candidates) => candidates,
        Err(rejection) => return Err((token, header, rejection)),
    };
    observer.keys(&candidates);
    let verified = signature::verify(token, header, algorithm, &candidates, keys.tables())?;
    observer.signature(&verified);
    Ok(verified)
}
