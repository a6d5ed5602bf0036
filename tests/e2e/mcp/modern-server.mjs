// An MCP server of revision 2026-07-28, made with @modelcontextprotocol/server: stateless, and without any
// authorization of its own.

import { McpServer, createMcpHandler, fromJsonSchema } from "@modelcontextprotocol/server";
import { toNodeHandler } from "@modelcontextprotocol/node";
import { listen } from "./listener.mjs";
import { notebook } from "./notes.mjs";

/**
 * Starts it. `received` has the method and the headers of each request that came through to it, and `left`, whether
 * its client has left it; `announce()` tells every subscription that the list of tools has changed.
 */
export async function startModernServer() {
  const { tools, resource } = notebook();
  const received = [];
  const handler = createMcpHandler(() => served(tools, resource));
  const answer = toNodeHandler(handler);
  const listener = await listen((request, response) => {
    const entry = { method: request.method, headers: request.headers, left: false };
    received.push(entry);
    response.on("close", () => (entry.left = !response.writableFinished));
    return answer(request, response);
  });
  const close = async () => {
    await handler.close();
    await listener.close();
  };
  const announce = handler.notify.toolsChanged;
  return { origin: `${listener.origin}/mcp`, received, faults: listener.faults, announce, close };
}

function served(tools, resource) {
  const server = new McpServer({ name: "notebook", version: "1.0.0" });
  for (const [name, { description, inputSchema, run }] of Object.entries(tools)) {
    server.registerTool(name, { description, inputSchema: fromJsonSchema(inputSchema) }, async (args, { mcpReq }) => {
      const token = mcpReq._meta?.progressToken;
      const progress = async (params) => {
        if (token === undefined) return;
        await mcpReq.notify({ method: "notifications/progress", params: { progressToken: token, ...params } });
      };
      return { content: [{ type: "text", text: await run(args, progress) }] };
    });
  }
  const { name, uri, text, ...about } = resource;
  server.registerResource(name, uri, about, () => ({ contents: [{ uri, mimeType: about.mimeType, text }] }));
  return server;
}
