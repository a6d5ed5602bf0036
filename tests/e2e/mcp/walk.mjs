// A walk: steps in order, over one setting of a provider, an MCP server, and a gate between it and the clients.

import assert from "node:assert/strict";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { startGate } from "./gates.mjs";
import { startProvider } from "./provider.mjs";

export const RULES = {
  scopes: { implies: { "mcp:admin": ["mcp:write"], "mcp:write": ["mcp:read"] } },
  rules: [
    { method: "tools/call", name: "delete_*", scopes: ["mcp:admin"] },
    { method: "*", scopes: ["mcp:read"] },
  ],
};

/** Starts all three. `algorithm` is of the provider's access tokens. */
export async function startSetting(runtime, startServer, algorithm) {
  const provider = await startProvider({ algorithm });
  const server = await startServer();
  const gate = await startGate(runtime, server.origin, { issuers: [provider.issuer], ...RULES });
  provider.resources.add(gate.resource);
  const address = new URL(gate.resource);
  const metadata = `${address.origin}/.well-known/oauth-protected-resource${address.pathname}`;
  const stop = async () => {
    await Promise.all([gate.stop(), server.close(), provider.close()]);
    assert.deepEqual([...provider.faults, ...server.faults], [], "faults of provider and server");
  };
  return { provider, server, gate, metadata, stop };
}

/** The parameters of a challenge but its description, which is for people. */
export function challengeOf(response) {
  const value = response.got?.get("www-authenticate") ?? response.headers.get("www-authenticate");
  assert.match(value, /^Bearer (?:[a-z_]+="[^"\\]*"(?:, |$))+$/u);
  const parameters = [...value.matchAll(/([a-z_]+)="([^"]*)"/gu)].map(([, name, content]) => [name, content]);
  return Object.fromEntries(parameters.filter(([name]) => name !== "error_description"));
}

/** Takes the exchanges that were noted since the last time. */
export function taken(exchanges) {
  return exchanges.splice(0);
}

export function text({ content }) {
  return content.map((part) => part.text).join("");
}

/** The access token is what a gate for this resource is to accept, with these scopes and no others. */
export function assertToken(token, { provider, gate }, scopes) {
  const { iss, aud, scope } = decodeJwt(token);
  assert.deepEqual([iss, aud, scope.split(" ").sort()], [provider.issuer, gate.resource, [...scopes].sort()]);
  assert.equal(decodeProtectedHeader(token).typ, "at+jwt");
}

/** The server has got whose request it is from the gate, and no token. */
export function assertIdentity({ headers }, { provider }, { subject, client, scopes }) {
  assert.equal(headers.authorization, undefined);
  const found = ["issuer", "subject", "client", "scopes"].map((name) => decodeURIComponent(headers[`doorward-${name}`]));
  assert.deepEqual([...found.slice(0, 3), found[3].split(" ").sort()], [provider.issuer, subject, client, [...scopes].sort()]);
}

/** Sends one JSON-RPC request of its own, past any SDK; `headers` are added. */
export function posted(resource, message, headers = {}) {
  return fetch(resource, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, ...message }),
  });
}

/** Waits until it is so, for a few seconds at most. */
export async function until(condition, what) {
  const end = Date.now() + PATIENCE_MILLISECONDS;
  while (!condition()) {
    if (Date.now() > end) assert.fail(`${what}: not within ${PATIENCE_MILLISECONDS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const PATIENCE_MILLISECONDS = 5_000;
