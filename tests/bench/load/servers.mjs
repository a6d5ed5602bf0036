// A worker of each variant, each in a workerd of its own, with the package as it is packed.

import { spawn } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { PROJECT, ROOT, TOOLS, packageModules, workerEntry } from "../../e2e/gate/project.mjs";

export const RESOURCE_PATH = "/mcp";

/** Starts the worker of a variant. `optionsFor(resource)` gives the options of its gate. */
export async function startServer(variant, optionsFor, origin) {
  cpSync(fileURLToPath(new URL("worker.mjs", import.meta.url)), join(PROJECT, "load-worker.mjs"));
  bundleNotes();
  const port = await freePort();
  const resource = `http://127.0.0.1:${port}${RESOURCE_PATH}`;
  const file = `load-${variant}.capnp`;
  writeFileSync(join(PROJECT, file), configuration({ variant, options: optionsFor(resource), origin }, port));
  const child = spawn(join(TOOLS, ".bin/workerd"), ["serve", file], { cwd: PROJECT, stdio: ["ignore", "inherit", "inherit"] });
  const server = new Server(variant, resource, child);
  await server.started();
  return server;
}

/** The server of the example with the SDK in it, as a deployment has it. */
function bundleNotes() {
  buildSync({
    entryPoints: [join(ROOT, "pkg/examples/cloudflare-server/src/notes.js")],
    outfile: join(PROJECT, "load-notes.mjs"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd"],
    nodePaths: [TOOLS],
    logLevel: "error",
  });
}

class Server {
  #child;

  constructor(variant, url, child) {
    Object.assign(this, { variant, url });
    this.#child = child;
    process.once("exit", () => this.stop()); // whatever goes wrong
  }

  async started() {
    for (let tries = 0; tries < 200; tries++) {
      if (this.#child.exitCode !== null) break;
      if (await fetch(this.url).catch(() => undefined)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`workerd did not start for ${this.variant}`);
  }

  /** The memory of the process and of the module in it, in bytes. */
  async memory() {
    const { bytes } = await (await fetch(this.url)).json();
    const [, kibibytes] = /VmRSS:\s+(\d+) kB/u.exec(readFileSync(`/proc/${this.#child.pid}/status`, "utf8"));
    return { process: Number(kibibytes) * 1024, module: bytes };
  }

  /** What the process has computed so far, in microseconds: other than time, it hardly depends on what else runs. */
  computed() {
    // After the name, which ends with the last bracket: proc(5) fields 14 and 15, in hundredths of a second.
    const fields = readFileSync(`/proc/${this.#child.pid}/stat`, "utf8").replace(/^.*\) /su, "").split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  }

  stop() {
    this.#child.kill("SIGKILL");
  }
}

function configuration(load, port) {
  const embedded = (file) =>
    file.endsWith(".wasm")
      ? [file, `${file}?module`].map((name) => `(name = "${name}", wasm = embed "${file}")`)
      : [`(name = "${file}", esModule = embed "${file}")`];
  const modules = [
    ...["load-worker.mjs", "load-notes.mjs", ...packageModules()].flatMap(embedded),
    `(name = "doorward", esModule = "export * from './${workerEntry()}';")`,
  ];
  return `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .server), (name = "internet", network = (allow = ["local"]))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const server :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  bindings = [(name = "LOAD", text = ${JSON.stringify(JSON.stringify(load))})],
  modules = [
    ${modules.join(",\n    ")}
  ],
);
`;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
