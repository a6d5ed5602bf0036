// Options as JavaScript has them: the members that are not plain data, and what is beside them.

import { Policy } from "../wasm/doorward.js";
import { crossing } from "./crossing.js";
import { asking } from "./error.js";
import { keysText } from "./key-sets.js";
import { kindOf } from "./kind.js";
import { copyOf, copyOfMembers, invalid, read } from "./plain.js";
import { Prepared } from "./prepared.js";
import { saysStill } from "./snapshot.js";

/** How many policies are kept prepared: an application has a few, written down in its code. */
const MAX_POLICIES = 32;

const policies = new Prepared(MAX_POLICIES, (text) => asking(() => new Policy(crossing(text))));

/** The prepared policy of a JSON text, for use at once and not for keeping. */
export function policyOf(text) {
  return policies.get(text);
}

// What each object of options said, and the text of that.
const seen = new WeakMap();

/**
 * The options as JSON text, and the time to judge by in seconds since 1970. An object that says what it said the last
 * time gives the same text without being written again.
 */
export function readOptions(options) {
  if (options === undefined) return { policyText: "{}", now: clock() };
  const before = seen.get(options);
  if (before !== undefined && saysStill(options, before.members)) {
    return { policyText: before.policyText, now: before.isDated ? readDate(options) : clock() };
  }
  const members = membersOf(options);
  const { currentDate = clock(), ...policy } = members;
  const policyText = JSON.stringify(policy);
  seen.set(options, { policyText, members, isDated: "currentDate" in members });
  return { policyText, now: currentDate };
}

/** The options of a verifier: all but the time, which will be another one when the next token comes. */
export function readVerifierOptions(options) {
  const { tokenCache, ...policy } = membersOf(options, DATED, NESTED);
  if ("currentDate" in policy) throw invalid("currentDate", "beside a token", "among the options of a verifier");
  return { policyText: JSON.stringify(policy), cacheText: textOfCache(tokenCache) };
}

/** What is beside a list of issuers. */
export function readIssuersOptions(options) {
  const { tokenCache, ...others } = membersOf(options, {}, NESTED);
  for (const name in others) throw invalid(name, "with one of the issuers", "beside them");
  return textOfCache(tokenCache);
}

function textOfCache(tokenCache) {
  return tokenCache === undefined ? undefined : JSON.stringify({ tokenCache });
}

/** Several issuers as JSON text: of each its keys and its options, as the texts that these are prepared from. */
export function readIssuers(issuers) {
  return read("issuers", () => {
    const kind = kindOf(issuers);
    if (kind !== "an array") throw invalid("issuers", "an array", kind);
    if (issuers.length === 0) throw invalid("issuers", "an array", "an empty one");
    return JSON.stringify(Array.from(issuers, (issuer) => readIssuer(issuer)));
  });
}

function readIssuer(issuer) {
  const { jwks, ...policy } = membersOf(issuer, { jwks: keysText });
  if (jwks === undefined) throw invalid("jwks", "given for each of several issuers", "none");
  return [jwks, JSON.stringify(policy)];
}

/** The options beside a token for a verifier: the time alone. */
export function readMoment(options) {
  if (options === undefined) return clock();
  const { currentDate = clock(), ...others } = membersOf(options);
  for (const name in others) throw invalid(name, "among the options of the verifier", "beside a token");
  return currentDate;
}

/** Now, in seconds since 1970. */
export function clock() {
  return Date.now() / 1000;
}

/** A copy of all own members, checked, without a prototype. `readers` are for those that are not plain data. */
export function membersOf(options, readers = DATED, reading = undefined) {
  if (options === undefined) return Object.create(null);
  return read("options", () =>
    copyOfMembers(options, "options", (name) => {
      const readMember = Object.hasOwn(readers, name) ? readers[name] : (value) => copyOf(value, name, reading);
      return read(name, () => readMember(options[name]));
    }),
  );
}

const readDate = (options) => read("currentDate", () => secondsOf(options.currentDate));

function secondsOf(date) {
  let milliseconds;
  try {
    milliseconds = Date.prototype.getTime.call(date); // a Date of any realm, and nothing else
  } catch {
    throw invalid("currentDate", "a Date", kindOf(date));
  }
  if (Number.isNaN(milliseconds)) throw invalid("currentDate", "a Date", "an invalid one");
  return milliseconds / 1000;
}

const DATED = { currentDate: secondsOf };

/** "tokenCache.entries" */
const NESTED = { inside: (outer, member) => (outer.startsWith("tokenCache") ? outer + member : outer) };
