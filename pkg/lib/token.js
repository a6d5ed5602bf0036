// A token before anything is known of it but that it is text.

import { crossing } from "./crossing.js";
import { refusal } from "./error.js";
import { kindOf } from "./kind.js";

/** The token as it crosses into the module. */
export function tokenText(token) {
  if (typeof token === "string") return crossing(token);
  throw refusal("token_malformed", "a string", kindOf(token), {
    advice: "pass the token of the Authorization header, without \"Bearer \"",
    section: "RFC 7515 section 7.1",
  });
}
