// The attacks, one row each: what it is called, what the attacker does, and how the token is made.
// Each differs from a valid token in one thing; where the attacker needs no key, none is used.

import { encoded } from "../page/segments.js";

const HOUR = 3_600;

export const ATTACKS = [
  {
    id: "expired",
    label: "expired",
    story: "A real token, an hour too old: found in a log, and tried once more.",
    make: (sample, now) => resigned(sample, {}, { iat: now - HOUR - 600, exp: now - HOUR }, now),
  },
  {
    id: "audience",
    label: "wrong audience",
    story: "A real token of the same user and provider, but issued for another service that now tries it on yours.",
    make: (sample, now) => resigned(sample, {}, { [sample.provider.audienceClaim]: "https://other.example.net/mcp" }, now),
  },
  {
    id: "tampered",
    label: "tampered payload",
    story: "One claim is changed after signing: it grants one scope more, or names another user. The signature is the old one.",
    make: async (sample, now) => {
      const [header, , signature] = (await sample.token(now)).split(".");
      const { scopeClaim, scopes } = sample.provider;
      const payload = scopeClaim === null
        ? { ...sample.payload(now), sub: "admin" }
        : sample.payload(now, { scopes: [...scopes, "mcp:admin"] });
      return [header, encoded(JSON.stringify(payload)), signature].join(".");
    },
  },
  {
    id: "none",
    label: "alg: none",
    story: "The header says that no signature is needed, and there is none. Libraries that trust the header agree.",
    make: (sample, now) => `${unsigned({ ...sample.header(), alg: "none" }, sample.payload(now))}.`,
  },
  {
    id: "hs256",
    label: "HS256 with the public key",
    story: "The header says HS256, and the public key, which everybody has, was used as the shared secret.",
    make: async (sample, now) => {
      const input = unsigned({ ...sample.header(), alg: "HS256" }, sample.payload(now));
      return `${input}.${encoded(await hmacSha256(sample.jwk, input))}`;
    },
  },
  {
    id: "kid",
    label: "unknown kid",
    story: "Well signed, but the header names a key that the provider does not publish.",
    make: (sample, now) => resigned(sample, { kid: "somebody-else" }, {}, now),
  },
  {
    id: "crit",
    label: "crit",
    story: "The header demands an extension that must be understood before the token is believed. Many libraries never look.",
    make: (sample, now) =>
      resigned(sample, { crit: ["https://example.com/presence"], "https://example.com/presence": "required" }, {}, now),
  },
  {
    id: "duplicate",
    label: "duplicate member",
    story: "Well signed, but one claim is given twice. One reader takes the first, another the last: they disagree about what it says.",
    make: (sample, now) => {
      const claim = JSON.stringify(sample.provider.scopeClaim ?? "sub");
      const payload = JSON.stringify(sample.payload(now)).replace(/}$/, `,${claim}:"mcp:admin"}`);
      return sample.sign(JSON.stringify(sample.header()), payload);
    },
  },
  {
    id: "base64",
    label: "non-canonical base64",
    story: "The last character of a part is changed in bits that carry no data: another text for the same token, which slips past lists of revoked ones.",
    make: async (sample, now) => respelled(await sample.token(now)),
  },
];

function resigned(sample, header, payload, now) {
  return sample.sign(
    JSON.stringify({ ...sample.header(), ...header }),
    JSON.stringify({ ...sample.payload(now), ...payload }),
  );
}

function unsigned(header, payload) {
  return `${encoded(JSON.stringify(header))}.${encoded(JSON.stringify(payload))}`;
}

async function hmacSha256(secret, input) {
  if (globalThis.crypto?.subtle === undefined) {
    throw new Error("this browser offers HMAC only to pages from https or localhost");
  }
  const bytes = (text) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes(input)));
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * The same token with one unused trailing bit set. A part has such bits when its length is no multiple of
 * four; the signature is taken where it has them, as the signed text then stays what it was.
 */
function respelled(token) {
  const parts = token.split(".");
  const index = [2, 1, 0].find((part) => parts[part].length % 4 !== 0);
  if (index === undefined) return `${token}=`; // no part has one: padding is not canonical either
  const last = parts[index].at(-1);
  parts[index] = parts[index].slice(0, -1) + ALPHABET[ALPHABET.indexOf(last) | 1];
  return parts.join(".");
}
