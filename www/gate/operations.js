// What is asked, one row each: the headers and the body of a POST. `suspects` are the headers to look at.

const NEWEST = "2026-07-28";

/** The last revision that has batches. */
const BATCHES = "2025-03-26";

export const FOREIGN_ORIGIN = "https://evil.example";

export const OPERATIONS = [
  { id: "tools", label: "list the tools", note: "tools/list. Any token with mcp:read may.", ...message("tools/list") },
  { id: "list", label: "list_notes", note: "A tool that only reads.", ...call("list_notes", {}) },
  {
    id: "write", label: "write_note",
    note: "A tool that changes something, and needs mcp:write.",
    ...call("write_note", { name: "today", text: "knocked, and was let in" }),
  },
  {
    id: "delete", label: "delete_note",
    note: "A tool that needs mcp:admin.",
    ...call("delete_note", { name: "today" }),
  },
  {
    id: "resource", label: "read a resource",
    note: "resources/read of notes://welcome.",
    ...message("resources/read", { uri: "notes://welcome" }, "notes://welcome"),
  },
  {
    id: "batch", label: "batch with a delete in it", sly: true,
    note: `Two calls in one request, which revision ${BATCHES} allows: the harmless one comes first. Each is judged.`,
    headers: { "MCP-Protocol-Version": BATCHES },
    body: [
      request("tools/call", { name: "list_notes", arguments: {} }, 1),
      request("tools/call", { name: "delete_note", arguments: { name: "today" } }, 2),
    ],
  },
  {
    id: "newer", label: "batch, where there are none", sly: true, suspects: ["MCP-Protocol-Version"],
    note: `Two calls in one request in revision ${NEWEST}, which has no batches.`,
    headers: { "MCP-Protocol-Version": NEWEST, "Mcp-Method": "tools/list" },
    body: [current("tools/list", {}, 1), current("tools/list", {}, 2)],
  },
  {
    id: "disguise", label: "header against body", sly: true, suspects: ["Mcp-Name"],
    note: "The header names a harmless tool, the body another one.",
    ...call("delete_note", { name: "today" }, "list_notes"),
  },
  {
    id: "foreign", label: "foreign Origin", sly: true, suspects: ["Origin"],
    note: `As if a web page at ${FOREIGN_ORIGIN} had sent it. No browser lets a page choose its Origin, so the demo’s`
      + " server sets it.",
    origin: FOREIGN_ORIGIN, ...call("list_notes", {}),
  },
];

function call(name, values, mirrored = name) {
  return message("tools/call", { name, arguments: values }, mirrored);
}

/** One message of the newest revision, and the headers that repeat what is in it (Streamable HTTP). */
function message(method, params = {}, name = undefined) {
  return {
    headers: {
      "MCP-Protocol-Version": NEWEST,
      "Mcp-Method": method,
      ...(name === undefined ? {} : { "Mcp-Name": name }),
    },
    body: current(method, params, 1),
  };
}

function current(method, params, id) {
  return request(method, {
    ...params,
    _meta: {
      "io.modelcontextprotocol/protocolVersion": NEWEST,
      "io.modelcontextprotocol/clientInfo": { name: "doorward-demo", version: "1.0.0" },
      "io.modelcontextprotocol/clientCapabilities": {},
    },
  }, id);
}

function request(method, params, id) {
  return { jsonrpc: "2.0", id, method, params };
}
