// The demo page in a real Chromium. Run: node tests/e2e/demo.mjs
// The live panel's tests run against what `make demo` runs, the others against a static host of the folder `www`, or of
// another one named as argument. ONLY=words runs the tests that have them in their name.

import { fileURLToPath } from "node:url";
import access from "./demo-access.mjs";
import benchmark from "./demo-benchmark.mjs";
import fields from "./demo-fields.mjs";
import keys from "./demo-keys.mjs";
import live from "./demo-live.mjs";
import processes, { startDemo } from "./demo-processes.mjs";
import request from "./demo-request.mjs";
import rules from "./demo-rules.mjs";
import safety, { policyHolds } from "./demo-safety.mjs";
import sample from "./demo-sample.mjs";
import share from "./demo-share.mjs";
import { launch, serve, visit } from "./demo-site.mjs";
import tabs from "./demo-tabs.mjs";

const tests = [...live, ...tabs, ...fields, ...sample, ...keys, ...rules, ...request, ...share, ...safety, ...access, ...benchmark];
const root = process.argv[2] ?? fileURLToPath(new URL("../../www", import.meta.url));
const site = await serve(root);
const other = await serve(root);
const demo = await startDemo();
const browser = await launch();
let passed = 0;
let failed = 0;

/** A test of the live panel visits the page of `make demo`, any other the same page on a static host. */
async function visiting({ run, options: { live: isLive = false, ...options } }) {
  const visited = await visit(browser, isLive ? demo.origin : site.origin, options);
  visited.demo = demo;
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
const chosen = tests.filter(({ name }) => only === undefined || name.includes(only));
const queue = chosen.filter(({ options }) => !options.alone);
await count("the policy lets no script reach another server", () => policyHolds(browser, site.origin, other));
await Promise.all(Array.from({ length: LANES }, async () => {
  while (queue.length > 0) {
    const each = queue.shift();
    await count(each.name, () => visiting(each));
  }
}));
for (const each of chosen.filter(({ options }) => options.alone)) await count(each.name, () => visiting(each));
for (const [name, run] of Object.entries(processes)) {
  if (only === undefined || name.includes(only)) await count(name, () => run(demo));
}
await browser.close();
site.close();
other.close();
demo.child.kill(); // where no test has ended it
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
