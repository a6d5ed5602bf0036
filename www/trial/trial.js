// The one place where the page meets the gate: a configuration is read, and requests are tried against it.

import { createGate, DoorwardError } from "../doorward/doorward.js";
import { readConfiguration } from "../doorward/lib/gate/configured.js";

/** Where an allowed request would be forwarded to, if the configuration does not say. */
const ORIGIN = "https://origin.internal/mcp";

/**
 * Reads the JSON text of a configuration, as `doorward/worker` takes it. Gives `{ gate, forwarding }`, the options of
 * `createGate` and of its `proxy`, or `{ fault }`: `{ option, message }`, where `option` may be `null`.
 */
export function readGate(text) {
  try {
    const { gate, forwarding } = readConfiguration(JSON.parse(text));
    const configured = { gate, forwarding: { origin: ORIGIN, ...forwarding } };
    createGate({ ...gate, fetch: fetchNothing }).proxy(configured.forwarding);
    return configured;
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

/**
 * The gate of a configuration that could be read, in front of an origin that listens. Its issuers all publish `jwks`,
 * but for those with keys of their own: the page fetches none.
 */
export class Trial {
  #handle;
  #event = null;
  #forwarded = null;

  constructor({ gate, forwarding }, jwks) {
    this.#handle = createGate({
      ...gate,
      issuers: gate.issuers.map((issuer) => withKeys(issuer, jwks)),
      fetch: fetchNothing,
      onDecision: (event) => { this.#event = event; },
    }).proxy({
      ...forwarding,
      fetch: async (address, { method, headers, body }) => {
        this.#forwarded = { method, address, headers: [...headers], body: textOf(body) };
        return new Response(null, { status: 204 });
      },
    });
  }

  /**
   * What becomes of `{ method, url, headers, body }`: `{ status, headers, body, decision, forwarded }`, where
   * `decision` is the event of it, and `forwarded` the request that the origin gets, or `null`. One after the other.
   */
  async decide(request) {
    this.#event = null;
    this.#forwarded = null;
    const response = await this.#handle(asReceived(request));
    return {
      status: response.status,
      headers: [...response.headers],
      body: await response.text(),
      decision: this.#event,
      forwarded: this.#forwarded,
    };
  }
}

/**
 * A request as a server receives it. A `Request` of the page's own would drop the headers that browsers keep for
 * themselves (`Origin`, `Host`, `Cookie`); of this one the gate sees every header.
 */
function asReceived({ method, url, headers, body }) {
  const carrier = new Response(method === "GET" || method === "HEAD" ? null : body);
  return {
    method,
    url,
    headers: new Headers(headers),
    get body() { return carrier.body; },
    get bodyUsed() { return carrier.bodyUsed; },
    arrayBuffer: () => carrier.arrayBuffer(),
  };
}

function withKeys(issuer, jwks) {
  if (typeof issuer === "string") return { issuer, jwks };
  if ("jwks" in issuer) return issuer;
  const { jwksUri, ...known } = issuer;
  return { ...known, jwks };
}

async function fetchNothing() {
  throw new TypeError("this page fetches nothing");
}

function textOf(body) {
  return body === undefined || body === null ? "" : new TextDecoder().decode(body);
}

function faultOf(error) {
  if (!(error instanceof DoorwardError)) return { option: null, message: error.message };
  const { expected, found, advice, evidence } = error;
  const cure = advice === null ? "" : `; ${advice}`;
  return { option: evidence.option ?? null, message: `expected ${expected}, found ${found}${cure}` };
}
