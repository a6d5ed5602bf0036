// An MCP server of the revisions up to 2025-11-25, made with @modelcontextprotocol/sdk 1.x: sessions, a stream of
// server-sent events by GET, and the end of a session by DELETE. It has no authorization of its own.

import { randomUUID } from "node:crypto";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import {
  CallToolRequestSchema, ListResourcesRequestSchema, ListToolsRequestSchema, ReadResourceRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { listen } from "./listener.mjs";
import { notebook } from "./notes.mjs";

/**
 * Starts it. `received` has the method and the headers of each request that came through to it; `sessions()` says how
 * many there are; `announce()` tells every one that the list of tools has changed.
 */
export async function startSessionServer() {
  const { tools, resource } = notebook();
  const received = [];
  const sessions = new Map();
  const listener = await listen(async (request, response) => {
    received.push({ method: request.method, headers: request.headers });
    const id = request.headers["mcp-session-id"];
    if (id !== undefined && !sessions.has(id)) return response.writeHead(404).end();
    const { transport } = sessions.get(id) ?? await opened(sessions, tools, resource);
    return transport.handleRequest(request, response);
  });
  const announce = () => Promise.all([...sessions.values()].map(({ server }) => server.sendToolListChanged()));
  return { origin: `${listener.origin}/mcp`, received, sessions: () => sessions.size, faults: listener.faults, announce, close: listener.close };
}

async function opened(sessions, tools, resource) {
  const server = served(tools, resource);
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => sessions.set(id, { transport, server }),
    onsessionclosed: (id) => sessions.delete(id),
  });
  await server.connect(transport);
  return { transport, server };
}

function served(tools, resource) {
  const capabilities = { tools: { listChanged: true }, resources: {} };
  const server = new Server({ name: "notebook", version: "1.0.0" }, { capabilities });
  const listed = Object.entries(tools).map(([name, { description, inputSchema }]) => ({ name, description, inputSchema }));
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listed }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { sendNotification }) => {
    const token = params._meta?.progressToken;
    const progress = async (about) => {
      if (token === undefined) return;
      await sendNotification({ method: "notifications/progress", params: { progressToken: token, ...about } });
    };
    return { content: [{ type: "text", text: await tools[params.name].run(params.arguments, progress) }] };
  });
  const { text, ...about } = resource;
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [about] }));
  const { uri, mimeType } = about;
  server.setRequestHandler(ReadResourceRequestSchema, () => ({ contents: [{ uri, mimeType, text }] }));
  return server;
}
