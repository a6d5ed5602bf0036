// Measures Doorward and its peers, and writes what was found: `make bench`, or BENCH_SECONDS=60 make bench to try it.
// Figures of the whole time go to pkg/docs and into the READMEs, those of less to target/bench. No figure fails it.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { passes, quick, seconds, underLoad } from "./budget.mjs";
import { chart } from "./chart.mjs";
import { machine, versionsOfAll } from "./machine.mjs";
import { writeMaterial } from "./material.mjs";
import { measuredNatively } from "./native.mjs";
import { TARGET, makeProject } from "./project.mjs";
import { DOCS, writeReadmes } from "./readme.mjs";
import { report } from "./report.mjs";
import { loading } from "./load/figures.mjs";
import { needWrk } from "./load/wrk.mjs";
import { makeProject as makeGateProject } from "../e2e/gate/project.mjs";
import { Figures, deciding, firstUses, growing, starting, verifying } from "./scenarios.mjs";
import { sizes } from "./sizes.mjs";

const began = Date.now();
const on = machine();
makeProject();
writeMaterial();

const figures = new Figures();
for (let pass = 1; pass <= passes; pass++) {
  for (const [what, measure] of Object.entries({ verifying, firstUses, growing, deciding, natively: measuredNatively })) {
    console.log(`${elapsed()} pass ${pass} of ${passes}: ${what}`);
    await measure(figures);
  }
}
console.log(`${elapsed()} starting`);
const cold = await starting();
console.log(`${elapsed()} under load`);
needWrk();
makeGateProject();
const load = await loading(["handler", "sdk"], underLoad);

const results = {
  date: new Date(began).toISOString().slice(0, 10),
  command: quick ? `BENCH_SECONDS=${seconds} make bench` : "make bench",
  quick,
  minutes: Math.round((Date.now() - began) / 60_000),
  machine: on,
  versions: versionsOfAll(),
  ...figures.tree(),
  cold,
  load,
  sizes: sizes(),
};
const folder = quick ? join(TARGET, "docs") : DOCS;
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "benchmark.json"), `${JSON.stringify(results, null, 1)}\n`);
writeFileSync(join(folder, "benchmark.md"), report(results));
writeFileSync(join(folder, "benchmark.svg"), chart(results));
if (!quick) writeReadmes(results);
console.log(`${elapsed()} written to ${folder}`);

function elapsed() {
  return `${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s`;
}
