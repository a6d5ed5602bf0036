//! Why a token passes or fails: the pipeline of [`verify`](crate::verify()), watched.

use alloc::{format, string::String, vec::Vec};

use crate::{
    check::Check,
    claims::Claims,
    jose::{
        algorithm::Algorithm,
        header::Header,
        key::Key,
        key_set::{KeySet, KeySetError},
        signature::Verified,
        token::Token,
    },
    limits::{MAX_HEADER_BYTES, MAX_TOKEN_BYTES},
    policy::{Judge, Policy},
    rejection::{Description, Rejection},
    text::{
        json::{Value, text_of},
        quote::{quoted, quoted_list},
    },
    time::UnixSeconds,
    verify::{Observer, run},
};

/// How one check went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The check.
    pub check: Check,
    /// How it went.
    pub verdict: Verdict,
    /// What was expected, in words. Empty where the check was not reached.
    pub expected: String,
    /// What was found, in words. Empty where the check was not reached.
    pub found: String,
    /// The stable code of the failure.
    pub code: Option<&'static str>,
    /// What to do about the failure, where something can be said.
    pub advice: Option<&'static str>,
}

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What was found is what was expected.
    Passed,
    /// It is not. The first failure is the reason of the refusal.
    Failed,
    /// An earlier failure left nothing to check.
    NotReached,
}

/// Runs the pipeline and tells every [`Check`] in order. All have passed when, and only when,
/// [`verify`](crate::verify()) admits the token; else the first failure is its rejection. A key set that
/// cannot be read is a failed check.
///
/// It goes on where the data allows: the claims of a token whose signature does not hold are judged too,
/// so that all faults show at once. For the operator, never for the client: a forger learns from it.
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
/// use doorward::{Algorithm, Audience, Issuer, KeySet, Policy, UnixSeconds, Verdict, explain};
///
/// let keys = KeySet::parse(JWKS)?;
/// let audience = Audience::exactly("https://mcp.example.com/mcp");
/// let policy = Policy::new(Issuer::exactly("jane"), audience, [Algorithm::ES256]);
/// let steps = explain(TOKEN, Ok(&keys), &policy, UnixSeconds::new(1_300_819_379));
/// let failed: Vec<_> = steps.iter().filter(|step| step.verdict == Verdict::Failed).collect();
/// assert_eq!((failed[0].code, failed[0].found.as_str()), (Some("issuer_mismatch"), "\"joe\""));
/// assert_eq!((failed[1].code, failed[1].found.as_str()), (Some("claim_missing"), "none"));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[must_use]
pub fn explain(text: &str, keys: Result<&KeySet, &KeySetError>, policy: &Policy, now: UnixSeconds) -> Vec<Step> {
    let mut recorder = Recorder { steps: Vec::new(), policy, now };
    let none = KeySet::empty();
    match keys {
        Ok(keys) => {
            let found = format!("{} usable, {} skipped", keys.keys().len(), keys.skipped().len());
            let skipped = keys.skipped().iter().fold(found, |found, key| format!("{found}; {key}"));
            recorder.passed(Check::KeySet, "a JSON Web Key Set", skipped);
        }
        Err(error) => recorder.failed(Check::KeySet, error.description()),
    }
    if let Err(rejection) = run(text, keys.unwrap_or(&none), policy, now, &mut recorder) {
        // Without a key set there is nothing to say of the token's key.
        if keys.is_ok() || rejection.check() != Check::Key {
            recorder.failed(rejection.check(), rejection.description());
        }
    }
    recorder.into_steps()
}

struct Recorder<'a> {
    steps: Vec<Step>,
    policy: &'a Policy,
    now: UnixSeconds,
}

impl Recorder<'_> {
    fn passed(&mut self, check: Check, expected: impl Into<String>, found: impl Into<String>) {
        self.steps.push(Step {
            check,
            verdict: Verdict::Passed,
            expected: expected.into(),
            found: found.into(),
            code: None,
            advice: None,
        });
    }

    /// The same failure may be told twice, by the judge and as the outcome: it is recorded once.
    fn failed(&mut self, check: Check, description: Description) {
        if self.steps.iter().any(|step| step.check == check) {
            return;
        }
        // What a stage checks before the point at which it failed has passed.
        match check {
            Check::Form => self.passed(Check::Size, expected_size(), "no more"),
            Check::Extensions => self.passed(Check::Header, expected_header(), "such an object"),
            _ => {}
        }
        self.steps.push(Step {
            check,
            verdict: Verdict::Failed,
            expected: description.expected,
            found: description.found,
            code: Some(description.code),
            advice: (!description.advice.is_empty()).then_some(description.advice),
        });
    }

    /// What a token that passed `check` presented to it, in words.
    fn finding(&self, check: Check, header: &Header, claims: &Claims) -> String {
        let claim = |name| match claims.get(name) {
            None => "none".into(),
            Some(Value::String(text)) => quoted(text),
            Some(Value::Array(members)) => quoted_list(members.iter().filter_map(Value::as_str)),
            Some(other) => text_of(other),
        };
        match check {
            Check::Type => header.typ().map_or_else(|| "none".into(), quoted),
            Check::Issuer => claim("iss"),
            Check::Audience => claim(self.policy.profile().audience_claim()),
            Check::Expiry => claim("exp"),
            Check::NotBefore => claim("nbf"),
            Check::IssuedAt => claim("iat"),
            Check::Scopes => match self.policy.scopes(claims) {
                Ok(scopes) => quoted_list(scopes.iter()),
                Err(_) => "none".into(),
            },
            // A subject may be a person.
            Check::Subject => if claims.get("sub").is_some() { "a string" } else { "none" }.into(),
            Check::RequiredClaims => "all of them".into(),
            Check::Binding => "no \"cnf\"".into(),
            _ => "no such claim".into(),
        }
    }

    fn into_steps(mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        for check in Check::ALL {
            let before = steps.len();
            steps.extend(self.steps.extract_if(.., |step| step.check == check));
            if steps.len() == before {
                steps.push(Step {
                    check,
                    verdict: Verdict::NotReached,
                    expected: String::new(),
                    found: String::new(),
                    code: None,
                    advice: None,
                });
            }
        }
        steps
    }
}

impl Observer for Recorder<'_> {
    fn token(&mut self, token: &Token<'_>) {
        self.passed(Check::Size, expected_size(), format!("{} bytes", token.bytes()));
        self.passed(Check::Form, "three segments of base64url", "three segments");
    }

    fn header(&mut self, header: &Header) {
        self.passed(Check::Header, expected_header(), format!("{} bytes", header.json().len()));
        self.passed(Check::Extensions, "no \"crit\", \"b64\" or \"zip\"", "none");
    }

    fn algorithm(&mut self, algorithm: Algorithm) {
        let expected = quoted_list(self.policy.algorithms().iter().map(|allowed| allowed.name()));
        self.passed(Check::Algorithm, format!("one of {expected}"), quoted(algorithm.name()));
    }

    fn keys(&mut self, keys: &[&Key]) {
        let found = keys.iter().map(|key| match key.kid() {
            Some(kid) => format!("key {} {}", key.index(), quoted(kid)),
            None => format!("key {} without \"kid\"", key.index()),
        });
        let found: Vec<String> = found.collect();
        self.passed(Check::Key, "a key of the set that fits", found.join(", "));
    }

    fn signature(&mut self, verified: &Verified<'_>) {
        self.passed(Check::Signature, "a signature by that key", format!("valid, by key {}", verified.key().index));
    }

    fn claims_unreadable(&mut self, rejection: &Rejection) {
        self.failed(rejection.check(), rejection.description());
    }
}

impl Judge for Recorder<'_> {
    fn judged(&mut self, check: Check, header: &Header, claims: &Claims, result: &Result<(), Rejection>) {
        if check == Check::Type {
            self.passed(Check::Claims, "a JSON object", format!("{} claims", claims.members().len()));
        }
        match result {
            Ok(()) => {
                let expected = self.policy.expectation(check, self.now);
                self.passed(check, expected, self.finding(check, header, claims));
            }
            Err(rejection) => self.failed(check, rejection.description()),
        }
    }

    fn goes_on(&self) -> bool {
        true
    }
}

fn expected_size() -> String {
    format!("at most {MAX_TOKEN_BYTES} bytes")
}

fn expected_header() -> String {
    format!("a JSON object of at most {MAX_HEADER_BYTES} bytes with a string \"alg\"")
}
