// A token in, its claims out, by Doorward and its peers: tokens that all differ, or one that comes again and again.

import material from "../material/verify.mjs";
import { prepared } from "../peers.mjs";
import { inRotation } from "../rotation.mjs";

const AT_WORK = {
  distinct: [
    "Doorward verify",
    "Doorward createVerifier",
    "jose, imported key",
    "jose, key set",
    "aws-jwt-verify",
    "aws-jwt-verify, verifySync",
    "fast-jwt",
    "@tsndr/cloudflare-worker-jwt",
    "hono/jwt",
  ],
  repeated: ["Doorward createVerifier, tokenCache", "Doorward createVerifier", "jose, imported key", "fast-jwt, cache"],
};

export async function candidatesFor({ algorithm, tokens: kind }) {
  const { issuer, audience, algorithms } = material;
  const { verifiers, unable } = await prepared(AT_WORK[kind], algorithms[algorithm], { issuer, audience });
  const tokens = kind === "distinct" ? algorithms[algorithm].tokens : algorithms[algorithm].tokens.slice(0, 1);
  const candidates = Object.entries(verifiers).map(([name, verify]) => [name, inRotation(verify, tokens)]);
  return { candidates: Object.fromEntries(candidates), unable };
}
