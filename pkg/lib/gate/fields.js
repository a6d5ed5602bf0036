// The header fields of a request, gone through once: what the module judges, and what goes on to a server. To ask a
// runtime for each of them, and to copy them and take some away, takes it longer.

/** The header fields of one request. */
export class Fields {
  /** The values of those that the module reads, `undefined` where there is none. */
  judged;
  #forwarded = Object.create(null);
  #others;
  #ofConnection = NONE;
  #places;

  /** `places`: those that the module reads, from the name of each to its place among them. */
  constructor(headers, places) {
    this.#places = places;
    this.judged = new Array(places.size).fill(undefined);
    for (const [spelled, value] of headers) {
      const name = spelled.toLowerCase(); // as the standard's `Headers` gives it, and those of an adapter may not
      const place = places.get(name);
      if (place !== undefined) this.judged[place] = together(this.judged[place], value);
      if (name === "connection") this.#ofConnection = this.#ofConnection.concat(value.toLowerCase().split(",").map((token) => token.trim()));
      if (speaks(name)) continue;
      // Set-Cookie alone comes more than once (Fetch standard, "sort and combine"), and not all runtimes take the other
      // name from an object.
      if (name === "cookie" && name in this.#forwarded) this.#forwarded.cookie += `; ${value}`; // RFC 9113 section 8.2.3
      else if (name in this.#forwarded || name === "__proto__") (this.#others ??= []).push([name, value]);
      else this.#forwarded[name] = value;
    }
    for (const name of this.#ofConnection) delete this.#forwarded[name];
    if (this.#forwarded.cookie !== undefined) removeTokenCookies(this.#forwarded);
  }

  /** The value of one that the module reads. */
  get(name) {
    return this.judged[this.#places.get(name)];
  }

  /**
   * The fields without those of this connection alone, without credentials, and without those by which a server could
   * take the request for another or for somebody else's. In a form that `Request` takes.
   */
  get forwarded() {
    return this.#others === undefined ? this.#forwarded : this.toHeaders();
  }

  /** The same, to be changed. `Authorization` is kept where that is asked for. */
  toHeaders({ keepAuthorization = false } = {}) {
    const headers = new Headers(this.#forwarded);
    const added = [...(this.#others ?? NONE)];
    const authorization = keepAuthorization ? this.get("authorization") : undefined;
    if (authorization !== undefined) added.push(["authorization", authorization]);
    for (const [name, value] of added) {
      if (!this.#ofConnection.includes(name)) headers.append(name, value);
    }
    return headers;
  }
}

/** The value of a field that comes once more, as the standard combines them: all of it is judged. */
function together(before, value) {
  return before === undefined ? value : `${before}, ${value}`;
}

/** Whether a field says something that the gate has to say, or nobody. */
function speaks(name) {
  // CGI and its heirs take both for one.
  const spelling = PLAIN.test(name) ? name : name.replaceAll("_", "-");
  return REMOVED.has(spelling) || spelling.startsWith(IDENTITY_PREFIX);
}

function removeTokenCookies(fields) {
  const kept = fields.cookie.split(";").filter((cookie) => !isToken(cookie.split("=", 1)[0]));
  if (kept.length === 0) delete fields.cookie;
  else fields.cookie = kept.join(";").trim();
}

/** Whether a name, of a cookie or in a query, is that of a token (OAuth 2.1 section 5.1). */
export function isToken(name) {
  try {
    return decodeURIComponent(name.replaceAll("+", " ")).trim().toLowerCase() === "access_token";
  } catch {
    return false;
  }
}

/** The headers of a connection (RFC 9110 section 7.6.1), which say nothing about the next one. */
export const HOP_BY_HOP = [
  "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
  "transfer-encoding", "upgrade",
];

const REMOVED = new Set([
  ...HOP_BY_HOP,
  "host", "content-length", "expect", // made anew
  "authorization",
  "x-http-method-override", "x-http-method", "x-method-override", // the method that was judged is the one that counts
  "x-original-url", "x-rewrite-url", // and so is the path
]);

const IDENTITY_PREFIX = "doorward-";

/** Names that are spelled as those above are. */
const PLAIN = /^[a-z0-9-]+$/u;

const NONE = Object.freeze([]);
