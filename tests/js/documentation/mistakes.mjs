// The usual mistakes of the providers' pages, each as the change of a valid token or of its configuration.

const OPAQUE = "2YotnFZFEjr1zCsicMWpAA";
const ENCRYPTED = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA";
const SCOPES = [{ method: "*", scopes: ["mcp:read"] }];

const audience = (aud) => ({ claims: { aud } });
const without = (...names) => ({ claims: Object.fromEntries(names.map((name) => [name, undefined])) });
const configured = (issuer) => ({ issuer });

/** By provider: each mistake in the words of its page, without marks of code, and the change. */
export const MISTAKES = {
  okta: [
    ["A token of the org authorization server", { claims: { iss: "https://acme.okta.com", aud: "https://acme.okta.com" }, header: { typ: "application/okta-internal-at+jwt" } }],
    ["The bare domain as issuer", configured({ issuer: "https://acme.okta.com" })],
    ["The keys of the org authorization server", { ...configured({ jwksUri: "https://acme.okta.com/oauth2/v1/keys" }), keys: "https://acme.okta.com/oauth2/v1/keys" }],
    ["The Audience is still api://default", audience("api://default")],
    ["The ID token in place of the access token", { claims: { aud: "0oa1nmcp", nonce: "n", at_hash: "h" } }],
    ["The access policy does not grant the scope", { claims: { scp: ["openid"] } }],
  ],
  auth0: [
    ["The issuer without the slash at the end", configured({ issuer: "https://acme.eu.auth0.com" })],
    ["The client asks for no API, and the token is encrypted", { token: ENCRYPTED }],
    ["The client asks for no API, and the token is opaque", { token: OPAQUE }],
    ["The API signs with HS256", { header: { alg: "HS256" } }],
    ["The ID token in place of the access token", audience("my_client_id")],
    ["Another API of the tenant", audience(["https://api.example.com", "https://acme.eu.auth0.com/userinfo"])],
    ["Role-based access control without the profile", configured({ profile: undefined })],
  ],
  entra: [
    ["The API still has tokens of version 1", { claims: { iss: "https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/", aud: "api://6e74172b-be56-4843-9ff4-e66a39bb12e3", ver: "1.0" } }],
    ["common in the issuer", configured({ issuer: "https://login.microsoftonline.com/common/v2.0" })],
    ["{tenantid} without tenants", configured({ issuer: "https://login.microsoftonline.com/{tenantid}/v2.0" })],
    ["A tenant that is not listed", configured({ issuer: "https://login.microsoftonline.com/{tenantid}/v2.0", tenants: ["f645ad92-e38d-4d1a-b510-d1b09a74a8ca"] })],
    ["The api:// address as audience of version 2", configured({ audience: "api://6e74172b-be56-4843-9ff4-e66a39bb12e3" })],
    ["No audience in the configuration", configured({ audience: undefined })],
    ["A token for Microsoft Graph", { claims: { iss: "https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/", aud: "00000003-0000-0000-c000-000000000000" }, header: { nonce: "n" } }],
    ["The ID token, where client and API are one registration", { claims: { nonce: "n", scp: undefined } }],
    ["A rule that asks for the whole scope", { rules: [{ method: "*", scopes: ["api://6e74172b-be56-4843-9ff4-e66a39bb12e3/mcp.read"] }] }],
  ],
  cognito: [
    ["The profile left out", configured({ profile: undefined })],
    ["No audience", configured({ audience: undefined })],
    ["An app client that is not listed", { claims: { client_id: "9another87654321" } }],
    ["The ID token in place of the access token", { claims: { token_use: "id", aud: "1example23456789", client_id: undefined, scope: undefined } }],
    ["The domain of the login pages as issuer", configured({ issuer: "https://acme.auth.us-east-1.amazoncognito.com" })],
    ["Scopes without the name of the resource server", { rules: [{ method: "*", scopes: ["read"] }] }],
    ["A token from InitiateAuth, with the scope aws.cognito.signin.user.admin alone", { claims: { scope: "aws.cognito.signin.user.admin" } }],
  ],
  keycloak: [
    ["No audience mapper, and aud is account", audience("account")],
    ["No audience mapper, and no aud at all", without("aud")],
    ["The client did not ask for the scope with the mapper", { claims: { aud: undefined, scope: "email" } }],
    ["Before version 24, nonce in access tokens, and no profile", { claims: { nonce: "n" }, issuer: { profile: undefined } }],
    ["The refresh token in place of the access token", { claims: { typ: "Refresh", aud: "https://kc.example.com/realms/mcp" }, header: { alg: "HS512" } }],
    ["The address inside of the cluster as issuer", { claims: { iss: "http://keycloak:8080/realms/mcp" } }],
    ["Roles in place of scopes, and no scopeClaim", { rules: [{ method: "*", scopes: ["mcp-admin"] }] }],
  ],
  google: [
    ["An access token (ya29...)", { token: "ya29.a0AfH6SMBx" }],
    ["gcloud auth print-identity-token without --audiences", audience("32555940559.apps.googleusercontent.com")],
    ["The ID token of a person who signed in to an application", { claims: { aud: "1234567890.apps.googleusercontent.com", email: "jane@example.com", at_hash: "h" } }],
    ["Another service account", { claims: { email: "other@project.iam.gserviceaccount.com" } }],
    ["Scopes in rules", { rules: SCOPES }],
    ["One spelling of the issuer only, and a token with the other", { claims: { iss: "accounts.google.com" }, issuer: { issuer: "https://accounts.google.com" } }],
    ["A header of Identity-Aware Proxy", { claims: { iss: "https://cloud.google.com/iap" }, header: { alg: "ES256" } }],
  ],
  workos: [
    ["No resource indicator is configured", without("aud")],
    ["The resource indicator is another address, https://mcp.example.com", audience("https://mcp.example.com")],
    ["A session token of your own application", { claims: { iss: "https://api.workos.com/user_management/client_01HZYCLIENT", aud: undefined } }],
    ["A slash at the end of the issuer", configured({ issuer: "https://acme.authkit.app/" })],
    ["A permission that the role does not have", { claims: { permissions: [] } }],
  ],
  clerk: [
    ["An opaque token (oat_...)", { token: "oat_0ef5a7a33d87ed87ee7954c845d80450" }],
    ["The profile left out", configured({ profile: undefined })],
    ["No audience", configured({ audience: undefined })],
    ["A session token of your own application", { claims: { client_id: undefined, scope: undefined, azp: "https://acme.com", sid: "sess_1" } }],
    ["An application that is not listed, or one that registered itself", { claims: { client_id: "client_registered" } }],
    ["The issuer of the development instance", configured({ issuer: "https://verb-noun-00.clerk.accounts.dev" })],
    ["The scope is not assigned to the application", { claims: { scope: "profile email" } }],
  ],
  supabase: [
    ["The project still signs with a secret (HS256)", { header: { alg: "HS256" } }],
    ["A session of your own application", without("client_id")],
    ["The anonymous key of the project", { claims: { iss: "supabase", role: "anon", aud: undefined, client_id: undefined }, header: { alg: "HS256" } }],
    ["The issuer without /auth/v1", configured({ issuer: "https://abc.supabase.co" })],
    ["authenticated as audience", configured({ audience: "authenticated" })],
    ["No audience", configured({ audience: undefined })],
    ["An app that is not listed, or one that registered itself", { claims: { client_id: "11111111-2222-4333-8444-555555555555" } }],
    ["Scopes in rules", { rules: SCOPES }],
  ],
  "cloudflare-access": [
    ["The token left in its own header", { headers: { "cf-access-jwt-assertion": OPAQUE } }],
    ["No jwksUri", configured({ jwksUri: undefined })],
    ["No audience", configured({ audience: undefined })],
    ["The AUD tag of another application", audience(["97e2aae120121f902df8bc99fc345913ab186d174f3079ea729236766b2e7c4a"])],
    ["The token of the team domain, from its cookie", { claims: { type: "org" } }],
    ["Scopes in rules", { rules: SCOPES }],
    ["Another team", { claims: { iss: "https://other.cloudflareaccess.com" } }],
  ],
};
