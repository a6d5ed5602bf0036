// A client of the revisions up to 2025-11-25: a session, a stream of server-sent events that stays open beside the
// requests, and their end. Every request of a session is authorized, whatever its session.

import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { UnauthorizedError, auth } from "@modelcontextprotocol/sdk/client/auth.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { account } from "./account.mjs";
import { STEP_MILLISECONDS } from "./notes.mjs";
import { startSessionServer } from "./session-server.mjs";
import { assertIdentity, assertToken, challengeOf, posted, startSetting, taken, text, until } from "./walk.mjs";
import { lines, wire } from "./wire.mjs";

export const sessionWalk = {
  name: "client 1.x, with a session",

  async begin(runtime) {
    const walker = account();
    const { fetch, exchanges } = wire();
    const changes = [];
    const connection = (resource) => {
      const client = new Client({ name: "walker", version: "1.0.0" });
      client.setNotificationHandler(ToolListChangedNotificationSchema, () => void changes.push("tools"));
      return { client, transport: new StreamableHTTPClientTransport(new URL(resource), { authProvider: walker, fetch }) };
    };
    return { ...await startSetting(runtime, startSessionServer, "RS256"), walker, exchanges, changes, connection };
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
        "POST /mcp initialize → 401",
        "GET /.well-known/oauth-protected-resource/mcp → 200",
        "GET /.well-known/oauth-authorization-server → 200",
        "POST /reg → 201",
      ]);
      assert.deepEqual(walker.requested, ["mcp:read"]);
      assert.deepEqual(server.received, [], "what reached the server");
    }],

    ["the code buys a token for this resource", async (walk) => {
      await walk.transport.finishAuth(walk.walker.callback.searchParams.get("code"));
      assert.deepEqual(lines(taken(walk.exchanges)).slice(-1), ["POST /token → 200"]);
      assertToken(walk.walker.tokens().access_token, walk, ["mcp:read"]);
    }],

    ["with it, it opens a session and its stream, lists the tools and calls one", async (walk) => {
      const { gate, server, walker, exchanges } = walk;
      taken(exchanges);
      Object.assign(walk, walk.connection(gate.resource));
      await walk.client.connect(walk.transport);
      await until(() => exchanges.some(({ method, status }) => method === "GET" && status === 200), "the stream is open");
      const names = (await walk.client.listTools()).tools.map(({ name }) => name);
      assert.deepEqual(names, ["read_note", "delete_note", "read_all_notes"]);
      assert.equal(text(await walk.client.callTool({ name: "read_note", arguments: { id: "1" } })), "Buy bread.");
      const sent = taken(exchanges);
      assert.deepEqual(lines(sent), [
        "POST /mcp initialize → 200",
        "POST /mcp notifications/initialized → 202",
        "GET /mcp → 200",
        "POST /mcp tools/list → 200",
        "POST /mcp tools/call read_note → 200",
      ]);
      assert.equal(sent[0].got.get("mcp-session-id"), walk.transport.sessionId);
      assert.equal(sent[2].got.get("content-type"), "text/event-stream");
      const client = walker.clientInformation().client_id;
      for (const request of server.received) assertIdentity(request, walk, { subject: "user-1", client, scopes: ["mcp:read"] });
      const sessions = server.received.map(({ headers }) => headers["mcp-session-id"]);
      assert.deepEqual(sessions, [undefined, ...Array(4).fill(walk.transport.sessionId)]);
    }],

    ["progress arrives while the tool still works", async ({ client }) => {
      const arrived = [];
      const onprogress = ({ progress }) => arrived.push({ progress, at: Date.now() });
      const read = await client.callTool({ name: "read_all_notes", arguments: {} }, undefined, { onprogress });
      assert.equal(text(read), "Buy bread. Call the plumber.");
      assert.deepEqual(arrived.map(({ progress }) => progress), [1, 2]);
      assert.ok(Date.now() - arrived[0].at >= STEP_MILLISECONDS, "the first came a step before the end");
    }],

    ["it reads resources", async ({ client }) => {
      const [{ uri }] = (await client.listResources()).resources;
      assert.equal((await client.readResource({ uri })).contents[0].text, "Everybody who may read is welcome.");
    }],

    ["a notification comes on the stream", async ({ server, changes }) => {
      await server.announce();
      await until(() => changes.length > 0, "the announcement");
      assert.deepEqual(changes, ["tools"]);
    }],

    ["the number of a session opens nothing", async (walk) => {
      const { gate, transport, server } = walk;
      const reached = server.received.length;
      const session = { "mcp-session-id": transport.sessionId, "mcp-protocol-version": "2025-11-25" };
      const stream = { headers: { ...session, accept: "text/event-stream" } };
      const attempts = [
        await posted(gate.resource, { method: "tools/list" }, session),
        await fetch(gate.resource, stream),
        await fetch(gate.resource, { method: "DELETE", headers: session }),
      ];
      for (const refused of attempts) {
        assert.equal(refused.status, 401);
        assert.deepEqual(challengeOf(refused), { resource_metadata: walk.metadata, scope: "mcp:read" });
      }
      assert.equal(server.received.length, reached, "what reached the server");
    }],

    ["a tool that needs more sends it for more", async (walk) => {
      const { client, transport, walker, exchanges, server } = walk;
      taken(exchanges);
      // With a refresh token this SDK would refresh, which gives no further scopes, and try in vain.
      const { refresh_token: _, ...tokens } = walker.tokens();
      walker.saveTokens(tokens);
      const reached = server.received.length;
      await assert.rejects(client.callTool({ name: "delete_note", arguments: { id: "1" } }), UnauthorizedError);
      const [refused] = exchanges;
      assert.deepEqual(challengeOf(refused), {
        error: "insufficient_scope", resource_metadata: walk.metadata, scope: "mcp:admin",
      });
      assert.equal(lines(taken(exchanges))[0], "POST /mcp tools/call delete_note → 403");
      assert.equal(server.received.length, reached, "the refused call did not reach the server");
      await transport.finishAuth(walker.callback.searchParams.get("code"));
      assertToken(walker.tokens().access_token, walk, ["mcp:admin"]);
      taken(exchanges);
      assert.equal(text(await client.callTool({ name: "delete_note", arguments: { id: "1" } })), "Note 1 is deleted.");
      assert.deepEqual(lines(taken(exchanges)), ["POST /mcp tools/call delete_note → 200"]);
    }],

    ["the provider changes its key: the session goes on with a new token", async (walk) => {
      const { client, provider, walker, gate, exchanges, transport } = walk;
      const old = walker.tokens().access_token;
      const session = transport.sessionId;
      provider.rotate();
      assert.equal(await auth(walker, { serverUrl: gate.resource }), "AUTHORIZED");
      taken(exchanges);
      assert.equal(text(await client.callTool({ name: "read_note", arguments: { id: "2" } })), "Call the plumber.");
      assert.deepEqual(lines(taken(exchanges)), ["POST /mcp tools/call read_note → 200"]);
      assert.equal(transport.sessionId, session);

      const refused = await posted(gate.resource, { method: "tools/list" }, { authorization: `Bearer ${old}` });
      assert.deepEqual([refused.status, challengeOf(refused).error], [401, "invalid_token"]);
    }],

    ["its end reaches the server, and no request of it is answered after", async (walk) => {
      const { client, transport, gate, walker, exchanges, server } = walk;
      const session = transport.sessionId;
      taken(exchanges);
      await transport.terminateSession();
      assert.deepEqual(lines(taken(exchanges)), ["DELETE /mcp → 200"]);
      const { method, headers: came } = server.received.at(-1);
      assert.deepEqual([method, came["mcp-session-id"]], ["DELETE", session]);
      const headers = { authorization: `Bearer ${walker.tokens().access_token}`, "mcp-session-id": session };
      assert.equal((await posted(gate.resource, { method: "tools/list" }, headers)).status, 404);
      await client.close();
    }],
  ],
};
