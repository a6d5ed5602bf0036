//! The pipeline, from text to [`Access`]: one function, read from top to bottom.

use crate::{
    access::Access,
    cache::{Known, VerifiedTokens},
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
///
/// ```
/// # // RFC 7515 appendix A.3
/// # const TOKEN: &str = concat!(
/// #     "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.",
/// #     "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
/// # );
/// # const JWKS: &str = r#"{ "keys": [{ "kty": "EC", "crv": "P-256",
/// #     "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
/// #     "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" }] }"#;
/// use doorward::{Algorithm, Audience, Issuer, KeySet, Policy, UnixSeconds, verify};
///
/// let keys = KeySet::parse(JWKS)?; // the document at the provider's "jwks_uri"
/// let policy = Policy::new(Issuer::exactly("joe"), Audience::unchecked(), [Algorithm::ES256]);
/// let access = verify(TOKEN, &keys, &policy, UnixSeconds::new(1_300_819_379))?; // 2011-03-22T18:42:59Z
/// assert_eq!(access.issuer(), Some("joe"));
///
/// let an_hour_later = UnixSeconds::new(1_300_822_979);
/// let refused = verify(TOKEN, &keys, &policy, an_hour_later).unwrap_err();
/// assert_eq!(refused.code(), "token_expired");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn verify(text: &str, keys: &KeySet, policy: &Policy, now: UnixSeconds) -> Result<Access, Rejection> {
    run(text, keys, policy, now, &mut FirstFailure)
}

/// [`verify`], with `tokens` of which the signature need not be checked again.
///
/// # Errors
///
/// Those of [`verify`], and the same for the same token.
///
/// ```
/// # // RFC 7515 appendix A.3
/// # const TOKEN: &str = concat!(
/// #     "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.",
/// #     "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
/// # );
/// # const JWKS: &str = r#"{ "keys": [{ "kty": "EC", "crv": "P-256",
/// #     "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
/// #     "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" }] }"#;
/// use doorward::{Algorithm, Audience, Issuer, KeySet, Policy, UnixSeconds, VerifiedTokens, verify_remembering};
///
/// let keys = KeySet::parse(JWKS)?;
/// let policy = Policy::new(Issuer::exactly("joe"), Audience::unchecked(), [Algorithm::ES256]);
/// let mut tokens = VerifiedTokens::new(1000, 4 * 1024 * 1024);
/// for second in 0..3 {
///     verify_remembering(TOKEN, &keys, &policy, UnixSeconds::new(1_300_819_370 + second), &mut tokens)?;
/// }
/// assert_eq!((tokens.len(), tokens.hits()), (1, 2));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn verify_remembering(
    text: &str,
    keys: &KeySet,
    policy: &Policy,
    now: UnixSeconds,
    tokens: &mut VerifiedTokens,
) -> Result<Access, Rejection> {
    let name = tokens.name(text);
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
    let judged = judge_again(&known, keys, policy, now)?.map(|(key, algorithm)| SigningKey::of(key, algorithm));
    Some(judged.and_then(|key| policy.access(known.header, known.claims, key)))
}

/// The same where what comes of it is known, too: gives the key, as it is now.
fn judge_again<'k>(
    known: &Known,
    keys: &'k KeySet,
    policy: &Policy,
    now: UnixSeconds,
) -> Option<Result<(&'k Key, Algorithm), Rejection>> {
    let algorithm = policy.algorithm(&known.header).ok()?;
    let candidates = keys.candidates(&known.header, algorithm).ok()?;
    let key = candidates.into_iter().find(|candidate| candidate.thumbprint() == known.key)?;
    let judged = policy.judge(&known.header, &known.claims, key.issuer(), now, &mut FirstFailure);
    Some(judged.map(|()| (key, algorithm)))
}

/// [`verify_remembering`] for a host that makes something of each token: `make` is called the first time, and what it
/// made is given again, for as long as the token is remembered and let in. `None` where it makes nothing.
///
/// `trusted` gives the keys and the policy, of a token that is known or else of its text. They must be the same for
/// the same token as long as `tokens` is used: what was made tells of them.
#[cfg(any(test, all(feature = "wasm", target_arch = "wasm32")))]
pub(crate) fn verify_making<'k, T: Clone>(
    text: &str,
    trusted: impl Fn(Option<&Known>) -> Result<(&'k KeySet, &'k Policy), Rejection>,
    now: UnixSeconds,
    tokens: &mut VerifiedTokens<T>,
    make: impl FnOnce(&Access) -> Option<T>,
) -> Result<Option<T>, Rejection> {
    let name = tokens.name(text);
    if let Some((known, made)) = name.as_ref().and_then(|name| tokens.find_made(name)) {
        let (keys, policy) = trusted(Some(known))?;
        if let Some(judged) = judge_again(known, keys, policy, now) {
            return judged.map(|_| Some(made.clone()));
        }
    }
    let (keys, policy) = trusted(None)?;
    let access = verify(text, keys, policy, now)?;
    let made = make(&access);
    if let (Some(name), Some(made)) = (name, &made) {
        tokens.remember_made(&name, &access, made.clone());
    }
    Ok(made)
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
///
/// ```
/// # // RFC 7515 appendix A.3
/// # const TOKEN: &str = concat!(
/// #     "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.",
/// #     "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
/// # );
/// let (header, claims) = doorward::decode_unverified(TOKEN)?;
/// assert_eq!(header.json(), r#"{"alg":"ES256"}"#);
/// assert_eq!(claims.get("iss").and_then(|issuer| issuer.as_str()), Some("joe")); // says whoever wrote it
/// # Ok::<(), doorward::Rejection>(())
/// ```
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

#[cfg(test)]
mod tests {
    #![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

    use alloc::{
        format,
        string::{String, ToString},
    };
    use core::cell::Cell;

    use super::*;
    use crate::{Audience, Issuer, mint::Minter};

    const NOW: i64 = 1_767_225_600; // 2026-01-01T00:00:00Z

    fn token(minter: &Minter, subject: &str) -> String {
        let claims = format!(r#"{{"iss":"i","aud":"a","sub":"{subject}","exp":{}}}"#, NOW + 300);
        minter.sign(r#"{"alg":"ES256","kid":"k"}"#, &claims)
    }

    fn policy(issuer: &str) -> Policy {
        Policy::new(Issuer::exactly(issuer), Audience::exactly("a"), [Algorithm::ES256])
    }

    /// What is made of tokens, each time another thing, and how often.
    struct Host {
        tokens: VerifiedTokens<String>,
        made: Cell<usize>,
    }

    impl Host {
        fn new(options: &str) -> Self {
            let option = serde_json::from_str(options).unwrap();
            Self { tokens: VerifiedTokens::from_option(Some(&option)).unwrap(), made: Cell::new(0) }
        }

        fn told(&mut self, token: &str, keys: &KeySet, policy: &Policy, seconds: i64) -> Result<String, Rejection> {
            let now = UnixSeconds::new(NOW + seconds);
            let make = |access: &Access| {
                self.made.set(self.made.get() + 1);
                let subject = access.claims().get("sub").and_then(|sub| sub.as_str()).unwrap_or_default();
                Some(format!("{subject} {}", self.made.get()))
            };
            verify_making(token, |_| Ok((keys, policy)), now, &mut self.tokens, make).map(Option::unwrap)
        }
    }

    #[test]
    fn what_was_made_is_given_again_while_the_token_is_let_in() {
        let minter = Minter::generate(Algorithm::ES256);
        let keys = KeySet::parse(&minter.jwk("k")).unwrap();
        let (one, other) = (token(&minter, "one"), token(&minter, "other"));
        let mut host = Host::new("{}");
        for (token, seconds, told) in [
            (&one, 0, Some("one 1")),
            (&one, 0, Some("one 1")),
            (&other, 0, Some("other 2")),
            (&one, 359, Some("one 1")),
            (&one, 360, None),
            (&other, 360, None),
            (&other, 0, Some("other 2")),
        ] {
            let found = host.told(token, &keys, &policy("i"), seconds);
            assert_eq!(found.as_deref().ok(), told, "{seconds} {found:?}");
        }
        assert!(matches!(host.told(&one, &keys, &policy("x"), 0), Err(Rejection::IssuerMismatch { .. })));
        assert!(matches!(host.told(&one, &KeySet::empty(), &policy("i"), 0), Err(Rejection::KeyNotFound { .. })));
        assert_eq!(host.tokens.hits(), 7, "each but the first of each");
        let others = KeySet::parse(&Minter::generate(Algorithm::ES256).jwk("k")).unwrap();
        assert_eq!(host.told(&one, &others, &policy("i"), 0), Err(Rejection::SignatureInvalid));
    }

    #[test]
    fn what_was_made_counts_as_memory_and_goes_with_the_token() {
        let minter = Minter::generate(Algorithm::ES256);
        let keys = KeySet::parse(&minter.jwk("k")).unwrap();
        let (one, other) = (token(&minter, "one"), token(&minter, "other"));
        let mut plain = VerifiedTokens::new(10, 1_000_000);
        verify_remembering(&one, &keys, &policy("i"), UnixSeconds::new(NOW), &mut plain).unwrap();
        let mut host = Host::new(r#"{"entries":1}"#);
        for (token, told) in [(&one, "one 1"), (&other, "other 2"), (&other, "other 2"), (&one, "one 3")] {
            assert_eq!(host.told(token, &keys, &policy("i"), 0).unwrap(), told);
        }
        assert!(host.tokens.bytes() > plain.bytes() * 3 / 2, "{:?} {plain:?}", host.tokens);
        for (options, entries) in [(r#"{"entries":0}"#, 0), (r#"{"bytes":1500}"#, 0), (r#"{"bytes":1600}"#, 1)] {
            let mut host = Host::new(options);
            assert_eq!(host.told(&one, &keys, &policy("i"), 0).unwrap(), "one 1".to_string());
            assert_eq!(host.tokens.len(), entries, "{options} {:?}", host.tokens);
        }
    }

    #[test]
    fn what_could_not_be_made_is_not_remembered() {
        let minter = Minter::generate(Algorithm::ES256);
        let keys = KeySet::parse(&minter.jwk("k")).unwrap();
        let (token, policy, now) = (token(&minter, "one"), policy("i"), UnixSeconds::new(NOW));
        let mut tokens = Host::new("{}").tokens;
        for made in [None, None, Some(String::from("made"))] {
            let expected = made.clone();
            let found = verify_making(&token, |_| Ok((&keys, &policy)), now, &mut tokens, |_| made);
            assert_eq!(found, Ok(expected));
        }
        assert_eq!((tokens.len(), tokens.hits()), (1, 0));
    }
}
