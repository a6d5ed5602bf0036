// The signature algorithms that Doorward verifies, in the order in which the page offers them.

export const ALGORITHMS = [
  "ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed25519",
  "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
];

/** Making an RSA key takes seconds; of every other kind, no time at all. */
export function isSlowToMake(algorithm) {
  return algorithm.startsWith("RS") || algorithm.startsWith("PS");
}
