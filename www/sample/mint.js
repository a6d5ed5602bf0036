// A key pair that lives in a worker: it can be made, asked to sign, and given up.

export class Mint {
  #worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  #waiting = new Map();
  #count = 0;

  /** Loads the minting module and makes a key of this algorithm. Returns the mint and the public JWK's text. */
  static async open(algorithm, kid, signal) {
    const mint = new Mint();
    signal.addEventListener("abort", () => mint.close(signal.reason));
    try {
      return { mint, jwk: await mint.#ask({ command: "key", algorithm, kid }) };
    } catch (error) {
      mint.close(error);
      throw error;
    }
  }

  constructor() {
    this.#worker.addEventListener("message", ({ data }) => {
      const { resolve, reject } = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.error === undefined) resolve(data.result);
      else reject(new Error(data.error));
    });
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.close(new Error("the sample maker could not be loaded"));
    });
  }

  /** A compact JWS over exactly these two JSON texts. */
  sign(header, payload) {
    return this.#ask({ command: "sign", header, payload });
  }

  /** Stops the worker, whatever it is doing; who still waits is told the reason. */
  close(reason = new Error("closed")) {
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #ask(message) {
    const id = this.#count++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...message, id });
    });
  }
}
