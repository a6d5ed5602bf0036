// A sample: one fresh key, and tokens signed by it as a provider would sign them for an MCP server.

const AUDIENCE = "https://mcp.example.com/mcp";

export class Sample {
  #mint;

  /** Makes the key; seconds for RSA. `signal` gives up waiting and stops the work. */
  static async make(mint, algorithm, provider, signal) {
    const kid = `sample-${algorithm.toLowerCase()}`;
    return new Sample(mint, algorithm, provider, kid, await mint.key(algorithm, kid, signal));
  }

  constructor(mint, algorithm, provider, kid, jwk) {
    this.#mint = mint;
    this.algorithm = algorithm;
    this.provider = provider;
    this.kid = kid;
    /** The public key, as JSON text. */
    this.jwk = jwk;
    this.jwks = JSON.stringify({ keys: [JSON.parse(jwk)] }, null, 2);
  }

  /** The same key, in the hands of another provider. */
  as(provider) {
    return new Sample(this.#mint, this.algorithm, provider, this.kid, this.jwk);
  }

  /** What the page is to expect: one of the scopes that the token grants, where it can grant any. */
  get expected() {
    const { provider } = this;
    return {
      issuer: provider.issuer,
      audience: provider.audience ?? AUDIENCE,
      scope: provider.scopeClaim === null ? "" : provider.scopes[0],
      profile: provider.profile,
      tenants: provider.tenants ?? [],
    };
  }

  header() {
    return { ...this.provider.header, alg: this.algorithm, kid: this.kid };
  }

  payload(now, { audience = this.expected.audience, scopes = this.provider.scopes } = {}) {
    const { issuer, tenants } = this.expected;
    return this.provider.claims({ issuer: issuer.replace("{tenantid}", tenants[0]), audience, scopes, now });
  }

  /** The whole and valid token. */
  token(now) {
    return this.sign(JSON.stringify(this.header()), JSON.stringify(this.payload(now)));
  }

  sign(headerText, payloadText) {
    return this.#mint.sign(headerText, payloadText);
  }
}
