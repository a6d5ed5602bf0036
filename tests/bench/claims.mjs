// What the measured tokens say, the same for every runtime: who signs them is another matter.

export const ISSUER = "https://idp.example.com";
export const RESOURCE = "https://mcp.example.com/mcp";

/** Changes for tokens of one key, which come in turns so that none is known from before. */
export const DISTINCT = Array.from({ length: 64 }, (_, at) => ({ sub: `user-${100 + at}`, jti: `token-${100 + at}` }));

const FOR_SECONDS = 24 * 60 * 60;

/** What must be refused though its signature holds: changes by what is wrong with them. */
export function refusedChanges() {
  const now = nowInSeconds();
  return {
    "another issuer": { iss: "https://other.example.com" },
    "another audience": { aud: "https://other.example.com" },
    "a time that has passed": { iat: now - 7200, nbf: now - 7200, exp: now - 3600 },
  };
}

/** The part of a token that is signed, in ASCII. */
export function signingInput({ alg, kid }, changes = {}) {
  const now = nowInSeconds();
  const claims = {
    iss: ISSUER,
    sub: "user-1",
    aud: RESOURCE,
    exp: now + FOR_SECONDS,
    nbf: now - 60,
    iat: now - 60,
    jti: "token-1",
    client_id: "client-1",
    scope: "mcp:read mcp:write",
    ...changes,
  };
  return `${encoded({ alg, kid, typ: "JWT" })}.${encoded(claims)}`;
}

/** The token with another signature. */
export function altered(token) {
  const [head, payload, signature] = token.split(".");
  return `${head}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
}

/** What is encoded is ASCII. */
const encoded = (value) => btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const nowInSeconds = () => Math.floor(Date.now() / 1000);
