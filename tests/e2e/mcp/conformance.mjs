// The official conformance suite, against a server and against the same server through the gate: whatever it finds
// there, it must find here.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { TOOLS } from "../../js/project.mjs";
import { startEverything } from "./everything/server.mjs";
import { startGate } from "./gates.mjs";
import { JOB, startProvider } from "./provider.mjs";
import { startShim } from "./shim.mjs";

/** The runs: by revision, how many scenarios there are for it. A suite that has lost some would prove less. */
export const RUNS = { "2025-03-26": 1, "2025-06-18": 27, "2025-11-25": 33, "2026-07-28": 40 };

/** A gate says which revisions it serves: those that the server behind it serves in the same way. */
const VERSIONS = { "2026-07-28": ["2026-07-28"] };
const OLDER = ["2025-03-26", "2025-06-18", "2025-11-25"];

const SUITE = join(TOOLS, "@modelcontextprotocol/conformance/dist/index.js");
const TIMEOUT_MILLISECONDS = 60_000;

/** A server, and what the suite finds at it directly: checks that all pass. */
export async function startConformance() {
  const server = await startEverything();
  const direct = new Map();
  return { server, direct, stop: async () => {
    await server.close();
    assert.deepEqual(server.faults, []);
  } };
}

/** The suite's own verdict about the server. Gives how much it has looked at. */
export async function checkDirectly({ server, direct }, revision) {
  const found = await suite(server.origin, revision);
  direct.set(revision, found);
  assert.deepEqual(Object.values(found).flat().filter((check) => !check.endsWith(" SUCCESS") && !check.endsWith(" SKIPPED")), []);
  assert.equal(Object.keys(found).length, RUNS[revision]);
  return counted(found);
}

/** The same through a gate. */
export async function checkThroughGate({ server, direct }, revision, runtime) {
  const provider = await startProvider();
  const shim = await startShim();
  const options = { issuers: [provider.issuer], rules: [{ method: "*", scopes: ["mcp:read"] }], origins: [shim.origin], versions: VERSIONS[revision] ?? OLDER };
  const gate = await startGate(runtime, server.origin, options);
  try {
    provider.resources.add(gate.resource);
    Object.assign(shim.target, { resource: gate.resource, token: await tokenOf(provider, gate.resource) });
    const found = await suite(shim.url, revision);
    assert.deepEqual(found, direct.get(revision));
    assert.ok(gate.events.some(({ decision }) => decision === "allow"), "the gate has decided");
    return counted(found);
  } finally {
    await Promise.all([gate.stop(), shim.close(), provider.close()]);
  }
}

/** Runs the suite's scenarios for a revision. Gives each scenario's checks with their status; remarks are no checks. */
async function suite(url, revision) {
  const folder = mkdtempSync(join(tmpdir(), "conformance-"));
  const args = [SUITE, "server", "--url", url, "--suite", "all", "--spec-version", revision, "--output-dir", folder];
  try {
    await promisify(execFile)(process.execPath, args, { timeout: TIMEOUT_MILLISECONDS, maxBuffer: 64 * 1024 * 1024 }).catch((error) => {
      if (typeof error.code !== "number") throw error; // what has failed is in the files
    });
    return Object.fromEntries(readdirSync(folder).map((name) => {
      const checks = JSON.parse(readFileSync(join(folder, name, "checks.json"), "utf8"));
      const [, scenario] = /^server-(.*)-\d{4}-\d\d-\d\dT[\d-]+Z$/u.exec(name);
      return [scenario, checks.filter(({ status }) => status !== "INFO").map(({ id, status }) => `${id} ${status}`).sort()];
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tokenOf({ issuer }, resource) {
  const response = await fetch(`${issuer}/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${JOB.id}:${JOB.secret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials", resource, scope: "mcp:read" }),
  });
  assert.equal(response.status, 200, "a token for the shim");
  return (await response.json()).access_token;
}

function counted(found) {
  return `${Object.keys(found).length} scenarios, ${Object.values(found).flat().length} checks`;
}
