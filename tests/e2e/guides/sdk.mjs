// The page about the SDK: both programs run in Node with the same provider, and are asked the same.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodePackage } from "../../js/runtimes/processes.mjs";
import { freePort, waitFor } from "../../js/runtimes/workerd.mjs";
import { listen } from "../mcp/listener.mjs";
import { posted } from "../mcp/walk.mjs";
import { block, page, rows } from "./pages.mjs";
import { folderWith } from "./projects.mjs";
import { CLAIMS, signed } from "./tokens.mjs";
import { ELSEWHERE, tokenFor } from "./walk.mjs";

const text = page("migration/mcp-sdk");
const list = { method: "tools/list" };
const deletion = { method: "tools/call", params: { name: "delete_note", arguments: {} } };
const bearer = (token) => ({ authorization: `Bearer ${token}` });

/** By the words of the page: what is asked at `resource`, with `token(scope)` for it, and gives the response. */
const REQUESTS = {
  "`tools/list` without a token": ({ resource }) => posted(resource, list),
  "`tools/list` with `mcp:read`": async ({ resource, token }) => posted(resource, list, bearer(await token("mcp:read"))),
  "`tools/list` with a token without a scope": async ({ resource, token }) => posted(resource, list, bearer(await token(""))),
  "a token for another server": async ({ resource, provider }) => posted(resource, list, bearer(await tokenFor(ELSEWHERE, provider))),
  "`delete_note` with `mcp:read`": async ({ resource, token }) => posted(resource, deletion, bearer(await token("mcp:read"))),
  "`delete_note` with `mcp:write` alone": async ({ resource, token }) => posted(resource, deletion, bearer(await token("mcp:write"))),
  "a token and a word after it": async ({ resource, token }) => posted(resource, list, bearer(`${await token("mcp:read")} more`)),
  "from a web page that is not listed": async ({ resource, token }) => (
    posted(resource, list, { ...bearer(await token("mcp:read")), origin: "https://page.example.com" })
  ),
  "a body in which `method` occurs twice": async ({ resource, token }) => fetch(resource, {
    method: "POST",
    headers: { ...bearer(await token("mcp:read")), "content-type": "application/json", accept: "application/json, text/event-stream" },
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/call","method":"tools/list"}',
  }),
  "the metadata document": ({ resource }) => fetch(new URL("/.well-known/oauth-protected-resource/mcp", resource)),
  "`GET /mcp` without a token": ({ resource }) => fetch(resource, { headers: { accept: "text/event-stream" } }),
};
const WITHOUT_KEYS = "keys that cannot be had";

/** Calls `count(name, body)` for each test. */
export async function sdkMigration(count, provider) {
  const folder = folderWith("mcp-sdk", ["@hono/node-server", "@modelcontextprotocol/sdk", "express", "jose"]);
  writeFileSync(join(folder, "notes.js"), block(text, "notes.js"));

  await count("mcp-sdk: both programs, and what one notices", async () => {
    const [before, after] = [await started(folder, "bearer.js", provider), await started(folder, "gated.js", provider)];
    const faults = [];
    for (const [name, ...expected] of rows(text, "request")) {
      if (name === WITHOUT_KEYS) continue;
      const statuses = await Promise.all([before, after].map(async (program) => (await REQUESTS[name](program)).status));
      if (statuses.join() !== expected.join()) faults.push(`${name}: ${statuses}`);
    }
    assert.deepEqual(faults, []);
    const deleted = await REQUESTS["`delete_note` with `mcp:write` alone"](after);
    assert.match(await deleted.text(), /nightly-job has deleted it\./u);
    await Promise.all([before.stop(), after.stop()]);
  });

  await count(`mcp-sdk: ${WITHOUT_KEYS}`, async () => {
    const half = await withoutKeys();
    const statuses = [];
    for (const file of ["bearer.js", "gated.js"]) {
      const program = await started(folder, file, half);
      const token = signed(undefined, { ...CLAIMS.standard(), iss: half.issuer, aud: program.resource, scope: "mcp:read" });
      statuses.push((await posted(program.resource, list, bearer(token))).status);
      await program.stop();
    }
    await half.close();
    const [, ...expected] = rows(text, "request").find(([name]) => name === WITHOUT_KEYS);
    assert.equal(statuses.join(), expected.join());
  });
}

/** A program of the page with the loopback addresses of this test. */
async function started(folder, file, provider) {
  const port = await freePort();
  const resource = `http://127.0.0.1:${port}/mcp`;
  const program = block(text, file)
    .replaceAll("https://idp.example.com", provider.issuer)
    .replaceAll("https://mcp.example.com/mcp", resource)
    .replace("createGate({", "createGate({ insecureLoopback: true,");
  writeFileSync(join(folder, `${port}-${file}`), program);
  provider.resources.add(resource);
  const env = { ...process.env, PORT: port };
  const child = spawn(nodePackage(20), [`${port}-${file}`], { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
  await waitFor(`http://127.0.0.1:${port}/`, child);
  const ended = new Promise((resolve) => child.on("close", resolve));
  const stop = () => {
    child.kill("SIGKILL");
    return ended;
  };
  return { resource, provider, token: (scope) => tokenFor(resource, provider, scope), stop };
}

/** A provider that describes itself, and has no more to give. */
async function withoutKeys() {
  const listener = await listen((request, response) => {
    const { origin } = listener;
    if (!request.url.startsWith("/.well-known/")) return response.writeHead(503).end();
    const metadata = {
      issuer: origin, jwks_uri: `${origin}/jwks`, authorization_endpoint: `${origin}/auth`, token_endpoint: `${origin}/token`,
      response_types_supported: ["code"],
    };
    return response.setHeader("content-type", "application/json").end(JSON.stringify(metadata));
  });
  return { issuer: listener.origin, resources: new Set(), close: listener.close };
}
