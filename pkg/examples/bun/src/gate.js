// The gate before it: whose tokens are valid, and what they allow.
import { createGate } from "doorward";
import { server } from "./notes.js";

const { MCP_URL, ISSUER, INSECURE_LOOPBACK } = process.env;

const gate = createGate({
  resource: MCP_URL, // the address that clients are given
  issuers: [ISSUER],
  scopes: { implies: { "mcp:write": ["mcp:read"] } },
  rules: [
    { method: "tools/call", name: "delete_*", scopes: ["mcp:write"] },
    { method: "*", scopes: ["mcp:read"] },
  ],
  insecureLoopback: INSECURE_LOOPBACK === "true", // http://localhost, for development
  onDecision: (event) => console.log(JSON.stringify(event)),
});

/** Answers a request, as `fetch` does. The server is told who calls; the token itself stays here. */
export const answer = gate.protect((request, access) => server.fetch(request, { authInfo: access && authInfoOf(access) }));

function authInfoOf({ client, scopes, expires, issuer, subject }) {
  return { token: "", clientId: client, scopes: [...scopes], expiresAt: expires.getTime() / 1000, extra: { issuer, subject } };
}
