// What is measured of Doorward.

export { createVerifier, verify } from "../../../pkg/lib/index.js";
export { initSync } from "../../../pkg/wasm/doorward.js";
