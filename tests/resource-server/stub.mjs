// A small resource server, right in everything that the suite asks, and wrong in one thing if so wished: for the test
// of the suite. No model for a real one: it knows one kind of key, and keeps it.

const REVISIONS = ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"];
const IMPLIED = { "mcp:admin": ["mcp:write", "mcp:read"], "mcp:write": ["mcp:read"] };
const NAMED = { "tools/call": "name", "prompts/get": "name", "resources/read": "uri" };

class Answer {
  constructor(status, body, headers) {
    Object.assign(this, { status, body, headers });
  }
}

/** Gives `(request) => Promise<Response>`. `is(fault)` says whether the server has a fault. */
export async function createStub({ url, issuer, allowedOrigin, maxBodyBytes }, is = () => false) {
  const resource = new URL(url);
  const key = await crypto.subtle.importKey("jwk", issuer.keys.keys[0], ES256, false, ["verify"]);
  const metadataUrl = `${resource.origin}/.well-known/oauth-protected-resource${resource.pathname}`;

  return async (request) => {
    try {
      return responseOf(await handle(request), request);
    } catch (thrown) {
      if (thrown instanceof Answer) return responseOf(thrown, request);
      throw thrown;
    }
  };

  function responseOf({ status, body, headers = {} }, request) {
    const origin = request.headers.get("origin");
    const cors = origin === allowedOrigin || is("reflected origin")
      ? { "access-control-allow-origin": origin ?? "*", ...(is("hidden challenge") ? {} : { "access-control-expose-headers": "WWW-Authenticate" }) }
      : {};
    const text = body === undefined || request.method === "HEAD" ? null : JSON.stringify(body);
    return new Response(text, { status, headers: { "content-type": "application/json", ...cors, ...headers } });
  }

  function challenge(request, parameters) {
    const host = is("host header") ? request.headers.get("x-forwarded-host") ?? request.headers.get("forwarded") ?? request.headers.get("x-original-host") ?? new URL(request.url).host : resource.host;
    const all = { ...(is("no metadata") ? {} : { resource_metadata: metadataUrl.replace(resource.host, host) }), scope: "mcp:read", ...parameters };
    if (is("no scope")) delete all.scope;
    if (is("offline access")) all.scope += " offline_access";
    if (is("wrong characters")) Object.assign(all, { scope: "mcp:read  ", error_description: 'a \\"b\\"' });
    const written = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
    if (is("parameter twice")) written.push(written[0]);
    return { "www-authenticate": is("ungrammatical") ? `Bearer ${written.join(" ")}` : `Bearer ${written.join(", ")}` };
  }

  async function handle(request) {
    const { pathname } = new URL(request.url);
    const origin = request.headers.get("origin");
    if (pathname.startsWith("/.well-known/oauth-protected-resource")) return metadata(request, pathname);
    if (pathname !== resource.pathname && !(is("loose paths") && /mcp/iu.test(decodeURI(pathname)))) {
      throw new Answer(is("open elsewhere") ? 200 : 404);
    }
    const method = is("method override") ? overridden(request) : request.method;
    if (origin !== null && origin !== allowedOrigin && !is("any origin")) {
      if (!(is("origin by prefix") && origin.startsWith(allowedOrigin)) && !(is("null origin") && origin === "null")) throw new Answer(403);
    }
    if (method === "OPTIONS") return preflight(origin);
    if (is("other methods open") && method !== "POST") return new Answer(200);
    const claims = await authorize(request);
    if (method === "GET" || method === "DELETE") return new Answer(405);
    if (method !== "POST") throw new Answer(is("other methods open with a token") ? 200 : 405);
    return judge(request, claims);
  }

  function overridden(request) {
    return ["x-http-method-override", "x-http-method", "x-method-override"].map((name) => request.headers.get(name)).find(Boolean) ?? request.method;
  }

  function preflight(origin) {
    if (origin === null) return new Answer(405);
    return new Answer(204, undefined, {
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": is("no allowed headers") ? "*" : "authorization, content-type, mcp-protocol-version, mcp-method, mcp-name",
      ...(is("credentials") && { "access-control-allow-credentials": "true" }),
      ...(is("no preflight") && { "access-control-allow-origin": "https://none.example" }),
    });
  }

  function metadata({ method, headers }, pathname) {
    const about = pathname.slice("/.well-known/oauth-protected-resource".length);
    if (is("metadata needs a token") && headers.has("authorization")) throw new Answer(401);
    if (!["", resource.pathname].includes(about) && !is("metadata for anything")) throw new Answer(404);
    if (method !== "GET" && method !== "OPTIONS" && !is("metadata by any method")) throw new Answer(405);
    const cors = is("metadata for no browser") ? { "access-control-allow-origin": "https://none.example" } : { "access-control-allow-origin": "*", "access-control-allow-headers": "mcp-protocol-version" };
    const document = {
      resource: is("metadata slash") ? `${url}/` : is("metadata without path") ? resource.origin : about === "" && !is("root metadata wrong") ? resource.origin : url,
      authorization_servers: is("no authorization server") ? undefined : [issuer.issuer],
      scopes_supported: is("offline access") ? ["offline_access"] : ["mcp:read"],
      bearer_methods_supported: is("query method") ? ["header", "query"] : ["header"],
      ...(is("empty metadata") && { resource_name: "" }),
    };
    return new Answer(200, document, { ...cors, ...(is("metadata as text") && { "content-type": "text/plain" }) });
  }

  function unauthorized(request, error) {
    const described = error ? { error, error_description: "the token is not valid" } : is("error without token") ? { error: "invalid_token" } : {};
    const body = { error: error ?? "unauthorized", ...(is("tools told") && { tools: ["echo"] }), ...(is("token told") && { token: request.headers.get("authorization") }) };
    throw new Answer(is("always 403") ? 403 : 401, body, challenge(request, described));
  }

  /** The claims of the token. */
  async function authorize(request) {
    const text = request.headers.get("authorization") ?? fromElsewhere(request);
    const headerless = ["doorward-subject", "x-forwarded-user", "x-remote-user", "x-auth-request-user"].some((name) => request.headers.has(name));
    if ((is("trusted headers") && headerless) || (is("trusted sessions") && request.headers.has("mcp-session-id"))) return { scope: "mcp:write" };
    const [, scheme, rest = ""] = /^([^ \t]*)[ \t]*(.*)$/su.exec(text ?? "");
    const known = is("scheme in one spelling") ? scheme === "Bearer" : is("scheme by prefix") ? /^bearer/iu.test(scheme) : scheme.toLowerCase() === "bearer";
    if (is("no scheme needed") && text && !rest) return verified(request, text);
    if (!text || !known) unauthorized(request);
    const sloppy = /[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/u.exec(rest)?.[0];
    if (is("sloppy authorization") && sloppy) return verified(request, sloppy);
    if (!/^[A-Za-z0-9._~+/-]+=*$/u.test(rest) || text.includes("\t")) {
      throw new Answer(400, undefined, challenge(request, { error: is("wrong code for malformed") ? "invalid_token" : "invalid_request" }));
    }
    return verified(request, rest);
  }

  function fromElsewhere(request) {
    const names = ["x-access-token", "x-forwarded-authorization", "proxy-authorization", "x-api-key"];
    if (is("token in other headers")) return names.map((name) => request.headers.get(name)).find(Boolean);
    if (is("token in the query") && request.url.includes("access_token=")) return `Bearer ${request.url.split("access_token=")[1]}`;
    if (is("token in a cookie") && request.headers.has("cookie")) return `Bearer ${request.headers.get("cookie").split("access_token=")[1]}`;
    return undefined;
  }

  async function verified(request, token) {
    const refuse = (unless) => unless !== undefined && is(unless) ? undefined : unauthorized(request, "invalid_token");
    const parts = token.split(".");
    if (parts.length !== 3 && !(is("number of parts") && parts.length > 1)) refuse();
    if (token.endsWith("=")) refuse("padding");
    const [header, claims] = parts.slice(0, 2).map((each) => {
      try {
        return JSON.parse(new TextDecoder().decode(bytesOf(each)));
      } catch {
        return refuse();
      }
    });
    const signed = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
    const good = is("symmetric") && header.alg === "HS256" ? true
      : await crypto.subtle.verify(ES256, is("embedded key") && header.jwk ? await crypto.subtle.importKey("jwk", header.jwk, ES256, false, ["verify"]) : key, bytesOf(parts[2] ?? ""), signed);
    if (header.alg !== "ES256") refuse(/^none$/iu.test(header.alg) ? "alg none" : "symmetric");
    else if (!good) refuse("any signature");
    if (header.crit !== undefined) refuse("critical");
    if (!["at+jwt", "JWT"].includes(header.typ)) refuse("any type");
    const audiences = [claims.aud].flat();
    const folded = (text) => (typeof text === "string" && URL.canParse(text) && !is("audience in one spelling") ? new URL(text).href : text);
    if (!(is("first audience") ? audiences.slice(0, 1) : audiences).some((each) => folded(each) === url)) {
      const near = audiences.some((each) => `${each}`.toLowerCase().startsWith(resource.origin));
      if (!(is("missing audience") && (claims.aud === undefined || claims.aud.length === 0)) && !(is("audience by prefix") && near)) refuse("any audience");
    }
    const now = Date.now() / 1000;
    if (typeof claims.exp !== "number") refuse("no expiry");
    else if (claims.exp <= now) refuse("expired");
    if (claims.nbf > now + 60) refuse("not yet valid");
    if (claims.iat > now + 60) refuse("not yet valid");
    if (claims.iss !== issuer.issuer && !(is("issuer loosely") && `${claims.iss}`.toLowerCase().startsWith(issuer.issuer))) refuse("any issuer");
    if (claims.nonce !== undefined) refuse("ID tokens");
    if (claims.cnf !== undefined) refuse("bound tokens");
    return claims;
  }

  /** The operation: a body that can be read in one way only, and the scopes that it needs. */
  async function judge(request, claims) {
    const type = request.headers.get("content-type") ?? "";
    if (!/^application\/json(?:; charset=utf-8)?$/u.test(type)) throw new Answer(is("any content type") ? 200 : 415);
    if (is("charset refused") && type.includes("charset")) throw new Answer(415);
    if (request.headers.has("content-encoding")) throw new Answer(is("any content coding") ? 200 : 415);
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes.length > maxBodyBytes || (is("small bodies") && bytes.length > 1000)) throw new Answer(is("no cap") ? 200 : 413);
    const malformed = (fault, code = -32600) => {
      throw is(fault) ? new Answer(200) : rpcError(code);
    };
    let message;
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      message = JSON.parse(text);
      if (hasDuplicates(text)) malformed("duplicates");
    } catch (thrown) {
      throw thrown instanceof Answer ? thrown : malformed("any text", -32700);
    }
    const revision = request.headers.get("mcp-protocol-version") ?? "2025-03-26";
    if (!REVISIONS.includes(revision)) throw is("any revision") ? new Answer(200) : rpcError(-32022, { supported: REVISIONS, requested: revision });
    const messages = Array.isArray(message) ? message : [message];
    if (Array.isArray(message) && (revision !== "2025-03-26" || message.length === 0)) malformed("any batch");
    for (const each of is("first of a batch") ? messages.slice(0, 1) : is("last of a batch") ? messages.slice(-1) : messages) {
      wellFormed(each, () => malformed("any message"));
      if (revision >= "2026-07-28" && each.id !== undefined) mirrored(request, each, revision);
      permitted(request, each, claims, revision);
    }
    return new Answer(200, { jsonrpc: "2.0", id: message.id, result: {} });
  }

  function rpcError(code, data) {
    return new Answer(is("other status than 400") ? 200 : 400, { jsonrpc: "2.0", id: null, error: { code: is("wrong code of JSON-RPC") ? -32000 : code, message: "refused", data } });
  }

  function mirrored(request, { method, params }, revision) {
    const fail = () => {
      throw is("headers ignored") ? new Answer(200) : rpcError(-32020);
    };
    if (is("unknown headers refused") && request.headers.has("mcp-param-region")) fail();
    const found = request.headers.get("mcp-method");
    if (found !== method && !(is("headers in any letters") && found?.toLowerCase() === method)) fail();
    if ((params._meta?.["io.modelcontextprotocol/protocolVersion"] ?? revision) !== revision) fail();
    const name = NAMED[method] && params[NAMED[method]];
    if (name === undefined) return;
    const header = request.headers.get("mcp-name");
    const decoded = is("no decoding") ? header : decodedName(header ?? "");
    if (decoded !== name && !(is("headers in any letters") && header?.toLowerCase() === name)) fail();
  }

  function decodedName(header) {
    const [, text] = (is("loose decoding") ? /^=\?base64\?(.*?)(?:\?=)?$/iu : /^=\?base64\?([A-Za-z0-9+/]*={0,2})\?=$/u).exec(header) ?? [];
    try {
      const once = text === undefined ? header : new TextDecoder().decode(bytesOf(is("loose decoding") ? text.replaceAll(/[=*]+$/gu, "") : text));
      return is("loose decoding") && once !== header ? decodedName(once) : once;
    } catch {
      return undefined;
    }
  }

  function permitted(request, message, claims, revision) {
    const trusted = is("headers believed") && revision < "2026-07-28" ? request.headers.get("mcp-name") : null;
    const name = trusted ?? message.params?.name ?? "";
    const needed = message.method !== "tools/call" ? ["mcp:read"] : name.startsWith("delete_") ? ["mcp:admin", "files:delete"] : ["mcp:write"];
    const granted = new Set(`${claims.scope ?? ""}`.split(" ").flatMap((scope) => [scope, ...(is("no hierarchy") ? [] : (IMPLIED[scope] ?? []))]));
    const has = (scope) => granted.has(scope) || (is("scopes loosely") && [...granted].some((each) => each !== "" && (each.toLowerCase().startsWith(scope) || scope.startsWith(each))));
    if (!needed.every(has) && !is("any scope")) {
      const told = is("missing scopes only") ? needed.filter((scope) => !granted.has(scope)) : is("one scope told") ? needed.slice(0, 1) : needed;
      throw new Answer(403, undefined, is("bare 403") ? {} : challenge(request, { error: "insufficient_scope", scope: told.join(" ") }));
    }
    if (name === "owner_only" && claims.role !== "owner" && !is("any owner")) {
      throw new Answer(403, undefined, is("pointless challenge") ? challenge(request, { error: "insufficient_scope" }) : {});
    }
  }
}

const ES256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

function bytesOf(base64) {
  return Uint8Array.from(atob(base64.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}

function wellFormed(message, fail) {
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject(message) || message.jsonrpc !== "2.0" || typeof message.method !== "string") fail();
  if (![undefined, "string", "number"].includes(message.id === undefined ? undefined : typeof message.id)) fail();
  if (message.params !== undefined && !isObject(message.params)) fail();
  const member = NAMED[message.method];
  if (member && typeof message.params?.[member] !== "string") fail();
}

/** Whether an object of the text has a member twice, whatever its case. */
function hasDuplicates(text) {
  const open = [];
  for (const [token, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/gu)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (colon !== undefined) {
      const name = JSON.parse(token.slice(0, -colon.length)).toLowerCase();
      if (open.at(-1)?.has(name)) return true;
      open.at(-1)?.add(name);
    }
  }
  return false;
}
