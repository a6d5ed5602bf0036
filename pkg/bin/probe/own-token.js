// What can be made of a token that somebody has, without the key that signed it.

/**
 * Tokens for the suite: the valid one as it is, and those that differ from it by who signed them. Undefined for all
 * that only its issuer could sign: with changed claims under a broken signature, the signature alone would be tested.
 */
export async function ownTokens(token) {
  const parts = partsOf(token);
  const key = parts && (await makeKey(parts.header.alg));
  return async ({ kind, header, claims, key: signer }) => {
    if (kind === "valid") return token;
    if (kind === "bad") return strangersToken();
    if (parts === undefined) return undefined;
    const payload = { ...parts.claims, ...claims };
    if (kind === "changed_claims") return `${part(parts.header)}.${part({ ...payload, ...MORE })}.${parts.signature}`;
    if (!BY_ANOTHER_KEY.has(signer) || key === undefined) return undefined;
    const brought = signer === "embedded" ? { jwk: key.jwk } : {};
    return signed(key, { ...parts.header, ...brought, ...header }, payload);
  };
}

/** A token that nobody accepts, for what is answered to one: a JWT like any other, of an issuer that does not exist. */
export async function strangersToken() {
  const now = Math.floor(Date.now() / 1000);
  const header = { typ: "at+jwt", alg: "ES256", kid: crypto.randomUUID() };
  const audience = "https://other.example/mcp";
  const claims = { iss: "https://issuer.example", sub: "user", aud: audience, iat: now, exp: now + 300 };
  return signed(await makeKey("ES256"), header, claims);
}

/** Of a JWT, what is in it. Undefined for a token of another kind. */
function partsOf(token) {
  const parts = token.split(".");
  if (parts.length !== 3) return undefined;
  try {
    const [header, claims] = parts.slice(0, 2).map((each) => JSON.parse(Buffer.from(each, "base64url").toString()));
    return { header, claims, signature: parts[2] };
  } catch {
    return undefined;
  }
}

/** A key for the algorithm that the token names, so that nothing else differs. */
async function makeKey(alg) {
  const algorithm = ALGORITHMS[alg];
  if (algorithm === undefined) return undefined;
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const jwk = await crypto.subtle.exportKey("jwk", publicKey);
  return { algorithm, privateKey, jwk: { ...jwk, key_ops: undefined, ext: undefined } };
}

async function signed({ algorithm, privateKey }, header, claims) {
  const text = `${part(header)}.${part(claims)}`;
  const signature = await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode(text));
  return `${text}.${Buffer.from(signature).toString("base64url")}`;
}

function part(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

const rsa = (name, hash, saltLength) => ({
  name, hash, saltLength, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]),
});

/** RFC 7518 section 3.1, as WebCrypto has it. */
const ALGORITHMS = {
  RS256: rsa("RSASSA-PKCS1-v1_5", "SHA-256"),
  RS384: rsa("RSASSA-PKCS1-v1_5", "SHA-384"),
  RS512: rsa("RSASSA-PKCS1-v1_5", "SHA-512"),
  PS256: rsa("RSA-PSS", "SHA-256", 32),
  PS384: rsa("RSA-PSS", "SHA-384", 48),
  PS512: rsa("RSA-PSS", "SHA-512", 64),
  ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  ES384: { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" },
  EdDSA: { name: "Ed25519" },
  Ed25519: { name: "Ed25519" },
};

const BY_ANOTHER_KEY = new Set(["untrusted", "embedded"]);

/** What one would write into a token of one's own, to be allowed more. */
const MORE = { sub: "somebody-else", scope: "more", scp: ["more"] };
