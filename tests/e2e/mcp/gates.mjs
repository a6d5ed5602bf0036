// The gate in the runtimes it is for, from the packed package: a process of workerd or Deno for each.

import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TOOLS } from "../../js/project.mjs";
import { freePort, waitFor } from "../../js/runtimes/workerd.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const FOLDER = join(ROOT, "target/e2e/mcp");
const PACKAGE = join(FOLDER, "node_modules/doorward");

/** Packs the package and unpacks it where the gates are run. */
export function install() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(PACKAGE, { recursive: true });
  const pack = ["pack", "--silent", "--pack-destination", FOLDER];
  const tarball = execFileSync("npm", pack, { cwd: join(ROOT, "pkg"), encoding: "utf8" }).trim();
  execFileSync("tar", ["-xzf", join(FOLDER, tarball), "--strip-components=1", "-C", PACKAGE]);
  writeFileSync(join(FOLDER, "package.json"), '{ "private": true, "type": "module" }\n');
  cpSync(fileURLToPath(new URL("mains", import.meta.url)), FOLDER, { recursive: true });
}

export const RUNTIMES = {
  workerd: (port, options, proxy) => {
    const file = join(FOLDER, `worker-${port}.capnp`);
    writeFileSync(file, configuration(port, { OPTIONS: options, PROXY: proxy }));
    return [".bin/workerd", "serve", file];
  },
  deno: (port, options, proxy) => [
    ".bin/deno", "run", "--no-prompt", "--cached-only", "--quiet", "--allow-net=127.0.0.1",
    "deno.mjs", `${port}`, JSON.stringify(options), JSON.stringify(proxy),
  ],
};

/**
 * Starts a gate on a loopback port of its own in front of `origin`; `options` are those of `createGate` but for
 * `resource`.
 * @returns `resource`; `events`, its decisions; `written`, what else its process has written; `stop()`
 */
export async function startGate(runtime, origin, options) {
  const port = await freePort();
  const resource = `http://127.0.0.1:${port}/mcp`;
  const [command, ...args] = RUNTIMES[runtime](port, { resource, insecureLoopback: true, ...options }, { origin });
  const env = { ...process.env, NO_COLOR: "1" };
  const child = spawn(join(TOOLS, command), args, { cwd: FOLDER, env, stdio: ["ignore", "pipe", "pipe"] });
  const gate = { resource, events: [], written: "" };
  let line = "";
  child.stdout.setEncoding("utf8").on("data", (data) => {
    const whole = (line + data).split("\n");
    line = whole.pop();
    for (const each of whole) note(gate, each);
  });
  child.stderr.setEncoding("utf8").on("data", (data) => (gate.written += data));
  const ended = new Promise((resolve) => child.on("close", resolve));
  gate.stop = () => {
    child.kill("SIGKILL"); // asked to end, workerd would wait for streams whose client it does not know to have left
    return ended;
  };
  await waitFor(`http://127.0.0.1:${port}/`, child).catch((error) => {
    throw new Error(`${runtime}: ${error.message}\n${gate.written}`);
  });
  gate.events.length = 0;
  return gate;
}

function note(gate, line) {
  if (line.startsWith("{")) gate.events.push(JSON.parse(line));
  else gate.written += `${line}\n`;
}

/** To workerd a bare name is a file beside the importer. The loopback addresses are not public: they must be allowed. */
function configuration(port, bindings) {
  const modules = readdirSync(PACKAGE, { recursive: true })
    .filter((file) => /^(?:entry|lib|wasm)\/.*\.(?:js|wasm)$/u.test(file));
  const json = ([name, value]) => `(name = "${name}", json = ${quoted(JSON.stringify(value))})`;
  return `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .gate), (name = "internet", network = (allow = ["public", "private"]))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const gate :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  bindings = [${Object.entries(bindings).map(json).join(", ")}],
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "doorward", esModule = "export * from './node_modules/doorward/${entryOf("workerd")}';"),
    ${modules.map(embedded).join(",\n    ")}
  ],
);
`;
}

function embedded(file) {
  const name = `node_modules/doorward/${file}`;
  return `(name = "${name}", ${file.endsWith(".wasm") ? "wasm" : "esModule"} = embed "${name}")`;
}

function entryOf(condition) {
  return JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")).exports["."][condition].default.slice("./".length);
}

function quoted(text) {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
