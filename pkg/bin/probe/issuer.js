// An authorization server for the time of a probe: its metadata and its keys over HTTP, for a server that trusts it.

import { once } from "node:events";
import { createServer } from "node:http";
import { wrongUsage } from "../failure.js";
import { createIssuer } from "./suite.js";

/**
 * Listens on a port of this machine. `address` is what the server under test calls it, where it is reached by another
 * one. Gives `{ issuer, token, asked, close }`: `asked` has the paths that were asked for.
 */
export async function serveIssuer(port, address, audience) {
  const asked = new Set();
  let signer;
  const server = createServer((request, response) => {
    asked.add(request.url);
    const document = documentOf(signer, request.url);
    response.writeHead(document === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(document ?? { error: "there are /jwks and the documents of discovery" }));
  });
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    throw wrongUsage(`expected a free port, found ${error.code} for ${port}`, "choose another with --serve-issuer");
  }
  const issuer = address ?? `http://127.0.0.1:${server.address().port}`;
  signer = await createIssuer(issuer, { audience });
  return { issuer, jwksUri: signer.metadata().jwks_uri, token: signer.token, asked, close: () => closed(server) };
}

/** RFC 8414 section 3, OpenID Connect Discovery section 4, and the keys. */
function documentOf(signer, path) {
  if (path.endsWith("/jwks")) return signer.keys;
  if (!/\/\.well-known\/(?:oauth-authorization-server|openid-configuration)/u.test(path)) return undefined;
  const openid = { subject_types_supported: ["public"], id_token_signing_alg_values_supported: ["ES256"] };
  return { ...signer.metadata(), ...openid };
}

function closed(server) {
  server.close();
  server.closeAllConnections();
}
