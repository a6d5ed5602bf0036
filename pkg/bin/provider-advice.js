// What to change at a provider, by its profile, where a token of it is refused; and how a provider is recognized.

/**
 * By profile: how people call the provider, how its issuers look, and what to do about a code; for one without
 * metadata, where its keys are.
 */
const PROVIDERS = {
  okta: {
    title: "Okta",
    issuers: /^https:\/\/[^/]+\.(?:okta|oktapreview|okta-emea)\.com(?:\/|$)/u,
    advice: {
      audience_mismatch:
        "an authorization server writes its own audience into every token: Security > API > Authorization " +
        "Servers, Audience",
      issuer_mismatch:
        "have tokens issued by a custom authorization server, https://DOMAIN/oauth2/default or /oauth2/ID; " +
        "those of the org's server, https://DOMAIN, are for Okta alone",
      type_mismatch:
        "tokens of the org's own server are for Okta alone: ask the token endpoint of a custom authorization " +
        "server, /oauth2/default or /oauth2/ID",
      scope_insufficient:
        "add the scope to the authorization server (Scopes), and let a rule of its access policy grant it to " +
        "this client (Access Policies)",
    },
  },
  auth0: {
    title: "Auth0",
    issuers: /^https:\/\/[^/]+\.auth0\.com(?:\/|$)/u,
    advice: {
      token_malformed:
        "Auth0 issues opaque tokens to whoever asks for no API: create one under Applications > APIs, and ask " +
        "with audience=IDENTIFIER",
      jwe_not_supported:
        "Auth0 issues encrypted tokens to whoever asks for no API: create one under Applications > APIs, and " +
        "ask with audience=IDENTIFIER",
      algorithm_not_allowed: "set the signing algorithm of the API to RS256",
      audience_mismatch:
        "the audience is the Identifier of an API (Applications > APIs), which stays as it was created: create " +
        "one with this identifier, and ask for it by audience, or by resource with the Resource Parameter " +
        "Compatibility Profile on",
      issuer_mismatch:
        "the issuer ends with a slash, https://TENANT.auth0.com/, and is the domain that the token was asked from",
      scope_insufficient:
        "add the permission to the API, and grant it: to the application (Machine to Machine Applications) or, " +
        "with RBAC on, to a role",
    },
  },
  entra: {
    title: "Entra ID",
    issuers: /^https:\/\/(?:login\.microsoftonline\.(?:com|us)|sts\.windows\.net)\//u,
    advice: {
      audience_mismatch:
        '"aud" is the client id of the API in tokens of version 2, and its Application ID URI in those of ' +
        "version 1: App registrations > the API > Expose an API",
      issuer_mismatch:
        "the version of the token decides: https://login.microsoftonline.com/TENANT/v2.0, or " +
        'https://sts.windows.net/TENANT/ in version 1. "requestedAccessTokenVersion": 2 in the manifest of the ' +
        "API gives the former",
      signature_invalid:
        "tokens for Microsoft Graph cannot be verified by anybody else: ask for one of your own API, with " +
        "scope=api://ID/.default",
      scope_insufficient:
        "define scopes (Expose an API), or app roles for clients without a user (App roles), grant them under " +
        "API permissions, and have an administrator consent",
    },
  },
  cognito: {
    title: "Cognito",
    issuers: /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//u,
    advice: {
      audience_mismatch:
        'access tokens have the id of the app client in "client_id": give the ids of your app clients as audience',
      token_kind_refused: "send the access token, and not the ID token",
      claim_missing: "send the access token, and not the ID token, which has no client_id; and give --profile cognito",
      issuer_mismatch:
        "the issuer is https://cognito-idp.REGION.amazonaws.com/POOL, and not the domain of the login pages",
      scope_insufficient:
        "create a resource server with this scope in the user pool, allow it to the app client, and ask for " +
        "IDENTIFIER/SCOPE",
    },
  },
  keycloak: {
    title: "Keycloak",
    issuers: /^https?:\/\/[^?#]+\/realms\/[^/]+$/u,
    advice: {
      audience_mismatch:
        'add a mapper of the type "Audience" to a client scope (Client scopes > Mappers), and assign that scope' +
        " to the client",
      issuer_mismatch:
        "Keycloak names itself as it was asked: set KC_HOSTNAME, so that it has one name inside and outside",
      claim_missing:
        'without a mapper of the type "Audience" (Client scopes > Mappers) tokens have no "aud"; roles in place' +
        " of scopes need --scope-claim",
      algorithm_not_allowed:
        "send the access token, and not the refresh token, which is signed with a secret of Keycloak",
      token_kind_refused: "send the access token, and not the ID token; and give --profile keycloak",
      scope_insufficient:
        'create a client scope of this name with "Include in token scope" on, and assign it to the client as ' +
        "default or optional",
    },
  },
  google: {
    title: "Google",
    issuers: /^(?:https:\/\/)?accounts\.google\.com$/u,
    advice: {
      token_malformed:
        "Google's access tokens are opaque: send an ID token of a service account, issued for your audience",
      audience_mismatch: "ask for an ID token for this audience: gcloud auth print-identity-token --audiences=AUDIENCE",
      issuer_mismatch: "both https://accounts.google.com and accounts.google.com are in use: give both",
      scope_insufficient: "ID tokens carry no scopes: do not ask for any",
    },
  },
  workos: {
    title: "WorkOS",
    issuers: /^https:\/\/(?:api\.workos\.com|[^/]+\.authkit\.app)(?:\/|$)/u,
    advice: {
      claim_missing:
        "add this resource to the resource indicators (Connect > Configuration): without one there is no audience",
      audience_mismatch: "add this resource, with its path, to the resource indicators (Connect > Configuration)",
      issuer_mismatch: "the issuer is the AuthKit domain, without a slash at the end; session tokens are of another",
      scope_insufficient: "give the permission to the role (Authorization > Roles & permissions)",
    },
  },
  clerk: {
    title: "Clerk",
    issuers: /^https:\/\/(?:[^/]+\.clerk\.accounts\.dev|clerk\.[^/]+)$/u,
    advice: {
      token_malformed: "switch on Generate access tokens as JWTs (OAuth applications > Settings)",
      audience_mismatch:
        "access tokens have the client's id and no audience: give the ids of your OAuth applications as audience",
      claim_missing: "send an access token of an OAuth application, and not a session token; and give --profile clerk",
      scope_insufficient: "assign the scope to the OAuth application",
    },
  },
  supabase: {
    title: "Supabase",
    issuers: /^https:\/\/[^/]+\.supabase\.co\/auth\/v1$/u,
    advice: {
      algorithm_not_allowed:
        "the project signs with its legacy secret: migrate it to signing keys, ES256 or RS256, under Project " +
        "Settings > JWT Keys",
      key_not_found: "migrate the project to signing keys, ES256 or RS256, under Project Settings > JWT Keys",
      audience_mismatch: 'every token has "authenticated" as audience: give the ids of your OAuth apps',
      claim_missing: "send an access token of an OAuth app, and not of a session; and give --profile supabase",
      issuer_mismatch: "the issuer ends in /auth/v1",
      scope_insufficient: "tokens have no scopes of your own: write conditions on claims",
    },
  },
  "cloudflare-access": {
    title: "Cloudflare Access",
    issuers: /^https:\/\/[^/]+\.cloudflareaccess\.com$/u,
    keys: "/cdn-cgi/access/certs",
    advice: {
      audience_mismatch:
        "the audience is the Application Audience (AUD) Tag of the application in front of this server",
      token_kind_refused: "send the token of the application, and not that of the team domain, from its cookie",
      scope_insufficient:
        "its tokens carry no scopes: do not ask for any, and let the policies of the application decide",
    },
  },
};

/** The profile for an issuer that looks like a known provider's; or nothing. */
export function profileFor(issuer) {
  return Object.keys(PROVIDERS).find((profile) => PROVIDERS[profile].issuers.test(issuer));
}

/** "at Okta: ...", or `null` where nothing is known. */
export function adviceAtProvider(profile, code) {
  const provider = Object.hasOwn(PROVIDERS, profile ?? "") ? PROVIDERS[profile] : undefined;
  const advice = provider?.advice[code];
  return advice === undefined ? null : `at ${provider.title}: ${advice}`;
}

/** Where the keys are of a provider without metadata that names them; or nothing. */
export function knownKeysOf(issuer) {
  const path = PROVIDERS[profileFor(issuer)]?.keys;
  return path === undefined ? undefined : issuer + path;
}

/** How people call the provider of a profile. */
export function titleOf(profile) {
  return PROVIDERS[profile].title;
}
