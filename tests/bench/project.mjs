// A project with the packed package and its peers installed, and what is run inside the runtimes.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, TOOLS } from "../js/project.mjs";

export { ROOT, TOOLS };
export const TARGET = join(ROOT, "target/bench");
export const PROJECT = join(TARGET, "project");

export const PEERS = ["jose", "aws-jwt-verify", "fast-jwt", "@tsndr/cloudflare-worker-jwt", "hono"];

/** Packs, installs and copies. */
export function makeProject() {
  rmSync(PROJECT, { recursive: true, force: true });
  mkdirSync(PROJECT, { recursive: true });
  const packed = npm(["pack", "--silent", "--pack-destination", TARGET], join(ROOT, "pkg")).trim();
  writeFileSync(join(PROJECT, "package.json"), JSON.stringify({ name: "project", private: true, type: "module" }));
  npm(["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", "--silent", join(TARGET, packed)], PROJECT);
  const needed = [...new Set(PEERS.flatMap(withDependencies))];
  for (const name of needed) cpSync(join(TOOLS, name), join(PROJECT, "node_modules", name), { recursive: true });
  cpSync(join(ROOT, "tests/bench/inside"), PROJECT, { recursive: true });
}

/** The version of an installed package. */
export const versionOf = (name) => manifestOf(join(PROJECT, "node_modules", name)).version;

/** The files of the installed package, by their paths in the project. */
export function filesOf(folder) {
  return readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(PROJECT.length + 1));
}

function withDependencies(name) {
  const { dependencies = {} } = manifestOf(join(TOOLS, name));
  return [name, ...Object.keys(dependencies).flatMap(withDependencies)];
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

function npm(args, cwd) {
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
