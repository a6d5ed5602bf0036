// A request that may go on: what was judged of it, and who sends it.

import { withoutPrototype } from "../record.js";

/** Who sends it is read when somebody asks: an origin that is forwarded to learns of it otherwise. */
export class Admission {
  #access;
  #accessText;
  #identityText;

  constructor({ outcome: { expires, stale, cors, route }, event, identity, access }, fields, bytes) {
    this.allowed = true;
    /** The header fields that it came with. */
    this.fields = fields;
    /** What was judged of the body, `undefined` where the module has not asked for it. */
    this.bytes = bytes;
    this.cors = cors;
    this.route = route;
    /** When the token ends, in milliseconds since 1970; `undefined` for what is public. */
    this.expires = expires === null ? undefined : expires * 1000;
    this.stale = stale;
    /** `undefined` where nobody listens. */
    this.event = event === "" ? undefined : JSON.parse(event);
    this.#identityText = identity;
    this.#accessText = access;
  }

  /** What a handler may know of the token, and the token is not part of it. `undefined` for what is public. */
  get access() {
    if (this.#accessText === "") return undefined;
    this.#access ??= told(JSON.parse(this.#accessText), this.expires, this.stale);
    return this.#access;
  }

  /** The header fields that tell an origin who it is. */
  get identity() {
    return this.#identityText === "" ? [] : JSON.parse(this.#identityText);
  }
}

function told({ key, issuer, client, scopes, profile, claims, header }, expires, stale) {
  return Object.freeze({
    key,
    issuer,
    client,
    scopes,
    profile,
    claims: withoutPrototype(claims),
    header: withoutPrototype(header),
    subject: typeof claims.sub === "string" ? claims.sub : null,
    expires: new Date(expires),
    stale,
  });
}
