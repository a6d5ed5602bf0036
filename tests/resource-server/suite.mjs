// What a Model Context Protocol resource server must do, as tests against any URL.
//
// One file that imports nothing, so that it can be copied: it needs `fetch` and WebCrypto (Node 20, Deno, Bun).
//
//   import { createIssuer, run } from "./suite.mjs";
//   const url = "http://127.0.0.1:8080/mcp";
//   const issuer = await createIssuer("http://127.0.0.1:9000", { audience: url }); // serve its `metadata()` and `keys`
//   const results = await run({ url, token: issuer.token });
//
// Each result is `{ name, topic, section, level, outcome, reason, missing, milliseconds }`: `level` is "MUST" or
// "SHOULD" as the section has it, `outcome` "passed", "failed" or "skipped", `reason` says what was expected and what
// was found, `missing` what a skipped test lacked: a member of the target, a revision, or a kind of token.
// Sections: "MCP ..." is the revision 2026-07-28 where no other is named, "OAuth 2.1" is draft 13.

/**
 * @typedef {object} Target
 * @property {string} url The MCP endpoint: also the audience of tokens, and the `resource` of its metadata.
 * @property {(wish: Wish) => Promise<string | undefined>} token Makes a token; undefined
 *   where it cannot: the test is skipped.
 * @property {string[]} [revisions] Which the server serves. Default: "2026-07-28" alone.
 * @property {Operation} [ordinary] What `ordinary.scopes` allow. Default: tools/list without scopes.
 * @property {Operation} [tool] A call of a tool, other than `ordinary`, with the scopes that it needs.
 * @property {Operation} [stepUp] A call of a tool that needs at least two scopes beyond those of `ordinary` and `tool`.
 * @property {Operation} [unfixable] A call that is denied whatever the scopes (give them all) for another reason.
 * @property {Operation} [resource] A `resources/read`.
 * @property {string} [broad] A scope that implies those of `tool` without being one of them.
 * @property {string} [allowedOrigin] An origin that browsers may send. Without it, none is taken to be allowed.
 * @property {number} [maxBodyBytes] The largest body that is accepted.
 * @property {Record<string, string>} [headers] What every request has besides, in lower case, such as a session's.
 * @property {typeof fetch} [fetch]
 * @property {(url: URL, bytes: Uint8Array) => Promise<Uint8Array>} [exchange] Sends bytes over a connection of its own
 *   and gives all that come back until it is closed: for what `fetch` cannot send. Without it, those tests are skipped.
 * @property {number} [seconds] How long an answer may take. Default 10.
 *
 * @typedef {{ method: string, params: object, scopes: string[] }} Operation
 *
 * @typedef {object} Wish What kind of token a test needs.
 * @property {string} kind A stable name: "valid", "expired", "wrong_issuer", ... Of two kinds less is asked than their
 *   claims say: "bad" is any token that must be refused, "changed_claims" has a payload other than a valid token's, and
 *   its signature is not looked at.
 * @property {string[]} scopes
 * @property {object} claims Claims that are other than usual; undefined: absent.
 * @property {object} header Header members that are other than usual; undefined: absent.
 * @property {"trusted" | "untrusted" | "embedded" | "symmetric"} key
 */

/** Runs all tests, one after the other, or those that `only` lets through. Gives their results. */
export async function run(target, only = () => true) {
  const session = new Session(target);
  const results = [];
  for (const { needs = [], test, ...described } of TESTS.filter(only)) {
    const began = performance.now();
    const missing = needs.find((need) => !session.has(need));
    const verdict = missing ? skipped(`the target has no ${missing}`, missing) : await judged(test, session);
    results.push({ ...described, ...verdict, milliseconds: Math.round(performance.now() - began) });
  }
  return results;
}

/** All tests, without running them: `{ name, topic, section, level }`. */
export function tests() {
  return TESTS.map(({ name, topic, section, level }) => ({ name, topic, section, level }));
}

export function count(results) {
  const of = (outcome) => results.filter((result) => result.outcome === outcome).length;
  return { passed: of("passed"), failed: of("failed"), skipped: of("skipped") };
}

/**
 * An authorization server without the server: its keys, its metadata and its tokens (RFC 9068, ES256). `keys` and
 * `metadata(...)` are to be served; `seconds()` may be another clock.
 */
export async function createIssuer(issuer, { audience, seconds = () => Date.now() / 1000 } = {}) {
  const [trusted, untrusted] = await Promise.all([makeKey(), makeKey()]);
  return {
    issuer,
    keys: { keys: [trusted.public] },
    metadata: (jwksUri = `${issuer}/jwks`) => ({
      issuer,
      jwks_uri: jwksUri,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      response_types_supported: ["code"],
      code_challenge_methods_supported: ["S256"],
    }),
    /** Makes a token of a {@link Wish}. */
    async token({ scopes = [], claims = {}, header = {}, key = "trusted" }) {
      const now = Math.floor(seconds());
      const usual = { typ: "at+jwt", alg: key === "symmetric" ? "HS256" : "ES256", kid: trusted.public.kid };
      const members = key === "embedded" ? { jwk: untrusted.public } : {};
      const payload = {
        iss: issuer,
        aud: audience,
        sub: "user",
        client_id: "client",
        jti: crypto.randomUUID(),
        iat: now,
        exp: now + 300,
        scope: scopes.join(" "),
        ...claims,
      };
      const signed = `${part({ ...usual, ...members, ...header })}.${part(payload)}`;
      return `${signed}.${base64url(await sign(key, signed, trusted, untrusted))}`;
    },
  };
}

async function makeKey() {
  const pair = await crypto.subtle.generateKey(ES256, true, ["sign", "verify"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { private: pair.privateKey, public: { kty, crv, x, y, kid: crypto.randomUUID(), alg: "ES256", use: "sig" } };
}

async function sign(key, text, trusted, untrusted) {
  const bytes = utf8(text);
  if (key !== "symmetric")
    return crypto.subtle.sign(ES256, key === "trusted" ? trusted.private : untrusted.private, bytes);
  // RFC 8725 section 2.1: the public key, as text, for a secret.
  const secret = utf8(JSON.stringify(trusted.public));
  const mac = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.sign(mac, await crypto.subtle.importKey("raw", secret, mac, false, ["sign"]), bytes);
}

const ES256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

// --- What a test asks with ------------------------------------------------------------------------------------------

class Session {
  constructor(target) {
    this.target = {
      revisions: ["2026-07-28"],
      ordinary: { method: "tools/list", params: {}, scopes: [] },
      seconds: 10,
      ...target,
    };
    this.url = new URL(target.url);
    this.ordinary = this.target.ordinary;
  }

  has(need) {
    return this.target[need] !== undefined || this.target.revisions.includes(need);
  }

  /** A token, with the scopes of the ordinary operation and of the tool unless others are wished. */
  async token(wish = {}) {
    const usual = { kind: "valid", scopes: this.scopes(), claims: {}, header: {}, key: "trusted" };
    const token = await this.target.token({ ...usual, ...wish });
    const kind = wish.kind ?? "valid";
    if (token === undefined) throw new Skip(`no token of the kind ${kind}`, kind);
    return token;
  }

  /** A valid token that can be taken apart. Servers may issue others, of which only they know what is in them. */
  async jwt() {
    const token = await this.token();
    if (token.split(".").length !== 3) throw new Skip("the token is no JWT", "jwt");
    return token;
  }

  scopes() {
    return [...new Set([...this.ordinary.scopes, ...(this.target.tool?.scopes ?? [])])];
  }

  /**
   * A valid request plus what is said:
   * `{ method, path, url, token, authorization, operation, revision, headers, body }`.
   * `token: null` sends none; a header that is undefined is not sent; `body` may be text, bytes or a message.
   */
  async request(change = {}) {
    const { method = "POST", operation = this.ordinary, revision = this.target.revisions[0] } = change;
    const url = new URL(change.url ?? this.url);
    const message = change.body ?? requestOf(operation, revision);
    const body = ["GET", "HEAD", "OPTIONS", "DELETE"].includes(method) ? undefined : bytesOf(message);
    const headers = {
      accept: "application/json, text/event-stream",
      ...(body && { "content-type": "application/json" }),
    };
    if (body) Object.assign(headers, revisionHeaders(operation, revision));
    Object.assign(headers, this.target.headers);
    if (change.authorization !== undefined) headers.authorization = change.authorization;
    else if (change.token !== null) headers.authorization = `Bearer ${change.token ?? (await this.token())}`;
    for (const [name, value] of Object.entries(change.headers ?? {})) {
      delete headers[name.toLowerCase()];
      if (value !== undefined) headers[name] = value;
    }
    return { method, url, path: change.path ?? url.pathname + url.search, headers, body };
  }

  /** Sends it by `fetch`. */
  async send(change) {
    const { method, url, headers, body } = await this.request(change);
    const call = this.target.fetch ?? fetch;
    const signal = AbortSignal.timeout(this.target.seconds * 1000);
    const response = await call(url, { method, headers, body, redirect: "manual", signal });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Sends it, and as a server wishes that cannot tell now, again after a while. */
  async sendPatiently(change, times = 3) {
    const response = await this.send(change);
    const seconds = Number(response.headers.get("retry-after") ?? NaN);
    if (response.status !== 503 || !(seconds <= this.target.seconds) || times === 0) return response;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return this.sendPatiently(change, times - 1);
  }

  /** Sends it as bytes: a header with several values is sent several times, and the path is not normalised. */
  async sendBytes(change) {
    const { method, url, path, headers, body } = await this.request(change);
    const lines = Object.entries({ host: url.host, ...headers, connection: "close" });
    const chunked = change.chunked === true;
    if (chunked) lines.push(["transfer-encoding", "chunked"]);
    else if (body && change.length !== false) lines.push(["content-length", String(body.length)]);
    const named = lines.flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}\r\n`));
    const head = utf8(`${method} ${path} HTTP/1.1\r\n${named.join("")}\r\n`);
    const sent = chunked
      ? [utf8(`${body.length.toString(16)}\r\n`), body, utf8("\r\n0\r\n\r\n")]
      : [body ?? new Uint8Array()];
    const late = new Promise((_, reject) => {
      setTimeout(() => reject(new Error("no answer in time")), this.target.seconds * 1000).unref?.();
    });
    return parseResponse(await Promise.race([this.target.exchange(url, joined(head, ...sent)), late]));
  }

  /** A metadata document: `{ response, document }`. */
  async metadata(url) {
    const call = this.target.fetch ?? fetch;
    const signal = AbortSignal.timeout(this.target.seconds * 1000);
    const response = await call(url, { headers: { origin: FOREIGN }, redirect: "manual", signal });
    const text = await response.text();
    status({ status: response.status, text }, 200);
    return { response, document: parsed(text) };
  }

  /** The address of the metadata by RFC 9728 section 3: the well-known part before the path. */
  wellKnown() {
    const path = this.url.pathname === "/" ? "" : this.url.pathname;
    return `${this.url.origin}/.well-known/oauth-protected-resource${path}`;
  }
}

/** A request of an operation, as an object. `_meta` names the revision since 2026-07-28. */
function requestOf({ method, params }, revision) {
  const _meta = {
    [`${META}protocolVersion`]: revision,
    [`${META}clientInfo`]: CLIENT,
    [`${META}clientCapabilities`]: {},
  };
  return { jsonrpc: "2.0", id: 1, method, params: revision >= "2026-07-28" ? { ...params, _meta } : params };
}

function revisionHeaders({ method, params }, revision) {
  const headers = {};
  if (revision > "2025-03-26") headers["mcp-protocol-version"] = revision;
  if (revision >= "2026-07-28") {
    headers["mcp-method"] = method;
    const name = params.name ?? params.uri;
    if (name !== undefined) headers["mcp-name"] = name;
  }
  return headers;
}

const INITIALIZE = (revision) => ({
  method: "initialize",
  params: { protocolVersion: revision, capabilities: {}, clientInfo: { name: "suite", version: "1.0.0" } },
});

const META = "io.modelcontextprotocol/";
const CLIENT = { name: "suite", version: "1.0.0" };
const FOREIGN = "https://foreign.example";

// --- What a test expects --------------------------------------------------------------------------------------------

class Skip extends Error {
  constructor(message, missing) {
    super(message);
    this.missing = missing;
  }
}
const skipped = (reason, missing) => ({ outcome: "skipped", reason, missing });

async function judged(test, session) {
  try {
    await test(session);
    return { outcome: "passed", reason: undefined };
  } catch (error) {
    if (error instanceof Skip) return skipped(error.message, error.missing);
    return { outcome: "failed", reason: error.name === "Error" ? error.message : `${error.name}: ${error.message}` };
  }
}

function expect(holds, expected, found) {
  if (!holds)
    throw new Error(`expected ${expected}, found ${typeof found === "string" ? found : JSON.stringify(found)}`);
}

function status(response, ...accepted) {
  const found = `${response.status} ${response.text?.slice(0, 300) ?? ""}`;
  expect(accepted.includes(response.status), `status ${accepted.join(" or ")}`, found);
}

function success(response) {
  expect(
    response.status >= 200 && response.status < 300,
    "a status of 2xx",
    `${response.status} ${response.text.slice(0, 300)}`,
  );
}

/** Refused, and not by an accident of the server. */
function refused(response) {
  const { status: code } = response;
  expect(code >= 400 && code < 500, "a status of 4xx", `${code} ${response.text.slice(0, 300)}`);
}

/** Refused, whoever does it: some servers close the connection on what they cannot read. */
function unserved({ status: code, text }) {
  expect(code === CLOSED || (code >= 400 && code < 600), "a status of 4xx or 5xx", `${code} ${text.slice(0, 300)}`);
}

/** The Bearer challenge of a response, as an object. */
function challenge(response) {
  const header = response.headers.get("www-authenticate");
  expect(header !== null, "a WWW-Authenticate header", "none");
  const bearer = parseChallenges(header).filter(({ scheme }) => scheme.toLowerCase() === "bearer");
  expect(bearer.length === 1, "one Bearer challenge", header);
  return Object.fromEntries(bearer[0].parameters);
}

/** 401 with a challenge, which tells `error` where one is expected. */
function unauthorized(response, error) {
  status(response, 401);
  const found = challenge(response).error;
  if (error !== undefined) expect(found === error, `error="${error}"`, found ?? "none");
}

/** 400 with this code of JSON-RPC. Gives the error. */
function rpcError(response, code) {
  status(response, 400);
  const { jsonrpc, error } = parsed(response.text);
  expect(jsonrpc === "2.0" && error?.code === code, `a JSON-RPC error ${code}`, response.text.slice(0, 300));
  return error;
}

/** The object of a JSON text. */
function parsed(text) {
  const value = lenient(text);
  expect(typeof value === "object" && value !== null, "a JSON object", text.slice(0, 300) || "nothing");
  return value;
}

/** The value of a JSON text, or nothing. */
function lenient(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `challenge = scheme 1*SP param *( OWS "," OWS param )`, RFC 9110 section 11.6.1. Throws on anything else. */
function parseChallenges(header) {
  const challenges = [];
  let rest = header;
  const take = (pattern) => {
    const match = pattern.exec(rest);
    if (match) rest = rest.slice(match[0].length);
    return match;
  };
  while (rest !== "") {
    const parameter = take(
      /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~0-9A-Za-z-]+))/u,
    );
    if (parameter) {
      expect(challenges.length > 0, "a scheme before its parameters", header);
      challenges.at(-1).parameters.push([parameter[1].toLowerCase(), parameter[2] ?? parameter[3]]);
    } else {
      const scheme = take(/^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?: +|$)/u);
      expect(scheme, "a challenge of RFC 9110", header);
      challenges.push({ scheme: scheme[1], parameters: [] });
      continue;
    }
    expect(rest === "" || take(/^[ \t]*,[ \t]*/u), "a comma between parameters", header);
  }
  return challenges;
}

/** What arrived until the connection was closed, as a response. */
function parseResponse(bytes) {
  const latin = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  if (latin === "") return { status: CLOSED, headers: new Headers(), text: "" };
  const end = latin.indexOf("\r\n\r\n");
  expect(end > 0, "a response", `${bytes.length} bytes`);
  const [first, ...lines] = latin.slice(0, end).split("\r\n");
  const code = Number(/^HTTP\/1\.[01] ([0-9]{3})/u.exec(first)?.[1]);
  const headers = new Headers();
  for (const line of lines) headers.append(line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim());
  return { status: code, headers, text: latin.slice(end + 4) };
}

/** For a status where the connection was closed without an answer. */
const CLOSED = 0;

// --- Bytes ----------------------------------------------------------------------------------------------------------

const utf8 = (text) => new TextEncoder().encode(text);
const part = (value) => base64url(utf8(JSON.stringify(value)));
const base64 = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
const base64url = (bytes) => base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const sentinel = (text) => `=?base64?${base64(utf8(text))}?=`;

function bytesOf(body) {
  if (body instanceof Uint8Array) return body;
  return utf8(typeof body === "string" ? body : JSON.stringify(body));
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, each) => length + each.length, 0));
  let at = 0;
  for (const each of parts) {
    whole.set(each, at);
    at += each.length;
  }
  return whole;
}

// --- The tests ------------------------------------------------------------------------------------------------------

const TESTS = [];

/** `topic(name, section)` gives the functions that add tests of a topic: `must` and `should`. */
function topic(topicName) {
  const add = (level) => (name, section, needs, test) => {
    if (TESTS.some((other) => other.name === name)) throw new Error(`two tests have the name “${name}”`);
    TESTS.push({ name, topic: topicName, section, level, needs: test ? needs : [], test: test ?? needs });
  };
  return { must: add("MUST"), should: add("SHOULD") };
}

// Accepted: what a suite that refuses everything would miss.
{
  const { must, should } = topic("accepted");
  must("a valid token is accepted", "MCP authorization, Token Handling", async (t) => success(await t.send()));
  must("a valid token is accepted for a tool", "MCP authorization, Token Handling", ["tool"], async (t) => {
    success(await t.send({ operation: t.target.tool }));
  });
  must("a token for several audiences is accepted", "RFC 7519 section 4.1.3", async (t) => {
    const aud = ["https://other.example/mcp", t.target.url];
    success(await t.send({ token: await t.token({ kind: "several_audiences", claims: { aud } }) }));
  });
  should(
    "an audience with scheme and host in capitals is accepted",
    "MCP authorization, Canonical Server URI",
    async (t) => {
      const aud = t.target.url.replace(t.url.origin, t.url.origin.toUpperCase());
      success(await t.send({ token: await t.token({ kind: "uppercase_audience", claims: { aud } }) }));
    },
  );
  for (const scheme of ["bearer", "BEARER"]) {
    must(`the scheme may be written ${scheme}`, "RFC 9110 section 11.1", async (t) => {
      success(await t.send({ authorization: `${scheme} ${await t.token()}` }));
    });
  }
  must(
    "a broader scope implies a narrower one",
    "MCP authorization, Scope Challenge Handling",
    ["broad", "tool"],
    async (t) => {
      const scopes = [t.target.broad];
      success(await t.send({ operation: t.target.tool, token: await t.token({ kind: "broad_scope", scopes }) }));
    },
  );
  must("a request without Origin is accepted", "MCP transports, Security Warning", async (t) => {
    success(await t.send({ headers: { origin: undefined } }));
  });
  must("an unknown Mcp-Param header is ignored", "MCP transports, Custom Headers", async (t) => {
    success(await t.send({ headers: { "mcp-param-region": "eu" } }));
  });
  should("Content-Type may name the charset UTF-8", "RFC 9110 section 8.3.1", async (t) => {
    success(await t.send({ headers: { "content-type": "application/json; charset=utf-8" } }));
  });
  for (const revision of ["2025-11-25", "2025-06-18", "2025-03-26"]) {
    must(`initialize is accepted in the revision ${revision}`, `MCP ${revision} lifecycle`, [revision], async (t) => {
      success(await t.send({ revision, operation: INITIALIZE(revision), headers: { "mcp-session-id": undefined } }));
    });
  }
}

// No token: 401 and a challenge without an error code.
{
  const { must, should } = topic("no token");
  const without = (name, section, change, needs = []) =>
    must(name, section, needs, async (t) => unauthorized(await t.send({ token: null, ...(await change(t)) })));
  const elsewhere = "OAuth 2.1 section 5.1";

  without("no Authorization header is answered 401", "MCP authorization, Error Handling", () => ({}));
  without("another scheme is no token", "OAuth 2.1 section 5.3", () => ({
    authorization: "Basic dXNlcjpwYXNzd29yZA==",
  }));
  without("a scheme that begins with Bearer is another scheme", "RFC 9110 section 11.1", async (t) => ({
    authorization: `BearerToken ${await t.token()}`,
  }));
  without("a token without a scheme is no token", "OAuth 2.1 section 5.1.1", async (t) => ({
    authorization: await t.token(),
  }));
  without("a token in the query is ignored", elsewhere, async (t) => ({
    url: `${t.url}?access_token=${await t.token()}`,
  }));
  without("a token in a cookie is ignored", elsewhere, async (t) => ({
    headers: { cookie: `access_token=${await t.token()}` },
  }));
  without("a token in a form body is ignored", elsewhere, async (t) => ({
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `access_token=${await t.token()}`,
  }));
  without("a token in the JSON body is ignored", elsewhere, async (t) => ({
    body: { ...requestOf(t.ordinary, t.target.revisions[0]), access_token: await t.token() },
  }));
  for (const name of ["x-access-token", "x-forwarded-authorization", "proxy-authorization", "x-api-key"]) {
    without(`a token in ${name} is ignored`, elsewhere, async (t) => ({
      headers: { [name]: `Bearer ${await t.token()}` },
    }));
  }
  for (const name of ["doorward-subject", "x-forwarded-user", "x-remote-user", "x-auth-request-user"]) {
    without(`a name in ${name} is no token`, elsewhere, () => ({ headers: { [name]: "user" } }));
  }
  without(
    "a session is no token",
    "MCP 2025-11-25 security best practices, Session Hijacking",
    async (t) => {
      const headers = { "mcp-session-id": undefined };
      const opened = await t.send({ revision: "2025-11-25", operation: INITIALIZE("2025-11-25"), headers });
      const id = opened.headers.get("mcp-session-id") ?? "00000000-0000-0000-0000-000000000000";
      return { revision: "2025-11-25", headers: { "mcp-session-id": id } };
    },
    ["2025-11-25"],
  );
  must("a request is judged anew after one that was accepted", "MCP authorization, Token Requirements", async (t) => {
    success(await t.send());
    unauthorized(await t.send({ token: null }));
  });
  must("an empty Authorization header is no token", "OAuth 2.1 section 5.3", async (t) => {
    status(await t.send({ authorization: "" }), 400, 401);
  });
  must("the scheme alone is no token", "OAuth 2.1 section 5.3", async (t) => {
    status(await t.send({ authorization: "Bearer" }), 400, 401);
  });
  must("nothing of the tools is told", "MCP security considerations, Token Audience Binding", ["tool"], async (t) => {
    const { text } = await t.send({ token: null, operation: t.target.tool });
    const names = [t.target.tool, t.target.stepUp].filter(Boolean).map(({ params }) => params.name);
    expect(!names.some((name) => text.includes(name)), "no name of a tool", text);
  });
  const untold = (name, change) =>
    should(name, "OAuth 2.1 section 5.3.1", async (t) => {
      const { error, error_description: description } = challenge(await t.send({ token: null, ...(await change(t)) }));
      expect(error === undefined && description === undefined, "no error", { error, description });
    });
  untold("no error code is told to one who has shown no token", () => ({}));
  untold("no error code is told to one who uses another scheme", () => ({
    authorization: "Basic dXNlcjpwYXNzd29yZA==",
  }));
  untold("no error code is told to one whose token is in the query", async (t) => ({
    url: `${t.url}?access_token=${await t.token()}`,
  }));
}

// Authorization that cannot be read: 400.
{
  const { must, should } = topic("malformed authorization");
  const malformed = (name, authorization) =>
    should(name, "OAuth 2.1 section 5.3.2", async (t) => {
      const response = await t.send({ authorization: authorization(await t.token()) });
      status(response, 400);
      if (response.headers.has("www-authenticate"))
        expect(challenge(response).error === "invalid_request", "invalid_request", challenge(response));
    });

  malformed("an extra word after the token is malformed", (token) => `Bearer ${token} extra`);
  malformed("two tokens with a comma are malformed", (token) => `Bearer ${token}, Bearer ${token}`);
  malformed("a comma after the token is malformed", (token) => `Bearer ${token},`);
  malformed("two tokens with a space are malformed", (token) => `Bearer ${token} ${token}`);
  malformed("a quoted token is malformed", (token) => `Bearer "${token}"`);
  malformed("a parameter for a token is malformed", (token) => `Bearer token="${token}"`);
  malformed("characters outside of token68 are malformed", (token) => `Bearer ${token}!`);
  must("a tab for a space is not accepted", "RFC 9110 section 11.4", async (t) => {
    refused(await t.send({ authorization: `Bearer\t${await t.token()}` }));
  });
  const two = (name, second) =>
    must(name, "OAuth 2.1 section 5.3.2", ["exchange"], async (t) => {
      const token = await t.token();
      refused(await t.sendBytes({ token: null, headers: { authorization: [`Bearer ${token}`, second(token)] } }));
    });
  two("two Authorization headers are malformed", () => "Bearer another");
  two("two equal Authorization headers are malformed", (token) => `Bearer ${token}`);
  two("two Authorization headers of different schemes are malformed", () => "Basic dXNlcjpwYXNzd29yZA==");
  must(
    "two Authorization headers, the good one last, are malformed",
    "OAuth 2.1 section 5.3.2",
    ["exchange"],
    async (t) => {
      const token = await t.token();
      refused(await t.sendBytes({ token: null, headers: { authorization: ["Bearer another", `Bearer ${token}`] } }));
    },
  );
}

// A token that is not good: 401 with `invalid_token`.
{
  const { must, should } = topic("bad token");
  const validation = "MCP authorization, Token Handling";
  const invalid = (name, section, token, level = must) =>
    level(name, section, async (t) => unauthorized(await t.send({ token: await token(t) }), "invalid_token"));
  const wished = (name, section, wish, level) =>
    invalid(name, section, async (t) => t.token(typeof wish === "function" ? await wish(t) : wish), level);
  const claims = (name, section, kind, make, level) => wished(name, section, (t) => ({ kind, claims: make(t) }), level);
  const header = (name, section, kind, members, level) => wished(name, section, { kind, header: members }, level);
  const now = () => Math.floor(Date.now() / 1000);

  // What the token is
  invalid("text that is no token is refused", "RFC 7519 section 7.2", () => "not-a-token");
  invalid("a token of two parts is refused", "RFC 7515 section 7.1", async (t) =>
    (await t.jwt()).split(".").slice(0, 2).join("."),
  );
  invalid("a token of four parts is refused", "RFC 7515 section 7.1", async (t) => `${await t.jwt()}.e30`);
  invalid("a token of five parts is refused", "RFC 7516 section 3.1", async (t) => `${await t.jwt()}.e30.e30`);
  invalid("a token with padding is refused", "RFC 7515 section 2", async (t) => `${await t.jwt()}==`);
  invalid("a broken signature is refused", validation, async (t) => {
    const token = await t.jwt();
    const at = token.lastIndexOf(".") + 10;
    return `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
  });
  invalid("changed claims are refused", validation, async (t) => {
    const [head, , signature] = (await t.jwt()).split(".");
    const payload = (await t.token({ kind: "changed_claims", scopes: [...t.scopes(), "more"] })).split(".")[1];
    return `${head}.${payload}.${signature}`;
  });
  for (const alg of ["none", "None", "NONE", "nOnE"]) {
    invalid(`alg ${alg} without a signature is refused`, "RFC 8725 section 3.1", async (t) => {
      return `${part({ typ: "at+jwt", alg })}.${(await t.jwt()).split(".")[1]}.`;
    });
  }
  invalid("alg none with a signature is refused", "RFC 8725 section 3.1", async (t) => {
    const [, payload, signature] = (await t.jwt()).split(".");
    return `${part({ typ: "at+jwt", alg: "none" })}.${payload}.${signature}`;
  });
  wished("a public key used as a secret is refused", "RFC 8725 section 3.1", { kind: "symmetric", key: "symmetric" });

  // Who signed it
  wished("an untrusted key under the name of a trusted one is refused", validation, {
    kind: "untrusted_key",
    key: "untrusted",
  });
  // A server may have to fetch keys before it knows: what was issued long ago is in none that come.
  const strangers = (members, issued = now() - 600) => ({
    kind: "untrusted_key",
    key: "untrusted",
    header: members,
    claims: { iat: issued, exp: now() + 300 },
  });
  wished("an untrusted key without a name is refused", validation, () => strangers({ kid: undefined }));
  wished("an untrusted key with a name of its own is refused", validation, () =>
    strangers({ kid: crypto.randomUUID() }),
  );
  should("an untrusted key of a token just issued is refused", validation, async (t) => {
    const change = { token: await t.token(strangers({ kid: crypto.randomUUID() }, now())) };
    unauthorized(await t.sendPatiently(change), "invalid_token");
  });
  wished("a key that the token brings along is refused", "RFC 8725 section 3.10", {
    kind: "embedded_key",
    key: "embedded",
  });
  header("a critical header that nobody knows is refused", "RFC 7515 section 4.1.11", "critical", {
    crit: ["x"],
    x: true,
  });
  header("a token of another type is refused", "RFC 9068 section 4", "wrong_type", { typ: "logout+jwt" }, should);
  const assertion = { typ: "oauth-id-jag+jwt" };
  header("an identity assertion is refused", "Enterprise-Managed Authorization", "id_jag", assertion, should);

  // For whom
  const binding = "MCP security considerations, Token Audience Binding";
  claims("a wrong audience is refused", binding, "wrong_audience", () => ({ aud: "https://other.example/mcp" }));
  claims("several wrong audiences are refused", binding, "wrong_audience", () => ({
    aud: ["https://other.example/mcp", "client"],
  }));
  claims("a missing audience is refused", binding, "missing_audience", () => ({ aud: undefined }));
  claims("an empty list of audiences is refused", binding, "missing_audience", () => ({ aud: [] }));
  claims("an audience that begins with ours is refused", binding, "wrong_audience", (t) => ({
    aud: `${t.target.url}2`,
  }));
  claims("an audience that ours begins with is refused", binding, "wrong_audience", (t) => ({
    aud: t.target.url.slice(0, -1),
  }));
  claims("another path of the same host is refused", binding, "wrong_audience", (t) => ({
    aud: `${t.url.origin}/other`,
  }));
  claims("an audience in other letters is refused", binding, "wrong_audience", (t) => ({
    aud: `${t.url.origin}${t.url.pathname.toUpperCase()}`,
  }));
  claims("an audience that is an object is refused", "RFC 7519 section 4.1.3", "malformed_claim", (t) => ({
    aud: { [t.target.url]: true },
  }));

  // When
  claims("an expired token is refused", validation, "expired", () => ({ iat: now() - 7200, exp: now() - 3600 }));
  claims("a token without an expiry is refused", "RFC 9068 section 2.2", "missing_expiry", () => ({ exp: undefined }));
  claims("an expiry that is text is refused", "RFC 7519 section 2", "malformed_claim", () => ({
    exp: String(now() + 300),
  }));
  claims("a token that is not yet valid is refused", "RFC 7519 section 4.1.5", "not_yet_valid", () => ({
    nbf: now() + 3600,
  }));
  claims(
    "a token that is issued in the future is refused",
    "RFC 7519 section 4.1.6",
    "issued_in_future",
    () => ({
      iat: now() + 3600,
      exp: now() + 7200,
    }),
    should,
  );

  // By whom
  claims("a wrong issuer is refused", "RFC 9068 section 4", "wrong_issuer", () => ({ iss: "https://other.example" }));
  claims("a token without an issuer is refused", "RFC 9068 section 2.2", "missing_issuer", () => ({ iss: undefined }));
  const trusted = async (t) =>
    JSON.parse(atob((await t.jwt()).split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).iss;
  wished("an issuer with a slash more is refused", "RFC 9068 section 4", async (t) => ({
    kind: "wrong_issuer",
    claims: { iss: `${await trusted(t)}/` },
  }));
  wished("an issuer in other letters is refused", "RFC 9068 section 4", async (t) => ({
    kind: "wrong_issuer",
    claims: { iss: (await trusted(t)).toUpperCase() },
  }));

  // What for
  claims("an ID token is refused", "RFC 8725 section 3.12", "id_token", () => ({
    aud: "client",
    nonce: "n",
    at_hash: "h",
    scope: undefined,
  }));
  wished(
    "an ID token for this audience is refused",
    "RFC 8725 section 3.12",
    (t) => ({
      kind: "id_token",
      header: { typ: "JWT" },
      claims: { aud: [t.target.url, "client"], nonce: "n", at_hash: "h" },
    }),
    should,
  );
  const cnf = { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" };
  claims(
    "a token bound to a key is refused without its proof",
    "RFC 9449 section 7.2",
    "bound",
    () => ({ cnf }),
    should,
  );

  must("a valid token in the query does not mend an expired one", "OAuth 2.1 section 5.1", async (t) => {
    const expired = await t.token({ kind: "expired", claims: { iat: now() - 7200, exp: now() - 3600 } });
    unauthorized(await t.send({ token: expired, url: `${t.url}?access_token=${await t.token()}` }), "invalid_token");
  });
  must("the token is not in the answer", "OAuth 2.1 section 7", async (t) => {
    const token = await t.token({ kind: "bad", claims: { aud: "https://other.example/mcp" } });
    const response = await t.send({ token });
    const told = `${response.text}${[...response.headers].flat().join()}`;
    expect(
      token.split(".").every((each) => !told.includes(each)),
      "no part of the token",
      told.slice(0, 300),
    );
  });
}

// The challenge, byte by byte.
{
  const { must, should } = topic("challenge");
  const both = async (t) => [
    await t.send({ token: null }),
    await t.send({ token: await t.token({ kind: "bad", claims: { aud: "https://other.example/mcp" } }) }),
  ];
  const each = async (t, look) => {
    for (const response of await both(t)) look(response);
  };

  must("the challenge follows the grammar", "RFC 9110 section 11.6.1", (t) =>
    each(t, (response) => {
      const bearer = parseChallenges(response.headers.get("www-authenticate") ?? "").find(({ scheme }) =>
        /^bearer$/iu.test(scheme),
      );
      expect(
        bearer?.parameters.length > 0,
        "Bearer with at least one parameter",
        response.headers.get("www-authenticate") ?? "none",
      );
    }),
  );
  must("no parameter is there twice", "OAuth 2.1 section 5.3.1", (t) =>
    each(t, (response) => {
      const challenges = parseChallenges(response.headers.get("www-authenticate") ?? "");
      const names = challenges.flatMap(({ parameters }) => parameters.map(([name]) => name));
      expect(challenges.length > 0, "a challenge", "none");
      expect(new Set(names).size === names.length, "no duplicates", names);
    }),
  );
  must("scope has the characters that it may have", "OAuth 2.1 section 5.3.1", (t) =>
    each(t, (response) => {
      const { scope } = challenge(response);
      expect(
        scope === undefined || /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/u.test(scope),
        "words with one space between",
        scope,
      );
    }),
  );
  must("error and error_description have the characters that they may have", "OAuth 2.1 section 5.3.1", (t) =>
    each(t, (response) => {
      const { error = "", error_description: description = "" } = challenge(response);
      expect(/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/u.test(error + description), "no quotes, no backslash, ASCII", {
        error,
        description,
      });
    }),
  );
  should(
    "resource_metadata is on every challenge",
    "MCP 2025-06-18 authorization, Authorization Server Location",
    (t) =>
      each(t, (response) => {
        const { resource_metadata: url } = challenge(response);
        expect(URL.canParse(url ?? ""), "the URL of the metadata", url ?? "none");
      }),
  );
  should("scope tells what is needed", "MCP authorization, Protected Resource Metadata Discovery", async (t) => {
    const needed = t.ordinary.scopes;
    if (needed.length === 0) throw new Skip("no scopes are needed, or known", "scopes");
    await each(t, (response) => {
      const { scope } = challenge(response);
      expect(
        needed.every((one) => scope?.split(" ").includes(one)),
        `scope="${needed.join(" ")}"`,
        scope ?? "none",
      );
    });
  });
  should("offline_access is not asked for", "MCP authorization, Refresh Tokens", (t) =>
    each(t, (response) => {
      const { scope = "" } = challenge(response);
      expect(!scope.split(" ").includes("offline_access"), "no offline_access", scope);
    }),
  );
  const hosts = {
    host: "evil.example",
    "x-forwarded-host": "evil.example",
    forwarded: "host=evil.example",
    "x-original-host": "evil.example",
  };
  for (const [name, value] of Object.entries(hosts)) {
    should(`the challenge does not follow ${name}`, "RFC 9728 section 7.3", ["exchange"], async (t) => {
      const response = await t.sendBytes({ token: null, headers: { [name]: value } });
      refused(response);
      expect(
        !`${response.headers.get("www-authenticate")}`.includes("evil"),
        "the same URL as ever",
        response.headers.get("www-authenticate") ?? "none",
      );
    });
  }
  must("nothing of the token gets into the challenge", "OAuth 2.1 section 5.3.1", async (t) => {
    const hostile = 'x", error="none", scope="admin\r\nset-cookie: a=b';
    const token = await t.token({ kind: "wrong_audience", claims: { aud: hostile, scope: hostile, iss: hostile } });
    const response = await t.send({ token });
    unauthorized(response, "invalid_token");
    expect(!response.headers.has("set-cookie"), "no other header", "set-cookie");
  });
}

// Protected resource metadata.
{
  const { must, should } = topic("metadata");
  const identity = "RFC 9728 section 3.3";
  must("the metadata of the challenge is about the URL that was asked", identity, async (t) => {
    const { resource_metadata: url } = challenge(await t.send({ token: null }));
    expect(URL.canParse(url ?? ""), "resource_metadata in the challenge", url ?? "none");
    const { document } = await t.metadata(url);
    expect(document.resource === t.target.url, `resource ${t.target.url}`, document.resource ?? "none");
  });
  must("the metadata at the well-known address is about the URL", identity, async (t) => {
    const { document } = await t.metadata(t.wellKnown());
    expect(document.resource === t.target.url, `resource ${t.target.url}`, document.resource ?? "none");
  });
  must("the metadata at the root, if there, is about the root", identity, async (t) => {
    const url = `${t.url.origin}/.well-known/oauth-protected-resource`;
    const response = await (t.target.fetch ?? fetch)(url, { redirect: "manual" });
    const document = response.status === 200 ? lenient(await response.text()) : undefined;
    if (document === undefined) throw new Skip("there is none");
    const { resource = "none" } = document ?? {};
    expect([t.url.origin, `${t.url.origin}/`].includes(resource), `resource ${t.url.origin}`, resource);
  });
  must("there is no metadata about what is not served", identity, async (t) => {
    const response = await (t.target.fetch ?? fetch)(`${t.wellKnown()}-other`, { redirect: "manual" });
    const document = response.status === 200 ? lenient(await response.text()) : undefined;
    const { resource = `${t.target.url}-other` } = document ?? {};
    expect(resource === `${t.target.url}-other`, "no metadata, or another resource", resource);
  });
  must("the metadata names authorization servers", "MCP authorization server discovery", async (t) => {
    const { document } = await t.metadata(t.wellKnown());
    const servers = document.authorization_servers;
    expect(
      Array.isArray(servers) && servers.length > 0 && servers.every((each) => URL.canParse(each)),
      "at least one URL",
      servers ?? "none",
    );
  });
  must("no parameter of the metadata is empty", "RFC 9728 section 3.2", async (t) => {
    const { document } = await t.metadata(t.wellKnown());
    const empty = Object.entries(document).filter(
      ([, value]) => value === null || value === "" || (Array.isArray(value) && value.length === 0),
    );
    expect(empty.length === 0, "no empty member", empty);
  });
  must("the metadata is JSON", "RFC 9728 section 3.2", async (t) => {
    const { response } = await t.metadata(t.wellKnown());
    expect(
      /^application\/json\b/u.test(response.headers.get("content-type")),
      "application/json",
      response.headers.get("content-type") ?? "none",
    );
  });
  must("the metadata needs no token and heeds none", "RFC 9728 section 3.1", async (t) => {
    const headers = { authorization: "Bearer not-a-token" };
    status({ status: (await (t.target.fetch ?? fetch)(t.wellKnown(), { headers })).status }, 200);
  });
  should("browsers may read the metadata", "RFC 9728 section 3.1", async (t) => {
    const { response } = await t.metadata(t.wellKnown());
    expect(
      response.headers.get("access-control-allow-origin") === "*",
      "*",
      response.headers.get("access-control-allow-origin") ?? "none",
    );
  });
  should("browsers may ask whether they may read the metadata", "Fetch, CORS-preflight fetch", async (t) => {
    const headers = {
      origin: FOREIGN,
      "access-control-request-method": "GET",
      "access-control-request-headers": "mcp-protocol-version",
    };
    const response = await (t.target.fetch ?? fetch)(t.wellKnown(), { method: "OPTIONS", headers });
    expect(response.ok, "a status of 2xx", String(response.status));
    const allowed = response.headers.get("access-control-allow-headers")?.toLowerCase() ?? "none";
    expect(allowed === "*" || allowed.includes("mcp-protocol-version"), "the header mcp-protocol-version", allowed);
  });
  should("the metadata does not offer offline_access", "MCP authorization, Refresh Tokens", async (t) => {
    const { document } = await t.metadata(t.wellKnown());
    expect(!document.scopes_supported?.includes("offline_access"), "no offline_access", document.scopes_supported);
  });
  should("the metadata says that tokens are taken from the header", "RFC 9728 section 2", async (t) => {
    const { document } = await t.metadata(t.wellKnown());
    expect(
      JSON.stringify(document.bearer_methods_supported) === '["header"]',
      '["header"]',
      document.bearer_methods_supported ?? "none",
    );
  });
  must("the metadata is only read", "RFC 9728 section 3.1", async (t) => {
    refused(await t.send({ url: t.wellKnown(), token: null }));
  });
}

// Scopes: 403, and 401 before it.
{
  const { must, should } = topic("scopes");
  const step = (t) => ({ operation: t.target.stepUp });
  const past = () => ({ iat: Math.floor(Date.now() / 1000) - 7200, exp: Math.floor(Date.now() / 1000) - 3600 });

  must("a missing scope is answered 403", "MCP authorization, Error Handling", ["stepUp"], async (t) =>
    status(await t.send(step(t)), 403),
  );
  should(
    "the challenge names insufficient_scope",
    "MCP authorization, Runtime Insufficient Scope Errors",
    ["stepUp"],
    async (t) => {
      const response = await t.send(step(t));
      status(response, 403);
      const { error, resource_metadata: url } = challenge(response);
      expect(error === "insufficient_scope" && URL.canParse(url ?? ""), "insufficient_scope and resource_metadata", {
        error,
        url,
      });
    },
  );
  const complete = (name, granted) =>
    should(name, "MCP authorization, Runtime Insufficient Scope Errors", ["stepUp"], async (t) => {
      const token = await t.token({ kind: "fewer_scopes", scopes: granted(t) });
      const response = await t.send({ ...step(t), token });
      status(response, 403);
      const { scope = "" } = challenge(response);
      const needed = t.target.stepUp.scopes;
      expect(scope.split(" ").toSorted().join(" ") === needed.toSorted().join(" "), needed.join(" "), scope);
    });
  complete("the challenge has all scopes of the operation", (t) => t.scopes());
  complete("the challenge has also the scopes that were granted", (t) => [...t.scopes(), t.target.stepUp.scopes[0]]);
  must("all scopes together are enough", "MCP authorization, Token Handling", ["stepUp"], async (t) => {
    const token = await t.token({ kind: "all_scopes", scopes: [...t.scopes(), ...t.target.stepUp.scopes] });
    success(await t.send({ ...step(t), token }));
  });
  const near = (name, make) =>
    must(name, "RFC 6749 section 3.3", ["stepUp"], async (t) => {
      const token = await t.token({
        kind: "similar_scopes",
        scopes: [...t.scopes(), ...t.target.stepUp.scopes.map(make)],
      });
      status(await t.send({ ...step(t), token }), 403);
    });
  near("a scope that begins like the right one is another", (scope) => `${scope}2`);
  near("a scope that the right one begins with is another", (scope) => scope.slice(0, -1));
  near("a scope in other letters is another", (scope) => scope.toUpperCase());
  must("a token without scopes is answered 403", "MCP authorization, Error Handling", ["tool"], async (t) => {
    status(
      await t.send({
        operation: t.target.tool,
        token: await t.token({ kind: "no_scopes", scopes: [], claims: { scope: undefined } }),
      }),
      403,
    );
  });
  must(
    "an expired token that lacks a scope is answered 401",
    "MCP authorization, Token Handling",
    ["stepUp"],
    async (t) => {
      unauthorized(
        await t.send({ ...step(t), token: await t.token({ kind: "expired", claims: past() }) }),
        "invalid_token",
      );
    },
  );
  must(
    "a token for another audience that lacks a scope is answered 401",
    "MCP authorization, Token Handling",
    ["stepUp"],
    async (t) => {
      const token = await t.token({ kind: "wrong_audience", claims: { aud: "https://other.example/mcp" } });
      unauthorized(await t.send({ ...step(t), token }), "invalid_token");
    },
  );
  must("a call that no scope allows is answered 403", "MCP authorization, Error Handling", ["unfixable"], async (t) => {
    const { unfixable } = t.target;
    status(
      await t.send({ operation: unfixable, token: await t.token({ scopes: [...t.scopes(), ...unfixable.scopes] }) }),
      403,
    );
  });
  should("a call that no scope allows asks for none", "OAuth 2.1 section 5.3.2", ["unfixable"], async (t) => {
    const { unfixable } = t.target;
    const response = await t.send({
      operation: unfixable,
      token: await t.token({ scopes: [...t.scopes(), ...unfixable.scopes] }),
    });
    status(response, 403);
    expect(
      !`${response.headers.get("www-authenticate")}`.includes("insufficient_scope"),
      "no insufficient_scope",
      response.headers.get("www-authenticate") ?? "none",
    );
  });
}

// Who has no good token learns nothing of the rest: 401 comes before 400.
{
  const { must } = topic("order");
  const before = "MCP security considerations, Token Audience Binding";
  const past = () => ({ iat: Math.floor(Date.now() / 1000) - 7200, exp: Math.floor(Date.now() / 1000) - 3600 });
  const faults = {
    "a body that is no JSON": () => ({ body: "{" }),
    "a batch": (t) => ({ body: [requestOf(t.ordinary, t.target.revisions[0])] }),
    "an unsupported revision": () => ({ headers: { "mcp-protocol-version": "2099-01-01" } }),
    "a header that disagrees with the body": () => ({ headers: { "mcp-method": "tools/none" } }),
    "a wrong content type": () => ({ headers: { "content-type": "text/plain" } }),
    "a notification": () => ({ body: { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } } }),
    "a response": () => ({ body: { jsonrpc: "2.0", id: 1, result: {} } }),
    "an unknown method": () => ({ body: { jsonrpc: "2.0", id: 1, method: "x-unknown", params: {} } }),
  };
  for (const [fault, change] of Object.entries(faults)) {
    must(`${fault} without a token is answered 401`, before, async (t) =>
      unauthorized(await t.send({ ...change(t), token: null })),
    );
  }
  must("a body that is no JSON with an expired token is answered 401", before, async (t) => {
    unauthorized(
      await t.send({ body: "{", token: await t.token({ kind: "expired", claims: past() }) }),
      "invalid_token",
    );
  });
}

// Revisions.
{
  const { must } = topic("revision");
  const header = (value) => ({ headers: { "mcp-protocol-version": value } });
  must("an unsupported revision is answered 400 with -32022", "MCP versioning", ["2026-07-28"], async (t) => {
    const body = requestOf(t.ordinary, "2099-01-01");
    const { data } = rpcError(await t.send({ ...header("2099-01-01"), body }), -32022);
    expect(
      data?.requested === "2099-01-01" && data.supported?.includes("2026-07-28"),
      "data with supported and requested",
      data ?? "none",
    );
  });
  for (const value of ["latest", "2026-7-28", "2026-07-28, 2025-06-18", "2026-07-28;q=1"]) {
    must(`the revision “${value}” is answered 400`, "MCP transports, Protocol Version Header", async (t) =>
      status(await t.send(header(value)), 400),
    );
  }
  must(
    "two revisions in two headers are answered 400",
    "MCP transports, Protocol Version Header",
    ["2026-07-28", "exchange"],
    async (t) => {
      status(await t.sendBytes({ revision: "2026-07-28", ...header(["2026-07-28", "2025-06-18"]) }), 400);
    },
  );
  must(
    "a revision in the body that disagrees is answered 400 with -32020",
    "MCP transports, Protocol Version Header",
    ["2026-07-28"],
    async (t) => {
      rpcError(await t.send({ body: requestOf(t.ordinary, "2027-01-01") }), -32020);
    },
  );
}

// The headers that repeat the body, since 2026-07-28.
{
  const { must, should } = topic("headers");
  const mirrored = "MCP transports, Standard Request Headers";
  const validation = "MCP transports, Server Validation";
  const encoding = "MCP transports, Value Encoding";
  const mismatch = (name, section, needs, change) =>
    must(name, section, ["2026-07-28", ...needs], async (t) =>
      rpcError(await t.send({ revision: "2026-07-28", ...change(t) }), -32020),
    );
  const named = (name, section, make) =>
    mismatch(name, section, ["tool"], (t) => ({
      operation: t.target.tool,
      headers: { "mcp-name": make(t.target.tool.params.name, t) },
    }));

  mismatch("a missing Mcp-Method is answered 400 with -32020", mirrored, [], () => ({
    headers: { "mcp-method": undefined },
  }));
  mismatch("another Mcp-Method is answered 400 with -32020", validation, [], () => ({
    headers: { "mcp-method": "ping" },
  }));
  mismatch("an Mcp-Method in other letters is answered 400 with -32020", validation, [], (t) => ({
    headers: { "mcp-method": t.ordinary.method.toUpperCase() },
  }));
  mismatch("an empty Mcp-Method is answered 400 with -32020", validation, [], () => ({
    headers: { "mcp-method": "" },
  }));
  named("a missing Mcp-Name is answered 400 with -32020", mirrored, () => undefined);
  named("another Mcp-Name is answered 400 with -32020", validation, (name) => `${name}2`);
  named("an Mcp-Name in other letters is answered 400 with -32020", validation, (name) => name.toUpperCase());
  mismatch("another Mcp-Name of a resource is answered 400 with -32020", validation, ["resource"], (t) => ({
    operation: t.target.resource,
    headers: { "mcp-name": `${t.target.resource.params.uri}2` },
  }));
  must("the uri of a resource is its Mcp-Name", mirrored, ["2026-07-28", "resource"], async (t) => {
    const token = await t.token({ scopes: [...t.scopes(), ...t.target.resource.scopes] });
    success(await t.send({ revision: "2026-07-28", operation: t.target.resource, token }));
  });
  named(
    "the name of a permitted tool does not hide another",
    validation,
    (_, t) => t.target.stepUp?.params.name ?? "another",
  );
  mismatch("another tool does not hide behind the name of a permitted one", validation, ["tool", "stepUp"], (t) => ({
    operation: t.target.stepUp,
    headers: { "mcp-name": t.target.tool.params.name },
  }));

  must("an encoded Mcp-Name is decoded", encoding, ["2026-07-28", "tool"], async (t) => {
    const { tool } = t.target;
    success(
      await t.send({ revision: "2026-07-28", operation: tool, headers: { "mcp-name": sentinel(tool.params.name) } }),
    );
  });
  named("an encoded Mcp-Name of another tool is answered 400 with -32020", encoding, (name) => sentinel(`${name}2`));
  mismatch("another tool does not hide behind an encoded name", encoding, ["tool", "stepUp"], (t) => ({
    operation: t.target.stepUp,
    headers: { "mcp-name": sentinel(t.target.tool.params.name) },
  }));
  named("a marker in other letters is no marker", encoding, (name) => sentinel(name).replace("base64", "BASE64"));
  named("an encoded Mcp-Name without its end is literal", encoding, (name) => sentinel(name).slice(0, -2));
  named("an encoded Mcp-Name with a character outside of the alphabet is refused", encoding, (name) =>
    sentinel(name).replace("?=", "*?="),
  );
  named("an encoded Mcp-Name with padding too much is refused", encoding, (name) =>
    sentinel(name).replace("?=", "====?="),
  );
  named("an Mcp-Name that is encoded twice is another", encoding, (name) => sentinel(sentinel(name)));

  const twice = (name, values) =>
    must(name, validation, ["2026-07-28", "tool", "exchange"], async (t) => {
      const { tool } = t.target;
      status(
        await t.sendBytes({ revision: "2026-07-28", operation: tool, headers: values(tool.params.name, tool.method) }),
        400,
      );
    });
  twice("two Mcp-Name headers that differ are answered 400", (name) => ({ "mcp-name": [name, "another"] }));
  twice("two Mcp-Name headers that differ, the right one last, are answered 400", (name) => ({
    "mcp-name": ["another", name],
  }));
  twice("two Mcp-Method headers that differ are answered 400", (_, method) => ({ "mcp-method": [method, "ping"] }));
  must(
    "white space around Mcp-Method is not a part of it",
    "RFC 9110 section 5.5",
    ["2026-07-28", "exchange"],
    async (t) => {
      success(await t.sendBytes({ revision: "2026-07-28", headers: { "mcp-method": ` ${t.ordinary.method} \t` } }));
    },
  );
  should(
    "a notification needs no Mcp-Method",
    "MCP transports, Standard Request Headers",
    ["2026-07-28"],
    async (t) => {
      const body = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } };
      success(
        await t.send({ revision: "2026-07-28", headers: { "mcp-method": undefined, "mcp-name": undefined }, body }),
      );
    },
  );
  must(
    "headers that name another tool decide nothing in an older revision",
    "MCP transports, Intermediaries",
    ["2025-06-18", "tool", "stepUp"],
    async (t) => {
      const headers = { "mcp-method": t.target.tool.method, "mcp-name": t.target.tool.params.name };
      refused(await t.send({ revision: "2025-06-18", operation: t.target.stepUp, headers }));
    },
  );
}

// The body: one message that can be read in one way only.
{
  const { must, should } = topic("body");
  const single = "MCP transports, Sending Messages to the Server";
  const text = (t) => JSON.stringify(requestOf(t.ordinary, t.target.revisions[0]));
  const bad = (name, section, body, { level = should, headers } = {}) =>
    level(name, section, async (t) => status(await t.send({ body: body(t), ...(headers && { headers }) }), 400));

  for (const revision of ["2026-07-28", "2025-11-25", "2025-06-18"]) {
    must(`a batch is refused in the revision ${revision}`, single, [revision], async (t) => {
      status(await t.send({ revision, body: [requestOf(t.ordinary, revision)] }), 400);
    });
  }
  must("a batch is judged in all of its parts", "MCP 2025-03-26 transports", ["2025-03-26", "stepUp"], async (t) => {
    const revision = "2025-03-26";
    const body = [requestOf(t.ordinary, revision), { ...requestOf(t.target.stepUp, revision), id: 2 }];
    refused(await t.send({ revision, body }));
    refused(await t.send({ revision, body: body.toReversed() }));
  });
  must("an empty batch is refused", "JSON-RPC 2.0 section 6", async (t) => refused(await t.send({ body: "[]" })));
  must("a batch in a batch is refused", "JSON-RPC 2.0 section 6", async (t) => {
    refused(await t.send({ body: [[requestOf(t.ordinary, t.target.revisions[0])]] }));
  });

  const unique = "RFC 8259 section 4";
  const doubled = (t, first, second) => {
    const message = requestOf(t.ordinary, t.target.revisions[0]);
    return JSON.stringify(message)
      .replace("{", `{${first},`)
      .replace(/\}$/u, second ? `,${second}}` : "}");
  };
  bad("method twice is refused", unique, (t) => doubled(t, '"method":"ping"'));
  bad("method twice, the other one last, is refused", unique, (t) => doubled(t, '"x":0', '"method":"tools/call"'));
  bad("method twice, once in escapes, is refused", unique, (t) => doubled(t, '"x":0', '"m\\u0065thod":"tools/call"'));
  bad("params twice are refused", unique, (t) => doubled(t, '"params":{}'));
  bad("id twice is refused", unique, (t) => doubled(t, '"id":2'));
  const tool = (name, change) =>
    should(name, unique, ["tool"], async (t) => {
      const operation = t.target.tool;
      const message = JSON.stringify(requestOf(operation, t.target.revisions[0]));
      status(await t.send({ operation, body: change(message, JSON.stringify(operation.params.name)) }), 400);
    });
  tool("the name of a tool twice is refused", (message, name) =>
    message.replace(`"name":${name}`, `"name":"another","name":${name}`),
  );
  tool("the name of a tool twice, the other one last, is refused", (message, name) =>
    message.replace(`"name":${name}`, `"name":${name},"name":"another"`),
  );
  tool("the name of a tool twice, once in escapes, is refused", (message, name) =>
    message.replace(`"name":${name}`, `"name":${name},"n\\u0061me":"another"`),
  );
  tool("the name of a tool in capitals too is refused", (message, name) =>
    message.replace(`"name":${name}`, `"name":${name},"Name":"another"`),
  );
  bad("method in capitals too is refused", unique, (t) => doubled(t, '"x":0', '"Method":"tools/call"'));
  bad("params in capitals too are refused", unique, (t) => doubled(t, '"PARAMS":{"name":"another"}'));

  const json = "RFC 8259 section 2";
  bad("a body that is no JSON is refused", json, () => "{", { level: must });
  bad("an empty body is refused", json, () => "", { level: must });
  bad("text after the message is refused", json, (t) => `${text(t)} x`, { level: must });
  bad("a second message after the first is refused", json, (t) => text(t) + text(t), { level: must });
  bad("a comma at the end is refused", json, (t) => text(t).replace(/\}$/u, ",}"), { level: must });
  bad("a comment is refused", json, (t) => `${text(t)}//`, { level: must });
  bad("a byte-order mark is refused", "RFC 8259 section 8.1", (t) => `\ufeff${text(t)}`);
  bad(
    "UTF-16 is refused",
    "RFC 8259 section 8.1",
    (t) => new Uint8Array([...text(t)].flatMap((each) => [each.charCodeAt(0), 0])),
    { level: must },
  );
  bad(
    "bytes that are no UTF-8 are refused",
    "RFC 8259 section 8.1",
    (t) => joined(utf8(text(t).slice(0, -1)), utf8(',"x":"'), new Uint8Array([0xff, 0xc0]), utf8('"}')),
    { level: must },
  );
  should("ten thousand levels do no harm", "RFC 8259 section 9", async (t) => {
    const response = await t.send({ body: text(t).replace("{", `{"x":${"[".repeat(10_000)}${"]".repeat(10_000)},`) });
    expect(response.status < 500, "a status below 500", response.status);
  });

  const rpc = "JSON-RPC 2.0 section 4";
  for (const [what, body] of Object.entries({
    null: "null",
    "a number": "1",
    "a text": '"ping"',
    "an empty object": "{}",
  })) {
    bad(`${what} for a message is refused`, rpc, () => body, { level: must });
  }
  const member = (name, change) =>
    bad(name, rpc, (t) => ({ ...requestOf(t.ordinary, t.target.revisions[0]), ...change }), { level: must });
  member("a message without jsonrpc is refused", { jsonrpc: undefined });
  member("another version of JSON-RPC is refused", { jsonrpc: "1.0" });
  member("a method that is no text is refused", { method: ["tools/list"] });
  member("an id that is an object is refused", { id: {} });
  member("an id that is null is refused", { id: null });
  member("params that are a list are refused", { params: ["tools/list"] });
  member("params that are a text are refused", { params: "tools/list" });
  should("a name that is no text is refused", rpc, ["tool"], async (t) => {
    const message = requestOf(t.target.tool, t.target.revisions[0]);
    const name = [t.target.tool.params.name];
    const response = await t.send({
      operation: t.target.tool,
      body: { ...message, params: { ...message.params, name } },
    });
    // Whether it is the HTTP request that is wrong or the call in it, is not said.
    if (response.status !== 200) status(response, 400);
    else
      expect(
        /"error"\s*:/u.test(response.text), // in JSON, or in an event
        "400, or an error of JSON-RPC",
        response.text.slice(0, 300),
      );
  });

  const types = {
    "plain text": "text/plain",
    "a form": "application/x-www-form-urlencoded",
    "several parts": "multipart/form-data; boundary=x",
    "another charset": "application/json; charset=utf-16",
    "a type that begins with JSON": "application/jsonp",
  };
  for (const [what, type] of Object.entries(types)) {
    should(`${what} for a content type is refused`, "RFC 9110 section 8.3", async (t) =>
      status(await t.send({ headers: { "content-type": type } }), 400, 415),
    );
  }
  should("a body without a content type is refused", "RFC 9110 section 8.3", ["exchange"], async (t) => {
    status(await t.sendBytes({ headers: { "content-type": undefined } }), 400, 415);
  });
  for (const coding of ["gzip", "br", "x-unknown"]) {
    should(`the content coding ${coding} is refused`, "RFC 9110 section 8.4", ["exchange"], async (t) => {
      status(await t.sendBytes({ headers: { "content-encoding": coding } }), 400, 415);
    });
  }
  const large = (name, change) =>
    should(name, "RFC 9110 section 15.5.14", ["maxBodyBytes", "exchange"], async (t) => {
      const whole = text(t);
      const body = whole.replace("{", `{${" ".repeat(t.target.maxBodyBytes + 1 - whole.length)}`);
      status(await t.sendBytes({ body, ...change }), 413);
    });
  large("a body that is a byte too large is answered 413", {});
  large("a body that is a byte too large, of no stated length, is answered 413", { chunked: true });
  should("a body that is as large as may be is accepted", "RFC 9110 section 15.5.14", ["maxBodyBytes"], async (t) => {
    const whole = text(t);
    success(await t.send({ body: whole.replace("{", `{${" ".repeat(t.target.maxBodyBytes - whole.length)}`) }));
  });
  must("a body in pieces is read to its end", "RFC 9112 section 7.1", ["exchange"], async (t) => {
    const response = await t.sendBytes({ chunked: true });
    success(response);
  });
}

// Browsers.
{
  const { must, should } = topic("origin");
  const warning = "MCP transports, Security Warning";
  const foreign = (name, origin, needs = []) =>
    must(name, warning, needs, async (t) =>
      status(await t.send({ headers: { origin: typeof origin === "string" ? origin : origin(t) } }), 403),
    );
  foreign("a foreign Origin is answered 403", FOREIGN);
  foreign("the Origin null is answered 403", "null");
  foreign(
    "an Origin that begins like an allowed one is answered 403",
    (t) => `${t.target.allowedOrigin}.evil.example`,
    ["allowedOrigin"],
  );
  foreign("an allowed Origin with another port is answered 403", (t) => `${t.target.allowedOrigin}:9999`, [
    "allowedOrigin",
  ]);
  foreign(
    "an allowed Origin with another scheme is answered 403",
    (t) => t.target.allowedOrigin.replace("https:", "http:"),
    ["allowedOrigin"],
  );
  foreign("a part of an allowed Origin is answered 403", (t) => t.target.allowedOrigin.replace("://", "://sub."), [
    "allowedOrigin",
  ]);
  foreign("two Origins are answered 403", (t) => `${t.target.allowedOrigin} ${FOREIGN}`, ["allowedOrigin"]);
  must("two Origin headers are answered 403", warning, ["allowedOrigin", "exchange"], async (t) => {
    refused(await t.sendBytes({ headers: { origin: [t.target.allowedOrigin, FOREIGN] } }));
  });
  must("a foreign Origin without a token is not served", warning, async (t) =>
    status(await t.send({ token: null, headers: { origin: FOREIGN } }), 401, 403),
  );
  must("a foreign Origin that reads the stream is not served", warning, async (t) => {
    status(await t.send({ method: "GET", headers: { origin: FOREIGN, accept: "text/event-stream" } }), 403, 405);
  });
  must("an allowed Origin is accepted", warning, ["allowedOrigin"], async (t) => {
    const response = await t.send({ headers: { origin: t.target.allowedOrigin } });
    success(response);
    const allowed = response.headers.get("access-control-allow-origin");
    expect([t.target.allowedOrigin, "*"].includes(allowed), t.target.allowedOrigin, allowed ?? "none");
  });
  should("an allowed Origin may read the challenge", "Fetch, CORS protocol", ["allowedOrigin"], async (t) => {
    const response = await t.send({ token: null, headers: { origin: t.target.allowedOrigin } });
    unauthorized(response);
    const exposed = response.headers.get("access-control-expose-headers")?.toLowerCase() ?? "none";
    expect(exposed.includes("www-authenticate"), "WWW-Authenticate", exposed);
  });

  const preflight = (origin, requested = "POST") => ({
    method: "OPTIONS",
    token: null,
    headers: {
      origin,
      "access-control-request-method": requested,
      "access-control-request-headers": "authorization,content-type,mcp-protocol-version,mcp-method,mcp-name",
    },
  });
  must("an allowed Origin may ask without a token", "Fetch, CORS-preflight fetch", ["allowedOrigin"], async (t) => {
    const response = await t.send(preflight(t.target.allowedOrigin));
    success(response);
    expect(
      response.headers.get("access-control-allow-origin") === t.target.allowedOrigin,
      t.target.allowedOrigin,
      response.headers.get("access-control-allow-origin") ?? "none",
    );
  });
  must(
    "an allowed Origin may send the headers that a request needs",
    "Fetch, CORS-preflight fetch",
    ["allowedOrigin"],
    async (t) => {
      const { headers } = await t.send(preflight(t.target.allowedOrigin));
      // "*" does not cover Authorization: Fetch, section CORS protocol.
      const allowed = (headers.get("access-control-allow-headers") ?? "").toLowerCase().split(/\s*,\s*/u);
      const missing = ["authorization", "content-type", "mcp-protocol-version", "mcp-method", "mcp-name"].filter(
        (name) => !allowed.includes(name),
      );
      expect(missing.length === 0, "all of them", `without ${missing.join(", ")}`);
    },
  );
  must("a foreign Origin is not told that it may", "Fetch, CORS-preflight fetch", async (t) => {
    const { headers } = await t.send(preflight(FOREIGN));
    const allowed = headers.get("access-control-allow-origin");
    expect(![FOREIGN, "*"].includes(allowed), "another origin or none", allowed);
  });
  must("nobody may send credentials of the browser", "Fetch, CORS protocol", ["allowedOrigin"], async (t) => {
    const { headers } = await t.send(preflight(t.target.allowedOrigin));
    expect(headers.get("access-control-allow-credentials") !== "true", "no credentials", "true");
  });
}

// Other methods and other spellings of the path: nothing is served without a token.
{
  const { must, should } = topic("methods and paths");
  const required = "MCP authorization, Token Requirements";
  for (const method of ["GET", "DELETE", "HEAD", "PUT", "PATCH"]) {
    must(`${method} without a token is not served`, required, async (t) => {
      status(await t.send({ method, token: null, headers: { accept: "text/event-stream" } }), 401, 404, 405);
    });
  }
  must("GET with a session and without a token is not served", required, async (t) => {
    const headers = { accept: "text/event-stream", "mcp-session-id": "1", "last-event-id": "1" };
    status(await t.send({ method: "GET", token: null, headers }), 401, 404, 405);
  });
  for (const method of ["PUT", "PATCH"]) {
    should(`${method} is answered 405`, "RFC 9110 section 15.5.6", async (t) => status(await t.send({ method }), 405));
  }
  for (const method of ["TRACE", "post", "PROPFIND"]) {
    must(`the method ${method} without a token is not served`, required, ["exchange"], async (t) => {
      unserved(await t.sendBytes({ method, token: null }));
    });
  }
  must("OPTIONS that is no preflight serves nothing", required, ["tool"], async (t) => {
    const response = await t.send({ method: "OPTIONS", token: null });
    expect(response.text === "" || response.status >= 400, "an empty body", response.text);
  });
  for (const name of ["x-http-method-override", "x-http-method", "x-method-override"]) {
    must(`${name} changes nothing`, "CVE-2023-30845", async (t) =>
      unauthorized(await t.send({ token: null, headers: { [name]: "OPTIONS" } })),
    );
  }
  for (const name of ["x-original-url", "x-rewrite-url", "x-forwarded-path"]) {
    must(`${name} changes nothing`, "RFC 9728 section 3.1", async (t) => {
      unauthorized(await t.send({ token: null, headers: { [name]: "/.well-known/oauth-protected-resource" } }));
    });
  }
  const spellings = {
    "two slashes": (path) => `/${path}`,
    "a slash at the end": (path) => `${path}/`,
    "an escaped letter": (path) => `${path.slice(0, -1)}%${path.charCodeAt(path.length - 1).toString(16)}`,
    "an escaped slash": (path) => `${path}%2f`,
    "an escaped slash in front": (path) => `/%2f${path.slice(1)}`,
    "a dot": (path) => `/.${path}`,
    "two dots": (path) => `/.well-known/oauth-protected-resource/../..${path}`,
    "escaped dots": (path) => `/.well-known/oauth-protected-resource/%2e%2e/%2e%2e${path}`,
    "a parameter": (path) => `${path};x=1`,
    "a query": (path) => `${path}?x=1`,
    capitals: (path) => path.toUpperCase(),
    "a backslash": (path) => `\\${path.slice(1)}`,
    "an extension": (path) => `${path}.json`,
    "a zero byte": (path) => `${path}%00`,
    "a path below": (path) => `${path}/messages`,
  };
  for (const [what, spell] of Object.entries(spellings)) {
    must(`the path with ${what} is not served without a token`, required, ["exchange"], async (t) => {
      unserved(await t.sendBytes({ token: null, path: spell(t.url.pathname) }));
    });
  }
  must("an absolute target is not served without a token", "RFC 9112 section 3.2.2", ["exchange"], async (t) => {
    unserved(await t.sendBytes({ token: null, path: t.target.url }));
  });
}
