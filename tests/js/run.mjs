// Packs the package, installs the tarball, and runs the suite from it in every runtime:
//   CHROMIUM=/usr/bin/chromium node tests/js/run.mjs [RUNTIME ...]
// Ends with "N passed, N failed". It fails on any failure, on a runtime that does not answer, and where two
// runtimes have not run the same number of tests.

import { benchTests } from "./bench.mjs";
import { documentationTests } from "./documentation.mjs";
import { exampleTests } from "./examples.mjs";
import { run, told } from "./harness.mjs";
import { packageTests } from "./package.mjs";
import { makeProject } from "./project.mjs";
import { readmeTests } from "./readme.mjs";
import { chromium, chromiumWithoutFile } from "./runtimes/chromium.mjs";
import { bun, deno, node20, node24 } from "./runtimes/processes.mjs";
import { edgeLight, workerd } from "./runtimes/workerd.mjs";
import { storeTests } from "./stores.mjs";
import { typeTests } from "./types.mjs";

const RUNTIMES = { node20, node24, deno, bun, workerd, edgeLight, chromium, chromiumWithoutFile };

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in RUNTIMES));
if (unknown) throw new Error(`no runtime ${unknown}: there are ${Object.keys(RUNTIMES).join(", ")}`);

makeProject();
packageTests();
typeTests();
readmeTests();
await documentationTests();
benchTests();
exampleTests();
storeTests();
const counts = [];
count("package", told("package, types, documentation, benchmark, examples and stores", await run()));

let perRuntime;
for (const [name, runtime] of Object.entries(RUNTIMES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const began = Date.now();
  const written = await runtime().catch((error) => `FAILED ${name}: ${error.message}\n\n${name}: 0 passed, 1 failed`);
  const { passed, failed } = count(name, written, ` (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  perRuntime ??= passed + failed;
  if (passed + failed !== perRuntime) {
    console.log(`FAILED ${name} ran ${passed + failed} tests and not ${perRuntime}, as the first did`);
    counts.push({ passed: 0, failed: 1 });
  }
}

const sum = (member) => counts.reduce((total, each) => total + each[member], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") === 0 ? 0 : 1;

/** Prints what a runtime wrote, and counts by its last line. A runtime that ends otherwise has failed. */
function count(name, written, after = "") {
  const text = written.trimEnd();
  const [, passed, failed] = /: (\d+) passed, (\d+) failed$/u.exec(text) ?? [undefined, 0, 1];
  console.log(text + after);
  if (Number(passed) === 0) console.log(`FAILED ${name} told no result`);
  counts.push({ passed: Number(passed), failed: Number(passed) === 0 ? Math.max(1, Number(failed)) : Number(failed) });
  return counts.at(-1);
}
