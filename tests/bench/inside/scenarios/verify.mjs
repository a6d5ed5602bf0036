// A token in, its claims out, by Doorward and its peers: tokens that all differ, or one that comes again and again.

import material from "../material/verify.mjs";
import { prepared } from "../peers.mjs";

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

/** Runs a verifier on one token after the other, and reads a claim of each. */
export function inRotation(verify, tokens) {
  let next = 0;
  let read = 0;
  const take = () => {
    next = (next + 1) % tokens.length;
    return tokens[next];
  };
  return {
    async run(count) {
      for (let at = 0; at < count; at++) {
        const claims = verify(take());
        // Awaiting what is there already would charge the synchronous ones for a turn of the event loop.
        read += (claims instanceof Promise ? await claims : claims).sub.length;
      }
      return read;
    },
  };
}
