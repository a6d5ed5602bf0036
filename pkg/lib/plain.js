// Plain data of a caller, copied. What it means is for the module; here is made sure that what is written down
// for it is all that the caller said: an option whose value is missing must not switch a check off.

import { isWellFormed } from "./crossing.js";
import { DoorwardError, refusal } from "./error.js";
import { kindOf } from "./kind.js";

/** Reading may run a caller's code, in a getter or a proxy, and may not end, in a cycle. */
export function read(option, reading) {
  try {
    return reading();
  } catch (thrown) {
    throw thrown instanceof DoorwardError ? thrown : invalid(option, "plain data", "what cannot be read");
  }
}

/** A copy of an object's own members without a prototype. `copyOfMember` gives each by its name. */
export function copyOfMembers(object, option, copyOfMember, isAbsent = () => false) {
  if (!isPlain(object)) throw invalid(option, "a plain object", kindOf(object));
  const copy = Object.create(null);
  for (const name of Reflect.ownKeys(object)) {
    if (typeof name === "symbol") throw invalid(option, "an object with names that are strings", "a symbol");
    if (!isAbsent(name)) copy[name] = copyOfMember(name);
  }
  return copy;
}

/**
 * A copy of plain data of any depth. `inside` tells how what is inside an option is called, by default as that; and
 * `isKey` whether an option is a key, in which WebCrypto may have left members undefined that are not there.
 */
export function copyOf(value, option, { inside = (outer) => outer, isKey = () => false } = {}) {
  if (typeof value === "boolean" || Number.isFinite(value)) return value;
  if (typeof value === "string") {
    if (isWellFormed(value)) return value;
    throw invalid(option, "a string", "one with half a surrogate pair");
  }
  const reading = { inside, isKey };
  if (Array.isArray(value)) return copyOfArray(value, option, reading);
  if (isPlain(value)) {
    const copyOfMember = (name) => copyOf(value[name], inside(option, `.${name}`), reading);
    return copyOfMembers(value, option, copyOfMember, (name) => isKey(option) && value[name] === undefined);
  }
  throw invalid(option, "plain data", kindOf(value), "leave an option out to do without its check");
}

function copyOfArray(array, option, reading) {
  const copy = [];
  for (let at = 0; at < array.length; at++) {
    copy.push(copyOf(array[at], reading.inside(option, `[${at}]`), reading)); // a hole is `undefined`
  }
  return copy;
}

/** The refusal of an option, worded as the module words its own. */
export function invalid(option, expected, found, advice) {
  const name = option.slice(0, MAX_QUOTED_UNITS);
  return refusal("invalid_option", `${JSON.stringify(name)} to be ${expected}`, found, {
    advice,
    evidence: { option: name },
  });
}

/** Whether `value` is an object of no class, in this realm or another. */
function isPlain(value) {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf");
}

/** Longest excerpt of an option's name in a message, in UTF-16 units. */
const MAX_QUOTED_UNITS = 96;
