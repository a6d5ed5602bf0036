// A user's project with the packed package installed, and `doorward` in it in every runtime.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const TOOLS = join(ROOT, "tests/node_modules");
export const PROJECT = join(ROOT, "target/cli/project");

const node = (major) => join(TOOLS, `node${major}-${process.platform}-${process.arch}`, "bin/node");

/** How a user of each runtime calls it, and how it is called when it is called often. */
export const RUNTIMES = {
  node20: [node(20), "node_modules/doorward/bin/doorward.js"],
  node24: [node(24), "node_modules/doorward/bin/doorward.js"],
  deno: [join(TOOLS, ".bin/deno"), "run", "--no-prompt", "--cached-only", "--quiet", "--allow-env", "--allow-net", "--allow-read", "npm:doorward"],
  bun: [join(TOOLS, ".bin/bun"), "--bun", "node_modules/doorward/bin/doorward.js"],
};

/** Packs and installs. */
export function makeProject() {
  rmSync(join(ROOT, "target/cli"), { recursive: true, force: true });
  mkdirSync(PROJECT, { recursive: true });
  const tarball = npm(["pack", "--silent", "--pack-destination", "../target/cli"], join(ROOT, "pkg")).trim();
  writeFileSync(join(PROJECT, "package.json"), JSON.stringify({ name: "project", private: true, type: "module" }));
  const flags = ["--offline", "--no-audit", "--no-fund", "--no-package-lock", "--silent"];
  npm(["install", ...flags, join(ROOT, "target/cli", tarball)], PROJECT);
}

/** Runs `doorward`. Gives `{ exitCode, stdout, stderr }`. `runtime` is one of `RUNTIMES`, or the words of a command. */
export async function doorward(args, { runtime = "node20", input = "", env = {} } = {}) {
  const [command, ...before] = doorwardWords(runtime);
  const child = spawn(command, [...before, ...args], { cwd: PROJECT, env: { ...surroundings(), ...env } });
  const told = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (data) => (told[name] += data));
  child.stdin.on("error", () => {}); // it may have ended without reading
  child.stdin.end(input);
  const exitCode = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { exitCode, ...told };
}

/** What is typed before the arguments. */
export function doorwardWords(runtime) {
  return Array.isArray(runtime) ? runtime : RUNTIMES[runtime];
}

/** The variables that a shell has, and none that changes what is told. `npx` is with the Node that is tested. */
export function surroundings() {
  const { HOME, TMPDIR = "/tmp", PATH } = process.env;
  return { HOME, TMPDIR, PATH: [dirname(process.execPath), PATH].join(delimiter) };
}

function npm(args, cwd) {
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
