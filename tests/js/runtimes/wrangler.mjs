// Cloudflare's tool: what it has bundled is run in workerd.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { TOOLS } from "../project.mjs";
import { nodePackage } from "./processes.mjs";

/** Runs it in a folder and gives what it prints. Nothing is sent anywhere, and what it keeps is kept in `home`. */
export function wrangler(args, cwd, home) {
  mkdirSync(home, { recursive: true });
  const env = {
    PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: home, CI: "1", NO_COLOR: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_SEND_ERROR_REPORTS: "false",
    WRANGLER_LOG_PATH: home, CLOUDFLARE_API_BASE_URL: "http://127.0.0.1:9", npm_config_registry: "http://127.0.0.1:9",
  };
  return execFileSync(nodePackage(24), [join(TOOLS, "wrangler/bin/wrangler.js"), ...args], { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** What wrangler.jsonc says, whose comments are whole lines. */
export function wranglerConfiguration(folder) {
  return JSON.parse(readFileSync(join(folder, "wrangler.jsonc"), "utf8").replace(/^\s*\/\/.*$/gmu, ""));
}

/** The configuration of workerd for what was bundled into a folder, with these bindings. It may reach this machine. */
export function bundled(dist, port, bindings) {
  const wasm = readdirSync(dist).find((file) => file.endsWith(".wasm"));
  const json = ([name, value]) => `(name = "${name}", ${typeof value === "string" ? "text" : "json"} = ${quoted(value)})`;
  return `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .gate), (name = "internet", network = (allow = ["local"]))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const gate :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  compatibilityFlags = ["enable_request_signal"],
  bindings = [${Object.entries(bindings).map(json).join(", ")}],
  modules = [(name = "index.js", esModule = embed "index.js"), (name = "${wasm}", wasm = embed "${wasm}")],
);
`;
}

/** A string in the language of that configuration, whose escapes are those of JSON. */
function quoted(value) {
  return JSON.stringify(typeof value === "string" ? value : JSON.stringify(value));
}
