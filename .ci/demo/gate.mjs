// The demo's gate: `createGate` in workerd, which is what Cloudflare runs, with the files of the package as they are.

import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { workerd } from "./packages.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MADE = join(ROOT, "target/demo");

/** Milliseconds that the gate may take to give its first answer, on a machine that is busy. */
const PATIENCE = 60_000;

/**
 * Starts workerd with these options of `createGate` in front of `origin`; it ends with this process, however that ends.
 * `ended` is fulfilled when it has ended before.
 */
export async function startGate({ port, options, origin }) {
  mkdirSync(MADE, { recursive: true });
  const file = join(MADE, `gate-${port}.capnp`);
  writeFileSync(file, configuration({ port, options, origin }));
  const child = spawn(workerd, ["serve", file], { stdio: ["ignore", "inherit", "inherit"] });
  process.once("exit", () => {
    child.kill("SIGKILL");
    rmSync(file, { force: true });
  });
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (status, signal) => resolve(`status ${status ?? signal}`));
  });
  const failed = ended.then((how) => { throw new Error(`workerd has ended: ${how}`); });
  await Promise.race([answers(options.resource), failed]);
  failed.catch(() => {}); // whoever has the gate waits for `ended`
  return { ended };
}

/** The options of the demo's gate: three scopes, each implying the one below, to read, write and delete notes. */
export function optionsOf({ resource, issuer, origins }) {
  return {
    resource,
    issuers: [issuer],
    scopes: { implies: { "mcp:admin": ["mcp:write"], "mcp:write": ["mcp:read"] } },
    rules: [
      { method: "tools/call", name: "delete_*", scopes: ["mcp:admin"] },
      { method: "tools/call", name: "list_*", scopes: ["mcp:read"] },
      { method: "tools/call", name: "*", scopes: ["mcp:write"] },
      { method: "*", scopes: ["mcp:read"] },
    ],
    origins,
    insecureLoopback: true,
  };
}

async function answers(resource) {
  const { origin, pathname } = new URL(resource);
  for (const until = Date.now() + PATIENCE; Date.now() < until;) {
    const response = await fetch(`${origin}/.well-known/oauth-protected-resource${pathname}`).catch(() => undefined);
    if (response?.ok) return;
    if (response) throw new Error(`the gate answers ${response.status}: ${await response.text()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the gate has not answered within ${PATIENCE / 1_000} seconds`);
}

/** A worker reaches public addresses alone unless it is told otherwise: here it is this machine, and nothing else. */
function configuration({ port, options, origin }) {
  return `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "gate", worker = .gate),
    (name = "this machine", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "gate")],
);
const gate :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  compatibilityFlags = ["nodejs_als"],
  globalOutbound = "this machine",
  bindings = [
    (name = "OPTIONS", json = ${quoted(JSON.stringify(options))}),
    (name = "ORIGIN", text = ${quoted(origin)}),
  ],
  modules = [
    (name = "worker.mjs", esModule = embed ${quoted(relative(MADE, join(ROOT, ".ci/demo/worker.mjs")))}),
    (name = "doorward", esModule = "export * from './entry/workerd.js';"),
    ${filesOf("entry", "lib", "wasm").map(embedded).join(",\n    ")},
  ],
);
`;
}

function filesOf(...folders) {
  return folders
    .flatMap((folder) => readdirSync(join(ROOT, "pkg", folder), { recursive: true }).map((file) => `${folder}/${file}`))
    .filter((file) => /^(?:entry\/workerd|lib\/.*|wasm\/doorward)\.js$|\.wasm$/u.test(file));
}

function embedded(file) {
  const kind = file.endsWith(".wasm") ? "wasm" : "esModule";
  return `(name = ${quoted(file)}, ${kind} = embed ${quoted(relative(MADE, join(ROOT, "pkg", file)))})`;
}

/** A capnp text, whose escapes are those of C. */
function quoted(text) {
  return JSON.stringify(text);
}
