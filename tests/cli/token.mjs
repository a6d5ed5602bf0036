// Tokens to look at. Nobody has signed them.

/** A token of these claims, and of what a provider of JWT access tokens adds. */
export function token(claims = {}, header = {}) {
  const now = Math.floor(Date.now() / 1000);
  const all = { iss: "https://idp.example.com", sub: "user-1", aud: "https://mcp.example.com/mcp", exp: now + 3600, iat: now, ...claims };
  return [{ alg: "ES256", typ: "at+jwt", kid: "k1", ...header }, all].map(encoded).concat("AAAA").join(".");
}

function encoded(part) {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
