// The demo's identity provider: oidc-provider, which issues JWT access tokens by client credentials, each for one
// resource (RFC 8707). Its key is made anew at every start.

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { errors, Provider } from "./packages.mjs";
import { listen } from "./ports.mjs";

/** Who can ask for a token, and the scope that each is granted. */
const CLIENTS = {
  reader: { scope: "mcp:read" },
  writer: { scope: "mcp:write" },
  admin: { scope: "mcp:admin" },
  // Is given a token that expired long ago, as a real provider would never do.
  yesterday: { scope: "mcp:admin", issuedSecondsAgo: 86_400 },
};

const SCOPES = "mcp:read mcp:write mcp:admin";

/** Seconds for which a token is valid. */
const TOKEN_SECONDS = 600;

/** Starts the provider; `resources` are the services it issues tokens for. */
export async function startProvider({ port, resources }) {
  const server = createServer();
  const issuer = `http://127.0.0.1:${await listen(server, port)}`;
  server.on("request", new Provider(issuer, configuration(resources)).callback());
  return {
    issuer,
    /** The token endpoint's answer to a client that wants a token for one of the resources. */
    token: (client, resource) => fetch(`${issuer}/token`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${client}:${secretOf(client)}`)}` },
      body: new URLSearchParams({ grant_type: "client_credentials", scope: CLIENTS[client].scope, resource }),
    }),
    keys: () => fetch(`${issuer}/jwks`),
    close: () => server.close().closeAllConnections(),
  };
}

/** The secrets of the demo are no secrets: they open nothing but notes in memory. */
export function secretOf(client) {
  return `${client}-secret`;
}

function configuration(resources) {
  return {
    clients: Object.entries(CLIENTS).map(([client, { scope }]) => ({
      client_id: client, client_secret: secretOf(client), scope,
      grant_types: ["client_credentials"], response_types: [], redirect_uris: [],
    })),
    clientDefaults: { id_token_signed_response_alg: "ES256" },
    scopes: SCOPES.split(" "),
    jwks: { keys: [newKey()] },
    cookies: { keys: ["unused"] },
    adapter: Nothing,
    ttl: { ClientCredentials: TOKEN_SECONDS },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => {
          if (!resources.includes(resource)) throw new errors.InvalidTarget();
          return { scope: SCOPES, audience: resource, accessTokenFormat: "jwt", jwt: { sign: { alg: "ES256" } } };
        },
      },
    },
    formats: { customizers: { jwt: (_, { clientId }, { payload }) => {
      const { issuedSecondsAgo = 0 } = CLIENTS[clientId];
      payload.iat -= issuedSecondsAgo;
      payload.exp -= issuedSecondsAgo;
    } } },
  };
}

function newKey() {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), kid: "demo", alg: "ES256", use: "sig" };
}

/** The provider's storage: none is needed, as its clients are listed above and its tokens speak for themselves. */
class Nothing {
  async upsert() {}
  async find() {}
}
