// Cloudflare's runtime, with the files of the installed package as modules of a worker: no bundler between.

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { told } from "../harness.mjs";
import { PROJECT, TOOLS, entryOf, filesOf } from "../project.mjs";

export const workerd = () => ran("workerd", ["workerd", "worker", "browser"]);

/** Vercel's runtime cannot be had. Its entry can: it differs by the name under which it imports the module. */
export const edgeLight = () => ran("edge-light", ["edge-light"]);

async function ran(name, conditions) {
  const config = join(PROJECT, `${name}.capnp`);
  const port = await freePort();
  writeFileSync(config, configuration(conditions, port));
  const child = spawn(join(TOOLS, ".bin/workerd"), ["serve", config], { cwd: PROJECT, stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  child.stdout.on("data", (data) => (written += data));
  child.stderr.on("data", (data) => (written += data));
  const ended = new Promise((resolve) => child.on("close", resolve));
  try {
    const response = await waitFor(`http://127.0.0.1:${port}/`, child);
    if (!response.ok) throw new Error(`status ${response.status}: ${await response.text()}`);
    return told(name, await response.json());
  } catch (error) {
    throw new Error(`${error.message}\n${written}`);
  } finally {
    child.kill();
    await ended;
  }
}

/**
 * The configuration of a worker whose main module is `main`, with the package and all files of the suite beside it.
 * All that it fetches, whatever the host, goes to the `outbound` address.
 */
export function configuration(conditions, port, { main = "worker.mjs", bindings = "", outbound = "127.0.0.1:9" } = {}) {
  const files = ["cases", "mint", "data", "node_modules/doorward", "node_modules/jose/dist/webapi"].flatMap(filesOf);
  const modules = [
    ...[main, "suite.mjs", "harness.mjs", "refusal.mjs", "sample.mjs", "forgeries.mjs", ...files].filter((file) => /\.(?:m?js|wasm)$/u.test(file)).flatMap(embedded),
    ...["doorward", "doorward/stores", "doorward/worker", "jose"].flatMap((name) => bare(name, entryOf(name, conditions))),
    named("node_modules/doorward/entry/doorward", entryOf("doorward", conditions)), // which the package calls itself
  ];
  return `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .suite), (name = "outbound", external = (address = "${outbound}", http = ()))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const suite :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  bindings = [${bindings}],
  globalOutbound = "outbound",
  modules = [
    ${modules.join(",\n    ")}
  ],
);
`;
}

function embedded(file) {
  if (!file.endsWith(".wasm")) return [`(name = "${file}", esModule = embed "${file}")`];
  return [file, `${file}?module`].map((name) => `(name = "${name}", wasm = embed "${file}")`);
}

/** To workerd a bare name is a file beside the importer: one for each folder that has importers. */
function bare(name, entry) {
  return [name, `cases/${name}`].map((module) => named(module, entry));
}

/** A module of this name that is another one. */
function named(name, entry) {
  const path = `${"../".repeat(name.split("/").length - 1) || "./"}${entry}`;
  const main = entry.endsWith("/worker.js") ? `export { default } from '${path}';` : "";
  return `(name = "${name}", esModule = "export * from '${path}';${main}")`;
}

/** The first answer of a server that is starting. */
export async function waitFor(address, child) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with status ${child.exitCode}`);
    const response = await fetch(address).catch(() => undefined);
    if (response) return response;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
