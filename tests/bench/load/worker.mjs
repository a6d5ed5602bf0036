// A server of the Model Context Protocol with the gate before it, or without. VARIANT says which, and which server: one
// as small as can be, the one of the example for Cloudflare, or one elsewhere.

import { env } from "cloudflare:workers";
import { createGate } from "doorward";
// The very instance that the package has: the module beside it is evaluated once.
import { initSync } from "./node_modules/doorward/wasm/doorward.js";
import { server } from "./load-notes.mjs";

const { variant, options, origin } = JSON.parse(env.LOAD);
const gate = createGate(options);

async function answer(request) {
  const { id, params } = await request.json();
  return Response.json({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text: params.name }] } });
}

const HANDLERS = {
  handler: () => answer,
  "gated-handler": () => gate.protect(answer),
  sdk: () => (request) => server.fetch(request),
  "gated-sdk": () => gate.protect((request) => server.fetch(request)),
  proxy: () => (request) => fetch(origin, request),
  "gated-proxy": () => gate.proxy({ origin }),
};

const handle = HANDLERS[variant]();

export default {
  fetch(request, environment, ctx) {
    if (request.method === "GET") return Response.json({ bytes: initSync().memory.buffer.byteLength });
    return handle(request, environment, ctx);
  },
};
