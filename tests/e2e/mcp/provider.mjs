// An identity provider: oidc-provider with what an MCP client needs, and nobody at its screen. It issues JWT access
// tokens for the resource that was asked for (RFC 8707), registers clients, and can change its signing key while it
// runs: its keys are fixed when it is made, so another one takes its place over the same store.

import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { Provider } from "oidc-provider";
import { listen } from "./listener.mjs";
import { memory } from "./store.mjs";

export const SCOPES = ["mcp:read", "mcp:write", "mcp:admin"];

/** The client that exists without registration, for the grant that has no user. */
export const JOB = { id: "nightly-job", secret: "only-the-job-and-the-provider-know-it" };

const USER = "user-1";
const INTERACTION = /^\/interaction\/[\w-]+$/u;

/**
 * Starts it. `algorithm` is of the access tokens: RS256 or ES256.
 * @returns `issuer`; `resources`, a set of the resources it issues tokens for; `asked`, the method and path of each
 *   request; `rotate()`, which makes a new key, and publishes and signs with it alone
 */
export async function startProvider({ algorithm = "ES256" } = {}) {
  const resources = new Set();
  const asked = [];
  const store = { adapter: memory(withoutScope), cookieKey: randomBytes(32).toString("base64url") };
  let provider;
  const listener = await listen(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    asked.push(`${request.method} ${pathname}`);
    if (INTERACTION.test(pathname)) await agree(provider, request, response);
    else await handle(request, response);
  });
  const issuer = listener.origin;
  let handle;
  const rotate = () => {
    const key = signingKey(algorithm);
    provider = new Provider(issuer, configuration(key, { algorithm, resources }, store));
    provider.on("server_error", (_, error) => listener.faults.push(error));
    handle = provider.callback();
  };
  rotate();
  return { issuer, resources, asked, faults: listener.faults, close: listener.close, rotate };
}

/**
 * A client may ask for any scope later. The SDK registers itself with the scopes of the first challenge, and
 * oidc-provider takes them for all that the client may ever ask for: then no step up would be possible.
 */
function withoutScope(model, payload) {
  if (model !== "Client") return payload;
  const { scope, ...registration } = payload;
  return registration;
}

function signingKey(algorithm) {
  const { privateKey } = algorithm === "ES256"
    ? generateKeyPairSync("ec", { namedCurve: "P-256" })
    : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), alg: algorithm, use: "sig" };
}

function configuration(key, { algorithm, resources }, { adapter, cookieKey }) {
  return {
    adapter,
    jwks: { keys: [key] },
    cookies: { keys: [cookieKey] },
    scopes: ["offline_access", ...SCOPES],
    clientDefaults: { id_token_signed_response_alg: algorithm },
    clients: [{
      client_id: JOB.id, client_secret: JOB.secret, grant_types: ["client_credentials"], redirect_uris: [], response_types: [],
    }],
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: (_, client) => client.grantTypeAllowed("refresh_token"),
    ttl: { AccessToken: HOUR, ClientCredentials: HOUR, Grant: HOUR, Interaction: HOUR, RefreshToken: HOUR, Session: HOUR },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => {
          if (!resources.has(resource)) throw new Error(`no token is issued for ${resource}`);
          return { scope: SCOPES.join(" "), audience: resource, accessTokenFormat: "jwt", jwt: { sign: { alg: algorithm } } };
        },
        useGrantedResource: () => true,
      },
    },
  };
}

/** What a user would do on the pages of the provider: log in, and agree to all that is asked. */
async function agree(provider, request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") return provider.interactionFinished(request, response, { login: { accountId: USER } });
  const existing = grantId && await provider.Grant.find(grantId);
  const grant = existing || new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  const { missingOIDCScope = [], missingResourceScopes = {} } = prompt.details;
  grant.addOIDCScope(missingOIDCScope.join(" "));
  for (const [resource, scopes] of Object.entries(missingResourceScopes)) grant.addResourceScope(resource, scopes.join(" "));
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

const HOUR = 60 * 60;
