//! What providers do differently, as data: one table.

/// Where a provider's access tokens depart from RFC 9068, and what that gives up.
///
/// A profile never relaxes in silence: [`gives_up`](Self::gives_up) says in words what a token of this
/// provider proves less, in the documentation and in every [`Access`](crate::Access).
///
/// ```
/// use doorward::Profile;
///
/// let entra = Profile::from_name("entra").ok_or("there is no such profile")?;
/// assert_eq!((entra.audience_claim(), entra.scope_claims()), ("aud", &["scp", "roles"][..]));
/// let giving_up = Profile::all().iter().filter(|each| each.gives_up().is_some());
/// let names: Vec<&str> = giving_up.map(Profile::name).collect();
/// assert_eq!(names, ["cognito", "google", "clerk", "supabase", "cloudflare-access"]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct Profile {
    name: &'static str,
    audience_claim: &'static str,
    client_claims: &'static [&'static str],
    scope_claims: &'static [&'static str],
    marks: &'static [(&'static str, &'static str)],
    tolerates: &'static [&'static str],
    names_tenants: bool,
    gives_up: Option<&'static str>,
}

/// RFC 9068 section 2.2: what holds for providers without a row of their own.
const STANDARD: Profile = Profile {
    name: "standard",
    audience_claim: "aud",
    client_claims: &["client_id", "azp"],
    scope_claims: &["scope", "scp"],
    marks: &[],
    tolerates: &[],
    names_tenants: false,
    gives_up: None,
};

const BOUND_TO_CLIENTS: &str = "the token names no resource: it is bound to a client, and whatever that client may \
    call accepts it; give \"audience\" the client ids of this resource alone";

const PROFILES: [Profile; 11] = [
    STANDARD,
    // Custom authorization servers: "scp" is an array, the client is "cid". Tokens of the org
    // authorization server ("typ": "application/okta-internal-at+jwt") are for Okta's own APIs and no
    // policy accepts them.
    Profile { name: "okta", client_claims: &["cid"], ..STANDARD },
    // With RBAC the granted scopes are in "permissions". Without an audience in the request, tokens are
    // opaque.
    Profile {
        name: "auth0",
        client_claims: &["azp", "client_id"],
        scope_claims: &["scope", "permissions"],
        ..STANDARD
    },
    // v1 ("https://sts.windows.net/{tenantid}/", "appid") and v2
    // ("https://login.microsoftonline.com/{tenantid}/v2.0", "azp"). "scp" is delegated, "roles" are of the
    // application. "tid" must be the tenant in "iss", and a key that names its issuer signs for it alone.
    Profile {
        name: "entra",
        client_claims: &["azp", "appid"],
        scope_claims: &["scp", "roles"],
        names_tenants: true,
        ..STANDARD
    },
    // Access tokens carry "client_id" in place of "aud", and "token_use" says which kind a token is.
    Profile {
        name: "cognito",
        audience_claim: "client_id",
        client_claims: &["client_id"],
        scope_claims: &["scope"],
        marks: &[("token_use", "access")],
        gives_up: Some(BOUND_TO_CLIENTS),
        ..STANDARD
    },
    // The claim "typ" tells access tokens ("Bearer") from ID and refresh tokens, so that the "nonce" that
    // older releases copy into access tokens is no mark of an ID token. "aud" is "account" until the client
    // has an audience mapper.
    Profile {
        name: "keycloak",
        client_claims: &["azp", "client_id"],
        scope_claims: &["scope"],
        marks: &[("typ", "Bearer")],
        tolerates: &["nonce"],
        ..STANDARD
    },
    // Google's access tokens are opaque; these are the ID tokens it issues to service accounts for an
    // audience. Two spellings of "iss" are documented: give both.
    Profile {
        name: "google",
        client_claims: &["azp"],
        scope_claims: &[],
        gives_up: Some(
            "the token is an ID token: it carries no scopes, and says who the caller is, not what it may do",
        ),
        ..STANDARD
    },
    // Tokens have "aud" once resource indicators are configured.
    Profile { name: "workos", client_claims: &["client_id"], scope_claims: &["scope", "permissions"], ..STANDARD },
    // OAuth access tokens carry "client_id" and no "aud".
    Profile {
        name: "clerk",
        audience_claim: "client_id",
        client_claims: &["client_id"],
        scope_claims: &["scope", "scp"],
        gives_up: Some(BOUND_TO_CLIENTS),
        ..STANDARD
    },
    // "aud" is "authenticated" in every token of a project.
    Profile {
        name: "supabase",
        audience_claim: "client_id",
        client_claims: &["client_id"],
        scope_claims: &["scope"],
        marks: &[("aud", "authenticated")],
        gives_up: Some(BOUND_TO_CLIENTS),
        ..STANDARD
    },
    // "aud" is the tag of the application; "type" tells application tokens from those of the organization.
    Profile {
        name: "cloudflare-access",
        client_claims: &["common_name"],
        scope_claims: &[],
        marks: &[("type", "app")],
        gives_up: Some("the token carries no scopes: it says who the caller is, not what it may do"),
        ..STANDARD
    },
];

impl Profile {
    /// All profiles, "standard" first.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &PROFILES
    }

    /// The profile of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<&'static Self> {
        PROFILES.iter().find(|profile| profile.name == name)
    }

    /// Access tokens as RFC 9068 has them.
    #[must_use]
    pub fn standard() -> &'static Self {
        const { &STANDARD }
    }

    /// The name, as options have it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The claim that is compared with the audience of the policy.
    #[must_use]
    pub fn audience_claim(&self) -> &'static str {
        self.audience_claim
    }

    /// The claims that may name the client; the first that is there does.
    #[must_use]
    pub fn client_claims(&self) -> &'static [&'static str] {
        self.client_claims
    }

    /// The claims whose union are the scopes.
    #[must_use]
    pub fn scope_claims(&self) -> &'static [&'static str] {
        self.scope_claims
    }

    /// Claims that every access token of this provider has, with their values.
    #[must_use]
    pub fn marks(&self) -> &'static [(&'static str, &'static str)] {
        self.marks
    }

    /// Claims that elsewhere mark another kind of token, and here do not.
    #[must_use]
    pub fn tolerates(&self) -> &'static [&'static str] {
        self.tolerates
    }

    /// Whether issuers are tenants: "iss" must contain "tid", and keys may name their issuer.
    #[must_use]
    pub fn names_tenants(&self) -> bool {
        self.names_tenants
    }

    /// What a token of this provider does not prove, in words.
    #[must_use]
    pub fn gives_up(&self) -> Option<&'static str> {
        self.gives_up
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_lead_to_their_profile() {
        for profile in Profile::all() {
            assert_eq!(Profile::from_name(profile.name()), Some(profile));
        }
        assert_eq!(Profile::from_name("Okta"), None);
        assert_eq!(Profile::from_name("standard"), Some(Profile::standard()));
    }

    #[test]
    fn what_is_relaxed_is_said() {
        for profile in Profile::all() {
            let relaxed = profile.audience_claim() != "aud" || profile.scope_claims().is_empty();
            assert_eq!(relaxed, profile.gives_up().is_some(), "{}", profile.name());
            assert!(profile.tolerates().is_empty() || !profile.marks().is_empty(), "{}", profile.name());
        }
    }
}
