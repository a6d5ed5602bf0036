// The benchmark of the Rust crates, which cargo runs, and its figures from the files that criterion leaves.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { quick, timing } from "./budget.mjs";
import { ALGORITHMS } from "./material.mjs";
import { ROOT, TARGET } from "./project.mjs";

const MANIFEST = join(ROOT, "tests/bench/native/Cargo.toml");
const BUILT = join(ROOT, "target/bench-native");
const FOUND = join(BUILT, "criterion");

/** Who is compared natively with all others. */
const CRATES = ["jsonwebtoken", "jwt-simple", "criterion"];
const CANDIDATES = 4;

/** Measures everything once, criterion's samples being the rounds. */
export function measuredNatively(figures) {
  rmSync(FOUND, { recursive: true, force: true });
  const seconds = timing("native", ALGORITHMS.length * CANDIDATES).milliseconds / 1000;
  const times = ["--warm-up-time", "0.1", "--measurement-time", String(Math.max(0.1, seconds))];
  const samples = ["--sample-size", quick ? "10" : "30", "--nresamples", "1001"];
  cargo(["bench", "--quiet", "--", "--noplot", "--quiet", ...times, ...samples]);
  for (const [algorithm, rounds] of Object.entries(samplesFound())) figures.add(["native", algorithm], { rounds });
}

/** The compiler's version, and those of the crates. */
export function nativeVersions() {
  const lock = readFileSync(join(ROOT, "tests/bench/native/Cargo.lock"), "utf8");
  const version = (name) => new RegExp(`name = "${name}"\nversion = "([^"]*)"`, "u").exec(lock)[1];
  const [, rustc] = /^rustc (\S+)/u.exec(execFileSync("rustc", ["--version"], { encoding: "utf8" }));
  return { rustc, ...Object.fromEntries(CRATES.map((name) => [name, version(name)])) };
}

/** Microseconds of one call, sample by sample, by algorithm and candidate. */
function samplesFound() {
  const found = {};
  const files = readdirSync(FOUND, { recursive: true }).filter((file) => file.endsWith("new/sample.json"));
  for (const file of files) {
    const read = (name) => JSON.parse(readFileSync(join(FOUND, file, "..", name), "utf8"));
    const { iters, times } = read("sample.json");
    const { group_id: algorithm, function_id: name } = read("benchmark.json");
    (found[algorithm] ??= {})[name] = times.map((nanoseconds, at) => nanoseconds / iters[at] / 1000);
  }
  return found;
}

function cargo([command, ...args]) {
  const env = { ...process.env, BENCH_MATERIAL: join(TARGET, "native.json"), CARGO_TARGET_DIR: BUILT };
  execFileSync("cargo", [command, "--manifest-path", MANIFEST, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  if (!existsSync(FOUND)) throw new Error("the Rust benchmark left no figures");
}
