// A key pair that lives in a worker: it can be made, asked to sign, and given up for another.

/** The compiled minting module: one for all workers. Loaded with the page, so that none needs the network later. */
let compiled;

export class Mint {
  #worker; // undefined where it could not be loaded: then the next one who asks tries again
  #waiting = new Map();
  #count = 0;
  #fault; // why the last thread has ended

  constructor() {
    this.ready = this.#start();
    this.ready.catch(() => {}); // whoever asks for a key is told
  }

  /** Makes a key of this algorithm in place of the one before. The public JWK's text; `signal` stops the work. */
  async key(algorithm, kid, signal) {
    const stop = () => this.#stop(signal.reason);
    signal?.addEventListener("abort", stop);
    try {
      if (this.#worker === undefined) this.ready = this.#start();
      await this.ready;
      signal?.throwIfAborted();
      return await this.#ask({ command: "key", algorithm, kid });
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  /** A compact JWS over exactly these two JSON texts. */
  sign(header, payload) {
    return this.#ask({ command: "sign", header, payload });
  }

  async #start() {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.#worker = worker;
    worker.addEventListener("message", ({ data }) => {
      const { resolve, reject } = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.error === undefined) resolve(data.result);
      else reject(new Error(data.error));
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#end(worker, new Error("the sample maker could not be loaded"));
    });
    try {
      const module = await moduleOf();
      if (this.#worker !== worker) throw this.#fault; // it has ended meanwhile
      await this.#ask({ command: "start", module });
    } catch (error) {
      this.#end(worker, error);
      throw error;
    }
  }

  /** Ends the work under way, which only the end of its thread can, and has another thread ready. */
  #stop(reason) {
    this.#end(this.#worker, reason);
    this.ready = this.#start();
    this.ready.catch(() => {});
  }

  #end(worker, reason) {
    if (worker === undefined || worker !== this.#worker) return;
    worker.terminate();
    this.#worker = undefined;
    this.#fault = reason;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #ask(message) {
    const id = this.#count++;
    return new Promise((resolve, reject) => {
      if (this.#worker === undefined) throw this.#fault;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...message, id });
    });
  }
}

async function moduleOf() {
  compiled ??= load();
  try {
    return await compiled;
  } catch {
    compiled = undefined;
    throw new Error("the sample maker could not be loaded");
  }
}

async function load() {
  const response = await fetch(new URL("../doorward/mint_bg.wasm", import.meta.url));
  if (!response.ok) throw new Error(`${response.status}`);
  return WebAssembly.compile(await response.arrayBuffer());
}
