// What the user says of the server, as the suite takes it.

import { wrongUsage } from "../failure.js";
import { readText } from "../input.js";
import { REVISIONS } from "./acquaintance.js";
import { tests } from "./suite.js";

/** `{ url, seconds, topics, revisions, issuer, suite }`: the last has the members of the suite's target. */
export function readTarget(address, options) {
  const url = readAddress(address, "the server");
  const scopes = options.scope ?? [];
  const suite = {
    url,
    seconds: readNumber(options.timeout, "--timeout", 0.1, 120),
    ordinary: { method: "tools/list", params: {}, scopes },
    ...toolOf(options, scopes),
    ...(options.origin !== undefined && { allowedOrigin: readOrigin(options.origin) }),
    ...fileOf(options.target),
  };
  return {
    url,
    seconds: suite.seconds,
    topics: readTopics(options.only),
    revisions: options.revision?.map(readRevision),
    issuer: issuerOf(options, suite),
    suite,
  };
}

/** The topics of the suite, in its order. */
export const TOPICS = [...new Set(tests().map(({ topic }) => topic))];

function readAddress(text, what) {
  const expected = `expected an http or https address of ${what}`;
  if (!URL.canParse(text) || !/^https?:/iu.test(text)) {
    const isBare = /^[\w.-]+(?::\d+)?(?:\/|$)/u.test(text);
    throw wrongUsage(`${expected}, found ${JSON.stringify(text)}`, isBare ? `did you mean https://${text}?` : null);
  }
  const { href, username, hash } = new URL(text);
  if (username !== "" || hash !== "") {
    throw wrongUsage(`${expected}, found one with a user or a fragment`, "leave those out");
  }
  return /^https?:\/\/[^/]+$/iu.test(text) ? href.slice(0, -1) : text;
}

function readOrigin(text) {
  if (URL.canParse(text) && new URL(text).origin === text) return text;
  const advice = "write scheme and host, no path, such as https://app.example.com";
  throw wrongUsage(`expected a web origin, found ${JSON.stringify(text)}`, advice);
}

function readNumber(text, option, least, most) {
  const number = Number(text);
  if (text.trim() !== "" && number >= least && number <= most) return number;
  throw wrongUsage(`expected ${option} to be a number from ${least} to ${most}, found ${JSON.stringify(text)}`, null);
}

function readTopics(only = TOPICS) {
  for (const topic of only) {
    if (!TOPICS.includes(topic)) {
      const names = TOPICS.map((name) => (name.includes(" ") ? `"${name}"` : name));
      throw wrongUsage(`expected a topic, found ${JSON.stringify(topic)}`, `choose from ${names.join(", ")}`);
    }
  }
  return only;
}

function readRevision(revision) {
  if (REVISIONS.includes(revision)) return revision;
  const advice = `choose from ${REVISIONS.join(", ")}`;
  throw wrongUsage(`expected a revision of MCP, found ${JSON.stringify(revision)}`, advice);
}

function toolOf({ tool: name, toolArguments }, scopes) {
  if (name === undefined) return {};
  const params = { name, arguments: readObject(toolArguments, "--tool-arguments") };
  return { tool: { method: "tools/call", params, scopes } };
}

function fileOf(path) {
  if (path === undefined) return {};
  const members = readObject(readText(path), "the file of --target");
  for (const name in members) {
    if (!MEMBERS.has(name)) {
      const advice = `there may be ${[...MEMBERS].join(", ")}`;
      throw wrongUsage(`expected members of a target, found ${JSON.stringify(name)} in the file of --target`, advice);
    }
    const { method, params, scopes } = members[name] ?? {};
    const isOperation = typeof method === "string" && typeof params === "object" && Array.isArray(scopes);
    if (OPERATIONS.has(name) && !isOperation) {
      throw wrongUsage(`expected ${name} to be an operation, found something else in the file of --target`, OPERATION);
    }
  }
  return members;
}

function readObject(text, what) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw wrongUsage(`expected ${what} to be a JSON object, found something else`, null);
}

function issuerOf({ serveIssuer, issuerUrl, wait, tokenEnv, tokenStdin }, { ordinary, tool }) {
  if (serveIssuer === undefined) {
    if (issuerUrl === undefined) return undefined;
    throw wrongUsage("expected --serve-issuer with --issuer-url, found none", "--serve-issuer PORT serves it");
  }
  if (tokenEnv !== undefined || tokenStdin) {
    throw wrongUsage("expected a token or an issuer that makes them, found both", "leave one of them out");
  }
  return {
    port: readNumber(serveIssuer, "--serve-issuer", 0, 65_535),
    address: issuerUrl === undefined ? undefined : readAddress(issuerUrl, "the issuer").replace(/\/$/u, ""),
    seconds: readNumber(wait, "--wait", 0, 3600),
    scopes: [...new Set([...ordinary.scopes, ...(tool?.scopes ?? [])])],
  };
}

const OPERATION =
  'write it as {"method":"tools/call","params":{"name":"echo","arguments":{}},"scopes":["mcp:write"]}';

const OPERATIONS = new Set(["ordinary", "tool", "stepUp", "unfixable", "resource"]);
const MEMBERS = new Set([...OPERATIONS, "broad", "allowedOrigin", "maxBodyBytes"]);
