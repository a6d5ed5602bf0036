// The minting module's own thread: making an RSA key takes seconds, during which the page stays usable.
// It is told an algorithm and the sample's header and payload. What a reader pastes never comes here.

import start, { Minter } from "../doorward/mint.js";

const ready = start({ module_or_path: new URL("../doorward/mint_bg.wasm", import.meta.url) });
let minter;

const commands = {
  key: ({ algorithm, kid }) => {
    minter?.free();
    minter = new Minter(algorithm);
    return minter.jwk(kid);
  },
  sign: ({ header, payload }) => minter.sign(header, payload),
};

addEventListener("message", async ({ data }) => {
  try {
    await ready;
    postMessage({ id: data.id, result: commands[data.command](data) });
  } catch (error) {
    postMessage({ id: data.id, error: String(error?.message ?? error) });
  }
});
