// What is asked, one row each: the headers and the body of a POST. `suspects` are the headers to look at.

import { REVISIONS, messageOf } from "../trial/message.js";

const NEWEST = REVISIONS[0];

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
    ...message("resources/read", "notes://welcome"),
  },
  {
    id: "batch", label: "batch with a delete in it", sly: true,
    note: `Two calls in one request, which revision ${BATCHES} allows: the harmless one comes first. Each is judged.`,
    headers: { "MCP-Protocol-Version": BATCHES },
    body: [
      messageOf("tools/call", "list_notes", BATCHES, { id: 1 }).body,
      messageOf("tools/call", "delete_note", BATCHES, { id: 2, more: { arguments: { name: "today" } } }).body,
    ],
  },
  {
    id: "newer", label: "batch, where there are none", sly: true, suspects: ["MCP-Protocol-Version"],
    note: `Two calls in one request in revision ${NEWEST}, which has no batches.`,
    headers: { "MCP-Protocol-Version": NEWEST, "Mcp-Method": "tools/list" },
    body: [1, 2].map((id) => messageOf("tools/list", undefined, NEWEST, { id }).body),
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
  return message("tools/call", name, { mirrored, more: { arguments: values } });
}

/** One message of the newest revision, and the headers that repeat what is in it (Streamable HTTP). */
function message(method, operand, options) {
  const { headers, body } = messageOf(method, operand, NEWEST, options);
  return { headers: Object.fromEntries(headers), body };
}
