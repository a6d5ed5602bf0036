// What a command waits for, told to whoever is watching.

/** Writes one line to a terminal, and takes it back; to anything else, nothing. */
export class Progress {
  #stream;

  constructor(stream) {
    this.#stream = stream;
  }

  /** Gives what `wait` gives. `text` is shown meanwhile, if that takes a while, with the seconds. */
  async during(text, wait) {
    if (this.#stream.isTTY !== true) return wait();
    const began = Date.now();
    const draw = () => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      const line = `${text} ... ${seconds > 0 ? `${seconds} s` : ""}`;
      this.#stream.write(`\r${line.slice(0, (this.#stream.columns || LEAST) - 1)}${CLEAR_REST}`);
    };
    const timer = setInterval(draw, INTERVAL_MILLISECONDS);
    try {
      return await wait();
    } finally {
      clearInterval(timer);
      this.#stream.write(`\r${CLEAR_REST}`);
    }
  }
}

/** What is done sooner than that needs no word. */
const INTERVAL_MILLISECONDS = 200;

/** Columns of a terminal that does not tell how many it has. */
const LEAST = 40;

/** ECMA-48, Erase in Line. */
const CLEAR_REST = "\u001b[K";
