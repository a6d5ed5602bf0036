// Measures a scenario in a process and prints the rounds: node process.mjs JOB, of which the name of the scenario and
// what it needs to know are members, and how long to measure.

import { argv } from "node:process";
import { inTurns, limitsOf } from "./rounds.mjs";

const job = JSON.parse(argv[2]);
const { candidatesFor } = await import(`./scenarios/${job.scenario}.mjs`);
const { candidates, unable } = await candidatesFor(job);
const rounds = await inTurns(limitsOf(candidates), time, job);
console.log(JSON.stringify({ rounds, unable }));

async function time(name, count) {
  const { prepare, run } = candidates[name];
  const made = await prepare?.(count);
  const began = performance.now();
  await run(count, made);
  return performance.now() - began;
}
