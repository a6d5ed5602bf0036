// A client of revision 2026-07-28, from its first request without a token to tools that need more than it had, and
// on past a change of the provider's keys.

import assert from "node:assert/strict";
import { Client, StreamableHTTPClientTransport, UnauthorizedError, auth } from "@modelcontextprotocol/client";
import { account } from "./account.mjs";
import { startModernServer } from "./modern-server.mjs";
import { STEP_MILLISECONDS } from "./notes.mjs";
import { assertIdentity, assertToken, challengeOf, posted, startSetting, taken, text, until } from "./walk.mjs";
import { lines, wire } from "./wire.mjs";

const READING = ["mcp:read", "offline_access"];
const ALL = ["mcp:admin", ...READING];

export const modernWalk = {
  name: "client 2.x, revision 2026-07-28",

  async begin(runtime) {
    const walker = account();
    const { fetch, exchanges } = wire();
    const changes = [];
    const listChanged = { tools: { autoRefresh: false, debounceMs: 0, onChanged: () => changes.push("tools") } };
    const connection = (resource) => ({
      client: new Client({ name: "walker", version: "1.0.0" }, { versionNegotiation: { mode: "auto" }, listChanged }),
      transport: new StreamableHTTPClientTransport(new URL(resource), { authProvider: walker, fetch }),
    });
    return { ...await startSetting(runtime, startModernServer, "ES256"), walker, exchanges, changes, connection };
  },

  steps: [
    ["without a token it is told where to get one, and registers there", async (walk) => {
      const { gate, server, walker, exchanges } = walk;
      Object.assign(walk, walk.connection(gate.resource));
      await assert.rejects(walk.client.connect(walk.transport), UnauthorizedError);
      const [refused, described] = exchanges;
      assert.deepEqual(challengeOf(refused), { resource_metadata: walk.metadata, scope: "mcp:read" });
      assert.equal(described.url, walk.metadata);
      assert.deepEqual(lines(taken(exchanges)), [
        "POST /mcp server/discover → 401",
        "GET /.well-known/oauth-protected-resource/mcp → 200",
        "GET /.well-known/oauth-authorization-server → 200",
        "POST /reg → 201",
      ]);
      assert.deepEqual(walker.requested, [READING.join(" ")]);
      assert.deepEqual(server.received, [], "what reached the server");
    }],

    ["the code buys a token for this resource", async (walk) => {
      await walk.transport.finishAuth(walk.walker.callback.searchParams);
      assert.deepEqual(lines(taken(walk.exchanges)), ["POST /token → 200"]);
      assertToken(walk.walker.tokens().access_token, walk, ["mcp:read"]);
    }],

    ["with it, it lists the tools and calls one", async (walk) => {
      const { gate, server, walker, exchanges } = walk;
      Object.assign(walk, walk.connection(gate.resource));
      await walk.client.connect(walk.transport);
      assert.equal(walk.client.getNegotiatedProtocolVersion(), "2026-07-28");
      const names = (await walk.client.listTools()).tools.map(({ name }) => name);
      assert.deepEqual(names, ["read_note", "delete_note", "read_all_notes"]);
      assert.equal(text(await walk.client.callTool({ name: "read_note", arguments: { id: "1" } })), "Buy bread.");
      const sent = lines(taken(exchanges));
      assert.deepEqual(sent.filter((line) => !line.includes("subscriptions/listen")), [
        "POST /mcp server/discover → 200", "POST /mcp tools/list → 200", "POST /mcp tools/call read_note → 200",
      ]);
      const client = walker.clientInformation().client_id;
      for (const request of server.received) assertIdentity(request, walk, { subject: "user-1", client, scopes: ["mcp:read"] });
      assert.equal(server.received.at(-1).headers["mcp-name"], "read_note");
    }],

    ["progress arrives while the tool still works", async ({ client }) => {
      const arrived = [];
      const onprogress = ({ progress }) => arrived.push({ progress, at: Date.now() });
      const read = await client.callTool({ name: "read_all_notes", arguments: {} }, { onprogress });
      assert.equal(text(read), "Buy bread. Call the plumber.");
      assert.deepEqual(arrived.map(({ progress }) => progress), [1, 2]);
      assert.ok(Date.now() - arrived[0].at >= STEP_MILLISECONDS, "the first came a step before the end");
    }],

    ["it reads resources", async ({ client, exchanges }) => {
      const [{ uri }] = (await client.listResources()).resources;
      assert.equal((await client.readResource({ uri })).contents[0].text, "Everybody who may read is welcome.");
      const sent = lines(taken(exchanges)).slice(-2);
      assert.deepEqual(sent, ["POST /mcp resources/list → 200", `POST /mcp resources/read ${uri} → 200`]);
    }],

    ["a method of an extension reaches the server as it is", async ({ gate, server, walker }) => {
      const headers = {
        authorization: `Bearer ${walker.tokens().access_token}`,
        "mcp-protocol-version": "2026-07-28", "mcp-method": "tasks/get", "mcp-name": "task-1",
      };
      const envelope = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {},
      };
      const params = { taskId: "task-1", _meta: envelope };
      const answered = await posted(gate.resource, { method: "tasks/get", params }, headers);
      assert.deepEqual([answered.status, (await answered.json()).error.code], [404, -32601]);
      assert.equal(server.received.at(-1).headers["mcp-name"], "task-1");
    }],

    ["a subscription stays open, and its end reaches the server", async ({ client, server, changes }) => {
      const subscription = await client.listen({ toolsListChanged: true });
      const listening = server.received.at(-1);
      const before = changes.length;
      server.announce();
      await until(() => changes.length > before, "the announcement");
      assert.equal(listening.left, false);
      await subscription.close();
      // workerd finds out that a client has left when it next has something for it.
      await until(() => server.announce() || listening.left, "the server sees that the client has left");
    }],

    ["a tool that needs more sends it for more", async (walk) => {
      const { client, transport, walker, exchanges, server, gate } = walk;
      taken(exchanges);
      gate.events.length = 0;
      const reached = server.received.length;
      await assert.rejects(client.callTool({ name: "delete_note", arguments: { id: "1" } }), UnauthorizedError);
      const [refused] = exchanges;
      assert.deepEqual(challengeOf(refused), {
        error: "insufficient_scope", resource_metadata: walk.metadata, scope: "mcp:admin",
      });
      const sent = lines(taken(exchanges)).filter((line) => line.startsWith("POST"));
      assert.deepEqual(sent, ["POST /mcp tools/call delete_note → 403"]);
      assert.equal(server.received.length, reached, "the refused call did not reach the server");
      assert.deepEqual(walker.requested.at(-1).split(" ").sort(), [...ALL].sort());
      await until(() => gate.events.length > 0, "the gate tells what it has decided");
      const { decision, status, code, revision, method, name, client: id } = gate.events[0];
      assert.deepEqual([decision, status, code, revision, method, name, id], [
        "deny", 403, "scope_insufficient", "2026-07-28", "tools/call", "delete_note", walker.clientInformation().client_id,
      ]);
      await transport.finishAuth(walker.callback.searchParams);
      assertToken(walker.tokens().access_token, walk, ["mcp:read", "mcp:admin"]);
      taken(exchanges);
      assert.equal(text(await client.callTool({ name: "delete_note", arguments: { id: "1" } })), "Note 1 is deleted.");
      assert.deepEqual(lines(taken(exchanges)), ["POST /mcp tools/call delete_note → 200"]);
    }],

    ["the provider changes its key: a new token works at once, and the old one no longer", async (walk) => {
      const { client, provider, walker, exchanges, gate } = walk;
      const old = walker.tokens().access_token;
      walk.old = old;
      const fetched = () => provider.asked.filter((line) => line === "GET /jwks").length;
      assert.equal(fetched(), 1, "the keys were fetched once");
      provider.rotate();
      assert.equal(text(await client.callTool({ name: "read_note", arguments: { id: "2" } })), "Call the plumber.");
      assert.equal(fetched(), 1, "a token whose key is known fetches nothing");
      taken(exchanges);

      assert.equal(await auth(walker, { serverUrl: gate.resource }), "AUTHORIZED");
      assert.notEqual(walker.tokens().access_token, old);
      assert.equal(text(await client.callTool({ name: "read_note", arguments: { id: "2" } })), "Call the plumber.");
      assert.deepEqual(lines(taken(exchanges)), ["POST /mcp tools/call read_note → 200"]);
      assert.equal(fetched(), 2, "its key was fetched");

      const refused = await posted(gate.resource, { method: "tools/list" }, { authorization: `Bearer ${old}` });
      assert.deepEqual([refused.status, challengeOf(refused).error], [401, "invalid_token"]);
    }],

    ["a client that still has the old token refreshes it by itself", async ({ client, walker, exchanges, old }) => {
      walker.saveTokens({ ...walker.tokens(), access_token: old });
      taken(exchanges);
      assert.equal(text(await client.callTool({ name: "read_note", arguments: { id: "2" } })), "Call the plumber.");
      const sent = lines(taken(exchanges)).filter((line) => line.startsWith("POST"));
      assert.deepEqual(sent, [
        "POST /mcp tools/call read_note → 401", "POST /token → 200", "POST /mcp tools/call read_note → 200",
      ]);
      await client.close();
    }],
  ],
};
