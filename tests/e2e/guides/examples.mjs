// The examples in their own runtimes, each started as its package.json, deno.json or wrangler.jsonc says.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TOOLS } from "../../js/project.mjs";
import { nodePackage } from "../../js/runtimes/processes.mjs";
import { freePort, waitFor } from "../../js/runtimes/workerd.mjs";
import { bundled, wrangler, wranglerConfiguration } from "../../js/runtimes/wrangler.mjs";
import { JOB } from "../mcp/provider.mjs";
import { configurationShown } from "./guides.mjs";
import { project } from "./projects.mjs";

/**
 * What each is and how it is started: from the port, the issuer and, where it only forwards, the origin. `of` is the
 * example that it is, where it is one that was changed.
 */
export const EXAMPLES = {
  "node-express": { start: (folder, port, issuer) => script("node-express", folder, port, issuer, nodePackage(20)) },
  hono: { start: (folder, port, issuer) => script("hono", folder, port, issuer, nodePackage(24)) },
  bun: { start: (folder, port, issuer) => script("bun", folder, port, issuer, join(TOOLS, ".bin/bun")) },
  "vercel-edge": { start: next },
  "vercel-node": { start: nextInNode, of: "vercel-edge" },
  "cloudflare-server": { start: worker },
  cloudflare: { start: configuredWorker, forwards: true },
  "deno-server": { start: deno },
  deno: { start: configuredDeno, forwards: true },
};

/**
 * Starts an example on a loopback port.
 * @returns `resource`; `written()`, what its process has printed; `stop()`
 */
export async function start(name, issuer, origin) {
  const port = await freePort();
  const example = EXAMPLES[name];
  const { command, args, cwd, env = {} } = example.start(project(example.of ?? name, name), port, issuer, origin);
  const child = spawn(command, args, { cwd, env: { ...process.env, NO_COLOR: "1", ...env }, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (written += data));
  const ended = new Promise((resolve) => child.on("close", resolve));
  const stop = () => {
    process.kill(-child.pid, "SIGKILL"); // with its own processes; asked to end, some would wait for streams that are open
    return ended;
  };
  await waitFor(`http://127.0.0.1:${port}/`, child).catch((error) => {
    throw new Error(`${error.message}\n${written}`);
  });
  return { resource: resourceAt(port), written: () => written, stop };
}

const resourceAt = (port) => `http://127.0.0.1:${port}/mcp`;

/** `npm start`, whose first word is the runtime, with all of example.env set for this test. */
function script(name, folder, port, issuer, command) {
  dotenv(folder, port, issuer);
  const [runtime, ...args] = manifest(folder).scripts.start.split(" ");
  if (!command.endsWith(runtime)) throw new Error(`${name} is started with ${runtime}`);
  return { command, args, cwd: folder };
}

function dotenv(folder, port, issuer) {
  const values = { MCP_URL: resourceAt(port), ISSUER: issuer, INSECURE_LOOPBACK: "true", PORT: port };
  const set = readFileSync(join(folder, "example.env"), "utf8").replace(/^(\w+)=.*$/gmu, (_, variable) => `${variable}=${values[variable]}`);
  writeFileSync(join(folder, ".env"), set);
}

/** Built first, as it would be before it is deployed. */
function next(folder, port, issuer) {
  const { command, binary, env, scripts } = nextProject(folder, port, issuer);
  execFileSync(command, [binary, ...scripts.build], { cwd: folder, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  return { command, args: [binary, ...scripts.start], cwd: folder, env };
}

/** In development, and in the runtime that its routes have if they name none. */
function nextInNode(folder, port, issuer) {
  for (const file of readdirSync(join(folder, "app"), { recursive: true }).filter((name) => name.endsWith("route.js"))) {
    const text = readFileSync(join(folder, "app", file), "utf8");
    const without = text.replace('export const runtime = "edge";\n', "");
    if (without === text) throw new Error(`${file} names no runtime`);
    writeFileSync(join(folder, "app", file), without);
  }
  const { command, binary, env, scripts } = nextProject(folder, port, issuer);
  return { command, args: [binary, ...scripts.dev], cwd: folder, env };
}

function nextProject(folder, port, issuer) {
  dotenv(folder, port, issuer);
  const root = JSON.stringify(join(TOOLS, "../..")); // the dependencies are linked
  writeFileSync(join(folder, "next.config.mjs"), `export default { turbopack: { root: ${root} } };\n`);
  const scripts = Object.entries(manifest(folder).scripts).map(([name, line]) => [name, line.split(" ").slice(1)]);
  return {
    command: nodePackage(24), binary: join(folder, "node_modules/next/dist/bin/next"), scripts: Object.fromEntries(scripts),
    env: { NEXT_TELEMETRY_DISABLED: "1", PORT: port },
  };
}

function worker(folder, port, issuer) {
  const { vars } = wranglerConfiguration(folder);
  const development = Object.fromEntries(readFileSync(join(folder, "example.dev.vars"), "utf8").trim().split("\n").map((line) => line.split("=")));
  return workerd(folder, port, { ...vars, ...development, MCP_URL: resourceAt(port), ISSUER: issuer });
}

function configuredWorker(folder, port, issuer, origin) {
  return workerd(folder, port, { DOORWARD: configuration("cloudflare", wranglerConfiguration(folder).vars.DOORWARD, port, issuer, origin) });
}

/** What wrangler bundles, in the runtime that it would be deployed to. */
function workerd(folder, port, bindings) {
  wrangler(["deploy", "--dry-run", "--outdir", "dist"], folder, join(folder, "home"));
  const file = join(folder, "dist/config.capnp");
  writeFileSync(file, bundled(join(folder, "dist"), port, bindings));
  return { command: join(TOOLS, ".bin/workerd"), args: ["serve", file], cwd: folder };
}

function configuredDeno(folder, port, issuer, origin) {
  const DOORWARD = JSON.stringify(configuration("deno", JSON.parse(readFileSync(join(folder, "doorward.json"), "utf8")), port, issuer, origin));
  return denoTask(folder, { DOORWARD, DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}` });
}

function deno(folder, port, issuer) {
  dotenv(folder, port, issuer);
  return denoTask(folder, {});
}

/** `deno task start`, without the name of the registry in deno.json: the package that was packed is what is imported. */
function denoTask(folder, env) {
  const { imports, tasks, ...rest } = JSON.parse(readFileSync(join(folder, "deno.json"), "utf8"));
  writeFileSync(join(folder, "deno.json"), JSON.stringify({ ...rest, nodeModulesDir: "manual", tasks }));
  writeFileSync(join(folder, "package.json"), "{}");
  const [, run, ...args] = tasks.start.split(" ");
  return { command: join(TOOLS, ".bin/deno"), args: [run, "--no-prompt", "--cached-only", ...args], cwd: folder, env };
}

/** What the guide shows, which has all of the example's own, for this test's provider and origin. */
function configuration(name, own, port, issuer, origin) {
  const shown = configurationShown(name);
  for (const [option, value] of Object.entries(own)) assert.deepEqual(shown[option], value, option);
  return { ...shown, resource: resourceAt(port), origin, oidc: { issuer, client_id: JOB.id }, insecureLoopback: true };
}

function manifest(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
