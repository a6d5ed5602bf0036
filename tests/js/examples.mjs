// The examples in the package, as they are installed from the tarball: the one for Cloudflare bundled by wrangler, as
// it would be deployed, and run in workerd; the one for Deno checked and served.

import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { ok, same, test } from "./harness.mjs";
import { PROJECT, TOOLS } from "./project.mjs";
import { served } from "./runtimes/served.mjs";
import { freePort } from "./runtimes/workerd.mjs";
import { bundled, wrangler, wranglerConfiguration } from "./runtimes/wrangler.mjs";
import * as sample from "./sample.mjs";

const PACKAGE = join(PROJECT, "node_modules/doorward");
const RESOURCE = "https://mcp.example.com/mcp";
const ISSUER = "https://idp.example.com";

/** Registers the tests. They are for after the project was made. */
export function exampleTests() {
  test("wrangler bundles the example for Cloudflare, offline", () => {
    const folder = copied("cloudflare");
    const written = wrangler(["deploy", "--dry-run", "--outdir", "dist"], folder, join(PROJECT, "examples/home"));
    ok(/--dry-run: exiting now/u.test(written), written);
    ok(/env\.DOORWARD/u.test(written), written);
    const files = readdirSync(join(folder, "dist"));
    same(files.filter((file) => file.endsWith(".wasm")).length, 1, files.join());
  });

  test("what wrangler has bundled runs in workerd, with the example's own configuration", async () => {
    const dist = join(PROJECT, "examples/cloudflare/dist");
    const port = await freePort();
    writeFileSync(join(dist, "config.capnp"), bundled(dist, port, { DOORWARD: exampleVariables() }));
    await served(join(TOOLS, ".bin/workerd"), ["serve", join(dist, "config.capnp")], {}, port, async (address) => {
      const metadata = await fetch(`${address}.well-known/oauth-protected-resource/mcp`);
      same((await metadata.json()).resource, exampleVariables().resource);
      const challenged = await fetch(`${address}mcp`, { method: "POST" });
      same([challenged.status, challenged.headers.get("www-authenticate").startsWith("Bearer resource_metadata=")], [401, true]);
    });
  });

  test("the example for Deno is what its configuration says", () => {
    const { version } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
    const { imports, tasks } = JSON.parse(readFileSync(join(PACKAGE, "examples/deno/deno.json"), "utf8"));
    same(imports, { "doorward/worker": `npm:doorward@^${version}/worker` });
    ok(tasks.start.includes("--allow-net --allow-env=DOORWARD main.js"), tasks.start);
    same(JSON.parse(readFileSync(join(PACKAGE, "examples/cloudflare/package.json"), "utf8")).dependencies, { doorward: `^${version}` });
    same(JSON.parse(readFileSync(join(PACKAGE, "examples/deno/doorward.json"), "utf8")), exampleVariables());
  });

  test("the example for Deno is well typed, lets through what is allowed, and nothing if it is not configured", async () => {
    // Without its deno.json, which names the registry: the installed package is what "doorward/worker" is.
    writeFileSync(join(PROJECT, "example-deno.js"), `// @ts-check\n${readFileSync(join(PACKAGE, "examples/deno/main.js"), "utf8")}`);
    const origin = createServer((request, response) => response.end(JSON.stringify({ subject: request.headers["doorward-subject"] }))).listen(0, "127.0.0.1");
    await new Promise((resolve) => origin.once("listening", resolve));
    const configuration = { resource: RESOURCE, origin: `http://127.0.0.1:${origin.address().port}/`, insecureLoopback: true, issuers: [{ issuer: ISSUER, jwks: sample.jwks() }] };
    try {
      await servedByDeno(JSON.stringify(configuration), async (address) => {
        same(await posted(address, await token()), { status: 200, body: { subject: "user-1" } });
        same((await posted(address, await token({ aud: "https://other.example.com" }))).status, 401);
      });
      await servedByDeno("{}", async (address) => same((await posted(address, await token())).status, 500));
    } finally {
      origin.close();
    }
  });
}

/** The example as a user copies it, in a project that has the package installed. */
function copied(name) {
  const folder = join(PROJECT, "examples", name);
  mkdirSync(folder, { recursive: true });
  cpSync(join(PACKAGE, "examples", name), folder, { recursive: true });
  return folder;
}

/** What `vars` of wrangler.jsonc has. */
function exampleVariables() {
  return wranglerConfiguration(join(PACKAGE, "examples/cloudflare")).vars.DOORWARD;
}

async function servedByDeno(DOORWARD, use) {
  const port = await freePort();
  const args = ["run", "--no-prompt", "--cached-only", "--check", "--allow-net", "--allow-env=DOORWARD", "example-deno.js"];
  await served(join(TOOLS, ".bin/deno"), args, { DOORWARD, DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`, NO_COLOR: "1" }, port, use);
}

function token(changes = {}) {
  const now = Math.floor(Date.now() / 1000);
  return sample.sign(sample.header(), { ...sample.claims(), iss: ISSUER, aud: RESOURCE, iat: now, nbf: now, exp: now + 60, ...changes });
}

async function posted(address, bearer) {
  const response = await fetch(`${address}mcp`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json", accept: "application/json", "mcp-protocol-version": "2025-11-25" },
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
  });
  return { status: response.status, body: await response.json() };
}
