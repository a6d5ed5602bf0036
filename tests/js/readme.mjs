// The examples of the project's README, run as they stand: the worker in workerd, the server in Deno.

import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { same, test } from "./harness.mjs";
import { PROJECT, ROOT, TOOLS } from "./project.mjs";
import { served } from "./runtimes/served.mjs";
import { configuration, freePort } from "./runtimes/workerd.mjs";
import * as sample from "./sample.mjs";

const ISSUER = "https://idp.example.com";
const RESOURCE = "https://mcp.example.com/mcp";

/** Registers the tests. They are for after the project was made. */
export function readmeTests() {
  test("the README's gate runs in workerd", async () => {
    writeFileSync(join(PROJECT, "readme-gate.mjs"), example("js", "gate.js"));
    const port = await freePort();
    const world = createServer(answerFor).listen(0, "127.0.0.1");
    await new Promise((resolve) => world.once("listening", resolve));
    const outbound = `127.0.0.1:${world.address().port}`;
    writeFileSync(join(PROJECT, "readme-gate.capnp"), configuration(["workerd"], port, { main: "readme-gate.mjs", outbound }));
    try {
      await served(join(TOOLS, ".bin/workerd"), ["serve", "readme-gate.capnp"], {}, port, async (address) => {
        const call = (method, name, scope) => called(`${address}mcp`, method, name, scope && token({ scope }));
        same(await call("tools/list", undefined, "mcp:read"), { status: 200, body: "origin.internal /mcp" });
        same((await call("tools/list")).status, 401);
        same((await call("tools/call", "write_note", "mcp:read")).status, 403);
        same((await call("tools/call", "write_note", "mcp:admin")).status, 200);
        same((await call("tools/call", "delete_note", "mcp:write")).status, 403);
        same((await call("tools/call", "delete_note", "mcp:admin")).status, 200);
      });
    } finally {
      world.close();
    }
  });

  test("the README's worker runs in workerd", async () => {
    writeFileSync(join(PROJECT, "readme-worker.mjs"), example("js", "worker.js"));
    const port = await freePort();
    const bindings = `(name = "JWKS", json = ${JSON.stringify(JSON.stringify(sample.jwks()))})`;
    writeFileSync(join(PROJECT, "readme.capnp"), configuration(["workerd"], port, { main: "readme-worker.mjs", bindings }));
    await served(join(TOOLS, ".bin/workerd"), ["serve", "readme.capnp"], {}, port, async (address) => {
      const accepted = { status: 200, body: '{"subject":"user-1","scopes":["mail:read","mail:send"]}' };
      same(await asked(address, await token()), accepted);
      same(await asked(address, await token({ aud: "https://other.example.com" })), { status: 401, body: "unauthorized" });
      same(await asked(address), { status: 401, body: "unauthorized" });
    });
  });

  test("the README's server runs in Deno", async () => {
    const issuer = createServer((_, response) => response.end(JSON.stringify(sample.jwks()))).listen(0, "127.0.0.1");
    await new Promise((resolve) => issuer.once("listening", resolve));
    const port = await freePort();
    const env = { JWKS_URL: `http://127.0.0.1:${issuer.address().port}/`, PORT: String(port), NO_COLOR: "1" };
    writeFileSync(join(PROJECT, "readme-server.ts"), example("ts", "main.ts"));
    const args = ["run", "--no-prompt", "--cached-only", "--allow-net", "--allow-env=JWKS_URL,PORT", "--check", "readme-server.ts"];
    try {
      await served(join(TOOLS, ".bin/deno"), args, env, port, async (address) => {
        same(await asked(address, await token()), { status: 200, body: '{"subject":"user-1"}' });
        same(await asked(address, await token({ iss: "https://other.example.com" })), { status: 401, body: "unauthorized" });
      });
    } finally {
      issuer.close();
    }
  });
}

/** The block of this language whose first line names this file. */
function example(language, file) {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/```(\w+)\n(.*?)```/gsu)];
  const [, , code] = blocks.find(([, name, text]) => name === language && text.startsWith(`// ${file}\n`)) ?? [];
  if (code === undefined) throw new Error(`the README has no ${language} block for ${file}`);
  return code;
}

/** A token that is valid now for what the examples expect, or has these claims changed. */
function token(changes = {}) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { ...sample.claims(), iss: ISSUER, aud: RESOURCE, iat: now, nbf: now, exp: now + 60, ...changes };
  return sample.sign(sample.header(), claims);
}

/** The provider and the origin of the README's gate: whatever host is asked for, the request comes here. */
function answerFor(request, response) {
  const documents = {
    "idp.example.com /.well-known/oauth-authorization-server": { issuer: ISSUER, jwks_uri: `${ISSUER}/keys` },
    "idp.example.com /keys": sample.jwks(),
  };
  const asked = `${request.headers.host} ${request.url}`;
  if (asked in documents) {
    response.setHeader("content-type", "application/json").end(JSON.stringify(documents[asked]));
  } else {
    response.statusCode = asked === "origin.internal /mcp" ? 200 : 404;
    response.end(asked);
  }
}

async function called(address, method, name, bearer) {
  const headers = { "content-type": "application/json" };
  if (bearer !== undefined) headers.authorization = `Bearer ${await bearer}`;
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { name } });
  const response = await fetch(address, { method: "POST", headers, body });
  return { status: response.status, body: await response.text() };
}

async function asked(address, bearer) {
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const response = await fetch(address, { headers });
  return { status: response.status, body: await response.text() };
}
