// A client of gates: requests over connections that are kept, many at a time.

import { Agent, request } from "node:http";
import { connect } from "node:net";

const agent = new Agent({ keepAlive: true, maxSockets: 1024 });

/** A call of the Model Context Protocol, revision 2026-07-28, as text. */
export function message({ method = "tools/list", params = {} } = {}) {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "client", version: "1.0.0" },
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  return JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta } });
}

/** Posts a call. Gives `{ status, headers, text, milliseconds }`; fails where no whole answer comes. */
export function ask(url, token, { operation, body = message(operation), headers = {}, signal } = {}) {
  const began = performance.now();
  const { method = "tools/list", params } = operation ?? {};
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      agent,
      method: "POST",
      signal,
      timeout: PATIENCE_MILLISECONDS,
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "mcp-protocol-version": "2026-07-28",
        "mcp-method": method,
        ...(params?.name && { "mcp-name": params.name }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    sent.on("timeout", () => sent.destroy(new Error(`no answer within ${PATIENCE_MILLISECONDS} ms`)));
    sent.on("error", reject);
    sent.on("response", (response) => {
      const chunks = [];
      response.on("data", (data) => chunks.push(data));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: response.statusCode,
          headers: response.headers,
          text,
          milliseconds: performance.now() - began,
        });
      });
    });
    sent.end(body);
  });
}

/** Posts the same, and resets the connection after these milliseconds. A server notices that before it answers. */
export async function leave(url, token, milliseconds, headers = {}) {
  const { hostname, port, pathname } = new URL(url);
  const body = message();
  const lines = {
    host: hostname,
    "content-type": "application/json",
    "content-length": body.length,
    "mcp-protocol-version": "2026-07-28",
    "mcp-method": "tools/list",
    ...(token && { authorization: `Bearer ${token}` }),
    ...headers,
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = connect(Number(port), hostname).on("error", () => {});
  socket.write(`POST ${pathname} HTTP/1.1\r\n${head.join("")}\r\n${body}`);
  await pause(milliseconds);
  socket.resetAndDestroy();
}

/** How many answers have each status: "200 × 180, 503 × 20". */
export function told(answers) {
  const counts = new Map();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .sort(([one], [other]) => one - other)
    .map(([status, count]) => `${status} × ${count}`)
    .join(", ");
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const PATIENCE_MILLISECONDS = 30_000;
