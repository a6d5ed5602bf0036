// One measurement after the other: rows in their order, one worker for most of them.

import { ColdStarts } from "./cold.js";
import { BUDGETS, ROWS } from "./rows.js";
import { Thread } from "./thread.js";

const FILE = new URL("../doorward/measuring.js", import.meta.url);

/** Workers that wait for cold starts: as many as a quick measurement needs. Each takes 2 MB. */
const WAITING = 2 * BUDGETS.quick.starts;

export class Measurement {
  #thread = null;
  #opened = null;
  #cold = new ColdStarts(FILE, WAITING);
  #isStopped = false;

  /** Loads all that is needed. */
  async load() {
    await this.open();
    await this.#cold.fill();
  }

  /** Loads what all rows but the cold starts need. Gives the versions: `{ Doorward, jose }`. */
  open() {
    this.#thread ??= new Thread(FILE);
    this.#opened ??= this.#thread.ask("open").catch((error) => {
      this.#thread.close();
      this.#thread = this.#opened = null; // to be tried again
      throw error;
    });
    return this.#opened;
  }

  /**
   * Measures all rows, and gives each before it is measured, `{ row }`, and after it, `{ row, figures }`, with an
   * `absence` in words instead where there are none. Ends early when stopped.
   */
  async *run(budget) {
    this.#isStopped = false;
    await this.open();
    for (const row of ROWS) {
      if (this.#isStopped) return;
      yield { row };
      const result = await this.#measured(row, budget).catch((error) => ({ absence: `not measured: ${error.message}` }));
      if (this.#isStopped) return;
      yield { row, ...result };
    }
    if (navigator.onLine) await this.#cold.fill(); // for the next one
  }

  stop() {
    this.#isStopped = true;
    this.#thread?.ask("stop");
  }

  async #measured({ group: { measure }, algorithm }, { starts, ...budget }) {
    const figures = measure === "cold" ? await this.#started(algorithm, starts) : await this.#thread.ask("measure", { measure, algorithm, ...budget });
    return figures === null ? { absence: `not in this browser: its WebCrypto has no ${algorithm}` } : { figures };
  }

  async #started(algorithm, starts) {
    const materialOf = async () => {
      if (this.#isStopped) throw new Error("stopped");
      return this.#thread.ask("start", { algorithm });
    };
    if ((await materialOf()) === null) return null;
    return this.#thread.ask("summaries", { rounds: await this.#cold.measure(materialOf, starts) });
  }
}
