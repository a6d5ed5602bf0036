// An identity provider, oidc-provider, with a client for each way to say who one is at its token endpoint.

import { generateKeyPairSync, randomUUID } from "node:crypto";
import { Provider, errors } from "oidc-provider";
import { listen } from "../e2e/mcp/listener.mjs";

/** What tokens are issued for. */
export const RESOURCE = "https://mcp.example.com/mcp";

/** Characters that mean something in a URL, in a form and in Basic authentication (RFC 6749 appendix A.2: VSCHAR). */
const AWKWARD = 'p%C3%A4ss:w+rd & "more"=';

export const CLIENTS = {
  basic: { id: "basic job", secret: AWKWARD },
  post: { id: "post-job", secret: AWKWARD },
  signing: { id: "signing-job" },
};

/** The keys of the client that signs, as PEM: what it registers is their public half. */
export const CLIENT_KEYS = {
  RS256: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
  ES256: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey,
  ES384: generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey,
  EdDSA: generateKeyPairSync("ed25519").privateKey,
};

/** Starts it. Tokens are signed with ES256. */
export async function startProvider() {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), alg: "ES256", use: "sig" };
  let handle;
  const listener = await listen((request, response) => handle(request, response));
  const provider = new Provider(listener.origin, configuration(key));
  handle = provider.callback();
  return { issuer: listener.origin, kid: key.kid, close: listener.close };
}

function configuration(key) {
  const grants = { grant_types: ["client_credentials"], redirect_uris: [], response_types: [] };
  const publicKeys = Object.values(CLIENT_KEYS).map((privateKey) => publicHalf(privateKey));
  return {
    jwks: { keys: [key] },
    cookies: { keys: ["unused"] },
    adapter: Nothing,
    scopes: ["mcp:read", "mcp:write"],
    clientDefaults: { id_token_signed_response_alg: "ES256" },
    clients: [
      { ...grants, client_id: CLIENTS.basic.id, client_secret: CLIENTS.basic.secret, token_endpoint_auth_method: "client_secret_basic" },
      { ...grants, client_id: CLIENTS.post.id, client_secret: CLIENTS.post.secret, token_endpoint_auth_method: "client_secret_post" },
      { ...grants, client_id: CLIENTS.signing.id, token_endpoint_auth_method: "private_key_jwt", jwks: { keys: publicKeys } },
    ],
    enabledJWA: { clientAuthSigningAlgValues: ["RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo(_, resource) {
          if (resource !== RESOURCE) throw new errors.InvalidTarget();
          return { scope: "mcp:read mcp:write", audience: resource, accessTokenFormat: "jwt", jwt: { sign: { alg: "ES256" } } };
        },
      },
    },
  };
}

function publicHalf(privateKey) {
  const { kty, crv, n, e, x, y } = privateKey.export({ format: "jwk" });
  return { kty, crv, n, e, x, y, use: "sig", kid: kidOf(privateKey) };
}

/** The name of a client's key. */
export function kidOf(privateKey) {
  return `${privateKey.asymmetricKeyType}-${privateKey.asymmetricKeyDetails.namedCurve ?? ""}`;
}

/** Its storage: none is needed, as its clients are listed above and its tokens speak for themselves. */
class Nothing {
  async upsert() {}
  async find() {}
}
