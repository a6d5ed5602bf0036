// The gate between real parts: an identity provider, MCP servers and MCP clients, in workerd and in Deno.
//   node tests/e2e/mcp/run.mjs [WORDS ...]
// With words, only what has all of them in its name. Ends with "N passed, N failed".

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { nodePackage } from "../../js/runtimes/processes.mjs";

// oidc-provider and the conformance suite need a newer Node.js than the one that the package must run with.
const NODE_MAJOR = 24;
if (Number(process.versions.node.split(".")[0]) < NODE_MAJOR) {
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  process.exit(spawnSync(nodePackage(NODE_MAJOR), args, { stdio: "inherit" }).status);
}

const { RUNS, checkDirectly, checkThroughGate, startConformance } = await import("./conformance.mjs");
const { RUNTIMES, install } = await import("./gates.mjs");
const { credentialsWalk } = await import("./walk-credentials.mjs");
const { modernWalk } = await import("./walk-modern.mjs");
const { sessionWalk } = await import("./walk-sessions.mjs");

const words = process.argv.slice(2);
const counts = { passed: 0, failed: 0 };
install();
for (const runtime of Object.keys(RUNTIMES)) {
  for (const walk of [modernWalk, sessionWalk, credentialsWalk]) await walked(`${runtime}, ${walk.name}`, runtime, walk);
}
await conformed("conformance");
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

/** Walks all steps over one setting. A step that fails does not keep the next from being tried: each tells its own. */
async function walked(name, runtime, walk) {
  if (!words.every((word) => name.includes(word))) return;
  let setting;
  await count(`${name}: all starts`, async () => {
    setting = await walk.begin(runtime);
  });
  if (setting === undefined) return;
  for (const [step, body] of walk.steps) await count(`${name}: ${step}`, () => body(setting), setting);
  await count(`${name}: all ends without a fault`, () => setting.stop());
}

/** The suite at the server itself, then through the gate in each runtime. */
async function conformed(name) {
  if (!words.every((word) => name.includes(word))) return;
  const setting = await startConformance();
  for (const run of RUNS) {
    await count(`${name}, ${run.name}: the server`, () => checkDirectly(setting, run));
    for (const runtime of Object.keys(RUNTIMES)) {
      const what = `${name}, ${run.name}: the same through the gate in ${runtime}`;
      await count(what, () => checkThroughGate(setting, run, runtime));
    }
  }
  await count(`${name}: all ends without a fault`, () => setting.stop());
}

/** What `body` gives is told beside its time. */
async function count(name, body, setting) {
  const began = Date.now();
  try {
    const told = await body();
    counts.passed += 1;
    console.log(`ok   ${name} (${[...(told === undefined ? [] : [told]), `${Date.now() - began} ms`].join(", ")})`);
  } catch (error) {
    counts.failed += 1;
    console.log(`FAIL ${name}\n     ${String(error.stack ?? error).replaceAll("\n", "\n     ")}`);
    if (setting?.gate?.written) console.log(`     the gate wrote: ${setting.gate.written}`);
  }
}
