// The suite as a worker that answers a request with the report.

import module from "./mint/mint_bg.wasm";
import { initSync, Minter } from "./mint/mint.js";
import { suite } from "./suite.mjs";

initSync({ module });

export default {
  fetch: async () => Response.json(await suite(Minter)),
};
