// The examples in their own runtimes, each started as its package.json, deno.json or wrangler.jsonc says.

import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TOOLS } from "../../js/project.mjs";
import { nodePackage } from "../../js/runtimes/processes.mjs";
import { freePort, waitFor } from "../../js/runtimes/workerd.mjs";
import { bundled, wrangler, wranglerConfiguration } from "../../js/runtimes/wrangler.mjs";
import { JOB } from "../mcp/provider.mjs";
import { project } from "./projects.mjs";

/** What each is and how it is started: from the port, the issuer and, where it only forwards, the origin. */
export const EXAMPLES = {
  "node-express": { start: (folder, port, issuer) => script("node-express", folder, port, issuer, nodePackage(20)) },
  hono: { start: (folder, port, issuer) => script("hono", folder, port, issuer, nodePackage(24)) },
  bun: { start: (folder, port, issuer) => script("bun", folder, port, issuer, join(TOOLS, ".bin/bun")) },
  "vercel-edge": { start: next },
  "cloudflare-server": { start: worker },
  cloudflare: { start: configuredWorker, forwards: true },
  deno: { start: configuredDeno, forwards: true },
};

/**
 * Starts an example on a loopback port.
 * @returns `resource`; `written()`, what its process has printed; `stop()`
 */
export async function start(name, issuer, origin) {
  const port = await freePort();
  const { command, args, cwd, env = {} } = EXAMPLES[name].start(project(name), port, issuer, origin);
  const child = spawn(command, args, { cwd, env: { ...process.env, NO_COLOR: "1", ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (written += data));
  const ended = new Promise((resolve) => child.on("close", resolve));
  const stop = () => {
    child.kill("SIGKILL"); // asked to end, some would wait for streams that are open
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
  dotenv(folder, port, issuer);
  const { build, start: begin } = manifest(folder).scripts;
  const command = nodePackage(24);
  const binary = join(folder, "node_modules/next/dist/bin/next");
  const env = { NEXT_TELEMETRY_DISABLED: "1" };
  const root = JSON.stringify(join(TOOLS, "../.."));
  writeFileSync(join(folder, "next.config.mjs"), `export default { turbopack: { root: ${root} } };\n`); // the dependencies are linked
  execFileSync(command, [binary, ...build.split(" ").slice(1)], { cwd: folder, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  return { command, args: [binary, ...begin.split(" ").slice(1)], cwd: folder, env: { ...env, PORT: port } };
}

function worker(folder, port, issuer) {
  const { vars } = wranglerConfiguration(folder);
  const development = Object.fromEntries(readFileSync(join(folder, "example.dev.vars"), "utf8").trim().split("\n").map((line) => line.split("=")));
  return workerd(folder, port, { ...vars, ...development, MCP_URL: resourceAt(port), ISSUER: issuer });
}

function configuredWorker(folder, port, issuer, origin) {
  return workerd(folder, port, { DOORWARD: configuration(wranglerConfiguration(folder).vars.DOORWARD, port, issuer, origin) });
}

/** What wrangler bundles, in the runtime that it would be deployed to. */
function workerd(folder, port, bindings) {
  wrangler(["deploy", "--dry-run", "--outdir", "dist"], folder, join(folder, "home"));
  const file = join(folder, "dist/config.capnp");
  writeFileSync(file, bundled(join(folder, "dist"), port, bindings));
  return { command: join(TOOLS, ".bin/workerd"), args: ["serve", file], cwd: folder };
}

/** `deno task start`, without the name of the registry in deno.json: the package that was packed is what is imported. */
function configuredDeno(folder, port, issuer, origin) {
  const { imports, tasks, ...rest } = JSON.parse(readFileSync(join(folder, "deno.json"), "utf8"));
  writeFileSync(join(folder, "deno.json"), JSON.stringify({ ...rest, nodeModulesDir: "manual", tasks }));
  writeFileSync(join(folder, "package.json"), "{}");
  const DOORWARD = JSON.stringify(configuration(JSON.parse(readFileSync(join(folder, "doorward.json"), "utf8")), port, issuer, origin));
  const [, ...args] = tasks.start.split(" ");
  const env = { DOORWARD, DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`, DENO_NO_UPDATE_CHECK: "1" };
  return { command: join(TOOLS, ".bin/deno"), args: [args[0], "--no-prompt", "--cached-only", ...args.slice(1)], cwd: folder, env };
}

/** The example's own configuration, for this test's provider and origin, and with rules. */
function configuration(example, port, issuer, origin) {
  return {
    ...example, resource: resourceAt(port), origin, oidc: { issuer, client_id: JOB.id }, ...RULES, insecureLoopback: true,
  };
}

const RULES = {
  scopes: { implies: { "mcp:write": ["mcp:read"] } },
  rules: [{ method: "tools/call", name: "delete_*", scopes: ["mcp:write"] }, { method: "*", scopes: ["mcp:read"] }],
};

function manifest(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
