// Tokens that two libraries are asked about: a good one, and others that differ from it in one thing each.

import { createSign, generateKeyPairSync } from "node:crypto";

const ISSUER = "https://idp.example.com";
const AUDIENCE = "https://mcp.example.com/mcp";

const keyPair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const mine = keyPair();
const foreign = keyPair();
const twin = keyPair();
const next = keyPair();

const published = ({ publicKey }, kid) => ({ ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" });

/** The keys of the issuer. Two of them have one name. */
export const JWKS = { keys: [published(mine, "one"), published(twin, "two"), published(mine, "two")] };

/** The keys of the issuer at another time. */
export const ROTATED = { keys: [published(next, "three")] };

const now = () => Math.floor(Date.now() / 1000);
const header = (changes = {}) => ({ alg: "RS256", kid: "one", typ: "at+jwt", ...changes });

export const CLAIMS = {
  standard: () => ({
    iss: ISSUER, aud: AUDIENCE, sub: "user-1", client_id: "client", scope: "notes/read", iat: now(), exp: now() + 600,
  }),
  cognito: () => ({
    iss: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example42", sub: "user-1", client_id: "4example2client",
    token_use: "access", scope: "notes/read", iat: now(), exp: now() + 600,
  }),
};

/** A token from objects, or from the very text of them. */
export function signed(head = header(), claims = CLAIMS.standard(), { privateKey } = mine) {
  const input = [head, claims].map((part) => Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url")).join(".");
  return `${input}.${createSign("sha256").update(input).sign(privateKey, "base64url")}`;
}

/** By the words of the pages. Each takes the claims of a good token, and gives the token. */
export const TOKENS = {
  "a good access token": (claims) => signed(header(), claims),
  "expired for half a minute": (claims) => signed(header(), { ...claims, exp: now() - 30 }),
  "expired for five minutes": (claims) => signed(header(), { ...claims, exp: now() - 300 }),
  "of another issuer": (claims) => signed(header(), { ...claims, iss: `${claims.iss}Other` }),
  "for another server": (claims) => signed(header(), { ...claims, aud: "https://other.example.com/mcp" }),
  "for another client": (claims) => signed(header(), { ...claims, client_id: "5other" }),
  "without the scope": (claims) => signed(header(), { ...claims, scope: "mail/read" }),
  "signed by another key with this `kid`": (claims) => signed(header(), claims, foreign),
  "with a `kid` that nobody has": (claims) => signed(header({ kid: "none" }), claims),
  "with an algorithm that is not listed": (claims) => signed(header({ alg: "RS512" }), claims),
  "of two segments": (claims) => signed(header(), claims).split(".").slice(0, 2).join("."),
  "its `kid` on two published keys": (claims) => signed(header({ kid: "two" }), claims),
  "without `exp`": ({ exp, ...claims }) => signed(header(), claims),
  "issued in ten minutes from now": (claims) => signed(header(), { ...claims, iat: now() + 600, exp: now() + 1200 }),
  "an ID token, with `nonce`": (claims) => signed(header({ typ: "JWT" }), { ...claims, nonce: "1" }),
  "an ID token, by `token_use`": (claims) => signed(header({ typ: "JWT" }), { ...claims, token_use: "id" }),
  "its `sub` the issuer itself, as in a client assertion": (claims) => signed(header(), { ...claims, sub: claims.iss }),
  "a logout token, by `typ`": (claims) => signed(header({ typ: "logout+jwt" }), claims),
  "bound to a key, by `cnf`": (claims) => signed(header(), { ...claims, cnf: { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } }),
  "with two `sub` claims": (claims) => signed(header(), JSON.stringify(claims).replace("{", '{"sub":"user-2",')),
  "with two `alg` in its header": (claims) => signed(JSON.stringify(header()).replace("{", '{"alg":"none",'), claims),
  "with `crit` in its header": (claims) => signed(header({ crit: ["exp2"], exp2: 1 }), claims),
  "the good one with other unused bits at its end": (claims) => otherBits(signed(header(), claims)),
  "of more than 16 KiB": (claims) => signed(header(), { ...claims, picture: "x".repeat(16_384) }),
  "with `aud` in an array with a number": (claims) => signed(header(), { ...claims, aud: [claims.aud, 1] }),
  rotated: () => signed(header({ kid: "three" }), CLAIMS.standard(), next),
};

/** 256 bytes leave four bits of the last letter without a meaning: RFC 4648 section 3.5. */
function otherBits(token) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return token.slice(0, -1) + letters[letters.indexOf(token.at(-1)) + 1];
}
