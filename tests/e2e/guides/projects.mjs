// The examples as users have them: copied out of the packed package, with what their package.json names installed.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { TOOLS } from "../../js/project.mjs";

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const FOLDER = join(ROOT, "target/e2e/guides");
const PACKAGE = join(FOLDER, "package");
export const COMMAND = join(PACKAGE, "bin/doorward.js");

/** Packs the package, and unpacks it once for all examples. */
export function unpack() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(PACKAGE, { recursive: true });
  const pack = ["pack", "--silent", "--pack-destination", FOLDER];
  const tarball = execFileSync("npm", pack, { cwd: join(ROOT, "pkg"), encoding: "utf8" }).trim();
  execFileSync("tar", ["-xzf", join(FOLDER, tarball), "--strip-components=1", "-C", PACKAGE]);
}

/**
 * Makes the project of an example, in a folder of its name or of another, and gives that folder. What it imports without naming it is not to be found: it has
 * its dependencies alone, in the versions of the tests, which must be those from which on it says that it works.
 */
export function project(name, as = name) {
  const folder = join(FOLDER, as);
  cpSync(join(PACKAGE, "examples", name), folder, { recursive: true });
  cpSync(PACKAGE, join(folder, "node_modules/doorward"), { recursive: true });
  for (const [dependency, range] of dependenciesOf(folder)) {
    const place = join(folder, "node_modules", dependency);
    if (!existsSync(place)) linked(join(TOOLS, dependency), place);
    const { version } = json(place, "package.json");
    if (range !== `^${version}`) throw new Error(`${name} asks for ${dependency} ${range}, and is tested with ${version}`);
  }
  return folder;
}

/** A folder of this name that has the package and these others. */
export function folderWith(name, dependencies) {
  const folder = join(FOLDER, name);
  for (const dependency of dependencies) linked(join(TOOLS, dependency), join(folder, "node_modules", dependency));
  cpSync(PACKAGE, join(folder, "node_modules/doorward"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  return folder;
}

function linked(target, place) {
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(target, place);
}

/** Names and ranges, from package.json, or from the imports of deno.json: `npm:NAME@RANGE`, perhaps with a path. */
export function dependenciesOf(folder, member = "dependencies") {
  if (existsSync(join(folder, "package.json"))) return Object.entries(json(folder, "package.json")[member] ?? {});
  const specifiers = Object.values(json(folder, "deno.json").imports);
  return specifiers.map((specifier) => /^npm:(.+)@(\^[\d.]+)(?:\/.*)?$/u.exec(specifier).slice(1));
}

function json(folder, file) {
  return JSON.parse(readFileSync(join(folder, file), "utf8"));
}
