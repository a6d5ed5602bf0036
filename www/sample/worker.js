// The minting module's own thread: making an RSA key takes seconds, during which the page stays usable.
// It is told an algorithm and a sample's header and payload. What a reader pastes never comes here.

import start, { Minter } from "../doorward/mint.js";

let ready;
let minter;

const commands = {
  start: ({ module }) => { ready = start({ module_or_path: module }); },
  key: ({ algorithm, kid }) => {
    const made = new Minter(algorithm);
    minter?.free();
    minter = made;
    return minter.jwk(kid);
  },
  sign: ({ header, payload }) => minter.sign(header, payload),
};

addEventListener("message", async ({ data }) => {
  try {
    await ready;
    postMessage({ id: data.id, result: await commands[data.command](data) });
  } catch (error) {
    postMessage({ id: data.id, error: String(error?.message ?? error) });
  }
});
