// Requests to begin with, one row each: what they put into the form. The sly ones try to be taken for something else.

import { OPERATIONS, FOREIGN_ORIGIN } from "../gate/operations.js";
import { REVISIONS } from "../trial/message.js";

const [NEWEST] = REVISIONS;

/** `fields` are those of the form; `headers` and `body` are put over what is made from them. */
export const PRESETS = [
  { id: "list", label: "list the tools", fields: { method: "tools/list" } },
  { id: "call", label: "call a tool", fields: { method: "tools/call", operand: "list_notes" } },
  { id: "delete", label: "delete a note", fields: { method: "tools/call", operand: "delete_note" } },
  { id: "read", label: "read a resource", fields: { method: "resources/read", operand: "notes://welcome" } },
  { id: "metadata", label: "ask for metadata", fields: { verb: "GET", path: "metadata" } },
  { id: "preflight", label: "a browser’s preflight", fields: { verb: "OPTIONS" }, origin: "listed" },
  { id: "listen", label: "listen (GET)", fields: { verb: "GET", revision: REVISIONS[1] } },
  {
    id: "disguise", label: "header against body", sly: true,
    fields: { method: "tools/call", operand: "delete_note" }, headers: { "Mcp-Name": "list_notes" },
  },
  {
    id: "batch", label: "batch with a delete in it", sly: true,
    fields: { revision: REVISIONS.at(-1) }, body: bodyOf("batch"),
  },
  {
    id: "duplicate", label: "name given twice", sly: true,
    fields: { revision: REVISIONS[1], method: "tools/call", operand: "list_notes" },
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_notes","name":"delete_note","arguments":{}}}',
  },
  { id: "foreign", label: "foreign Origin", sly: true, fields: { method: "tools/list" }, headers: { Origin: FOREIGN_ORIGIN } },
  {
    id: "two", label: "two tokens", sly: true,
    fields: { method: "tools/list" }, headers: { Authorization: "Bearer another-one" },
  },
  { id: "path", label: "another path", sly: true, fields: { method: "tools/list", path: "/mcp/../admin" } },
  {
    id: "uri", label: "URI in other letters", sly: true,
    fields: { method: "resources/read", operand: "notes://private/%64iary", revision: NEWEST },
  },
  {
    id: "identity", label: "pretends to be ada", sly: true,
    fields: { method: "tools/list" }, headers: { "Doorward-Subject": "ada", Doorward_Scopes: "mcp:admin" },
  },
];

function bodyOf(id) {
  return JSON.stringify(OPERATIONS.find((operation) => operation.id === id).body, null, 2);
}
