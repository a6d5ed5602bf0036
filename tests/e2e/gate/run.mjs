// The gate with real parts: the resource-server suite in five runtimes, faults of provider and origin, concurrency,
// memory. Run after `make build`: node tests/e2e/gate/run.mjs [PART ...]. Ends with "N passed, N failed".

import { concurrency } from "./concurrency.mjs";
import { firstRequests } from "./first-requests.mjs";
import { start } from "./gates.mjs";
import { memory } from "./memory.mjs";
import { originFaults } from "./origin-faults.mjs";
import { makeProject } from "./project.mjs";
import { outages } from "./outages.mjs";
import { suiteAgainst, suiteFrom } from "./suites.mjs";

const PARTS = {
  async suites() {
    const counts = new Set();
    for (const runtime of ["workerd", "deno", "node20", "node24", "bun"])
      await suite(`the suite against ${runtime}`, () => suiteAgainst(runtime), counts);
    for (const runtime of ["deno", "bun", "node24"])
      await suite(`the suite from ${runtime}`, () => suiteFrom(runtime), counts);
    await test("the suite has the same counts everywhere", () => {
      if (counts.size !== 1) throw new Error([...counts].join("; "));
    });
  },
  faults: () =>
    Promise.all(
      ["workerd", "deno"].flatMap((runtime) => [
        within(runtime, firstRequests, originFaults),
        outages(runtime, (name, run) => test(`${runtime}: ${name}`, run)),
      ]),
    ),
  async concurrency() {
    for (const runtime of ["workerd", "deno"]) await within(runtime, concurrency);
  },
  memory: () => within("workerd", memory),
};

/** What waits most of its time goes together with what computes. */
const TOGETHER = [["suites"], ["faults", "memory"], ["concurrency"]];

let passed = 0;
let failed = 0;

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in PARTS));
if (unknown) throw new Error(`no part ${unknown}: there are ${Object.keys(PARTS).join(", ")}`);

makeProject();
for (const parts of TOGETHER)
  await Promise.all(parts.filter((name) => asked.length === 0 || asked.includes(name)).map(part));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1); // servers that were told never to answer may still be open

async function part(name) {
  const began = Date.now();
  await PARTS[name]().catch((error) => test(name, () => Promise.reject(error)));
  console.log(`${name}: done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** Runs a test. What it gives is told. */
async function test(name, run) {
  try {
    const said = await run();
    passed++;
    if (said) console.log(`ok   ${name}: ${said}`);
  } catch (error) {
    failed++;
    console.log(
      `FAIL ${name}\n     ${(error.name === "Error" ? error.message : `${error.stack}`).replaceAll("\n", "\n     ")}`,
    );
  }
}

/** Every test of the suite counts. */
async function suite(name, run, counts) {
  const began = Date.now();
  const { counts: found, failures } = await run();
  counts.add(JSON.stringify(found));
  passed += found.passed;
  failed += failures.length;
  for (const failure of failures) console.log(`FAIL ${name}: ${failure}`);
  const outcomes = `${found.passed} passed, ${found.failed} failed, ${found.skipped} skipped`;
  console.log(`${failures.length === 0 ? "ok  " : "FAIL"} ${name}: ${outcomes}, in ${Date.now() - began} ms`);
}

/** Runs topics with the service in a runtime, which must live to their end. */
async function within(runtime, ...topics) {
  const options = (resource) => ({ resource, insecureLoopback: true, issuers: ["https://idp.example"] });
  const gates = await start(runtime, options);
  for (const topic of topics) await topic(gates, (name, run) => test(`${runtime}: ${name}`, run));
  await test(`${runtime}: the server is alive`, () => gates.memory().then(() => undefined));
  await gates.stop();
}
