// The service of gates in a runtime, and what the tests tell it.

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { PROJECT, TOOLS, packageModules, workerEntry } from "./project.mjs";

const node = (major) => (main, args) => ({
  command: join(TOOLS, `node${major}-${process.platform}-${process.arch}`, "bin/node"),
  args: [main, ...args],
});

const PROCESSES = {
  deno: (main, args) => ({
    command: join(TOOLS, ".bin/deno"),
    args: ["run", "--no-prompt", "--cached-only", "--quiet", "--allow-net=127.0.0.1", main, ...args],
  }),
  node20: node(20),
  node24: node(24),
  bun: (main, args) => ({ command: join(TOOLS, ".bin/bun"), args: ["run", main, ...args] }),
};

/** How a file of the project is run. */
export const commandOf = (runtime, main, args) => PROCESSES[runtime](main, args);

/** Starts the service in a runtime. `optionsFor(url)` gives the options of its first gate. */
export async function start(runtime, optionsFor) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const options = JSON.stringify(optionsFor(`${origin}/mcp`));
  const { command, args } =
    runtime === "workerd" ? worker(options, port) : commandOf(runtime, "process.mjs", [options, String(port)]);
  const child = spawn(command, args, {
    cwd: PROJECT,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gates = new Gates(runtime, origin, child);
  await gates.started();
  return gates;
}

function worker(options, port) {
  writeFileSync(join(PROJECT, `worker-${port}.capnp`), configuration(options, port));
  return { command: join(TOOLS, ".bin/workerd"), args: ["serve", `worker-${port}.capnp`] };
}

class Gates {
  #child;
  #ended;
  #made = 0;
  written = "";

  constructor(runtime, origin, child) {
    Object.assign(this, { runtime, origin, url: `${origin}/mcp` });
    this.#child = child;
    this.#ended = new Promise((resolve) => child.on("close", resolve).on("error", resolve));
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (this.written += data));
  }

  async started() {
    for (;;) {
      if (this.#child.exitCode !== null || !this.#child.pid) throw new Error(`${this.runtime} ended:\n${this.written}`);
      if (await fetch(this.origin).catch(() => undefined)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** A gate that has not seen a request yet: `{ id, url }`. `optionsFor(url)` gives its options. */
  async make(optionsFor, forwarding) {
    this.#made++;
    const id = `gate-${this.#made}`;
    const url = `${this.origin}/${id}/mcp`;
    await this.control("make", { id, options: optionsFor(url), forwarding });
    return { id, url };
  }

  /** What the gate has told of its decisions since it was asked last. */
  events = ({ id }) => this.control("events", { id });

  /** Its clock goes ahead of the real one by so many seconds. */
  clock = (seconds) => this.control("clock", { seconds });

  /** The size of the module's memory, in bytes. */
  memory = async () => (await this.control("memory", {})).bytes;

  async control(name, body) {
    const response = await fetch(`${this.origin}/control/${name}`, { method: "POST", body: JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.message);
    return answer;
  }

  async stop() {
    this.#child.kill("SIGKILL"); // a server that is asked to end waits for requests that hang
    await this.#ended;
  }
}

/** The files of the installed package as modules of a worker, which may reach this machine: no bundler between. */
function configuration(options, port) {
  const embedded = (file) =>
    file.endsWith(".wasm")
      ? [file, `${file}?module`].map((name) => `(name = "${name}", wasm = embed "${file}")`)
      : [`(name = "${file}", esModule = embed "${file}")`];
  const modules = [
    ...["worker.mjs", "service.mjs", ...packageModules()].flatMap(embedded),
    `(name = "doorward", esModule = "export * from './${workerEntry()}';")`,
  ];
  return `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .gates),
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const gates :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  bindings = [(name = "GATE", text = ${JSON.stringify(options)})],
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
