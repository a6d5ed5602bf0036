// The packed package beside jose, on the cases that tests/differential has made of the crate:
//   node differential.mjs CASES TABLE [--any-seed]
// run in the project that has both installed. The package must come to the very code of the crate; jose to the same
// verdict, or a row of the table tells why not. With the fixed seed a row that excuses nothing fails.

import { readFileSync } from "node:fs";
import { DoorwardError, verify } from "doorward";
import { createLocalJWKSet, jwtVerify } from "jose";

const [casesPath, tablePath, anySeed] = process.argv.slice(2);
const MAX_TOLD = 20;

const rows = JSON.parse(readFileSync(tablePath, "utf8"))
  .rows.filter(({ peers }) => peers.includes("jose"))
  .map((row) => ({ ...row, used: 0 }));

const failures = [];
let passed = 0;
for (const line of readFileSync(casesPath, "utf8").split("\n")) {
  if (line === "") continue;
  const found = await judge(JSON.parse(line));
  if (found === undefined) passed++;
  else failures.push(`${found}: ${line}`);
}
if (anySeed === undefined) {
  for (const { id, used } of rows) if (used === 0) failures.push(`the row ${id} excuses nothing`);
}

for (const failure of failures.slice(0, MAX_TOLD)) console.log(`FAILED ${failure}\n`);
console.log(`differential: excused of jose: ${rows.map(({ id, used }) => `${id} ${used}`).join(", ")}`);
console.log(`differential: ${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;

/** What is wrong with this case; nothing, if it is as it should be. */
async function judge({ mutations, algorithm, doorward, token, jwks, options, now }) {
  const dated = { ...options, currentDate: new Date(now * 1000) };
  const found = ofDoorward(token, jwks, dated);
  if (found !== doorward) return `the crate: ${doorward}, the package: ${found}`;
  const jose = await ofJose(token, jwks, dated);
  if ((jose === "accepted") === (doorward === "accepted")) return undefined;
  const row = rows.find((candidate) => covers(candidate, jose === "accepted", doorward, mutations, algorithm));
  if (row === undefined) return `doorward: ${doorward}, jose: ${jose}`;
  row.used++;
  return undefined;
}

function ofDoorward(token, jwks, options) {
  try {
    verify(token, jwks, options);
    return "accepted";
  } catch (error) {
    if (error instanceof DoorwardError) return error.code;
    throw error;
  }
}

async function ofJose(token, jwks, options) {
  try {
    await jwtVerify(token, createLocalJWKSet(JSON.parse(jwks)), options);
    return "accepted";
  } catch (error) {
    return String(error.code ?? error.name);
  }
}

function covers(row, joseAccepts, verdict, mutations, algorithm) {
  return (
    (row.kind === "doorward stricter") === joseAccepts &&
    row.doorward.includes(verdict) &&
    (row.algorithms ?? [algorithm]).includes(algorithm) &&
    (row.mutations === undefined || row.mutations.some((pattern) => mutations.some((name) => named(pattern, name))))
  );
}

/** A star at the start of a pattern stands for any start, one at the end for any end. */
function named(pattern, name) {
  if (pattern.startsWith("*")) return name.endsWith(pattern.slice(1));
  if (pattern.endsWith("*")) return name.startsWith(pattern.slice(0, -1));
  return pattern === name;
}
