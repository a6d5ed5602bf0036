// The first five minutes, as the README tells them, on a fresh clone with an empty home: its blocks are run as they stand
// there, in their order, and timed. Nothing is known here of what they contain but what they must lead to:
//   node tests/first-minutes/run.mjs
// Rust's toolchain, Node.js and the programs of the system are taken as they are, since the README asks for them; caches of
// npm and Cargo are empty.

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandsOf, stepsOf } from "./readme.mjs";
import { Shell } from "./shell.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = join(ROOT, "target/first-minutes");
const CLONE = join(FOLDER, "doorward");
const HOME = join(FOLDER, "home");

/** What a step must print to have led where the README says, and whether it goes on running beside the next ones. */
const EXPECTED = {
  "make demo": { printed: /The demo page is at http:\/\/localhost:8787 until Ctrl-C/u, stays: true },
  "first-token.sh": { printed: /^ACCEPTED$/mu, milestone: "the first verified token" },
  "first-call.sh": { printed: /"result":\{.*"tools":\[/su, milestone: "the first call of a protected MCP server" },
};

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(HOME, { recursive: true });
const began = performance.now();
execFileSync("git", ["clone", "--quiet", "--depth", "1", `file://${ROOT}`, CLONE]);

const steps = stepsOf(join(CLONE, "README.md"));
const names = steps.map(({ name }) => name);
if (names.join() !== Object.keys(EXPECTED).join()) {
  throw new Error(`the README's steps are ${names.join(", ")}; expected ${Object.keys(EXPECTED).join(", ")}`);
}

const shell = new Shell(CLONE, environment());
let commands = 1; // the clone itself
try {
  for (const { name, text } of steps) {
    const { printed, stays = false, milestone } = EXPECTED[name];
    commands += commandsOf(text);
    await shell.run(name, text, { printed, stays });
    const seconds = Math.round((performance.now() - began) / 1000);
    if (milestone !== undefined) console.log(`clone to ${milestone}: ${seconds} seconds, ${commands} commands`);
  }
} finally {
  await shell.end();
}

/** An empty home. The toolchain alone stays where it is, and what the system is told by variables. */
function environment() {
  const { RUSTUP_HOME = join(homedir(), ".rustup") } = process.env;
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:MAKE|MFLAGS|CARGO_|npm_)/u.test(name));
  return { ...Object.fromEntries(inherited), RUSTUP_HOME, HOME };
}
