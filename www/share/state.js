// The state of the page as text for a link, and back. What comes from a link was written by anybody: it is read member by
// member, and what is not as it should be is left out.

import { PRIVATE_MEMBERS } from "../keys/key-facts.js";
import { decodedBytes, encoded } from "../page/segments.js";

/** Longest state in a link, in characters: more than all fields usually hold, and less than browsers cut off. */
export const MAX_CHARACTERS = 64_000;

/** What a state may hold: a text, a list of texts, or an object of these. */
const FORM = {
  token: {
    token: "text", jwks: "text", issuer: "text", audience: "text", scope: "text", tolerance: "text", moment: "text",
    profile: "text", tenants: "list", algorithms: "list",
  },
  rules: { config: "text", operations: "text", caller: { kind: "text", scopes: "list", claims: "text" } },
  request: {
    caller: { kind: "text", scopes: "list", claims: "text" },
    message: {
      verb: "text", path: "text", revision: "text", method: "text", operand: "text", headers: "text", body: "text",
    },
  },
};

/** Before the JSON text: of another form, should there be one. And without it, each link would look like a token. */
const FIRST_FORM = "1";

/** The state as it goes into a link. */
export function written(state) {
  return encoded(`${FIRST_FORM}${JSON.stringify(state)}`);
}

/** The state that a link holds, or `null` where there is none to be read. */
export function read(text) {
  if (text.length > MAX_CHARACTERS * 2) return null;
  const bytes = decodedBytes(text);
  try {
    const json = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return json.startsWith(FIRST_FORM) ? picked(JSON.parse(json.slice(FIRST_FORM.length)), FORM) ?? null : null;
  } catch {
    return null;
  }
}

/**
 * The state as it may be given to others: never with a private key, and with tokens and other credentials only if
 * `withTokens`. `{ state, without, hasTokens }`: what is left out, in words, and whether there are tokens at all.
 */
export function shareable({ token, rules, request }, withTokens) {
  const tokens = new Set();
  const secrets = new Set();
  const unless = (isThere, text, found, name) => {
    if (!isThere) return text;
    found.add(name);
    return found === tokens && withTokens ? text : "";
  };
  const { message } = request;
  const lines = message.headers.split("\n");
  const kept = lines.filter((line) => !CREDENTIAL_HEADERS.test(line) && !hasToken(line)).join("\n");
  const headers = kept === message.headers ? kept : unless(true, message.headers, tokens, "headers with credentials") || kept;
  const withoutToken = (text, name) => unless(hasToken(text), text, tokens, name);
  const jwks = withoutToken(token.jwks, "the keys, in which a token is");
  const config = withoutToken(rules.config, "the configuration, in which a token is");
  const state = {
    token: {
      ...token,
      token: unless(token.token !== "", token.token, tokens, "the token"),
      jwks: unless(hasPrivateKey(jwks), jwks, secrets, "the keys, as one is private"),
    },
    rules: { ...rules, config: unless(hasPrivateKey(config), config, secrets, "the configuration, as a key in it is private") },
    request: {
      ...request,
      message: {
        ...message,
        headers,
        body: withoutToken(message.body, "the request’s body, in which a token is"),
        path: unless(hasToken(message.path) || /access_token/iu.test(message.path), message.path, tokens, "the path, in which a token is"),
        operand: withoutToken(message.operand, "the operand, in which a token is"),
      },
    },
  };
  const shared = mapped(state, (text) => withoutToken(text, "another field, in which a token is"));
  return { state: shared, without: [...withTokens ? [] : tokens, ...secrets], hasTokens: tokens.size > 0 };
}

const CREDENTIAL_HEADERS = /^\s*(?:authorization|proxy-authorization|cookie|x-api-key)\s*:/iu;

/**
 * A compact JWS or JWE, whole or in part: its header is an object in JSON, and so begins with "eyJ" (RFC 7515 section 3);
 * with white space after the brace it begins otherwise, and the parts after it tell it from a word.
 */
function hasToken(text) {
  return /\b(?:eyJ[\w-]{5,}|e[yw][\w-]{6,}\.[\w-]{6,}\.)/u.test(text);
}

/** The same, with each text in it through `change`. */
function mapped(value, change) {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((each) => mapped(each, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapped(each, change)]));
}

/** Whether a private or symmetric key is in it, at any depth; what cannot be read is judged by its words. */
function hasPrivateKey(text) {
  try {
    return isPrivate(JSON.parse(text));
  } catch {
    return new RegExp(`"(?:${PRIVATE_MEMBERS.join("|")})"\\s*:`, "u").test(text);
  }
}

function isPrivate(value) {
  if (typeof value !== "object" || value === null) return false;
  if ("kty" in value && PRIVATE_MEMBERS.some((member) => member in value)) return true;
  return Object.values(value).some(isPrivate);
}

function picked(value, form) {
  if (form === "text") return typeof value === "string" ? value : undefined;
  if (form === "list") return Array.isArray(value) ? value.filter((each) => typeof each === "string") : undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const members = Object.entries(form)
    .filter(([name]) => Object.hasOwn(value, name))
    .map(([name, inner]) => [name, picked(value[name], inner)])
    .filter(([, member]) => member !== undefined);
  return Object.fromEntries(members);
}
