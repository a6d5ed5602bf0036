// A valid token and everything that it takes to verify it, to be spoilt by one change at a time. Signed by the
// runtime's own WebCrypto: neither by Doorward nor by a library that would refuse to sign nonsense.

/** The instant at which all samples are judged: 2026-01-01T00:00:00Z. */
export const NOW = 1_767_225_600;

export const ISSUER = "https://login.example.com/";
export const AUDIENCE = "https://mcp.example.com/";

// Two keys made for these tests. Ed25519 signs without randomness, so a sample is the same in every run.
const mine = { x: "6fmH1uWcRF07m9T41aRh_UZ8lojYO6PkACbYJj0lf2A", d: "4ycS1RPLMZiHYiJt-rl9aGQ-c-SY9OBN7Tgrevx0MXY" };
const foreign = { x: "UXn_cqkY3OSJ94KQZ71FMUukSoHC-GudYnfT7T3uNX0", d: "n-jhN8_SSiBv5E3k2QptacXuO_Eu9ttSBDtcQWtDOwo" };

const publicJwk = ({ x }, kid) => ({ kty: "OKP", crv: "Ed25519", x, kid, use: "sig", alg: "EdDSA", key_ops: ["verify"] });

/** The private key, as a gate takes one. */
export const privateJwk = () => ({ kty: "OKP", crv: "Ed25519", ...mine });

/** The public key, fresh with each call: whoever changes it changes a copy. */
export const jwk = () => publicJwk(mine, "sample");
export const otherJwk = () => publicJwk(foreign, "other");

export const jwks = () => ({ keys: [jwk()] });

export const header = () => ({ alg: "EdDSA", kid: "sample", typ: "at+jwt" });

export const claims = () => ({
  iss: ISSUER,
  sub: "user-1",
  aud: AUDIENCE,
  exp: NOW + 600,
  nbf: NOW - 60,
  iat: NOW - 60,
  jti: "1",
  client_id: "client",
  scope: "mail:read mail:send",
});

export const options = () => ({ issuer: ISSUER, audience: AUDIENCE, currentDate: new Date(NOW * 1000) });

/** Signs header and payload, each given as an object or as the very text. */
export async function sign(head = header(), payload = claims(), { x, d } = mine) {
  const input = `${base64url(textOf(head))}.${base64url(textOf(payload))}`;
  const privateKey = await crypto.subtle.importKey("jwk", { kty: "OKP", crv: "Ed25519", x, d }, "Ed25519", false, ["sign"]);
  const signature = await crypto.subtle.sign("Ed25519", privateKey, new TextEncoder().encode(input));
  return `${input}.${base64url(new Uint8Array(signature))}`;
}

export const signByOther = (head, payload) => sign(head, payload, foreign);

export const token = await sign();

function textOf(part) {
  return typeof part === "string" || part instanceof Uint8Array ? part : JSON.stringify(part);
}

export function base64url(content) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
