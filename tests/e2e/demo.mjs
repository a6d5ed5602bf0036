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

async function count(name, run) {
  try {
    await run();
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n     ${String(error.stack ?? error).replaceAll("\n", "\n     ")}`);
  }
}

const only = process.env.ONLY;
await count("the policy lets no script reach another server", () => policyHolds(browser, site.origin, other));
for (const { name, run, options } of tests.filter(({ name }) => only === undefined || name.includes(only))) {
  await count(name, async () => {
    const visited = await visit(browser, site.origin, options);
    try {
      await run(visited);
    } catch (error) {
      await visited.context.close();
      if (visited.faults.length > 0) error.stack += `\nthe page said: ${visited.faults.join("\n")}`;
      throw error;
    }
    await visited.leave();
  });
}
await browser.close();
site.close();
other.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
