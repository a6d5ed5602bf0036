// A token before anything is known of it but that it is text.

import { crossing } from "./crossing.js";
import { refusal } from "./error.js";
import { kindOf } from "./kind.js";

/**
 * The token as it crosses into the module, in UTF-8: for use at once, the next one takes its place. The engines encode
 * a text in a twentieth of the time that it takes to ask for its characters one by one.
 */
export function tokenBytes(token) {
  if (typeof token !== "string") throw notText(token);
  const { read, written } = encoder.encodeInto(token, place);
  return read === token.length ? place.subarray(0, written) : encoder.encode(crossing(token));
}

/** The same as text, for what is asked for more rarely. */
export function tokenText(token) {
  if (typeof token === "string") return crossing(token);
  throw notText(token);
}

function notText(token) {
  return refusal("token_malformed", "a string", kindOf(token), {
    advice: "pass the token of the Authorization header, without \"Bearer \"",
    section: "RFC 7515 section 7.1",
  });
}

const encoder = new TextEncoder();

/** Room for the longest token that is not refused for its size. */
const place = new Uint8Array(16 * 1024);
