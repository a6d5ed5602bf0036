// The files of a project: those of the example in this package, with the user's configuration in them.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { wrongUsage } from "../failure.js";
import { writeText } from "../output.js";

/** Where a project can run. Each is a folder of the examples. */
export const RUNTIMES = ["cloudflare", "deno"];

/** Gives `{ path, text }` of each file. `folder` is what the project is called after. */
export function filesFor(runtime, folder, configuration) {
  const example = exampleOf(runtime);
  const name = nameOf(folder);
  const files = pathsIn(example).map((path) => {
    const text = readFileSync(join(example, path), "utf8");
    return { path, text: FILLED[path]?.(text, { name, configuration }) ?? text };
  });
  const isThere = existsSync(join(folder, ".gitignore"));
  return isThere || IGNORED[runtime] === undefined ? files : [...files, { path: ".gitignore", text: IGNORED[runtime] }];
}

/** What is wrong with the name of a runtime, in words, or nothing. */
export function faultOfRuntime(runtime) {
  if (RUNTIMES.includes(runtime)) return undefined;
  return `expected --runtime to be ${RUNTIMES.join(" or ")}, found ${JSON.stringify(runtime)}`;
}

/** Throws if one of the files is there that a project for these runtimes has. */
export function mustBeFree(folder, runtimes) {
  const fault = runtimes.map(faultOfRuntime).find((found) => found !== undefined);
  if (fault !== undefined) throw wrongUsage(fault, "doorward init --help says what there is");
  const advice = "name another folder: nothing is overwritten";
  for (const path of runtimes.flatMap((runtime) => pathsIn(exampleOf(runtime)))) {
    if (existsSync(join(folder, path))) throw wrongUsage(`expected ${folder} to have no ${path}, found one`, advice);
  }
}

/** Writes them. What is there stays as it is. */
export function write(folder, files) {
  for (const { path, text } of files) writeText(join(folder, path), text);
}

function exampleOf(runtime) {
  return fileURLToPath(new URL(`../../examples/${runtime}`, import.meta.url));
}

/** Paths of files, with slashes, in order: runtimes list folders in different ones. */
function pathsIn(folder, before = "") {
  const paths = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? pathsIn(join(folder, entry.name), `${before}${entry.name}/`) : [`${before}${entry.name}`],
  );
  return paths.sort();
}

/** What npm and Cloudflare take for a name. */
function nameOf(folder) {
  const name = basename(resolve(folder)).toLowerCase().replace(/[^a-z0-9]+/gu, "-").replace(/^-|-$/gu, "");
  return name || "mcp-gate";
}

const FILLED = {
  "package.json": (text, { name }) => jsonText({ ...JSON.parse(text), name }),
  "doorward.json": (_, { configuration }) => jsonText(configuration),
  "wrangler.jsonc"(text, { name, configuration }) {
    const { hostname } = new URL(configuration.resource);
    const value = JSON.stringify(configuration, null, 2).replaceAll("\n", "\n    ");
    const named = replaced(text, /"name": "[^"]*"/u, `"name": ${JSON.stringify(name)}`);
    const configured = replaced(named, /"DOORWARD": \{\n(?: {6}.*\n)* {4}\}/u, `"DOORWARD": ${value}`);
    if (WITHOUT_DOMAIN.test(hostname)) return replaced(configured, / *\/\/ A domain of yours.*\n *"routes": .*\n/u, "");
    return replaced(configured, /"pattern": "[^"]*"/u, `"pattern": ${JSON.stringify(hostname)}`);
  },
};

/** The example is what this file takes it for, or nothing is written. */
function replaced(text, pattern, replacement) {
  if (!pattern.test(text)) throw new Error(`expected ${pattern} in the example, found none`);
  return text.replace(pattern, () => replacement);
}

function jsonText(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Hosts that are no domain of the user's. */
const WITHOUT_DOMAIN = /(?:^|\.)(?:workers\.dev|localhost)$|^[\d.]+$|^\[/u;

/** npm leaves such files out of packages, and so out of the examples. */
const IGNORED = { cloudflare: "node_modules\n.wrangler\ndist\n" };
