// A request on its way from the gate to a server: what was judged, and nothing that speaks past the judgement.

/** The address without tokens in its query: they were not looked at, and nobody else is to (OAuth 2.1 section 5.1). */
export function queryWithoutToken(url) {
  const rest = url.search.slice(1).replace(/(?:^|[&;])([^&;=]*)[^&;]*/gu, (pair, name) => (isToken(name) ? "" : pair));
  const query = rest.replace(/^[&;]/u, "");
  return query === "" ? "" : `?${query}`;
}

/**
 * The headers without those of this connection alone, without credentials, and without those by which a server
 * could take the request for another or for somebody else's. `kept` are exempt from the second.
 */
export function forwardedHeaders(headers, { kept = [], removed = [] } = {}) {
  const forwarded = new Headers(headers);
  const ofConnection = (headers.get("connection") ?? "").toLowerCase().split(",").map((name) => name.trim());
  for (const name of [...forwarded.keys()]) {
    const spelling = name.toLowerCase().replaceAll("_", "-"); // CGI and its heirs take both for one
    const speaks = (REMOVED.has(spelling) || spelling.startsWith(IDENTITY_PREFIX)) && !kept.includes(name);
    if (speaks || ofConnection.includes(name) || removed.includes(name)) forwarded.delete(name);
  }
  removeCookies(forwarded);
  return forwarded;
}

/** The headers of a connection (RFC 9110 section 7.6.1), which say nothing about the next one. */
export const HOP_BY_HOP = [
  "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
  "transfer-encoding", "upgrade",
];

const IDENTITY_PREFIX = "doorward-";

const REMOVED = new Set([
  ...HOP_BY_HOP,
  "host", "content-length", "expect", // made anew
  "authorization",
  "x-http-method-override", "x-http-method", "x-method-override", // the method that was judged is the one that counts
  "x-original-url", "x-rewrite-url", // and so is the path
]);

function isToken(name) {
  try {
    return decodeURIComponent(name.replaceAll("+", " ")).trim().toLowerCase() === "access_token";
  } catch {
    return false;
  }
}

function removeCookies(headers) {
  const cookies = headers.get("cookie");
  if (cookies === null) return;
  const kept = cookies.split(";").filter((cookie) => !isToken(cookie.split("=", 1)[0]));
  if (kept.length === 0) headers.delete("cookie");
  else headers.set("cookie", kept.join(";").trim());
}

/** What a handler gets: the very bytes that were judged. A body that nobody asked for goes on as the stream it is. */
export function forwardedRequest(request, bytes) {
  const url = new URL(request.url);
  url.search = queryWithoutToken(url);
  return new Request(url, {
    ...bodyOf(request, bytes),
    headers: forwardedHeaders(request.headers),
    ...(request.signal ? { signal: request.signal } : {}),
    ...(request.cf === undefined ? {} : { cf: request.cf }), // what Cloudflare knows of the connection
  });
}

/** Method and body, as `Request` and `fetch` take them. A body that comes with another method was never judged. */
export function bodyOf({ method, body }, bytes) {
  if (method !== "POST") return { method };
  if (bytes !== undefined) return { method, body: bytes };
  return body ? { method, body, duplex: "half" } : { method };
}
