// Options as JavaScript has them: the members that are not plain data, and what is beside them.

import { Policy } from "../wasm/doorward.js";
import { crossing } from "./crossing.js";
import { asking } from "./error.js";
import { keysText } from "./key-sets.js";
import { kindOf } from "./kind.js";
import { copyOf, copyOfMembers, invalid, read } from "./plain.js";
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

/** Now, in seconds since 1970. */
export function clock() {
  return Date.now() / 1000;
}

/** A copy of all own members, checked, without a prototype. `readers` are for those that are not plain data. */
export function membersOf(options, readers = { currentDate: secondsOf }, reading = undefined) {
  if (options === undefined) return Object.create(null);
  return read("options", () =>
    copyOfMembers(options, "options", (name) => {
      const readMember = Object.hasOwn(readers, name) ? readers[name] : (value) => copyOf(value, name, reading);
      return read(name, () => readMember(options[name]));
    }),
  );
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
