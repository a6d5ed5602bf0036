// The figures of the gate under load, as they are published with those of the benchmark.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machine } from "../machine.mjs";
import { DOCS } from "../readme.mjs";
import { report } from "../report.mjs";
import { compared } from "./comparison.mjs";

/** Measures each of what may be behind the gate. */
export async function loading(behind, { seconds, rounds, connections }) {
  const { loadBefore } = machine();
  const date = new Date().toISOString().slice(0, 10);
  const found = {};
  for (const name of behind) found[name] = await compared(name, { seconds, rounds, connections });
  return { date, loadBefore, seconds, rounds, connections, behind: found };
}

/** Puts them in the place of the former ones in the documents. */
export function publish(load) {
  const file = join(DOCS, "benchmark.json");
  const results = { ...JSON.parse(readFileSync(file, "utf8")), load };
  writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
  writeFileSync(join(DOCS, "benchmark.md"), report(results));
}
