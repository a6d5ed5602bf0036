// The gate's decision about a call with a token that it knows. Requests are made beforehand, and what making them
// costs is a candidate of its own; so is reading a body and deciding nothing, which is the least that any gate does.

import { createGate } from "doorward";
import material from "../material/gate.mjs";

const { issuer, audience, jwk, token } = material;

const RULES = [1, 10, 100, 1000, 10_000];
const MEBIBYTE = 1024 * 1024;
const MOST_SMALL = 1000;
const MOST_LARGE = 16;

const OF = { call: () => ofCall("1 KiB", 1024, MOST_SMALL), body: () => ofCall("1 MiB", MEBIBYTE, MOST_LARGE), rules: ofRules };

export const candidatesFor = async ({ of }) => ({ candidates: await OF[of](), unable: {} });

/** Large bodies are measured in a process of their own: clearing them away would be charged to the small ones. */
async function ofCall(size, bytes, most) {
  const gate = gateWith([
    { method: "tools/call", name: "delete_*", scopes: ["mcp:admin"] },
    { method: "*", scopes: ["mcp:read"] },
  ]);
  const body = call("search", bytes);
  await mustAllow(gate, body);
  return {
    [`making ${size}`]: { run: (count) => requests(count, body), most },
    [`reading ${size}`]: withRequests(body, most, (request) => request.arrayBuffer()),
    [`deciding ${size}`]: withRequests(body, most, (request) => gate.authorize(request)),
  };
}

/** The last of many rules is the one that matches. Names are "library|rules". */
async function ofRules() {
  const candidates = {};
  for (const count of RULES) {
    const gate = gateWith(Array.from({ length: count }, (_, at) => ({ method: "tools/call", name: `tool_${at}`, scopes: ["mcp:read"] })));
    const body = call(`tool_${count - 1}`, 1024);
    await mustAllow(gate, body);
    candidates[`Doorward gate|${count}`] = withRequests(body, MOST_SMALL, (request) => gate.authorize(request));
  }
  return candidates;
}

const gateWith = (rules) => createGate({ resource: audience, issuers: [{ issuer, jwks: { keys: [jwk] } }], rules });

/** The bytes of a call to a tool, of exactly this length. */
function call(name, length) {
  const message = (text) => JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: { text } } });
  return new TextEncoder().encode(message("x".repeat(length - message("").length)));
}

function requests(count, body) {
  return Array.from({ length: count }, () => new Request(audience, { method: "POST", headers: HEADERS, body }));
}

const HEADERS = {
  authorization: `Bearer ${token}`,
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
  "mcp-protocol-version": "2025-11-25",
};

/** One request after the other, all of them made before: so there must not be too many. */
function withRequests(body, most, use) {
  const run = async (_, made) => {
    for (const request of made) await use(request);
  };
  return { prepare: (count) => requests(count, body), run, most };
}

async function mustAllow(gate, body) {
  const { allowed, response } = await gate.authorize(requests(1, body)[0]);
  if (!allowed) throw new Error(`the gate answered ${response.status}: ${await response.text()}`);
}
