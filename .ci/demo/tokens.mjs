// The tokens of the live panel: what the provider issues, and what somebody makes of it.

/** A service that the provider also issues tokens for. It is not this one. */
export const ELSEWHERE = "https://files.example.com/mcp";

/** Who asks as what: `client` of the provider, for which resource if it is another, and what is changed afterwards. */
const ASKED = {
  reader: { client: "reader" },
  writer: { client: "writer" },
  admin: { client: "admin" },
  expired: { client: "yesterday" },
  forged: { client: "reader", changed: (claims) => ({ ...claims, scope: "mcp:admin" }) },
  elsewhere: { client: "admin", resource: ELSEWHERE },
};

/** The token endpoint's answer for one of them, or `undefined` for a name that is none. */
export async function tokenFor(name, provider, own) {
  if (!Object.hasOwn(ASKED, name)) return undefined;
  const { client, resource = own, changed } = ASKED[name];
  const answer = await (await provider.token(client, resource)).json();
  if (changed !== undefined) answer.access_token = tampered(answer.access_token, changed);
  return answer;
}

/** The same header, other claims, and the signature of the old ones. */
function tampered(token, changed) {
  const [header, payload, signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  return [header, Buffer.from(JSON.stringify(changed(claims))).toString("base64url"), signature].join(".");
}
