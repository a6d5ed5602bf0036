// The providers, one row each: what their access tokens look like, and what is to be expected of them. Issuers, ids and
// people are made up. `givesUp` is what the verifier says of the profile, so that it can be read before any token is there.

import { guideOf } from "../page/documentation.js";
import { element, outsideLink } from "../page/element.js";

const DAY = 86_400;
const CLIENT = "sample-client";
const UUID = "5f0c2f1e-7d5a-4c0e-9f5b-2b1d6a7e9c31";
const TENANT = "0f8fad5b-d9cb-469f-a165-70867728950e";
const SCOPES = ["mcp:tools", "mcp:resources"];

const BOUND_TO_CLIENTS = "the token names no resource: it is bound to a client, and whatever that client may call accepts"
  + ' it; give "audience" the client ids of this resource alone';

/**
 * `header` and `claims({ issuer, audience, scopes, now })` are those of a token, without `alg` and `kid`. `audience`:
 * where it is not the address of the MCP server. `audienceClaim` is the claim that is compared with it, `scopeClaim` the
 * one that holds the scopes, or `null`. `lifetime` is in seconds.
 */
export const PROVIDERS = [
  {
    profile: "standard", name: "Standard (RFC 9068)",
    issuer: "https://login.example.com/",
    audienceClaim: "aud", scopeClaim: "scope", scopes: SCOPES, givesUp: null,
    note: "What RFC 9068 says: aud is the MCP server’s address, scope a text with spaces between.",
    header: { typ: "at+jwt" },
    claims: ({ issuer, audience, scopes, now }) => ({
      iss: issuer, sub: "ada", aud: audience, client_id: CLIENT, scope: scopes.join(" "), ...lasting(now, 600),
    }),
  },
  {
    profile: "okta", name: "Okta",
    issuer: "https://acme.okta.com/oauth2/default",
    audienceClaim: "aud", scopeClaim: "scp", scopes: SCOPES, givesUp: null,
    note: "scp is an array, the client is cid. Needs a custom authorization server (…/oauth2/default): tokens of the org"
      + " server are for Okta itself.",
    header: {},
    claims: ({ issuer, audience, scopes, now }) => ({
      ver: 1, jti: "AT.3zXkUo0Yv9c2", iss: issuer, aud: audience, sub: "ada@example.com", cid: CLIENT, uid: "00u1ada",
      scp: scopes, auth_time: now, ...lasting(now, 3_600),
    }),
  },
  {
    profile: "auth0", name: "Auth0",
    issuer: "https://acme.eu.auth0.com/",
    audienceClaim: "aud", scopeClaim: "scope", scopes: SCOPES, givesUp: null,
    note: "The client is azp. With RBAC, permissions count as scopes too. A request without an audience gets an opaque"
      + " token, which nobody can verify. The issuer ends with a slash.",
    header: { typ: "JWT" },
    claims: ({ issuer, audience, scopes, now }) => ({
      iss: issuer, sub: "auth0|ada", aud: [audience, `${issuer}userinfo`], azp: CLIENT,
      scope: ["openid", ...scopes].join(" "), permissions: scopes, ...lasting(now, DAY),
    }),
  },
  {
    profile: "entra", name: "Microsoft Entra ID",
    issuer: "https://login.microsoftonline.com/{tenantid}/v2.0", tenants: [TENANT],
    audienceClaim: "aud", scopeClaim: "scp", scopes: SCOPES, givesUp: null,
    note: "scp is what a user delegated, roles what an application was given. tid must be the tenant in iss, and"
      + " {tenantid} in the issuer stands for your tenants.",
    header: { typ: "JWT" },
    claims: ({ issuer, audience, scopes, now }) => ({
      aud: audience, iss: issuer, azp: CLIENT, oid: UUID, scp: scopes.join(" "), sub: "q7Zc1ada", tid: issuer.split("/")[3], ver: "2.0",
      nbf: now, ...lasting(now, 4_500),
    }),
  },
  {
    profile: "cognito", name: "Amazon Cognito",
    issuer: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example", audience: CLIENT,
    audienceClaim: "client_id", scopeClaim: "scope", scopes: ["mcp/tools", "mcp/resources"], givesUp: BOUND_TO_CLIENTS,
    note: "Access tokens have no aud: audience is compared with client_id. token_use must be “access”.",
    header: {},
    claims: ({ issuer, audience, scopes, now }) => ({
      sub: UUID, iss: issuer, version: 2, client_id: audience, token_use: "access", scope: scopes.join(" "),
      auth_time: now, jti: "9d1f7c52", username: "ada", ...lasting(now, 3_600),
    }),
  },
  {
    profile: "keycloak", name: "Keycloak",
    issuer: "https://keycloak.example.com/realms/acme",
    audienceClaim: "aud", scopeClaim: "scope", scopes: SCOPES, givesUp: null,
    note: "The claim typ must be “Bearer”. aud is “account” until the client has an audience mapper: add one with the MCP"
      + " server’s address.",
    header: { typ: "JWT" },
    claims: ({ issuer, audience, scopes, now }) => ({
      jti: "onrtac:4b1f", iss: issuer, aud: audience, sub: UUID, typ: "Bearer", azp: CLIENT, sid: "e0a1c5",
      realm_access: { roles: ["offline_access"] }, scope: ["profile", ...scopes].join(" "), preferred_username: "ada",
      ...lasting(now, 300),
    }),
  },
  {
    profile: "google", name: "Google",
    issuer: "https://accounts.google.com",
    audienceClaim: "aud", scopeClaim: null, scopes: [],
    givesUp: "the token is an ID token: it carries no scopes, and says who the caller is, not what it may do",
    note: "Google’s access tokens are opaque. These are the ID tokens that service accounts get for an audience. There are"
      + " no scopes to ask for.",
    header: { typ: "JWT" },
    claims: ({ issuer, audience, now }) => ({
      aud: audience, azp: "1078901", email: "caller@acme.iam.gserviceaccount.com", email_verified: true, iss: issuer,
      sub: "1078901", ...lasting(now, 3_600),
    }),
  },
  {
    profile: "workos", name: "WorkOS",
    issuer: "https://acme.authkit.app",
    audienceClaim: "aud", scopeClaim: "scope", scopes: SCOPES, givesUp: null,
    note: "aud is there once resource indicators are configured. permissions count as scopes too.",
    header: {},
    claims: ({ issuer, audience, scopes, now }) => ({
      iss: issuer, sub: "user_01ada", aud: audience, client_id: CLIENT, sid: "app_consent_01", org_id: "org_01acme",
      scope: scopes.join(" "), jti: "01JADA", ...lasting(now, 300),
    }),
  },
  {
    profile: "clerk", name: "Clerk",
    issuer: "https://acme.clerk.accounts.dev", audience: CLIENT,
    audienceClaim: "client_id", scopeClaim: "scope", scopes: SCOPES, givesUp: BOUND_TO_CLIENTS,
    note: "OAuth access tokens have no aud: audience is compared with client_id.",
    header: { typ: "at+jwt" },
    claims: ({ issuer, audience, scopes, now }) => ({
      iss: issuer, sub: "user_2ada", client_id: audience, jti: "oat_2ada", nbf: now, scope: ["profile", ...scopes].join(" "),
      ...lasting(now, DAY),
    }),
  },
  {
    profile: "supabase", name: "Supabase",
    issuer: "https://acme.supabase.co/auth/v1", audience: CLIENT,
    audienceClaim: "client_id", scopeClaim: "scope", scopes: SCOPES, givesUp: BOUND_TO_CLIENTS,
    note: "aud is “authenticated” in every token of a project, so audience is compared with client_id.",
    header: { typ: "JWT" },
    claims: ({ issuer, audience, scopes, now }) => ({
      iss: issuer, sub: UUID, aud: "authenticated", client_id: audience, email: "ada@example.com", role: "authenticated",
      session_id: "8c1e", scope: scopes.join(" "), ...lasting(now, 3_600),
    }),
  },
  {
    profile: "cloudflare-access", name: "Cloudflare Access",
    issuer: "https://acme.cloudflareaccess.com",
    audience: "32f7b1e07c4d4a5b9d3e7f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e",
    audienceClaim: "aud", scopeClaim: null, scopes: [],
    givesUp: "the token carries no scopes: it says who the caller is, not what it may do",
    note: "aud is the tag of the application, and type must be “app”. There are no scopes to ask for.",
    header: {},
    claims: ({ issuer, audience, now }) => ({
      aud: [audience], email: "ada@example.com", iss: issuer, sub: UUID, type: "app", country: "DE", nbf: now,
      ...lasting(now, DAY),
    }),
  },
];

/** The provider of this profile; the standard one for a name that is none. */
export function providerOf(profile) {
  return PROVIDERS.find((provider) => provider.profile === profile) ?? PROVIDERS[0];
}

/** What is to be known of a provider, for the page. */
export function drawnNote({ profile, name, note, givesUp }) {
  const lost = givesUp === null ? [] : [" ", element("strong", {}, "Given up: "), `${givesUp}.`];
  const guide = profile === "standard" ? [] : [" ", outsideLink(guideOf(profile), `How to set up ${name}`)];
  return [note, ...lost, ...guide];
}

function lasting(now, lifetime) {
  return { iat: now, exp: now + lifetime };
}
