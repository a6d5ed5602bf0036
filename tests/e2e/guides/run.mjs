// The guides: each example from the packed package, in its runtime, between a real provider and a real client; what the
// pages say about it; and the pages about migration, whose programs are asked the same.
//   node tests/e2e/guides/run.mjs [EXAMPLE | pages | mistakes | migration ...]
// Ends with "N passed, N failed".

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { nodePackage } from "../../js/runtimes/processes.mjs";

// oidc-provider needs a newer Node.js than the one that the package must run with.
const NODE_MAJOR = 24;
if (Number(process.versions.node.split(".")[0]) < NODE_MAJOR) {
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  process.exit(spawnSync(nodePackage(NODE_MAJOR), args, { stdio: "inherit" }).status);
}

const { startModernServer } = await import("../mcp/modern-server.mjs");
const { startProvider, JOB } = await import("../mcp/provider.mjs");
const { EXAMPLES, start } = await import("./examples.mjs");
const { guideTests, hasTrial } = await import("./guides.mjs");
const { migrations } = await import("./migration.mjs");
const { mistakeTests } = await import("./mistakes.mjs");
const { sdkMigration } = await import("./sdk.mjs");
const { unpack } = await import("./projects.mjs");
const { ELSEWHERE, GUIDE_STEP, STEPS } = await import("./walk.mjs");

const PARTS = ["pages", ...Object.keys(EXAMPLES), "mistakes", "migration"];
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !PARTS.includes(name));
if (unknown) throw new Error(`no part ${unknown}: there are ${PARTS.join(", ")}`);

const counts = { passed: 0, failed: 0 };
unpack();
const provider = await startProvider();
provider.resources.add(ELSEWHERE);
for (const name of asked.length === 0 ? PARTS : asked) {
  if (name === "pages") await guideTests(count);
  else if (name === "mistakes") await mistakeTests(count, provider);
  else if (name === "migration") await migrated();
  else await walked(name);
}
await provider.close();
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

async function walked(name) {
  const server = EXAMPLES[name].forwards ? await startModernServer() : undefined;
  let example;
  await count(`${name}: it starts`, async () => {
    example = await start(name, provider.issuer, server && `${server.origin}`);
  });
  if (example !== undefined) {
    provider.resources.add(example.resource);
    const deleted = server ? "Note 1 is deleted." : `${JOB.id} has deleted note 1.`;
    const steps = hasTrial(name) ? [...STEPS, GUIDE_STEP] : STEPS;
    for (const [step, body] of steps) await count(`${name}: ${step}`, () => body({ ...example, name, provider, deleted }), example);
    await example.stop();
  }
  await server?.close();
}

async function migrated() {
  await migrations(count);
  await sdkMigration(count, provider);
}

async function count(name, body, example) {
  const began = Date.now();
  try {
    await body();
    counts.passed += 1;
    console.log(`ok   ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    counts.failed += 1;
    console.log(`FAIL ${name}\n     ${String(error.stack ?? error).replaceAll("\n", "\n     ")}`);
    if (example) console.log(`     it wrote: ${example.written()}`);
  }
}
