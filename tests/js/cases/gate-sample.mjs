// A gate, a request that it lets through, and an origin behind it, to be spoilt by one change at a time.

import { createGate } from "doorward";
import { claims, header, jwks, sign } from "../sample.mjs";

export const RESOURCE = "https://mcp.example.com/mcp";
export const METADATA = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";
export const ISSUER = "https://idp.example.com";
export const ORIGIN = "https://origin.example.net/server";
export const PAGE = "https://app.example.com";

export const gateOptions = (changes = {}) => ({
  resource: RESOURCE,
  issuers: [{ issuer: ISSUER, jwks: jwks() }],
  rules: [
    { method: "ping", public: true },
    { method: "tools/call", name: "delete_*", scopes: ["mcp:admin"] },
    { method: "*", scopes: ["mcp:read"] },
  ],
  origins: [PAGE],
  ...changes,
});

export const gate = (changes) => createGate(gateOptions(changes));

/** Seconds since 1970, by the runtime's clock, which is the gate's. */
export const now = () => Math.floor(Date.now() / 1000);

/** A token that is valid for ten minutes, or has these claims changed. */
export function token(changes = {}, head = header()) {
  const moment = now();
  return sign(head, { ...claims(), iss: ISSUER, aud: RESOURCE, scope: "mcp:read", iat: moment, nbf: moment - 60, exp: moment + 600, ...changes });
}

export const call = (name) => JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: {} } });
export const PING = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" });

/** A request as a server gets it: browsers would keep some of the headers out of one that they make. */
export function request(address, { headers = {}, ...init } = {}) {
  const made = new Request(address, init);
  return Object.defineProperty(made, "headers", { value: new Headers(headers) });
}

/** A message posted to the endpoint. */
export function post(bearer, { headers = {}, body = call("search"), address = RESOURCE, ...init } = {}) {
  const fields = { "content-type": "application/json", accept: "application/json, text/event-stream", "mcp-protocol-version": "2025-11-25" };
  const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  return request(address, { method: "POST", body, ...init, headers: { ...fields, ...authorization, ...headers } });
}

/** What an origin is asked, one after the other, by a `fetch` that answers with what `answer` gives. */
export function origin(answer = () => Response.json({ jsonrpc: "2.0", id: 1, result: {} })) {
  const asked = [];
  const fetch = async (address, init) => {
    asked.push({ address, ...init, headers: new Headers(init.headers) });
    return answer(address, init);
  };
  return { asked, fetch };
}

/** Bytes of a body as text. */
export async function textOf(body) {
  return new TextDecoder().decode(await new Response(body).arrayBuffer());
}

/** Runs `body` while timers of a second and more wait a twentieth of it, and gives what it gives. */
export async function hurried(body) {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (callback, milliseconds, ...rest) => setTimeout(callback, milliseconds >= 1000 ? milliseconds / 20 : milliseconds, ...rest);
  try {
    return await body();
  } finally {
    globalThis.setTimeout = setTimeout;
  }
}

/** Runs `body` with a clock that it can put forward by seconds. */
export async function atTimes(body) {
  const { now: real } = Date;
  let ahead = 0;
  Date.now = () => real.call(Date) + ahead * 1000;
  try {
    return await body((seconds) => (ahead += seconds));
  } finally {
    Date.now = real;
  }
}

/** A stream that gives a chunk each time it is asked, and tells how often it was, and whether it was cancelled. */
export function source(chunks = Infinity) {
  const told = { pulled: 0, cancelled: false };
  told.stream = new ReadableStream(
    {
      pull(controller) {
        if (told.pulled === chunks) return controller.close();
        controller.enqueue(new TextEncoder().encode(`data: ${told.pulled++}\n\n`));
      },
      cancel() {
        told.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return told;
}

/** Reads an answer until it ends or its token is well over, and gives which. */
export async function endsBy(response, expiry) {
  const reader = response.body.getReader();
  while (Date.now() < expiry * 1000 + 300) {
    if ((await reader.read()).done) return true;
    await pause(20);
  }
  return false;
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until it is so; what never is so fails the test. */
export async function until(condition, what) {
  for (let times = 0; times < 200; times++) {
    if (condition()) return;
    await pause(10);
  }
  throw new Error(`never so: ${what}`);
}
