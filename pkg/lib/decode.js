// What a token says, believed by nobody.

import { decode_unverified } from "../wasm/doorward.js";
import { asking } from "./error.js";
import { withoutPrototype } from "./record.js";
import { tokenText } from "./token.js";

/** See `index.d.ts`. */
export function decodeUnverified(token) {
  const text = tokenText(token);
  const { header, claims } = JSON.parse(asking(() => decode_unverified(text)));
  return { header: withoutPrototype(header), claims: withoutPrototype(claims) };
}
