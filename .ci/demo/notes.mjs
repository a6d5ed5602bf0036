// The demo's MCP server: a few notes in memory. It has no authorization of its own. It listens to this machine alone,
// and believes the gate's word on who asks.

import { createServer } from "node:http";
import { Readable } from "node:stream";
import { createMcpHandler, fromJsonSchema, McpServer } from "./packages.mjs";
import { listen } from "./ports.mjs";

const WELCOME = "notes://welcome";

/** Starts the server with two notes in it. */
export async function startNotes({ port }) {
  const notes = new Map([
    ["groceries", { text: "bread, tea, ink", by: "admin" }],
    ["ideas", { text: "a door that knows who knocks", by: "writer" }],
  ]);
  const handler = createMcpHandler(() => serverOf(notes));
  const server = createServer((request, response) => {
    answer(handler, request, response).catch(() => response.destroy());
  });
  const origin = `http://127.0.0.1:${await listen(server, port)}/mcp`;
  return { origin, close: () => server.close().closeAllConnections() };
}

function serverOf(notes) {
  const server = new McpServer({ name: "notes", version: "1.0.0" });
  server.registerTool("list_notes", { description: "The names of all notes, and who wrote them" }, () =>
    said([...notes].map(([name, { by }]) => `${name} (by ${by})`).join(", ") || "no notes"));
  server.registerTool(
    "write_note",
    { description: "Write a note, or write it anew", inputSchema: textFields("name", "text") },
    ({ name, text }, context) => {
      notes.set(name, { text, by: askerOf(context) });
      return said(`written: ${name}`);
    },
  );
  server.registerTool("delete_note", { description: "Delete a note", inputSchema: textFields("name") }, ({ name }) =>
    said(notes.delete(name) ? `deleted: ${name}` : `there is no note ${name}`));
  server.registerResource("welcome", WELCOME, { mimeType: "text/plain" }, () => ({
    contents: [{ uri: WELCOME, mimeType: "text/plain", text: "Notes, behind a gate." }],
  }));
  return server;
}

/** Who asks, as the gate says: it deletes what a client says about itself, and sets the header from the token. */
function askerOf(context) {
  return context.http?.req?.headers.get("doorward-client") ?? "nobody";
}

function said(text) {
  return { content: [{ type: "text", text }] };
}

function textFields(...names) {
  const properties = Object.fromEntries(names.map((name) => [name, { type: "string" }]));
  return fromJsonSchema({ type: "object", properties, required: names });
}

/** The handler speaks in `Request` and `Response`, Node's server does not. */
async function answer(handler, request, response) {
  const { status, headers, body } = await handler.fetch(new Request(`http://${request.headers.host}${request.url}`, {
    method: request.method,
    headers: request.headers,
    ...(request.method === "POST" ? { body: Readable.toWeb(request), duplex: "half" } : {}),
  }));
  response.writeHead(status, Object.fromEntries(headers));
  if (body === null) response.end();
  else Readable.fromWeb(body).on("error", () => response.destroy()).pipe(response);
}
