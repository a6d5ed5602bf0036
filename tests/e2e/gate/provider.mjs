// An authorization server that does what it is told, wrong things included: its metadata and its keys over HTTP.

import { once } from "node:events";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { createIssuer } from "../../resource-server/suite.mjs";

/** Listens on a free loopback port. */
export async function startProvider(audience) {
  const provider = new Provider();
  await provider.listen(0);
  provider.issuer = `http://127.0.0.1:${provider.port}`;
  provider.signer = await createIssuer(provider.issuer, { audience });
  return provider;
}

class Provider {
  #server;
  /** How often each document was asked for. */
  fetches = { metadata: 0, keys: 0 };
  /** How each document is answered: one of {@link BEHAVIOURS}. */
  metadata = BEHAVIOURS.good;
  keys = BEHAVIOURS.good;
  /** Keys that are still published, besides the signer's. */
  former = [];
  sockets = new Set();

  async listen(port = this.port) {
    this.#server = createServer((request, response) => this.#answer(request, response));
    this.#server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
    });
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening");
    this.port = this.#server.address().port;
  }

  /** From now on connections are refused; {@link listen} takes them again. */
  async refuse() {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  stop = () => {
    this.#server.close();
    this.#server.closeAllConnections();
  };

  /** Signs with a new key from now on. The former ones stay published, as many as said. */
  async rotate(keep = 1) {
    this.former = [...this.signer.keys.keys, ...this.former].slice(0, keep);
    this.signer = await createIssuer(this.issuer, { audience: this.audience });
  }

  /** A token of a wish of the resource-server suite, for this audience. */
  token = (wish, audience) => this.signer.token({ ...wish, claims: { aud: audience, ...wish.claims } });

  documentOf(kind) {
    if (kind === "metadata") return this.signer.metadata();
    return { keys: [...this.signer.keys.keys, ...this.former] };
  }

  /** A token for a client in another process, made as it wishes. */
  async #grant(request, response) {
    const { audience, ...wish } = readWish(await new Response(Readable.toWeb(request)).text());
    response.end(await this.token(wish, audience));
  }

  #answer(request, response) {
    if (request.url === "/token") return void this.#grant(request, response);
    const kind = request.url === "/jwks" ? "keys" : request.url.startsWith("/.well-known/") ? "metadata" : undefined;
    if (kind === undefined) return void response.writeHead(404).end();
    this.fetches[kind]++;
    response.on("error", () => {});
    this[kind]({ request, response, kind, provider: this, document: this.documentOf(kind) });
  }
}

/** A wish as text and back: what is undefined stays so. */
export const writeWish = (wish) => JSON.stringify(wish, (_, value) => (value === undefined ? UNDEFINED : value));
const readWish = (text) => {
  const wish = JSON.parse(text);
  for (const members of [wish.claims, wish.header]) {
    for (const [name, value] of Object.entries(members ?? {})) if (value === UNDEFINED) members[name] = undefined;
  }
  return wish;
};
const UNDEFINED = "(undefined)";

const send = (response, document, headers = {}) =>
  response
    .writeHead(200, { "content-type": "application/json", ...headers })
    .end(typeof document === "string" ? document : JSON.stringify(document));

const after = (milliseconds, { response }, then) => {
  const timer = setTimeout(then, milliseconds);
  response.on("close", () => clearTimeout(timer));
};

const SPACES = " ".repeat(65_536);

/** Ways to answer. Those that take something are functions of it. */
export const BEHAVIOURS = {
  good: ({ response, document }) => send(response, document),
  cached:
    (control) =>
    ({ response, document }) =>
      send(response, document, { "cache-control": control }),
  delayed: (milliseconds) => (exchange) =>
    after(milliseconds, exchange, () => send(exchange.response, exchange.document)),
  status:
    (code) =>
    ({ response, document }) =>
      response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(document)),
  reset: ({ request }) => request.socket.resetAndDestroy(),
  never: () => {},
  /** Headers at once, then a byte now and then. */
  drip({ response, document }) {
    const text = JSON.stringify(document);
    let at = 0;
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(text[at++ % text.length]), 100);
    response.on("close", () => clearInterval(timer));
  },
  truncated({ response, document }) {
    const text = JSON.stringify(document);
    response.writeHead(200, { "content-type": "application/json", "content-length": text.length });
    response.write(text.slice(0, -2), () => response.destroy());
  },
  /** The document, and white space after it until the other side has enough. */
  endless({ response, document, provider }) {
    response.writeHead(200, { "content-type": "application/json" }).write(JSON.stringify(document));
    provider.endlessBytes ??= 0;
    const more = () => {
      while (!response.destroyed && provider.endlessBytes < 2 ** 30) {
        provider.endlessBytes += SPACES.length;
        if (!response.write(SPACES)) return void response.once("drain", more);
      }
      response.end();
    };
    more();
  },
  /** A hundred kilobytes that become thirty megabytes. */
  bomb({ response, document, provider }) {
    provider.bomb ??= gzipSync(Buffer.concat([Buffer.from(JSON.stringify(document)), Buffer.alloc(30_000_000, " ")]), {
      level: 1,
    });
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(provider.bomb);
  },
  redirect:
    (to) =>
    ({ response, kind }) =>
      response
        .writeHead(302, { location: `${to}${kind === "keys" ? "/jwks" : "/.well-known/oauth-authorization-server"}` })
        .end(),
  typed:
    (type) =>
    ({ response, document }) =>
      send(response, document, { "content-type": type }),
  text:
    (text) =>
    ({ response }) =>
      send(response, text),
  changed:
    (change) =>
    ({ response, document, provider }) =>
      send(response, { ...document, ...change(provider) }),
};
