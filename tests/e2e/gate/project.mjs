// A user's project with the packed package installed, and a server for each runtime beside it.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
export const TOOLS = join(ROOT, "tests/node_modules");
export const PROJECT = join(ROOT, "target/gate/project");

const MAINS = join(ROOT, "tests/e2e/gate/mains");
const SUITE = join(ROOT, "tests/resource-server");

/** Packs, installs and copies. */
export function makeProject() {
  rmSync(join(ROOT, "target/gate"), { recursive: true, force: true });
  mkdirSync(PROJECT, { recursive: true });
  const tarball = npm(["pack", "--silent", "--pack-destination", "../target/gate"], join(ROOT, "pkg")).trim();
  writeFileSync(join(PROJECT, "package.json"), JSON.stringify({ name: "project", private: true, type: "module" }));
  const flags = ["--offline", "--no-audit", "--no-fund", "--no-package-lock", "--silent"];
  npm(["install", ...flags, join(ROOT, "target/gate", tarball)], PROJECT);
  for (const [folder, files] of [
    [MAINS, readdirSync(MAINS)],
    [SUITE, ["suite.mjs", "exchange.mjs", "listen.mjs"]],
  ]) {
    for (const file of files) cpSync(join(folder, file), join(PROJECT, file));
  }
}

/** The modules of the package, by their paths in the project. */
export function packageModules() {
  const folder = "node_modules/doorward";
  return readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:js|wasm)$/u.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(PROJECT.length + 1));
}

/** The file that an import of the package is for a worker. */
export function workerEntry() {
  const { exports } = JSON.parse(readFileSync(join(PROJECT, "node_modules/doorward/package.json"), "utf8"));
  return join("node_modules/doorward", exports["."].workerd.default);
}

function npm(args, cwd) {
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
