// The options of a gate and of its proxy, as JavaScript has them. Data goes to the module as it is and is judged
// there; what only a host can use stays here.

import { kindOf } from "../kind.js";
import { membersOf } from "../options.js";
import { invalid } from "../plain.js";

/** `text`: the data, as JSON for the module. The rest is for the host. */
export function readGateOptions(options) {
  if (options === undefined) throw invalid("options", "a plain object", "undefined");
  const { fetch = fetchOfRuntime, store, onDecision, ...data } = membersOf(options, HOST_MEMBERS, READING);
  return {
    text: JSON.stringify({ ...data, ...withoutTimeout(data.keys) }),
    fetch,
    store,
    onDecision,
    timeout: readTimeout(data.keys),
    resource: data.resource,
    insecureLoopback: data.insecureLoopback === true,
  };
}

/** The options of `protect`. */
export function readProtection(options) {
  const { endStreamsWithToken = true, ...others } = membersOf(options, PROTECT_MEMBERS);
  refuse(others, "an option of protect");
  return { endStreamsWithToken };
}

/** The options of `proxy`, all but the assertion, which is given as it came: a copy of plain data. */
export function readProxyOptions(options, insecureLoopback) {
  if (options === undefined) throw invalid("options", "a plain object", "undefined");
  const {
    origin,
    fetch = fetchOfRuntime,
    keepAuthorization = false,
    endStreamsWithToken = true,
    removeHeaders = [],
    assertion,
    ...others
  } = membersOf(options, PROXY_MEMBERS, READING);
  refuse(others, "an option of proxy");
  return {
    origin: readOrigin(origin, insecureLoopback),
    fetch,
    keepAuthorization,
    endStreamsWithToken,
    removeHeaders: readHeaderNames(removeHeaders),
    assertion,
  };
}

const fetchOfRuntime = (address, init) => globalThis.fetch(address, init);

const HOST_MEMBERS = {
  fetch: callable("fetch"),
  onDecision: callable("onDecision"),
  store(value) {
    if (typeof value?.get === "function" && typeof value.put === "function") return value;
    throw invalid("store", "an object with the methods get and put", kindOf(value));
  },
};

const PROTECT_MEMBERS = {
  endStreamsWithToken: boolean("endStreamsWithToken"),
};

const PROXY_MEMBERS = {
  ...PROTECT_MEMBERS,
  fetch: callable("fetch"),
  keepAuthorization: boolean("keepAuthorization"),
};

function callable(name) {
  return (value) => {
    if (typeof value === "function") return value;
    throw invalid(name, "a function", kindOf(value));
  };
}

function boolean(name) {
  return (value) => {
    if (typeof value === "boolean") return value;
    throw invalid(name, "true or false", kindOf(value));
  };
}

const READING = {
  inside: (outer, member) => outer + member, // "rules[2].scopes"
  isKey: (option) => /^(?:issuers\[\d+\]\.jwks\.keys\[\d+\]|assertion\.key)$/u.test(option),
};

function refuse(others, expected) {
  for (const name in others) throw invalid(name, expected, "an unknown name");
}

/** The module knows nothing of waiting. */
function withoutTimeout(keys) {
  if (!isObject(keys)) return {};
  const { timeout, ...timing } = keys;
  return { keys: timing };
}

function readTimeout(keys) {
  const seconds = isObject(keys) && "timeout" in keys ? keys.timeout : FETCH_TIMEOUT_SECONDS;
  if (typeof seconds === "number" && seconds > 0 && seconds <= MAX_FETCH_TIMEOUT_SECONDS) return seconds;
  const found = typeof seconds === "number" ? "a number out of range" : kindOf(seconds);
  throw invalid("keys.timeout", `seconds, more than 0 and at most ${MAX_FETCH_TIMEOUT_SECONDS}`, found);
}

function isObject(value) {
  return kindOf(value) === "an object";
}

/** Where requests are forwarded to: RFC 9110 section 4.2.2 without what would be lost or misread on the way. */
function readOrigin(origin, insecureLoopback) {
  const local = insecureLoopback ? ", or an http one of this machine" : "";
  const expected = `an https address without user, query and fragment${local}`;
  if (typeof origin !== "string") throw invalid("origin", expected, kindOf(origin));
  let url;
  try {
    url = new URL(origin);
  } catch {
    throw invalid("origin", expected, "no address");
  }
  const isLoopback = url.protocol === "http:" && LOOPBACK.has(url.hostname);
  if (url.protocol !== "https:" && !(isLoopback && insecureLoopback)) {
    const advice = isLoopback ? "set insecureLoopback for a server on this machine" : undefined;
    throw invalid("origin", expected, `one of ${url.protocol}//${url.hostname}`, advice);
  }
  if (url.username || url.password || /[?#]/u.test(origin)) throw invalid("origin", expected, "one with more");
  return url;
}

function readHeaderNames(names) {
  if (!Array.isArray(names)) throw invalid("removeHeaders", "an array of header names", kindOf(names));
  return names.map((name, at) => {
    if (typeof name === "string" && HEADER_NAME.test(name)) return name.toLowerCase();
    throw invalid(`removeHeaders[${at}]`, "a header name", kindOf(name));
  });
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** RFC 9110 section 5.6.2, token. */
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/u;

/** For one document of a provider, headers and body: many times what a healthy one takes. */
const FETCH_TIMEOUT_SECONDS = 5;

/** Whoever fetches has fifteen seconds for a document, the look into a store included; then another takes over. */
const MAX_FETCH_TIMEOUT_SECONDS = 13;
