// Signatures of RSA by OpenSSL, under moduli of many sizes: the module multiplies with SIMD, which its own tests, run
// natively, do not see.

import { createVerifier, verify } from "doorward";
import { same, test } from "../harness.mjs";
import examples from "../data/rsa-tokens.js";
import { refused } from "../refusal.mjs";
import { options } from "../sample.mjs";

const { currentDate } = options();

for (const { bits, jwk, vectors } of examples) {
  test(`RSA of ${bits} bits, e ${jwk.e}`, () => {
    const verifier = createVerifier(jwk);
    same(vectors.map(({ valid }) => valid), [true, false, true, false, true, false]);
    for (const { alg, token, valid } of vectors) {
      for (const check of [() => verify(token, jwk, { currentDate }), () => verifier.verify(token, { currentDate })]) {
        if (valid) same(check().key, { kid: null, alg, index: 0 });
        else refused("signature_invalid", check, token);
      }
    }
  });
}
