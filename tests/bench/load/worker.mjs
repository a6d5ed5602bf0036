// A server of the Model Context Protocol as small as can be: bare, or with the gate before it. VARIANT says which.

import { env } from "cloudflare:workers";
import { createGate } from "doorward";
// The very instance that the package has: the module beside it is evaluated once.
import { initSync } from "./node_modules/doorward/wasm/doorward.js";

const { variant, options, origin } = JSON.parse(env.LOAD);
const gate = createGate(options);

async function answer(request) {
  const { id, params } = await request.json();
  return Response.json({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text: params.name }] } });
}

const HANDLERS = {
  bare: () => answer,
  gate: () => gate.protect(answer),
  "bare-proxy": () => (request) => fetch(origin, request),
  "gate-proxy": () => gate.proxy({ origin }),
};

const handle = HANDLERS[variant]();

export default {
  fetch(request, environment, ctx) {
    if (request.method === "GET") return Response.json({ bytes: initSync().memory.buffer.byteLength });
    return handle(request, environment, ctx);
  },
};
