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

const NEWEST = ["2026-07-28"];
const OLDER = ["2025-03-26", "2025-06-18", "2025-11-25"];

/**
 * The runs: what of the suite, and how many scenarios there are. A suite that has lost some would prove less. A gate
 * is told which revisions the server behind it serves: the suite holds the list in a refusal against what the server
 * says of itself. Extensions belong to no revision, so they are taken from a run of everything. No SDK has tasks yet,
 * so their scenarios fail: then they must fail in the same way.
 */
export const RUNS = [
  ...[["2025-03-26", 1], ["2025-06-18", 27], ["2025-11-25", 33]].map(([revision, scenarios]) => (
    { name: revision, chosen: ["--spec-version", revision], only: /./u, scenarios, failing: /^$/u, versions: OLDER }
  )),
  { name: "2026-07-28", chosen: ["--spec-version", "2026-07-28"], only: /./u, scenarios: 40, failing: /^$/u, versions: NEWEST },
  {
    name: "extensions", chosen: [], only: /^(?:tasks|sep-2640-skills)-/u, scenarios: 13, failing: /^tasks-/u,
    versions: [...OLDER, ...NEWEST],
  },
];

const SUITE = join(TOOLS, "@modelcontextprotocol/conformance/dist/index.js");
const TIMEOUT_MILLISECONDS = 60_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

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
export async function checkDirectly({ server, direct }, run) {
  const found = await suite(server.origin, run);
  direct.set(run, found);
  const failed = Object.entries(found).filter(([, checks]) => checks.some((check) => /(?:FAILURE|WARNING)$/u.test(check)));
  assert.deepEqual(failed.filter(([scenario]) => !run.failing.test(scenario)), []);
  assert.equal(Object.keys(found).length, run.scenarios);
  return counted(found);
}

/** The same through a gate. */
export async function checkThroughGate({ server, direct }, run, runtime) {
  const provider = await startProvider();
  const shim = await startShim();
  const rules = [{ method: "*", scopes: ["mcp:read"] }];
  const options = { issuers: [provider.issuer], rules, origins: [shim.origin], versions: run.versions };
  const gate = await startGate(runtime, server.origin, options);
  try {
    provider.resources.add(gate.resource);
    Object.assign(shim.target, { resource: gate.resource, token: await tokenOf(provider, gate.resource) });
    const found = await suite(shim.url, run);
    assert.deepEqual(different(found, direct.get(run)), []);
    assert.ok(gate.events.some(({ decision }) => decision === "allow"), "the gate has decided");
    return counted(found);
  } finally {
    await Promise.all([gate.stop(), shim.close(), provider.close()]);
  }
}

/** Runs the suite. Gives each scenario's checks with their status; remarks are no checks. */
async function suite(url, { chosen, only }) {
  const folder = mkdtempSync(join(tmpdir(), "conformance-"));
  const args = [SUITE, "server", "--url", url, "--suite", "all", ...chosen, "--output-dir", folder];
  try {
    const limits = { timeout: TIMEOUT_MILLISECONDS, maxBuffer: MAX_OUTPUT_BYTES };
    await promisify(execFile)(process.execPath, args, limits).catch((error) => {
      if (typeof error.code !== "number") throw error; // what has failed is in the files
    });
    const all = readdirSync(folder).map((name) => {
      const checks = JSON.parse(readFileSync(join(folder, name, "checks.json"), "utf8"));
      const [, scenario] = /^server-(.*)-\d{4}-\d\d-\d\dT[\d-]+Z$/u.exec(name);
      return [scenario, checks.filter(({ status }) => status !== "INFO").map(({ id, status }) => `${id} ${status}`).sort()];
    });
    return Object.fromEntries(all.filter(([scenario]) => only.test(scenario)));
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

/** The checks that ended otherwise than at the server itself, with how they have ended here. */
function different(found, expected) {
  return [...new Set([...Object.keys(found), ...Object.keys(expected)])].flatMap((scenario) => {
    const before = [...(expected[scenario] ?? [])];
    const others = (found[scenario] ?? []).filter((check) => {
      const at = before.indexOf(check);
      if (at >= 0) before.splice(at, 1);
      return at < 0;
    });
    return [...others.map((check) => `${scenario}: ${check}`), ...before.map((check) => `${scenario}: no ${check}`)];
  });
}

function counted(found) {
  const checks = Object.values(found).flat();
  const passed = checks.filter((check) => check.endsWith(" SUCCESS")).length;
  return `${Object.keys(found).length} scenarios, ${passed} of ${checks.length} checks passed`;
}
