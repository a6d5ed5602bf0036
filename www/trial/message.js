// What clients send: the headers and the body of one operation, as each revision of MCP has them (Streamable HTTP).

/** The newest first. */
export const REVISIONS = ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"];

/** The methods that people have rules for, with the member of `params` that they are about, if any. */
export const METHODS = [
  { method: "tools/list" },
  { method: "tools/call", operand: "name", example: "delete_note" },
  { method: "resources/list" },
  { method: "resources/read", operand: "uri", example: "notes://welcome" },
  { method: "resources/subscribe", operand: "uri", example: "notes://welcome" },
  { method: "prompts/list" },
  { method: "prompts/get", operand: "name", example: "summarize" },
  { method: "completion/complete" },
  { method: "initialize" },
  { method: "server/discover" },
  { method: "ping" },
];

/** The member of `params` that a method is about: "name", "uri" or `undefined`. */
export function operandOf(method) {
  return METHODS.find((row) => row.method === method)?.operand;
}

/**
 * `{ headers, body }` of a POST: `headers` as pairs, without those of every request, `body` as a value. `operand` is the
 * tool, prompt or URI; `mirrored` is what the headers say that it is.
 */
export function messageOf(method, operand, revision, { mirrored = operand, more = {}, id = 1 } = {}) {
  const member = operandOf(method);
  const params = member === undefined ? {} : { [member]: operand, ...method === "tools/call" ? { arguments: {} } : {}, ...more };
  if (revision !== REVISIONS[0]) {
    const body = { jsonrpc: "2.0", id, method, params: method === "initialize" ? beginning(revision) : params };
    return { headers: method === "initialize" || revision === REVISIONS.at(-1) ? [] : [[VERSION, revision]], body };
  }
  const named = method !== "resources/subscribe" && mirrored !== undefined && member !== undefined;
  return {
    headers: [[VERSION, revision], ["Mcp-Method", method], ...named ? [["Mcp-Name", fieldValue(mirrored)]] : []],
    body: { jsonrpc: "2.0", id, method, params: { ...params, _meta: meta(revision) } },
  };
}

/** The headers that a POST of a message has in every revision. */
export const POSTED = [
  ["Content-Type", "application/json"],
  ["Accept", "application/json, text/event-stream"],
];

const VERSION = "MCP-Protocol-Version";

const CLIENT = { name: "doorward-playground", version: "1.0.0" };

function meta(revision) {
  return {
    "io.modelcontextprotocol/protocolVersion": revision,
    "io.modelcontextprotocol/clientInfo": CLIENT,
    "io.modelcontextprotocol/clientCapabilities": {},
  };
}

function beginning(revision) {
  return { protocolVersion: revision, capabilities: {}, clientInfo: CLIENT };
}

/** As it is, if a header can hold it; else encoded (Streamable HTTP of 2026-07-28, "Value Encoding"). */
function fieldValue(text) {
  if (/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/u.test(text) && !text.startsWith("=?base64?")) return text;
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
  return `=?base64?${btoa(bytes)}?=`;
}
