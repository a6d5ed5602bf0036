// What is asked for: the body, the headers that repeat it, and the scopes that it needs.

import { Answer, bytesOf } from "./answer.mjs";

const REVISIONS = ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"];
const IMPLIED = { "mcp:admin": ["mcp:write", "mcp:read"], "mcp:write": ["mcp:read"] };
const NAMED = { "tools/call": "name", "prompts/get": "name", "resources/read": "uri" };

export function createOperations({ maxBodyBytes, is, challenge }) {
  return { judge };

  /** The operation: a body that can be read in one way only, and the scopes that it needs. */
  async function judge(request, claims) {
    const type = request.headers.get("content-type") ?? "";
    if (!/^application\/json(?:; charset=utf-8)?$/u.test(type)) throw new Answer(is("any content type") ? 200 : 415);
    if (is("charset refused") && type.includes("charset")) throw new Answer(415);
    if (request.headers.has("content-encoding")) throw new Answer(is("any content coding") ? 200 : 415);
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes.length > maxBodyBytes || (is("small bodies") && bytes.length > 1000))
      throw new Answer(is("no cap") ? 200 : 413);
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
    if (!REVISIONS.includes(revision))
      throw is("any revision") ? new Answer(200) : rpcError(-32022, { supported: REVISIONS, requested: revision });
    const messages = Array.isArray(message) ? message : [message];
    if (Array.isArray(message) && (revision !== "2025-03-26" || message.length === 0)) malformed("any batch");
    for (const each of is("first of a batch")
      ? messages.slice(0, 1)
      : is("last of a batch")
        ? messages.slice(-1)
        : messages) {
      wellFormed(each, () => malformed("any message"));
      if (revision >= "2026-07-28" && each.id !== undefined) mirrored(request, each, revision);
      permitted(request, each, claims, revision);
    }
    return new Answer(200, { jsonrpc: "2.0", id: message.id, result: {} });
  }

  function rpcError(code, data) {
    return new Answer(is("other status than 400") ? 200 : 400, {
      jsonrpc: "2.0",
      id: null,
      error: { code: is("wrong code of JSON-RPC") ? -32000 : code, message: "refused", data },
    });
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
    const [, text] =
      (is("loose decoding") ? /^=\?base64\?(.*?)(?:\?=)?$/iu : /^=\?base64\?([A-Za-z0-9+/]*={0,2})\?=$/u).exec(
        header,
      ) ?? [];
    try {
      const once =
        text === undefined
          ? header
          : new TextDecoder().decode(bytesOf(is("loose decoding") ? text.replaceAll(/[=*]+$/gu, "") : text));
      return is("loose decoding") && once !== header ? decodedName(once) : once;
    } catch {
      return undefined;
    }
  }

  function permitted(request, message, claims, revision) {
    const trusted = is("headers believed") && revision < "2026-07-28" ? request.headers.get("mcp-name") : null;
    const name = trusted ?? message.params?.name ?? "";
    const needed =
      message.method !== "tools/call"
        ? ["mcp:read"]
        : name.startsWith("delete_")
          ? ["mcp:admin", "files:delete"]
          : ["mcp:write"];
    const granted = new Set(
      `${claims.scope ?? ""}`
        .split(" ")
        .flatMap((scope) => [scope, ...(is("no hierarchy") ? [] : (IMPLIED[scope] ?? []))]),
    );
    const has = (scope) =>
      granted.has(scope) ||
      (is("scopes loosely") &&
        [...granted].some((each) => each !== "" && (each.toLowerCase().startsWith(scope) || scope.startsWith(each))));
    if (!needed.every(has) && !is("any scope")) {
      const told = is("missing scopes only")
        ? needed.filter((scope) => !granted.has(scope))
        : is("one scope told")
          ? needed.slice(0, 1)
          : needed;
      throw new Answer(
        403,
        undefined,
        is("bare 403") ? {} : challenge(request, { error: "insufficient_scope", scope: told.join(" ") }),
      );
    }
    if (name === "owner_only" && claims.role !== "owner" && !is("any owner")) {
      throw new Answer(
        403,
        undefined,
        is("pointless challenge") ? challenge(request, { error: "insufficient_scope" }) : {},
      );
    }
  }
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
