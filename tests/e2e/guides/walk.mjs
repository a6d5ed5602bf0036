// What a client of the real SDK meets at every example: no token, the wrong one, one that may read, one that may more.

import assert from "node:assert/strict";
import { Client, ClientCredentialsProvider, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { trial, tried } from "./guides.mjs";
import { JOB } from "../mcp/provider.mjs";
import { challengeOf, posted, taken, text } from "../mcp/walk.mjs";
import { lines, wire } from "../mcp/wire.mjs";

/** The steps, over an example at `resource` and the `provider` that it trusts. */
export const STEPS = [
  ["without a token it says where to get one", async ({ resource, provider }) => {
    const metadata = new URL("/.well-known/oauth-protected-resource/mcp", resource).href;
    const refused = await posted(resource, { method: "tools/list" });
    assert.equal(refused.status, 401);
    assert.deepEqual(challengeOf(refused), { resource_metadata: metadata, scope: "mcp:read" });
    const described = await (await fetch(metadata)).json();
    assert.deepEqual([described.resource, described.authorization_servers], [resource, [provider.issuer]]);
    assert.deepEqual(described.scopes_supported, ["mcp:read"]);
  }],

  ["a token for another server is refused", async ({ resource, provider }) => {
    const refused = await posted(resource, { method: "tools/list" }, { authorization: `Bearer ${await tokenFor(ELSEWHERE, provider)}` });
    assert.deepEqual([refused.status, challengeOf(refused).error], [401, "invalid_token"]);
  }],

  ["a client finds its way, lists the tools, calls one, and gets a better token for the other", async ({ resource, provider, deleted }) => {
    const { fetch, exchanges } = wire();
    const client = await connected(resource, provider, fetch, { mode: "auto" });
    assert.equal(client.getNegotiatedProtocolVersion(), "2026-07-28");
    assert.deepEqual(lines(taken(exchanges)), [
      "POST /mcp server/discover → 401",
      "GET /.well-known/oauth-protected-resource/mcp → 200",
      "GET /.well-known/oauth-authorization-server → 200",
      "POST /token → 200",
      "POST /mcp server/discover → 200",
    ]);
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map(({ name }) => name).slice(0, 2), ["read_note", "delete_note"]);
    assert.equal(text(await client.callTool({ name: "read_note", arguments: { id: "2" } })), "Call the plumber.");
    taken(exchanges);
    assert.equal(text(await client.callTool({ name: "delete_note", arguments: { id: "1" } })), deleted);
    const [refused, ...others] = taken(exchanges);
    assert.deepEqual([refused.status, challengeOf(refused).error, challengeOf(refused).scope], [403, "insufficient_scope", "mcp:write"]);
    assert.deepEqual(lines(others).slice(-2), ["POST /token → 200", "POST /mcp tools/call delete_note → 200"]);
    await client.close();
  }],

  ["an older client is served as well", async ({ resource, provider }) => {
    const client = await connected(resource, provider, fetch, { mode: "legacy" });
    assert.equal(client.getNegotiatedProtocolVersion(), "2025-11-25");
    assert.equal(text(await client.callTool({ name: "read_note", arguments: { id: "2" } })), "Call the plumber.");
    await client.close();
  }],
];

/** The lines that were expected and not printed. */
function missing(expected, printed) {
  const lines = printed.toLowerCase().split("\r\n");
  return expected.filter((line) => !lines.includes(line));
}

/** What its guide has one type, at an example. */
export const GUIDE_STEP = ["the lines of its guide do what the guide says", async ({ name, resource, provider }) => {
  const guide = trial(name);
  const told = await tried(guide, resource, provider);
  const at = (text) => text.replaceAll(/http:\/\/localhost:\d+/gu, new URL(resource).origin).toLowerCase();
  const [refused, insufficient] = guide.expected.map((text) => at(text).trim().split("\n"));
  assert.deepEqual(missing(refused, told[0]), [], told[0]);
  assert.match(told[1], /^HTTP\/1\.1 200 OK\r\n.*"read_note".*"delete_note"/su);
  assert.deepEqual(missing(insufficient, told[2]), [], told[2]);
  // The server of Next.js answers for itself where the others have the gate answer.
  if (name !== "vercel-edge") assert.match(told[3], /no MUST failed of what was tried\s*$/u);
}];

/** A resource of the same provider. */
export const ELSEWHERE = "https://elsewhere.example.com/mcp";

async function connected(resource, provider, fetch, versionNegotiation) {
  const credentials = { clientId: JOB.id, clientSecret: JOB.secret, expectedIssuer: provider.issuer };
  const authProvider = new ClientCredentialsProvider(credentials);
  const client = new Client({ name: "job", version: "1.0.0" }, { versionNegotiation });
  await client.connect(new StreamableHTTPClientTransport(new URL(resource), { authProvider, fetch }));
  return client;
}

/** An access token of the job, by the grant that has no user. */
export async function tokenFor(resource, { issuer }, scope = "mcp:read") {
  const headers = { authorization: `Basic ${btoa(`${JOB.id}:${JOB.secret}`)}` };
  const body = new URLSearchParams({ grant_type: "client_credentials", resource, scope });
  const answer = await (await fetch(`${issuer}/token`, { method: "POST", headers, body })).json();
  return answer.access_token;
}
