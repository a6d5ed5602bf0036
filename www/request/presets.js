// Requests to begin with, one row each: what they put into the form. The sly ones try to be taken for something else.

import { OPERATIONS, FOREIGN_ORIGIN } from "../gate/operations.js";
import { REVISIONS } from "../trial/message.js";

const [NEWEST] = REVISIONS;

/** `story` says what it is; `fields` are those of the form; `headers` and `body` are put over what is made from them. */
export const PRESETS = [
  {
    id: "list", label: "list the tools",
    story: "What every client asks first.",
    fields: { method: "tools/list" },
  },
  {
    id: "call", label: "call a tool",
    story: "A tool that only reads.",
    fields: { method: "tools/call", operand: "list_notes" },
  },
  {
    id: "delete", label: "delete a note",
    story: "A tool that changes something: the rules may ask for more.",
    fields: { method: "tools/call", operand: "delete_note" },
  },
  {
    id: "read", label: "read a resource",
    story: "A resource by its URI.",
    fields: { method: "resources/read", operand: "notes://welcome" },
  },
  {
    id: "metadata", label: "ask for metadata",
    story: "Where a client that was turned away finds out who issues tokens (RFC 9728). Needs no token.",
    fields: { verb: "GET", path: "metadata" },
  },
  {
    id: "preflight", label: "a browser’s preflight",
    story: "What a browser asks before it lets a page of another origin send a request.",
    fields: { verb: "OPTIONS" }, origin: "listed",
  },
  {
    id: "listen", label: "listen (GET)",
    story: "Up to 2025-11-25 a client listens to the server with GET. For rules it is a method as others are.",
    fields: { verb: "GET", revision: REVISIONS[1] },
  },
  {
    id: "disguise", label: "header against body", sly: true,
    story: "The header names a harmless tool, the body another one. Who believes the header alone is fooled.",
    fields: { method: "tools/call", operand: "delete_note" }, headers: { "Mcp-Name": "list_notes" },
  },
  {
    id: "batch", label: "batch with a delete in it", sly: true,
    story: "Two calls in one request, which 2025-03-26 allows: the harmless one comes first. Each is judged.",
    fields: { revision: REVISIONS.at(-1) }, body: bodyOf("batch"),
  },
  {
    id: "duplicate", label: "name given twice", sly: true,
    story: "The name of the tool is given twice. One reader takes the first, another the last.",
    fields: { revision: REVISIONS[1], method: "tools/call", operand: "list_notes" },
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_notes","name":"delete_note","arguments":{}}}',
  },
  {
    id: "foreign", label: "foreign Origin", sly: true,
    story: "As if a web page at evil.example had sent it, with the help of a browser that has access.",
    fields: { method: "tools/list" }, headers: { Origin: FOREIGN_ORIGIN },
  },
  {
    id: "two", label: "two tokens", sly: true,
    story: "Two credentials: the gate might check one, and the server use the other.",
    fields: { method: "tools/list" }, headers: { Authorization: "Bearer another-one" },
  },
  {
    id: "path", label: "another path", sly: true,
    story: "A path that leads elsewhere, as some servers read it.",
    fields: { method: "tools/list", path: "/mcp/../admin" },
  },
  {
    id: "uri", label: "URI in other letters", sly: true,
    story: "One letter of the URI is escaped: the same resource for the server, another text for rules.",
    fields: { method: "resources/read", operand: "notes://private/%64iary", revision: NEWEST },
  },
  {
    id: "identity", label: "pretends to be root", sly: true,
    story: "The headers by which the gate tells the server who it is, sent by a client. One is spelled with underscores.",
    fields: { method: "tools/list" }, headers: { "Doorward-Subject": "root", Doorward_Scopes: "mcp:admin" },
  },
];

function bodyOf(id) {
  return JSON.stringify(OPERATIONS.find((operation) => operation.id === id).body, null, 2);
}
