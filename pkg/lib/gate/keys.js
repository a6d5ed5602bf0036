// The keys of issuers, brought: from the store that isolates share, or else from the provider. When, and what for, is
// the module's decision; whoever it gives the task to runs it, all others ask again after a while.

import { clock } from "../options.js";
import { fetchDocument } from "./fetching.js";
import { Deadline, LATE, goOn } from "./waiting.js";

export class Keys {
  #gate;
  #fetch;
  #store;
  #timeout;

  constructor(gate, { fetch, store, timeout }) {
    this.#gate = gate;
    this.#fetch = fetch;
    this.#store = store;
    this.#timeout = timeout;
  }

  /** Runs the task to its end. Whatever goes wrong at store or provider is told to the module and nobody else. */
  async obtain({ source, kid, storeKey }, ctx) {
    if (await this.#takeStored(source, kid, storeKey)) return;
    const first = this.#gate.begin(source);
    let next = first === undefined ? undefined : JSON.parse(first);
    while (typeof next === "object") next = await this.#follow(source, next);
    if (next === "done") this.#keep(source, storeKey, ctx);
  }

  async #follow(source, request) {
    const { step } = request;
    const { fault, status, contentType, cacheControl, age, body } = await fetchDocument(
      this.#fetch,
      request,
      this.#timeout,
    );
    const told =
      fault === undefined
        ? this.#gate.fetched(source, step, status, contentType, cacheControl, age, body, clock())
        : this.#gate.failed(source, step, fault, clock());
    return JSON.parse(told);
  }

  async #takeStored(source, kid, storeKey) {
    if (this.#store === undefined || storeKey === null) return false;
    const deadline = new Deadline(MAX_STORE_MILLISECONDS);
    try {
      const text = await deadline.within(this.#store.get(storeKey));
      return text !== LATE && typeof text === "string" && this.#gate.stored(source, text, kid, clock());
    } catch {
      return false;
    } finally {
      deadline.end();
    }
  }

  #keep(source, storeKey, ctx) {
    const text = this.#store === undefined || storeKey === null ? undefined : this.#gate.record(source);
    if (text === undefined) return;
    const put = async () => this.#store.put(storeKey, text, STORE_SECONDS);
    goOn(ctx, put().catch(() => {}));
  }
}

/** A store that is slower than the provider is of no use. */
const MAX_STORE_MILLISECONDS = 1000;

/** How long a store is to keep a record: the module reads its age in the record itself, this only tidies up. */
const STORE_SECONDS = 86_400;
