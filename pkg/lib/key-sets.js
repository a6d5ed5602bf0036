// From what a caller passes as keys to keys in the module.

import { KeySet } from "../wasm/doorward.js";
import { crossing, isWellFormed } from "./crossing.js";
import { asking, refusal } from "./error.js";
import { kindOf } from "./kind.js";
import { Prepared } from "./prepared.js";
import { matches } from "./snapshot.js";

/** How many key sets are kept prepared: one an issuer, and room for those just rotated away. */
const MAX_KEY_SETS = 32;

const keySets = new Prepared(MAX_KEY_SETS, (text) => asking(() => new KeySet(crossing(text))));

/** The prepared keys of a JSON text, for use at once and not for keeping. */
export function keySetOf(text) {
  return keySets.get(text);
}

// The text of each object seen, and what that text says, to see whether the object still says so.
const seen = new WeakMap();

/**
 * The JSON text of a key set as it is now. An object that has not changed since the last call, however
 * deep, gives the same text without being written again; one that has changed never gives the old text.
 */
export function keysText(jwks) {
  if (typeof jwks === "string") {
    if (isWellFormed(jwks)) return jwks;
    throw malformed("a string with half a surrogate pair");
  }
  if (typeof jwks !== "object" || jwks === null) throw malformed(kindOf(jwks));
  let text;
  try {
    text = textOfObject(jwks);
  } catch {
    throw malformed("an object that cannot be written as JSON");
  }
  if (text === undefined) throw malformed("an array, or an object that is not written as one");
  return text;
}

function textOfObject(jwks) {
  const before = seen.get(jwks);
  if (before !== undefined) {
    before.snapshot ??= JSON.parse(before.text);
    if (matches(jwks, before.snapshot)) return before.text;
  }
  const text = JSON.stringify(jwks);
  if (!text?.startsWith("{")) return undefined;
  seen.set(jwks, { text, snapshot: undefined });
  return text;
}

function malformed(found) {
  return refusal("jwks_malformed", "a JSON Web Key Set, as an object or as its JSON text", found, {
    section: "RFC 7517 section 5",
  });
}
