// What can be found out about an issuer before it is relied on.

import { Failure } from "../failure.js";
import { keysOf } from "../key-list.js";
import { fetchKeys } from "../provider.js";
import { visible } from "../visible.js";

/**
 * Gives `{ issuer, isFound, keys, usable, algorithms }`, numbers of keys and the names of their algorithms; or
 * `{ issuer, isFound, reason, advice }`: a project can be written all the same.
 */
export async function lookUp(issuer, insecureLoopback = false, host) {
  try {
    const { keys: text } = await fetchKeys({ issuer, insecureLoopback }, host);
    const keys = keysOf(text);
    const usable = keys.filter((key) => key.usable);
    const algorithms = [...new Set(usable.flatMap((key) => key.algorithms))];
    return { issuer, isFound: true, keys: keys.length, usable: usable.length, algorithms };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { issuer, isFound: false, reason: error.message, advice: error.advice };
  }
}

/** That in a sentence. */
export function issuerWords({ isFound, issuer, keys, usable, algorithms, reason, advice }, style) {
  if (!isFound) return `${style.yellow("warning")} ${visible(reason)}${advice === null ? "" : `; ${visible(advice)}`}`;
  const count = keys === 1 ? "1 key" : `${keys} keys`;
  const words = `${visible(issuer)} has ${count}, ${usable} usable`;
  if (usable === 0) return `${style.yellow("warning")} ${words}: doorward keys says why`;
  return `${style.green("found")} ${words}: ${algorithms.map(visible).join(", ")}`;
}
