// Gates to test, behind one server: one that is there from the start, as a worker has it, and any number that are
// made on demand, each cold. Paths below /control are the test's; everything else goes to a gate.

import { createGate } from "doorward";
// The very instance that the package has: the module beside it is evaluated once.
import { initSync } from "./node_modules/doorward/wasm/doorward.js";

const MAX_EVENTS = 1000;

/** A handler of requests. `first` are the options of the gate for all paths that are no other gate's. */
export function service(first) {
  const gates = new Map();
  const timing = { offset: 0 };
  const system = Date.now;
  Date.now = () => system() + timing.offset;
  const main = made({ options: first });

  return async (request, env, ctx) => {
    const { pathname } = new URL(request.url);
    const controlled = CONTROL[pathname];
    if (controlled) return await controlled({ gates, timing }, await request.json());
    if (pathname === "/naive/mcp") return await naive(request);
    const id = /\/(gate-[0-9]+)\/mcp/u.exec(pathname)?.[1];
    return (gates.get(id) ?? main).handle(request, env, ctx);
  };
}

const CONTROL = {
  async "/control/make"({ gates }, { id, ...settings }) {
    try {
      gates.set(id, made(settings));
      return Response.json({});
    } catch (error) {
      return Response.json({ message: error.message }, { status: 400 });
    }
  },
  async "/control/forget"({ gates }, { id }) {
    gates.delete(id);
    return Response.json({});
  },
  async "/control/events"({ gates }, { id }) {
    return Response.json(gates.get(id).events.splice(0));
  },
  async "/control/clock"({ timing }, { seconds }) {
    timing.offset = seconds * 1000;
    return Response.json({});
  },
  async "/control/memory"() {
    // Gives what it gave before, without instantiating again.
    return Response.json({ bytes: initSync().memory.buffer.byteLength });
  },
};

function made({ options, forwarding }) {
  const events = [];
  const onDecision = (event) => {
    if (events.length < MAX_EVENTS) events.push(event);
  };
  const gate = createGate({ ...options, onDecision });
  return { events, handle: forwarding ? gate.proxy(forwarding) : gate.protect(handler) };
}

/** A server of the Model Context Protocol, as far as the tests look: it answers with what it got. */
async function handler(request, access) {
  const text = await request.text();
  const message = request.method === "POST" ? JSON.parse(text) : {};
  const headers = Object.fromEntries(request.headers);
  if (message.method?.startsWith("notifications/")) return new Response(null, { status: 202 });
  return Response.json({
    jsonrpc: "2.0",
    id: message.id ?? null,
    result: { text, headers, subject: access?.subject, stale: access?.stale },
  });
}

/** What no gate may do: one request's promise is awaited in others. The test must see the difference. */
let shared;
async function naive(request) {
  shared ??= fetch(request.headers.get("x-keys")).then((response) => response.text());
  return new Response(await shared);
}
