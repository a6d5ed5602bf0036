// A sample: one fresh key, and tokens signed by it as a provider would sign them for an MCP server.

import { Mint } from "./mint.js";

const ISSUER = "https://login.example.com/";
const AUDIENCE = "https://mcp.example.com/mcp";
const LIFETIME_SECONDS = 600;

export class Sample {
  issuer = ISSUER;
  audience = AUDIENCE;
  /** What the page asks for; the token grants it and one more. */
  scope = "mcp:tools";
  #mint;

  /** Makes the key; seconds for RSA. `signal` gives up waiting and stops the work. */
  static async make(algorithm, signal) {
    const kid = `sample-${algorithm.toLowerCase()}`;
    const { mint, jwk } = await Mint.open(algorithm, kid, signal);
    return new Sample(algorithm, kid, mint, jwk);
  }

  constructor(algorithm, kid, mint, jwk) {
    this.algorithm = algorithm;
    this.kid = kid;
    this.#mint = mint;
    /** The public key, as JSON text. */
    this.jwk = jwk;
    this.jwks = JSON.stringify({ keys: [JSON.parse(jwk)] }, null, 2);
  }

  header() {
    return { typ: "at+jwt", alg: this.algorithm, kid: this.kid };
  }

  payload(now) {
    return {
      iss: this.issuer,
      sub: "ada",
      aud: this.audience,
      client_id: "sample-client",
      scope: "mcp:tools mcp:resources",
      iat: now,
      exp: now + LIFETIME_SECONDS,
    };
  }

  /** The whole and valid token. */
  token(now) {
    return this.sign(JSON.stringify(this.header()), JSON.stringify(this.payload(now)));
  }

  sign(headerText, payloadText) {
    return this.#mint.sign(headerText, payloadText);
  }

  close() {
    this.#mint.close();
  }
}
