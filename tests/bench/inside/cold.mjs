// The first token of a process, as a user has it: node cold.mjs KIND ALGORITHM prints the milliseconds.
//   module: from the bytes of Doorward's module, its JavaScript being loaded, to the first verified token
//   import: from the import of Doorward to the first verified token
//   jose:   from the import of jose to the first verified token

import { readFileSync } from "node:fs";
import { argv } from "node:process";
import material from "./material/verify.mjs";

const [kind, algorithm] = argv.slice(2);
const { issuer, audience, algorithms } = material;
const { jwk, tokens } = algorithms[algorithm];
const expected = { issuer, audience };
const jwks = { keys: [jwk] };

const KINDS = {
  async module() {
    const folder = new URL("./node_modules/doorward/", import.meta.url);
    const { verify } = await import(new URL("lib/index.js", folder));
    const { initSync } = await import(new URL("wasm/doorward.js", folder));
    const { hasRelaxedSimd } = await import(new URL("lib/relaxed.js", folder));
    const bytes = readFileSync(new URL(hasRelaxedSimd ? "wasm/doorward_relaxed_bg.wasm" : "wasm/doorward_bg.wasm", folder));
    return () => {
      initSync({ module: bytes });
      return verify(tokens[0], jwks, expected).claims;
    };
  },

  import: () => async () => {
    const { verify } = await import("doorward");
    return verify(tokens[0], jwks, expected).claims;
  },

  jose: () => async () => {
    const { importJWK, jwtVerify } = await import("jose");
    return (await jwtVerify(tokens[0], await importJWK(jwk, algorithm), expected)).payload;
  },
};

const first = await KINDS[kind]();
const began = performance.now();
const { sub } = await first();
const milliseconds = performance.now() - began;
if (sub === undefined) throw new Error("no claims");
console.log(JSON.stringify({ milliseconds }));
