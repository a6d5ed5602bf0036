// The runtimes, and how each measures a scenario.

import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { nodePackage } from "../js/runtimes/processes.mjs";
import { PROJECT, TOOLS } from "./project.mjs";
import { measuredInWorkerd } from "./workerd.mjs";

const binary = (name) => join(TOOLS, ".bin", name);

const PROCESSES = {
  node20: { title: "Node 20", command: nodePackage(20), args: [] },
  node24: { title: "Node 24", command: nodePackage(24), args: [] },
  deno: { title: "Deno", command: binary("deno"), args: ["run", "--allow-all", "--no-prompt", "--cached-only", "--quiet"] },
  bun: { title: "Bun", command: binary("bun"), args: ["run"] },
};

/** Their names in the results, with the titles for people. */
export const RUNTIMES = { ...Object.fromEntries(Object.entries(PROCESSES).map(([name, { title }]) => [name, title])), workerd: "workerd" };

/** What each runtime says of its version. */
export const versions = () => ({
  ...Object.fromEntries(Object.entries(PROCESSES).map(([name, { command }]) => [name, versionOf(command)])),
  workerd: versionOf(binary("workerd")),
});

/** Gives `{ rounds, unable }`: the microseconds of one run by candidate, and the reasons of those who cannot. */
export function measured(runtime, job) {
  return runtime === "workerd" ? measuredInWorkerd(job) : ran(runtime, "process.mjs", [JSON.stringify(job)]);
}

/** Runs a file of the project in a process of its own. Gives the JSON in its last line. */
export async function ran(runtime, file, args) {
  const { command, args: before } = PROCESSES[runtime];
  const env = { ...process.env, NO_COLOR: "1" };
  const child = spawn(command, [...before, file, ...args], { cwd: PROJECT, env, stdio: ["ignore", "pipe", "pipe"] });
  let [written, complaints] = ["", ""];
  child.stdout.on("data", (data) => (written += data));
  child.stderr.on("data", (data) => (complaints += data));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`${runtime}, ${file} ${args.join(" ")}: exit status ${code}\n${written}${complaints}`);
  return JSON.parse(written.trimEnd().split("\n").at(-1));
}

function versionOf(command) {
  const [version] = /\d+[\d.-]+\d/u.exec(execFileSync(command, ["--version"], { encoding: "utf8" }));
  return version;
}
