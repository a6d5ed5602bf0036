// A request on its way from the gate to a server: what was judged, and nothing that speaks past the judgement.

import { isToken } from "./fields.js";

/** What a handler gets: the very bytes that were judged. A body that nobody asked for goes on as the stream it is. */
export function forwardedRequest(request, { bytes, fields }) {
  const init = initOf(request, bytes, fields.forwarded);
  const { cf } = request;
  if (cf !== undefined) init.cf = cf; // what Cloudflare knows of the connection
  return new Request(addressWithoutToken(request.url), init);
}

/** Method, body, header fields and signal, as `Request` and `fetch` take them. */
export function initOf(request, bytes, headers) {
  const { method, signal } = request;
  const init = { method, headers };
  if (signal) init.signal = signal; // the client's going away reaches the server
  // A body that comes with another method was never judged. To look at one makes a stream of it.
  if (method !== "POST") return init;
  if (bytes !== undefined) init.body = bytes;
  else if (request.body) Object.assign(init, { body: request.body, duplex: "half" });
  return init;
}

function addressWithoutToken(address) {
  if (!address.includes("?")) return address;
  const url = new URL(address);
  url.search = queryWithoutToken(url);
  return url;
}

/** The query without tokens: they were not looked at, and nobody else is to (OAuth 2.1 section 5.1). */
export function queryWithoutToken(url) {
  const rest = url.search.slice(1).replace(/(?:^|[&;])([^&;=]*)[^&;]*/gu, (pair, name) => (isToken(name) ? "" : pair));
  const query = rest.replace(/^[&;]/u, "");
  return query === "" ? "" : `?${query}`;
}
