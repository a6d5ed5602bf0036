// The whole suite, the same in every runtime. Topics register their tests when they are imported.

import { run } from "./harness.mjs";

import "./cases/verify.mjs";
import "./cases/rejections.mjs";
import "./cases/key-sets.mjs";
import "./cases/options.mjs";
import "./cases/verifier.mjs";
import "./cases/issuers.mjs";
import "./cases/remembered.mjs";
import "./cases/explain.mjs";
import "./cases/decode.mjs";
import "./cases/error.mjs";
import "./cases/hostile.mjs";
import "./cases/attacks.mjs";
import "./cases/memory.mjs";
import "./cases/jose.mjs";
import "./cases/rsa.mjs";
import "./cases/gate.mjs";
import "./cases/gate-passing.mjs";
import "./cases/gate-proxy.mjs";
import "./cases/gate-keys.mjs";
import "./cases/gate-options.mjs";
import "./cases/gate-events.mjs";
import "./cases/gate-assertion.mjs";
import "./cases/gate-stores.mjs";
import "./cases/gate-worker.mjs";
import { useMinter } from "./cases/mint.mjs";

/** Runs the suite with the class `Minter` of the minting module. Gives what the runtime is to report. */
export async function suite(Minter) {
  useMinter(Minter);
  return await run();
}
