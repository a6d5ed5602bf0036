// The pages about migration: the two programs of each run with the same tokens, and every row of what one notices is so.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { listen } from "../mcp/listener.mjs";
import { block, page, rows } from "./pages.mjs";
import { folderWith } from "./projects.mjs";
import { CLAIMS, JWKS, ROTATED, TOKENS } from "./tokens.mjs";

/** Calls `count(name, body)` for each test. */
export async function migrations(count) {
  const issuer = { jwks: JWKS, asked: 0 };
  const listener = await listen((_, response) => {
    issuer.asked += 1;
    response.setHeader("content-type", "application/json").end(JSON.stringify(issuer.jwks));
  });
  const folder = folderWith("migration", ["jose", "aws-jwt-verify"]);
  // The keys are fetched over loopback: the programs differ from those on the page in their address alone.
  const program = async (name, file, change = (text) => text) => {
    const text = block(page(`migration/${name}`), file).replaceAll(/"https:[^"]*\/(?:keys|jwks\.json)"/gu, `"${listener.origin}/keys"`);
    const path = join(folder, `${name}-${Math.random()}-${file}`);
    writeFileSync(path, change(text));
    return await import(pathToFileURL(path));
  };

  await count("jose: both programs, and what one notices", async () => {
    const [before, after] = [await program("jose", "jose.js"), await program("jose", "doorward.js")];
    await noticed(rows(page("migration/jose"), "token"), before.subjectOf, after.subjectOf, CLAIMS.standard);
  });

  await count("jose: a check is switched off by undefined there, and not here", async () => {
    const off = (text) => text.replace(/audience: .*,/u, "audience: undefined,");
    const [before, after] = [await program("jose", "jose.js", off), await program("jose", "doorward.js", off)];
    const token = TOKENS["for another server"](CLAIMS.standard());
    assert.deepEqual([await verdict(before.subjectOf, token), await verdict(after.subjectOf, token)], ["accepted", "`invalid_option`"]);
  });

  await count("jose: keys that rotate are fetched again, but not for every token", async () => {
    const { subjectOf } = await program("jose", "doorward.js");
    const { subjectOf: impatient } = await program("jose", "doorward.js", (text) => text.replace("30_000", "-1"));
    await Promise.all([subjectOf, impatient].map((each) => each(TOKENS["a good access token"](CLAIMS.standard()))));
    issuer.jwks = ROTATED;
    const asked = issuer.asked;
    assert.equal(await verdict(subjectOf, TOKENS.rotated()), "`key_not_found`");
    assert.equal(issuer.asked, asked);
    assert.equal(await verdict(impatient, TOKENS.rotated()), "accepted");
    assert.equal(issuer.asked, asked + 1);
    issuer.jwks = JWKS;
  });

  await count("aws-jwt-verify: both programs, and what one notices", async () => {
    // It fetches over TLS alone, or with what it is given for that.
    const overLoopback = (text) => `
      import { SimpleJwksCache } from "aws-jwt-verify/jwk";
      const fetcher = { fetch: async () => (await fetch("${listener.origin}/keys")).arrayBuffer() };
      ${text.replace("});\nawait", "}, { jwksCache: new SimpleJwksCache({ fetcher }) });\nawait")}`;
    const before = await program("aws-jwt-verify", "aws.js", overLoopback);
    const after = await program("aws-jwt-verify", "doorward.js");
    await noticed(rows(page("migration/aws-jwt-verify"), "token"), before.subjectOf, after.subjectOf, CLAIMS.cognito);
  });

  await count("aws-jwt-verify: the gate asks for scope or group", async () => {
    const loopback = (text) => text.replace("createGate({", "createGate({ insecureLoopback: true,");
    const { answer } = await program("aws-jwt-verify", "gate.js", loopback);
    const asked = (method, changes) => asking(answer, method, TOKENS["a good access token"]({ ...CLAIMS.cognito(), ...changes }));
    assert.deepEqual(await asked("tools/list", {}), [200, { subject: "user-1", client: "4example2client" }]);
    assert.equal((await asked("tools/list", { scope: "mail/read" }))[0], 403);
    assert.equal((await asked("tools/list", { client_id: "5other" }))[0], 401);
    assert.equal((await asked("tools/call", {}))[0], 403);
    assert.equal((await asked("tools/call", { "cognito:groups": ["readers", "writers"] }))[0], 200);
  });

  await listener.close();
}

async function asking(answer, method, token) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", accept: "application/json, text/event-stream" };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { name: "read_note" } });
  const response = await answer(new Request("https://mcp.example.com/mcp", { method: "POST", headers, body }));
  return [response.status, await response.json()];
}

/** Each row is what both say, in the words of the page: "accepted", or a code. All rows differ from one another. */
async function noticed(table, before, after, claims) {
  const faults = [];
  for (const [name, there, here] of table) {
    const token = TOKENS[name](claims());
    const found = [await verdict(before, token), await verdict(after, token)];
    if (found[0] !== there || found[1] !== here) faults.push(`${name}: ${found.join(", ")}`);
  }
  assert.deepEqual(faults, []);
  assert.ok(table.length > 10);
}

async function verdict(subjectOf, token) {
  try {
    const subject = await subjectOf(token);
    return typeof subject === "string" ? "accepted" : `accepted ${subject}`;
  } catch (error) {
    return `\`${error.code ?? error.constructor.name}\``;
  }
}
