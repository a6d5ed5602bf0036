// One request through the gate, as it goes out and as it comes back. The demo's server passes both on as they are:
// it adds nothing but `Host` and `Content-Length`, and the gate's decision in a header of its own.

const DECISION = "demo-decision";

/** Headers of the connection between the browser and the demo's server (RFC 9110 section 7.6.1): not the gate's. */
const HOP_BY_HOP = ["connection", "keep-alive", "transfer-encoding"];

/** The token of one caller, or `null` for nobody; the demo's server gets it from the provider. */
export async function tokenOf(caller) {
  if (caller.id === "none") return null;
  const response = await fetch(`live/token?as=${caller.id}`, { method: "POST" });
  if (!response.ok) throw new Error(`the provider gave no token: ${await response.text()}`);
  return (await response.json()).access_token;
}

/** The provider's public keys, as text. */
export async function keys() {
  const response = await fetch("live/keys");
  if (!response.ok) throw new Error("the provider’s keys cannot be had");
  return response.text();
}

/** `{ headers, body }` of an operation: what is shown is what is sent, to the letter. */
export function requestOf({ headers, body, origin = location.origin }, gate, authorization) {
  const text = JSON.stringify(body, null, 2);
  return {
    path: gate.pathname,
    headers: [
      ["Host", gate.host],
      ["Origin", origin],
      ...(authorization === null ? [] : [["Authorization", authorization]]),
      ["Content-Type", "application/json"],
      ["Accept", "application/json, text/event-stream"],
      ...Object.entries(headers),
      ["Content-Length", String(new TextEncoder().encode(text).length)],
    ],
    body: text,
  };
}

/** Sends it, and resolves to `{ status, reason, headers, body, decision }`. */
export async function send({ headers, body }) {
  const chosen = headers.filter(([name]) => !["Host", "Origin", "Content-Length"].includes(name));
  const [, origin] = headers.find(([name]) => name === "Origin");
  const response = await fetch("live/mcp", {
    method: "POST",
    headers: [...chosen, ...(origin === location.origin ? [] : [["Demo-Origin", origin]])],
    body,
    cache: "no-store",
  });
  const decision = response.headers.get(DECISION);
  return {
    status: response.status,
    reason: response.statusText,
    headers: [...response.headers].filter(([name]) => name !== DECISION && !HOP_BY_HOP.includes(name)),
    body: await response.text(),
    decision: decision === null ? null : JSON.parse(decision),
  };
}

/** The scopes that the answer tells the client to ask for (RFC 6750 section 3). */
export function challengedScopes({ headers }) {
  const challenge = headers.find(([name]) => name === "www-authenticate")?.[1] ?? "";
  return /\bscope="([^"]*)"/.exec(challenge)?.[1].split(" ") ?? [];
}
