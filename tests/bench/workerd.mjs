// Scenarios in workerd, timed from outside.

import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { freePort, waitFor } from "../js/runtimes/workerd.mjs";
import { inTurns } from "./inside/rounds.mjs";
import { PROJECT, TOOLS, filesOf } from "./project.mjs";

/** A batch must be long beside what a request costs. */
const BATCH_MILLISECONDS = 30;

/** Gives what a process gives: `{ rounds, unable }`. */
export async function measuredInWorkerd(job) {
  const port = await freePort();
  bundle();
  writeFileSync(join(PROJECT, "workerd.capnp"), configuration(port));
  const child = spawn(join(TOOLS, ".bin/workerd"), ["serve", "workerd.capnp"], { cwd: PROJECT, stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (written += data));
  const ended = new Promise((resolve) => child.on("close", resolve));
  const address = `http://127.0.0.1:${port}/`;
  try {
    await waitFor(address, child);
    const ask = (query) => asked(address, { job: JSON.stringify(job), ...query });
    const { most, unable } = JSON.parse(await ask({}));
    const taken = async (query) => {
      const began = performance.now();
      await ask(query);
      return performance.now() - began;
    };
    const time = async (candidate, count) => {
      const idle = await taken({ candidate, count, idle: "" });
      return Math.max(0, (await taken({ candidate, count })) - idle);
    };
    return { rounds: await inTurns(most, time, { ...job, batchMilliseconds: BATCH_MILLISECONDS }), unable };
  } catch (error) {
    throw new Error(`workerd: ${error.message}\n${written}`);
  } finally {
    child.kill();
    await ended;
  }
}

async function asked(address, query) {
  const response = await fetch(`${address}?${new URLSearchParams(query)}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`status ${response.status}: ${text}`);
  return text;
}

/** Everything but Doorward in one file, as wrangler does it. */
function bundle() {
  buildSync({
    absWorkingDir: PROJECT,
    entryPoints: ["worker.mjs"],
    outfile: join(PROJECT, "worker.js"),
    bundle: true,
    format: "esm",
    platform: "node", // whose modules are there, by the flag below
    conditions: ["workerd", "worker", "browser"],
    external: ["doorward"],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire("/");' },
    logLevel: "error",
  });
}

function configuration(port) {
  const modules = filesOf("node_modules/doorward").filter((file) => /\.(?:js|wasm)$/u.test(file) && !file.includes("/examples/"));
  const { exports } = JSON.parse(readFileSync(join(PROJECT, "node_modules/doorward/package.json"), "utf8"));
  const entry = join("node_modules/doorward", exports["."].workerd.default);
  return `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .bench)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const bench :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  compatibilityFlags = ["nodejs_compat"],
  modules = [
    ${["worker.js", ...modules].map(embedded).join(",\n    ")},
    (name = "doorward", esModule = "export * from './${entry}';"),
  ],
);
`;
}

const embedded = (file) => `(name = "${file}", ${file.endsWith(".wasm") ? "wasm" : "esModule"} = embed "${file}")`;
