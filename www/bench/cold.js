// Cold starts, each in a worker that has done nothing before. Some wait ready, so that there are some without a network.

import { Thread } from "./thread.js";

const LIBRARIES = ["Doorward", "jose"];

export class ColdStarts {
  #url;
  #kept;
  #ready = [];

  /** `kept` is how many wait. */
  constructor(url, kept) {
    this.#url = url;
    this.#kept = kept;
  }

  /** Has workers wait, one started after the other. Where one cannot be, there are fewer. */
  async fill() {
    while (this.#ready.length < this.#kept) {
      const worker = await this.#started().catch(() => null);
      if (worker === null) return;
      this.#ready.push(worker);
    }
  }

  /**
   * The milliseconds of so many starts of each library, in turns: `{ Doorward, jose }`, arrays of the same length; where
   * no more workers can be had they are fewer, and none is an error. Asks `materialOf()` before each start, which gives
   * what the worker is told.
   */
  async measure(materialOf, starts) {
    const taken = { Doorward: [], jose: [] };
    for (let start = 0; start < starts; start++) {
      const pair = {};
      for (const library of start % 2 === 0 ? LIBRARIES : LIBRARIES.toReversed()) {
        const material = await materialOf();
        const worker = this.#ready.pop() ?? (await this.#started().catch(() => null));
        if (worker === null) return withSome(taken);
        pair[library] = await worker.ask("begin", { library, ...material }).finally(() => worker.close());
      }
      for (const library of LIBRARIES) taken[library].push(pair[library]);
    }
    return taken;
  }

  /** A worker that has read its file. */
  async #started() {
    const worker = new Thread(this.#url);
    await worker.ask("wait");
    return worker;
  }
}

function withSome(taken) {
  if (taken.jose.length > 0) return taken;
  throw new Error("a new worker needs the network, which was not there");
}
