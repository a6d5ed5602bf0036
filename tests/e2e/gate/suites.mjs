// The resource-server suite against the gate in each runtime, and from each runtime against one gate.

import { spawn } from "node:child_process";
import { exchange } from "../../resource-server/exchange.mjs";
import { count, run } from "../../resource-server/suite.mjs";
import { commandOf, start } from "./gates.mjs";
import { PROJECT } from "./project.mjs";
import { startProvider } from "./provider.mjs";

const WRITE = ["mcp:write"];
/** What the gate is for the suite. */
export const TARGET = {
  revisions: ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"],
  ordinary: { method: "tools/list", params: {}, scopes: ["mcp:read"] },
  tool: { method: "tools/call", params: { name: "echo", arguments: {} }, scopes: WRITE },
  stepUp: {
    method: "tools/call",
    params: { name: "delete_all", arguments: {} },
    scopes: ["mcp:admin", "files:delete"],
  },
  unfixable: { method: "tools/call", params: { name: "owner_only", arguments: {} }, scopes: WRITE },
  resource: { method: "resources/read", params: { uri: "docs://public/a" }, scopes: ["mcp:read"] },
  broad: "mcp:admin",
  allowedOrigin: "https://app.example.com",
  maxBodyBytes: 1_048_576,
};

/** The options of a gate that is what the target says. */
export const optionsFor = (issuer) => (resource) => ({
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
  keys: { cooldown: 1 },
});

/** Against the gate in a runtime. Gives `{ counts, failures }`. */
export async function suiteAgainst(runtime) {
  return withGate(runtime, (target, provider) => {
    return run({ ...target, token: (wish) => provider.token(wish, target.url), exchange });
  });
}

/** From a runtime, against the gate in workerd. */
export async function suiteFrom(runtime) {
  return withGate("workerd", async (target, provider) => {
    const { command, args } = commandOf(runtime, "client.mjs", [
      JSON.stringify({ ...target, tokens: `${provider.issuer}/token` }),
    ]);
    const child = spawn(command, args, {
      cwd: PROJECT,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let written = "";
    child.stdout.on("data", (data) => (written += data));
    const code = await new Promise((resolve) => child.on("close", resolve));
    if (code !== 0) throw new Error(`${runtime} ended with status ${code}\n${written}`);
    return JSON.parse(written);
  });
}

async function withGate(runtime, results) {
  const provider = await startProvider();
  const gates = await start(runtime, optionsFor(provider.issuer));
  try {
    return summary(await results({ ...TARGET, url: gates.url }, provider));
  } finally {
    await gates.stop();
    provider.stop();
  }
}

function summary(results) {
  const failures = results
    .filter(({ outcome }) => outcome === "failed")
    .map(({ name, reason }) => `${name}: ${reason}`);
  return { counts: count(results), failures };
}
