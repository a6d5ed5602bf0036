// Runtimes that run a file: Node, Deno, Bun.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { PROJECT, TOOLS } from "../project.mjs";

/** The binary of a version of Node. */
export const nodePackage = (major) => join(TOOLS, `node${major}-${process.platform}-${process.arch}`, "bin/node");

export const node20 = () => ran(nodePackage(20), ["process.mjs"]);
export const node24 = () => ran(nodePackage(24), ["process.mjs"]);
// No permission is given, and none may be asked for.
export const deno = () => ran(join(TOOLS, ".bin/deno"), ["run", "--no-prompt", "--cached-only", "--quiet", "process.mjs"]);
export const bun = () => ran(join(TOOLS, ".bin/bun"), ["run", "process.mjs"]);

/** Runs it in the project and gives all that it wrote. */
async function ran(command, args) {
  if (!existsSync(command)) throw new Error(`${command} is missing: npm ci in tests installs it`);
  const child = spawn(command, args, { cwd: PROJECT, env: { ...process.env, NO_COLOR: "1" }, stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  child.stdout.on("data", (data) => (written += data));
  child.stderr.on("data", (data) => (written += data));
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`exit status ${code}\n${written}`);
  return written;
}
