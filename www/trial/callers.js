// Callers of the page's own: tokens in the shape of the first issuer that a configuration trusts, signed by a key that
// the page has made. The gate takes that key for one that this issuer publishes.

import { providerOf } from "../providers/providers.js";
import { encoded } from "../page/segments.js";
import { Mint } from "../sample/mint.js";

const ALGORITHM = "ES256";
const KID = "playground";

export class Callers {
  #mint = new Mint();
  #jwk;

  /** Fulfilled when no token needs the network any more. */
  get loaded() {
    return this.#mint.ready;
  }

  /** The public key, as a key set. */
  async jwks() {
    this.#jwk ??= this.#mint.key(ALGORITHM, KID);
    try {
      return { keys: [JSON.parse(await this.#jwk)] };
    } catch (error) {
      this.#jwk = undefined; // the next one who asks tries again
      throw error;
    }
  }

  /** A token for this gate. `fault`: "expired", "elsewhere", "forged" or none; `claims` are put over its own. */
  async token(gate, { scopes, claims = {}, fault }) {
    await this.jwks();
    const now = Math.floor(Date.now() / 1_000);
    const { header, payload } = shapeOf(gate, { scopes, now: fault === "expired" ? now - DAY : now });
    if (fault === "expired") payload.exp = now - HOUR;
    if (fault === "elsewhere") payload[issuerOf(gate).provider.audienceClaim] = "https://other.example.net/mcp";
    const token = await this.#mint.sign(JSON.stringify(header), JSON.stringify({ ...payload, ...claims }));
    if (fault !== "forged") return token;
    const [head, , signature] = token.split(".");
    return [head, encoded(JSON.stringify({ ...payload, ...claims, sub: "admin" })), signature].join(".");
  }
}

/** The scopes that a configuration speaks of, in its order. */
export function scopesOf({ scopes = {}, rules = [] }) {
  const implied = Object.entries(scopes.implies ?? {}).flatMap(([scope, narrower]) => [scope, ...narrower]);
  const asked = rules.flatMap((rule) => [...rule.scopes ?? [], ...rule.anyScope ?? []]);
  return [...new Set([...scopes.baseline ?? [], ...asked, ...implied])];
}

/** What of the first issuer decides how its tokens look: `{ issuer, audience, provider }`. */
export function issuerOf({ issuers, resource }) {
  const [first] = issuers;
  const { issuer, audience = resource, profile = "standard", tenants = [], ...others } =
    typeof first === "string" ? { issuer: first } : first;
  return {
    ...others,
    issuer: [issuer].flat()[0].replace("{tenantid}", tenants[0]),
    audience: [audience].flat()[0],
    provider: providerOf(profile),
  };
}

function shapeOf(gate, { scopes, now }) {
  const { issuer, audience, provider, typ, scopeClaim } = issuerOf(gate);
  const header = { ...provider.header, ...typ === undefined ? {} : { typ: [typ].flat()[0] }, alg: ALGORITHM, kid: KID };
  const payload = provider.claims({ issuer, audience, scopes, now });
  if (scopeClaim !== undefined) {
    const [last, ...path] = [scopeClaim].flat().reverse();
    let holder = payload;
    for (const name of path.reverse()) holder = holder[name] ??= {};
    holder[last] = scopes;
  }
  return { header, payload };
}

/** In seconds. */
const HOUR = 3_600;
const DAY = 86_400;
