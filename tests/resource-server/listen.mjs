// A handler of fetch's Request and Response behind Node's server.

import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Listens on a loopback port, 0 for a free one. Gives the server, once it listens. */
export function listen(handler, port = 0) {
  const server = createServer((incoming, outgoing) => {
    answer(handler, incoming, outgoing).catch(() => outgoing.destroy());
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

async function answer(handler, incoming, outgoing) {
  const request = requestOf(incoming, outgoing);
  const response = request ? await handler(request) : new Response(null, { status: 405 });
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.flushHeaders();
  if (response.body === null) return void outgoing.end();
  await pipeline(Readable.fromWeb(response.body), outgoing);
}

/** Every header line as it came: Node's own object drops the second of some. Undefined for what fetch cannot say. */
function requestOf(incoming, outgoing) {
  const headers = new Headers();
  for (let at = 0; at < incoming.rawHeaders.length; at += 2)
    headers.append(incoming.rawHeaders[at], incoming.rawHeaders[at + 1]);
  const url = incoming.url.startsWith("/") ? `http://${incoming.headers.host}${incoming.url}` : incoming.url;
  const { method } = incoming;
  const body = ["GET", "HEAD"].includes(method) ? undefined : Readable.toWeb(incoming);
  const gone = new AbortController();
  outgoing.once("close", () => outgoing.writableFinished || gone.abort());
  try {
    return new Request(url, { method, headers, body, duplex: "half", signal: gone.signal });
  } catch {
    return undefined; // TRACE, CONNECT
  }
}
