// Tokens of the minting module, which signs with the crates whose other side verifies.

import { importJWK, jwtVerify } from "jose";
import { verify } from "doorward";
import { same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { AUDIENCE, ISSUER, NOW, claims, options } from "../sample.mjs";

let Minter;

/** Loading a module is not the same in any two runtimes: who runs the suite hands it over. */
export function useMinter(minter) {
  Minter = minter;
}

/** PS256 stands for the RSA algorithms: WebAssembly takes seconds to make an RSA key. */
for (const alg of ["ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed25519", "PS256"]) {
  test(`our own ${alg} is accepted${alg === "ES256K" ? "" : ", and by jose"}`, async () => {
    const minter = new Minter(alg);
    const jwk = JSON.parse(minter.jwk("minted"));
    const token = minter.sign(JSON.stringify({ alg, kid: "minted", typ: "at+jwt" }), JSON.stringify(claims()));
    same(verify(token, { keys: [jwk] }, options()).key, { kid: "minted", alg, index: 0 });
    const [, , signature] = token.split(".");
    const altered = token.replace(signature, `${signature[0] === "A" ? "B" : "A"}${signature.slice(1)}`);
    refused("signature_invalid", () => verify(altered, { keys: [jwk] }, options()), altered);
    if (alg === "ES256K") return; // not known to jose
    const { payload } = await jwtVerify(token, await importJWK(jwk, alg), { issuer: ISSUER, audience: AUDIENCE, currentDate: new Date(NOW * 1000) });
    same(payload, claims());
    minter.free();
  });
}
