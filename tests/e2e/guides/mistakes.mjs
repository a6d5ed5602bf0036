// The mistakes that the guides tell of: each made in an example that is otherwise as it was, and what one then sees.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodePackage } from "../../js/runtimes/processes.mjs";
import { freePort, waitFor } from "../../js/runtimes/workerd.mjs";
import { posted } from "../mcp/walk.mjs";
import { page } from "./pages.mjs";
import { project } from "./projects.mjs";
import { tokenFor } from "./walk.mjs";

/** Of which guide, what is changed in main.js, and what is then in the answer or in the log, and in the guide. */
const IN_CODE = [
  ["node-express", ["const app = express();", "const app = express();\napp.use(express.json());"], 400, "message_malformed"],
  ["node-express", ['app.all(["/mcp", ', 'app.use(["/mcp", '], 404, "route_unknown"],
  ["hono", ["const app = new Hono();", "const app = new Hono();\napp.use(async (c, next) => { await c.req.json(); await next(); });"], 500, "TypeError"],
];

/** Of which guide, what is changed in the environment, and what is then told at the start, and in the guide. */
const IN_ENVIRONMENT = [
  ["node-express", { INSECURE_LOOPBACK: "" }, 'expected "resource" to be an https URL'],
  ["hono", { INSECURE_LOOPBACK: "" }, 'expected "resource" to be an https URL'],
  ["node-express", { MCP_URL: undefined }, 'expected "resource" to be plain data, found undefined'],
];

/** Calls `count(name, body)` for each test. */
export async function mistakeTests(count, provider) {
  for (const [name, [before, after], status, told] of IN_CODE) {
    await count(`${name}: ${told}, as its guide says`, async () => {
      const folder = project(name, `${name}-mistaken`);
      const main = readFileSync(join(folder, "src/main.js"), "utf8");
      assert.ok(main.includes(before));
      writeFileSync(join(folder, "src/main.js"), main.replace(before, after));
      const { resource, written, stop } = await started(folder, provider);
      const token = await tokenFor(resource, provider);
      const answer = await posted(resource, { method: "tools/list" }, { authorization: `Bearer ${token}` });
      await stop();
      assert.equal(answer.status, status);
      assert.ok(written().includes(told), written());
      assert.match(page(`guides/${name}`), new RegExp(`\\| ${status}, .*${told}`, "u"));
    });
  }
  for (const [name, changes, told] of IN_ENVIRONMENT) {
    await count(`${name}: ${told}, as its guide says`, async () => {
      await assert.rejects(started(project(name, `${name}-mistaken`), provider, changes), (error) => error.message.includes(told));
      assert.ok(page(`guides/${name}`).includes(`\`${told}\` at the start`));
    });
  }
}

async function started(folder, provider, changes = {}) {
  const port = await freePort();
  const resource = `http://127.0.0.1:${port}/mcp`;
  const env = { ...process.env, MCP_URL: resource, ISSUER: provider.issuer, INSECURE_LOOPBACK: "true", PORT: port, NO_COLOR: "1", ...changes };
  const child = spawn(nodePackage(24), ["src/main.js"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (log += data));
  const ended = new Promise((resolve) => child.on("close", resolve));
  await waitFor(`http://127.0.0.1:${port}/`, child).catch(async () => {
    await ended;
    throw new Error(log);
  });
  provider.resources.add(resource);
  const stop = () => {
    child.kill("SIGKILL");
    return ended;
  };
  return { resource, written: () => log, stop };
}
