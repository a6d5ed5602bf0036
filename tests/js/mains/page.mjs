// The suite in a page, which leaves the report where the driver looks for it.

import start, { Minter } from "./mint/mint.js";
import { suite } from "./suite.mjs";

await start({ module_or_path: new URL("./mint/mint_bg.wasm", import.meta.url) });
globalThis.report = await suite(Minter);
