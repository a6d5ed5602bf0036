// A worker that measures. One stays and does most of it; for cold starts there is a new one each time, which has read
// this file and evaluated neither library. It is told commands, one after the other, and answers each.

import { hasRelaxedSimd } from "../../../pkg/lib/relaxed.js";
import { LIBRARIES } from "./libraries.mjs";
import { Material } from "./material.mjs";
import { MEASURES, NEW_KEY_BATCHES, told } from "./measures.mjs";

const material = new Material();
let bytes;
let libraries;
let isStopped = false;

const COMMANDS = {
  /** Loads what is needed, so that all else works without a network. */
  async open() {
    const name = hasRelaxedSimd ? "doorward_relaxed_bg" : "doorward_bg";
    const response = await fetch(new URL(`wasm/${name}.wasm`, import.meta.url));
    if (!response.ok) throw new Error(`the module was answered with HTTP status ${response.status}`);
    bytes = new Uint8Array(await response.arrayBuffer());
    return VERSIONS; // by the build
  },

  /** `null` where this browser does not have the algorithm. */
  async measure({ measure, algorithm, ...budget }) {
    isStopped = false;
    const common = await material.of(algorithm);
    if (common === null) return null;
    libraries ??= { Doorward: await LIBRARIES.Doorward(bytes), jose: await LIBRARIES.jose() };
    const keys = measure === "fresh" ? await material.fresh(algorithm, NEW_KEY_BATCHES, proceed) : null;
    return MEASURES[measure]({ libraries, material: common, keys, proceed, ...budget });
  },

  /** Of what was measured elsewhere, by library. */
  summaries: ({ rounds }) => told(rounds),

  stop() {
    isStopped = true;
  },

  /** What a cold start needs: other bytes at each call. */
  async start({ algorithm }) {
    const common = await material.of(algorithm);
    return common === null ? null : { bytes: unlike(bytes), jwk: common.jwk, token: common.tokens[0] };
  },

  /** Nothing but an answer: this file has been read. */
  wait() {},

  /** The milliseconds from the library, in memory and not evaluated, to the first verified token. */
  async begin({ library, bytes: ownBytes, jwk, token }) {
    const began = performance.now();
    const { prepared } = await LIBRARIES[library](ownBytes);
    const verify = await prepared(jwk);
    const { sub } = await verify(token);
    const milliseconds = performance.now() - began;
    if (sub === undefined) throw new Error("no claims");
    return milliseconds;
  },
};

addEventListener("message", async ({ data: { id, command, ...data } }) => {
  try {
    postMessage({ id, result: await COMMANDS[command](data) });
  } catch (error) {
    postMessage({ id, error: String(error?.message ?? error) });
  }
});

/** Lets messages in: one of them may be to stop. */
async function proceed() {
  await new Promise((resolve) => setTimeout(resolve));
  if (isStopped) throw new Error("stopped");
}

/**
 * The module with a custom section more (WebAssembly Core Specification section 5.5.3), of eight random bytes, which
 * means nothing: browsers keep what they have compiled by its bytes, and a start that finds it is not a cold one.
 */
function unlike(module) {
  const random = crypto.getRandomValues(new Uint8Array(8));
  const section = [0, 1 + random.length, 0, ...random];
  const copy = new Uint8Array(module.length + section.length);
  copy.set(module);
  copy.set(section, module.length);
  return copy;
}
