// What a user can import, whichever entry was taken.

export { DoorwardError } from "./error.js";
export { verify } from "./verify.js";
export { createVerifier } from "./verifier.js";
export { trustIssuers } from "./issuers.js";
export { createGate } from "./gate/create.js";
export { explain } from "./explain.js";
export { decodeUnverified } from "./decode.js";
