// The resource-server suite against the gate in each runtime, and itself in other runtimes as the client.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { exchange } from "../../resource-server/exchange.mjs";
import { count, run } from "../../resource-server/suite.mjs";
import { start } from "./gates.mjs";
import { PROJECT, TOOLS } from "./project.mjs";
import { startProvider } from "./provider.mjs";

const WRITE = ["mcp:write"];
const TARGET = {
  revisions: ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"],
  ordinary: { method: "tools/list", params: {}, scopes: ["mcp:read"] },
  tool: { method: "tools/call", params: { name: "echo", arguments: {} }, scopes: WRITE },
  stepUp: { method: "tools/call", params: { name: "delete_all", arguments: {} }, scopes: ["mcp:admin", "files:delete"] },
  unfixable: { method: "tools/call", params: { name: "owner_only", arguments: {} }, scopes: WRITE },
  resource: { method: "resources/read", params: { uri: "docs://public/a" }, scopes: ["mcp:read"] },
  broad: "mcp:admin",
  allowedOrigin: "https://app.example.com",
  maxBodyBytes: 1_048_576,
};

/** The options of a gate that is what the target says. */
export const optionsFor = (issuer, more = {}) => (resource) => ({
  resource,
  insecureLoopback: true,
  issuers: [issuer],
  scopes: { implies: { "mcp:admin": WRITE, "mcp:write": ["mcp:read"] } },
  rules: [
    { method: "tools/call", name: "delete_*", scopes: TARGET.stepUp.scopes },
    { method: "tools/call", name: "owner_*", scopes: WRITE, claims: [{ claim: "role", equals: "owner" }] },
    { method: "tools/call", name: "*", scopes: WRITE },
    { method: "resources/read", uri: "docs://public/**", scopes: ["mcp:read"] },
    { method: "*", scopes: ["mcp:read"] },
  ],
  origins: [TARGET.allowedOrigin],
  ...more,
});

/** Runs the suite against a runtime. Gives `{ passed, failed, skipped, failures, fetches }`. */
export async function suiteAgainst(runtime, only) {
  const provider = await startProvider();
  const gates = await start(runtime, optionsFor(provider.issuer));
  try {
    const token = (wish) => provider.token(wish, gates.url);
    const results = await run({ ...TARGET, url: gates.url, token: (wish) => token(wish), exchange }, only);
    const failures = results.filter(({ outcome }) => outcome === "failed").map(({ name, reason }) => `${name}: ${reason}`);
    return { ...count(results), failures, fetches: provider.fetches, results };
  } finally {
    await gates.stop();
    provider.stop();
  }
}
