//! Several issuers, each with keys and a policy of its own.

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::{
    access::Access,
    check::Check,
    claims::Claims,
    jose::{header::Header, key_set::KeySet},
    policy::Policy,
    rejection::{Description, Rejection},
    text::{places::Places, quote::quoted},
    time::UnixSeconds,
    unverified::Unverified,
};

/// The issuers that are trusted. A key of one never verifies a token of another: the token's "iss" chooses
/// the keys and the policy together, and that policy then demands this very "iss".
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
/// use doorward::{Algorithm, Audience, Issuer, Issuers, KeySet, Policy, UnixSeconds};
///
/// let audience = Audience::exactly("https://mcp.example.com/mcp");
/// let policy = |issuer| Policy::new(Issuer::exactly(issuer), audience.clone(), [Algorithm::ES256]);
/// let issuers = Issuers::new()
///     .with(KeySet::parse(JWKS)?, policy("https://idp.example.com"))?
///     .with(KeySet::parse(JWKS)?, policy("https://login.example.com"))?;
/// let refused = issuers.verify(TOKEN, UnixSeconds::new(1_300_819_379)).unwrap_err();
/// assert_eq!(refused.code(), "issuer_mismatch"); // "joe" is not listed
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Issuers(ByIssuer<(KeySet, Policy)>);

impl Issuers {
    /// No issuers: nothing is let in.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the issuer or issuers that `policy` names, with their keys.
    ///
    /// # Errors
    ///
    /// [`IssuerConflict`] for a policy that leaves the issuer or the audience unchecked, and for an issuer
    /// that is there already.
    pub fn with(mut self, keys: KeySet, policy: Policy) -> Result<Self, IssuerConflict> {
        self.0.insert(&policy.clone(), (keys, policy))?;
        Ok(self)
    }

    /// [`verify`](crate::verify()) with the keys and the policy of the token's issuer.
    ///
    /// # Errors
    ///
    /// The [`Rejection`] of the first check that fails. An issuer that is not listed is refused before any
    /// work on keys, as [`Rejection::IssuerMismatch`].
    pub fn verify(&self, text: &str, now: UnixSeconds) -> Result<Access, Rejection> {
        let token = Unverified::parse(text)?;
        let ((keys, policy), _) = self.0.of_unverified(token.header_unverified(), token.claims_unverified())?;
        token.verify(keys, policy, now)
    }

    /// What the issuer of a token is trusted with, of a token that is known or of this text.
    #[cfg(all(feature = "wasm", target_arch = "wasm32"))]
    pub(crate) fn trusted(
        &self,
        text: &str,
        known: Option<&crate::cache::Known>,
    ) -> Result<(&KeySet, &Policy), Rejection> {
        let ((keys, policy), _) = match known {
            Some(known) => self.0.of_unverified(&known.header, &known.claims)?,
            None => {
                let token = Unverified::parse(text)?;
                self.0.of_unverified(token.header_unverified(), token.claims_unverified())?
            }
        };
        Ok((keys, policy))
    }
}

/// Something for each issuer that is trusted.
#[derive(Clone, Debug)]
pub(crate) struct ByIssuer<T> {
    entries: Vec<T>,
    places: Places,
}

impl<T> Default for ByIssuer<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), places: Places::default() }
    }
}

impl<T> ByIssuer<T> {
    /// Keeps `entry` for the issuers that `policy` names.
    pub(crate) fn insert(&mut self, policy: &Policy, entry: T) -> Result<(), IssuerConflict> {
        let names = policy.issuer().names().ok_or(IssuerConflict::IssuerUnchecked)?;
        if !policy.checks_audience() {
            return Err(IssuerConflict::AudienceUnchecked);
        }
        for name in names {
            if !self.places.insert(name, self.entries.len()) {
                return Err(IssuerConflict::ListedTwice { issuer: name.clone() });
            }
        }
        self.entries.push(entry);
        Ok(())
    }

    /// The one place that reads claims of a token whose signature need not be checked, to choose what to check
    /// it with: "iss" is looked up among configured names and never used as an address. A lie leads to keys
    /// that do not fit.
    pub(crate) fn of_unverified(&self, header: &Header, claims: &Claims) -> Result<(&T, Claimed), Rejection> {
        let found = claims.string(Check::Issuer, "iss")?;
        let found = found.ok_or_else(|| Rejection::ClaimMissing { check: Check::Issuer, claim: "iss".into() })?;
        let place = self.places.get(found);
        let entry = place.and_then(|place| Some((place, self.entries.get(place)?)));
        let (place, entry) = entry.ok_or_else(|| Rejection::IssuerMismatch {
            expected: self.places.texts().cloned().collect(),
            found: found.into(),
        })?;
        let issued_at = claims.date(Check::IssuedAt, "iat").unwrap_or_default();
        Ok((entry, Claimed { place, kid: header.kid().map(Into::into), issued_at }))
    }

    /// The entry at this place.
    pub(crate) fn at(&self, place: usize) -> Option<&T> {
        self.entries.get(place)
    }

    /// All entries, to change.
    pub(crate) fn all_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.entries.iter_mut()
    }

    /// The entry at this place, to change.
    pub(crate) fn at_mut(&mut self, place: usize) -> Option<&mut T> {
        self.entries.get_mut(place)
    }
}

/// What a token whose signature is not checked says of itself.
pub(crate) struct Claimed {
    /// The place of its issuer's entry.
    pub(crate) place: usize,
    /// The name of its key.
    pub(crate) kid: Option<String>,
    /// When it says that it was issued.
    pub(crate) issued_at: Option<UnixSeconds>,
}

/// Why an issuer cannot be added.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssuerConflict {
    /// The policy does not say whose tokens it is for.
    IssuerUnchecked,
    /// The policy does not say for whom tokens must be.
    AudienceUnchecked,
    /// Two policies name one issuer.
    ListedTwice {
        /// The issuer.
        issuer: String,
    },
}

impl IssuerConflict {
    /// The option at fault.
    #[must_use]
    pub fn option(&self) -> &'static str {
        match self {
            Self::IssuerUnchecked | Self::ListedTwice { .. } => "issuer",
            Self::AudienceUnchecked => "audience",
        }
    }

    /// The error in words.
    #[must_use]
    pub fn description(&self) -> Description {
        let (expected, found) = match self {
            Self::IssuerUnchecked => ("\"issuer\" for each of several issuers", "none".into()),
            Self::AudienceUnchecked => ("\"audience\" for each of several issuers", "none".into()),
            Self::ListedTwice { issuer } => ("each issuer once", alloc::format!("{} twice", quoted(issuer))),
        };
        Description { code: "invalid_option", expected: expected.into(), found, advice: "", section: "" }
    }
}

impl fmt::Display for IssuerConflict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.description(), formatter)
    }
}

impl core::error::Error for IssuerConflict {}
