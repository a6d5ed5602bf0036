// The gate in workerd under load over HTTP, beside the same worker without it. Run after `make build`:
//   node tests/bench/load.mjs [--behind NAME ...] [--seconds N] [--rounds N] [--connections N] [--json FILE]
//     [--publish]
//   node tests/bench/load.mjs --minutes N [--behind NAME]
// NAME is what is behind the gate: handler, sdk or proxy. With --publish the figures take the place of the former ones
// in pkg/docs; with --minutes the gate alone is under load for so long, and its memory is told.

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { makeProject } from "../e2e/gate/project.mjs";
import { BEHIND } from "./load/behind.mjs";
import { lasting } from "./load/comparison.mjs";
import { loading, publish } from "./load/figures.mjs";
import { needWrk } from "./load/wrk.mjs";

const { values: given } = parseArgs({
  options: {
    behind: { type: "string", multiple: true, default: ["handler", "sdk"] },
    seconds: { type: "string", default: process.env.LOAD_SECONDS ?? "5" },
    rounds: { type: "string", default: "5" },
    connections: { type: "string", default: "16" },
    json: { type: "string" },
    publish: { type: "boolean", default: false },
    minutes: { type: "string" },
  },
});
const unknown = given.behind.find((name) => !(name in BEHIND));
if (unknown !== undefined) throw new Error(`nothing named ${unknown}: there are ${Object.keys(BEHIND).join(", ")}`);
const [seconds, rounds, connections] = [given.seconds, given.rounds, given.connections].map(Number);

needWrk();
makeProject();
const results =
  given.minutes === undefined
    ? await loading(given.behind, { seconds, rounds, connections })
    : await lasting(given.behind[0], { minutes: Number(given.minutes), connections });
const text = JSON.stringify(results, null, 2);
if (given.json !== undefined) writeFileSync(given.json, `${text}\n`);
if (given.publish) publish(results);
console.log(text);
