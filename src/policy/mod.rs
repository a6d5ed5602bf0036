//! What a token must be to be let in, and the only way to an [`Access`].

mod checks;

mod expectation;

mod options;

use crate::{
    access::Access,
    check::Check,
    claims::Claims,
    jose::{
        algorithm::Algorithm,
        header::Header,
        signature::{SigningKey, Verified},
    },
    limits::{DEFAULT_LEEWAY_SECONDS, MAX_LEEWAY_SECONDS},
    option::InvalidOption,
    profile::Profile,
    rejection::Rejection,
    scope::{self, Scopes, is_scope_token},
    time::UnixSeconds,
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// What a token must be to be let in. There is no default policy: who may have issued it, for whom it
/// must be and how it may be signed is always said.
///
/// Always checked besides: "exp" (required), "nbf", "iat", the types of all registered claims, that no
/// claim marks another kind of token (an ID token, a logout token, a DPoP proof, a client assertion), and
/// that the token is not bound to a key ("cnf").
///
/// ```
/// use doorward::{Algorithm, Audience, Issuer, Policy, Profile};
///
/// let cognito = Profile::from_name("cognito").ok_or("there is no such profile")?;
/// let issuer = Issuer::exactly("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE");
/// let policy = Policy::new(issuer, Audience::exactly("1example23456789"), [Algorithm::RS256])
///     .with_profile(cognito)
///     .with_leeway(30)?
///     .with_required_scopes(["mcp/read"])?;
/// assert!(policy.with_leeway(3600).is_err()); // an hour is no difference of clocks
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Policy {
    profile: &'static Profile,
    issuer: Issuer,
    audience: Audience,
    algorithms: Vec<Algorithm>,
    leeway: u32,
    types: Option<Vec<String>>,
    subject: Option<String>,
    max_age: Option<u32>,
    required_claims: Vec<String>,
    required_scopes: Vec<String>,
    scope_path: Vec<String>,
}

/// Who may have issued a token.
#[derive(Clone, Debug)]
pub struct Issuer(Option<Vec<String>>);

impl Issuer {
    /// "iss" must be this, character for character (RFC 7519 section 4.1.1).
    #[must_use]
    pub fn exactly(issuer: impl Into<String>) -> Self {
        Self(Some([issuer.into()].into()))
    }

    /// "iss" must be one of these, which all publish the same keys: the two spellings of one provider.
    #[must_use]
    pub fn one_of<T: Into<String>>(issuers: impl IntoIterator<Item = T>) -> Self {
        Self(Some(issuers.into_iter().map(Into::into).collect()))
    }

    /// Any "iss", or none. Whoever holds a key of the set may then have issued the token for anything.
    #[must_use]
    pub fn unchecked() -> Self {
        Self(None)
    }

    /// "iss" must be `template` with one of `tenants` in the place of "{tenantid}": the form in which
    /// Entra ID publishes the issuer of an application that several tenants use.
    #[must_use]
    pub fn of_tenants<T: AsRef<str>>(template: &str, tenants: impl IntoIterator<Item = T>) -> Self {
        Self::one_of(tenants.into_iter().map(|tenant| template.replace(TENANT, tenant.as_ref())))
    }

    /// Whether one of them is a template for tenants that were not said.
    fn is_template(&self) -> bool {
        // To look for a text brings much code: most issuers have no brace.
        self.names().unwrap_or_default().iter().any(|name| name.contains('{') && name.contains(TENANT))
    }

    /// The issuers trusted; `None` where none is checked.
    pub(crate) fn names(&self) -> Option<&[String]> {
        self.0.as_deref()
    }
}

/// What stands for the tenant in the issuers of Entra ID.
const TENANT: &str = "{tenantid}";

/// For whom a token must have been issued.
#[derive(Clone, Debug)]
pub struct Audience {
    accepted: Option<Vec<String>>,
    of_resource: bool,
}

impl Audience {
    /// "aud" must be or contain this, character for character (RFC 7519 section 4.1.3).
    #[must_use]
    pub fn exactly(audience: impl Into<String>) -> Self {
        Self::one_of([audience.into()])
    }

    /// "aud" must be or contain one of these.
    #[must_use]
    pub fn one_of<T: Into<String>>(audiences: impl IntoIterator<Item = T>) -> Self {
        Self { accepted: Some(audiences.into_iter().map(Into::into).collect()), of_resource: false }
    }

    /// "aud" must be or contain the identifier of this protected resource (RFC 8707 section 2), with or
    /// without a slash at its end and with scheme and host in any case, which the MCP specification says
    /// SHOULD be accepted (Authorization, "Canonical Server URI"). All else is compared exactly.
    #[must_use]
    pub fn resource(identifier: &str) -> Self {
        let bare = identifier.strip_suffix('/').unwrap_or(identifier);
        Self { accepted: Some([bare.into(), alloc::format!("{bare}/")].into()), of_resource: true }
    }

    /// Any "aud", or none. A token that was issued for another service then passes, which the MCP
    /// specification forbids: the audience must be checked elsewhere.
    #[must_use]
    pub fn unchecked() -> Self {
        Self { accepted: None, of_resource: false }
    }

    /// What is accepted; `None` where it is not checked.
    pub(crate) fn names(&self) -> Option<&[String]> {
        self.accepted.as_deref()
    }

    fn accepts(&self, found: &str) -> bool {
        let same = |name: &String| name == found || (self.of_resource && same_resource(name, found));
        self.accepted.as_ref().is_none_or(|names| names.iter().any(same))
    }
}

/// Whether two URLs differ in nothing but the case of scheme and host (RFC 3986 section 6.2.2.1).
#[inline(never)] // most are the same to the letter
fn same_resource(one: &str, other: &str) -> bool {
    let path = |url: &str| {
        let host = url.find("://").map_or(0, |at| at.saturating_add(3));
        url.get(host..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| host.saturating_add(at))
    };
    match (one.split_at_checked(path(one)), other.split_at_checked(path(other))) {
        (Some((one, one_path)), Some((other, other_path))) => one.eq_ignore_ascii_case(other) && one_path == other_path,
        _ => false,
    }
}

fn leeway(seconds: u32) -> Result<u32, InvalidOption> {
    if seconds > MAX_LEEWAY_SECONDS {
        return Err(InvalidOption::new(
            "clockTolerance",
            alloc::format!("a whole number of seconds from 0 to {MAX_LEEWAY_SECONDS}"),
            seconds.to_string(),
        ));
    }
    Ok(seconds)
}

fn required_scopes(scopes: Vec<String>) -> Result<Vec<String>, InvalidOption> {
    if scopes.iter().all(|scope| is_scope_token(scope)) {
        return Ok(scopes);
    }
    let expected = "scopes of printable ASCII without spaces, quotes and backslashes";
    Err(InvalidOption::new("requiredScopes", expected, "another text"))
}

impl Policy {
    /// A policy with a leeway of [`DEFAULT_LEEWAY_SECONDS`], for access tokens whose "typ" is absent,
    /// "JWT" or "at+jwt".
    ///
    /// `algorithms` are those that the provider signs with; an empty list lets nothing in.
    #[must_use]
    pub fn new(issuer: Issuer, audience: Audience, algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        Self {
            profile: Profile::standard(),
            issuer,
            audience,
            algorithms: algorithms.into_iter().collect(),
            leeway: DEFAULT_LEEWAY_SECONDS,
            types: None,
            subject: None,
            max_age: None,
            required_claims: Vec::new(),
            required_scopes: Vec::new(),
            scope_path: Vec::new(),
        }
    }

    /// Demands this audience instead.
    pub(crate) fn with_audience(self, audience: Audience) -> Self {
        Self { audience, ..self }
    }

    /// Takes tokens to be as this provider issues them.
    #[must_use]
    pub fn with_profile(self, profile: &'static Profile) -> Self {
        Self { profile, ..self }
    }

    /// Takes the claim at this path for scopes too: `["realm_access", "roles"]` is the member "roles" of
    /// the claim "realm_access".
    #[must_use]
    pub fn with_scope_path<T: Into<String>>(self, path: impl IntoIterator<Item = T>) -> Self {
        Self { scope_path: path.into_iter().map(Into::into).collect(), ..self }
    }

    /// Grants clocks a difference of `seconds`.
    ///
    /// # Errors
    ///
    /// [`InvalidOption`] above [`MAX_LEEWAY_SECONDS`].
    pub fn with_leeway(self, seconds: u32) -> Result<Self, InvalidOption> {
        Ok(Self { leeway: leeway(seconds)?, ..self })
    }

    /// Demands that "typ" is there and one of these media types (RFC 7515 section 4.1.9: the prefix
    /// "application/" may be left out, case does not matter). `["at+jwt"]` is what RFC 9068 section 4 demands.
    #[must_use]
    pub fn with_types<T: Into<String>>(self, types: impl IntoIterator<Item = T>) -> Self {
        Self { types: Some(types.into_iter().map(Into::into).collect()), ..self }
    }

    /// Demands this "sub".
    #[must_use]
    pub fn with_subject(self, subject: impl Into<String>) -> Self {
        Self { subject: Some(subject.into()), ..self }
    }

    /// Demands an "iat" at most `seconds` (and the leeway) ago.
    #[must_use]
    pub fn with_max_age(self, seconds: u32) -> Self {
        Self { max_age: Some(seconds), ..self }
    }

    /// Demands that these claims are there, whatever their value.
    #[must_use]
    pub fn with_required_claims<T: Into<String>>(self, claims: impl IntoIterator<Item = T>) -> Self {
        Self { required_claims: claims.into_iter().map(Into::into).collect(), ..self }
    }

    /// Demands that all of these scopes are granted.
    ///
    /// # Errors
    ///
    /// [`InvalidOption`] for what cannot be a scope (RFC 6749 section 3.3).
    pub fn with_required_scopes<T: Into<String>>(
        self,
        scopes: impl IntoIterator<Item = T>,
    ) -> Result<Self, InvalidOption> {
        let required_scopes = required_scopes(scopes.into_iter().map(Into::into).collect())?;
        Ok(Self { required_scopes, ..self })
    }

    pub(crate) fn profile(&self) -> &'static Profile {
        self.profile
    }

    pub(crate) fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    pub(crate) fn checks_audience(&self) -> bool {
        self.audience.accepted.is_some()
    }

    pub(crate) fn algorithms(&self) -> &[Algorithm] {
        &self.algorithms
    }

    /// The algorithm that a header names, if it is allowed. The name is only ever compared with the
    /// policy (RFC 8725 section 3.1).
    pub(crate) fn algorithm(&self, header: &Header) -> Result<Algorithm, Rejection> {
        let allowed = self.algorithms.iter().find(|algorithm| algorithm.name() == header.alg());
        allowed.copied().ok_or_else(|| Rejection::AlgorithmNotAllowed {
            alg: header.alg().into(),
            allowed: self.algorithms.clone(),
        })
    }

    /// Judges the claims of a verified token.
    ///
    /// # Errors
    ///
    /// The [`Rejection`] of the first check that fails, in the order of [`Check`].
    pub fn admit(&self, verified: Verified<'_>, now: UnixSeconds) -> Result<Access, Rejection> {
        self.admit_observed(verified, now, &mut FirstFailure)
    }

    pub(crate) fn admit_observed(
        &self,
        verified: Verified<'_>,
        now: UnixSeconds,
        judge: &mut impl Judge,
    ) -> Result<Access, Rejection> {
        let (header, payload, key) = verified.into_parts();
        let claims = Claims::parse(payload)?;
        self.admit_known(header, claims, key, now, judge)
    }

    /// Judges the claims of a token of which the signature by this key is known to hold.
    pub(crate) fn admit_known(
        &self,
        header: Header,
        claims: Claims,
        key: SigningKey,
        now: UnixSeconds,
        judge: &mut impl Judge,
    ) -> Result<Access, Rejection> {
        self.judge(&header, &claims, key.issuer.as_deref(), now, judge)?;
        self.access(header, claims, key)
    }

    /// What comes of a token that was judged.
    pub(crate) fn access(&self, header: Header, claims: Claims, key: SigningKey) -> Result<Access, Rejection> {
        let issuer = match &self.issuer.0 {
            Some(_) => claims.string(Check::Issuer, "iss")?.map(Into::into),
            None => None,
        };
        let client = self.profile.client_claims().iter().find_map(|claim| claims.get(claim)?.as_str()).map(Into::into);
        let scopes = self.scopes(&claims)?;
        Ok(Access::new(header, claims, key, issuer, client, scopes, self.profile))
    }

    /// The scopes that `claims` grant, wherever the provider writes them.
    pub(crate) fn scopes(&self, claims: &Claims) -> Result<Scopes, Rejection> {
        self.granted(claims).map(Scopes::of)
    }

    /// The same as they are written: in any order, and perhaps twice.
    fn granted<'a>(&self, claims: &'a Claims) -> Result<Vec<&'a str>, Rejection> {
        scope::granted(claims.members(), self.profile.scope_claims(), &self.scope_path)
    }

    /// Makes all checks of claims, in order. Believes nothing: the same for verified tokens, whose key may name its
    /// issuer, and others.
    pub(crate) fn judge(
        &self,
        header: &Header,
        claims: &Claims,
        key_issuer: Option<&str>,
        now: UnixSeconds,
        judge: &mut impl Judge,
    ) -> Result<(), Rejection> {
        let mut verdict = Ok(());
        for (check, holds) in checks::ALL {
            let result = holds(self, &checks::Presented { header, claims, key_issuer, now });
            judge.judged(check, header, claims, &result);
            verdict = verdict.and(result);
            if verdict.is_err() && !judge.goes_on() {
                return verdict;
            }
        }
        verdict
    }
}

/// Sees each check of claims as it is made.
pub(crate) trait Judge {
    fn judged(&mut self, check: Check, header: &Header, claims: &Claims, result: &Result<(), Rejection>);

    /// Whether to go on after a failure. The verdict is the first failure all the same.
    fn goes_on(&self) -> bool;
}

/// Verification: the first failure ends it.
pub(crate) struct FirstFailure;

impl Judge for FirstFailure {
    fn judged(&mut self, _: Check, _: &Header, _: &Claims, _: &Result<(), Rejection>) {}

    fn goes_on(&self) -> bool {
        false
    }
}
