// Options as JavaScript has them. What they mean is for the module; here is made sure that what is written
// down for it is all that the caller said: an option whose value is missing must not switch a check off.

import { Policy } from "../wasm/doorward.js";
import { crossing, isWellFormed } from "./crossing.js";
import { DoorwardError, asking, refusal } from "./error.js";
import { keysText } from "./key-sets.js";
import { kindOf } from "./kind.js";
import { Prepared } from "./prepared.js";

/** How many policies are kept prepared: an application has a few, written down in its code. */
const MAX_POLICIES = 32;

const policies = new Prepared(MAX_POLICIES, (text) => asking(() => new Policy(crossing(text))));

/** The prepared policy of a JSON text, for use at once and not for keeping. */
export function policyOf(text) {
  return policies.get(text);
}

/** The options as JSON text, and the time to judge by in seconds since 1970. */
export function readOptions(options) {
  const { currentDate = clock(), ...policy } = membersOf(options);
  return { policyText: JSON.stringify(policy), now: currentDate };
}

/** The options of a verifier: all but the time, which will be another one when the next token comes. */
export function readPolicy(options) {
  const policy = membersOf(options);
  if ("currentDate" in policy) throw invalid("currentDate", "beside a token", "among the options of a verifier");
  return JSON.stringify(policy);
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
  const { currentDate = clock(), ...others } = membersOf(options);
  for (const name in others) throw invalid(name, "among the options of the verifier", "beside a token");
  return currentDate;
}

function clock() {
  return Date.now() / 1000;
}

/** A copy of all own members, checked, without a prototype. `readers` are for those that are not plain data. */
function membersOf(options, readers = { currentDate: secondsOf }) {
  if (options === undefined) return Object.create(null);
  return read("options", () =>
    copyOfMembers(options, "options", (name) =>
      read(name, () => (Object.hasOwn(readers, name) ? readers[name](options[name]) : copyOf(options[name], name))),
    ),
  );
}

/** Reading may run a caller's code, in a getter or a proxy, and may not end, in a cycle. */
function read(option, reading) {
  try {
    return reading();
  } catch (thrown) {
    throw thrown instanceof DoorwardError ? thrown : invalid(option, "plain data", "what cannot be read");
  }
}

function copyOfMembers(object, option, copyOfMember) {
  if (!isPlain(object)) throw invalid(option, "a plain object", kindOf(object));
  const copy = Object.create(null);
  for (const name of Reflect.ownKeys(object)) {
    if (typeof name === "symbol") throw invalid(option, "an object with names that are strings", "a symbol");
    copy[name] = copyOfMember(name);
  }
  return copy;
}

function copyOf(value, option) {
  if (typeof value === "boolean" || Number.isFinite(value)) return value;
  if (typeof value === "string") {
    if (isWellFormed(value)) return value;
    throw invalid(option, "a string", "one with half a surrogate pair");
  }
  if (Array.isArray(value)) return copyOfArray(value, option);
  if (isPlain(value)) return copyOfMembers(value, option, (name) => copyOf(value[name], option));
  throw invalid(option, "plain data", kindOf(value), "leave an option out to do without its check");
}

function copyOfArray(array, option) {
  const copy = [];
  for (let at = 0; at < array.length; at++) copy.push(copyOf(array[at], option)); // a hole is `undefined`
  return copy;
}

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

/** Whether `value` is an object of no class, in this realm or another. */
function isPlain(value) {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf");
}

function invalid(option, expected, found, advice) {
  const name = option.slice(0, MAX_QUOTED_UNITS);
  return refusal("invalid_option", `${JSON.stringify(name)} to be ${expected}`, found, {
    advice,
    evidence: { option: name },
  });
}

/** Longest excerpt of an option's name in a message, in UTF-16 units. */
const MAX_QUOTED_UNITS = 96;
