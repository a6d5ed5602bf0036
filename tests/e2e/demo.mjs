// The demo page in a real Chromium. Run: node tests/e2e/demo.mjs
// Another folder to serve may be named as argument; ONLY=words runs the tests that have them in their name.

import { fileURLToPath } from "node:url";
import access from "./demo-access.mjs";
import fields from "./demo-fields.mjs";
import safety, { policyHolds } from "./demo-safety.mjs";
import sample from "./demo-sample.mjs";
import { launch, serve, visit } from "./demo-site.mjs";

const tests = [...fields, ...sample, ...safety, ...access];
const root = process.argv[2] ?? fileURLToPath(new URL("../../www", import.meta.url));
const site = await serve(root);
const other = await serve(root);
const browser = await launch();
let passed = 0;
let failed = 0;

async function visiting(run, options) {
  const visited = await visit(browser, site.origin, options);
  try {
    await run(visited);
  } catch (error) {
    await visited.context.close();
    if (visited.faults.length > 0) error.stack += `\nthe page said: ${visited.faults.join("\n")}`;
    throw error;
  }
  await visited.leave();
}

async function count(name, run) {
  const began = Date.now();
  try {
    await run();
    passed += 1;
    console.log(`ok   ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n     ${String(error.stack ?? error).replaceAll("\n", "\n     ")}`);
  }
}

/** Tests that run at the same time, each in a context of its own. */
const LANES = 2;

const only = process.env.ONLY;
const queue = tests.filter(({ name }) => only === undefined || name.includes(only));
await count("the policy lets no script reach another server", () => policyHolds(browser, site.origin, other));
await Promise.all(Array.from({ length: LANES }, async () => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { name, run, options } = next;
    await count(name, () => visiting(run, options));
  }
}));
await browser.close();
site.close();
other.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
