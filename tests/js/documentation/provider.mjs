// A provider as its page of the documentation has it: addresses, keys, and tokens in its form.

import { generateKeyPairSync, sign as signed } from "node:crypto";

const KEYS = {
  RS256: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ES256: generateKeyPairSync("ec", { namedCurve: "P-256" }),
};

const SIGNING = { RS256: { hash: "sha256" }, ES256: { hash: "sha256", dsaEncoding: "ieee-p1363" } };

/** What a page says of its provider: the rows of "Addresses", and the header and claims of the token. */
export class Provider {
  constructor({ addresses, header, claims }) {
    Object.assign(this, { addresses, header, claims });
    const { publicKey } = KEYS[header.alg];
    this.jwks = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: header.kid, alg: header.alg, use: "sig" }] };
  }

  /** The token of the page, with changes: a member that is `undefined` is left out. */
  token({ header = {}, claims = {} } = {}) {
    const segments = [{ ...this.header, ...header }, { ...this.claims, ...claims }].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
    const { hash, dsaEncoding } = SIGNING[this.header.alg];
    const signature = signed(hash, Buffer.from(segments.join(".")), { key: KEYS[this.header.alg].privateKey, dsaEncoding });
    return [...segments, signature.toString("base64url")].join(".");
  }

  /** The keys at an address. Where all tenants have theirs, each says whose tokens it is for. */
  keysAt(address) {
    if (address === this.addresses.keys) return this.jwks;
    if (address !== this.addresses["keys of all tenants"]) return undefined;
    return { keys: this.jwks.keys.map((key) => ({ ...key, issuer: "https://login.microsoftonline.com/{tenantid}/v2.0" })) };
  }

  /** Answers at the addresses of the page, and nowhere else; `asked` gets each address that had an answer. */
  answer(address, asked = []) {
    const { issuer, discovery, keys } = this.addresses;
    const found = address === discovery ? { issuer, jwks_uri: keys } : this.keysAt(address);
    if (found === undefined) return new Response(null, { status: 404 });
    asked.push(address);
    return Response.json(found);
  }
}

/** Runs `body` at this instant, in seconds since 1970, with `fetch` in place of the runtime's. */
export async function inAWorld(seconds, fetch, body) {
  const { now } = Date;
  const { fetch: real } = globalThis;
  Date.now = () => seconds * 1000;
  globalThis.fetch = fetch;
  try {
    return await body();
  } finally {
    Date.now = now;
    globalThis.fetch = real;
  }
}
