// Objects in the module's memory, by the text that they were made from.

/**
 * Keeps the `limit` most recently used ones and frees the rest, so that the memory stays bounded whatever
 * comes along. Whoever wants one asks by its text each time and never keeps it: what was freed is made anew.
 */
export class Prepared {
  #make;
  #limit;
  #byText = new Map();
  #latestText;
  #latest;

  constructor(limit, make) {
    this.#limit = limit;
    this.#make = make;
  }

  get(text) {
    if (text !== this.#latestText) {
      this.#latest = this.#moveToEnd(text);
      this.#latestText = text;
    }
    return this.#latest;
  }

  // A Map iterates in the order of insertion: the first is the one unused for longest.
  #moveToEnd(text) {
    const prepared = this.#byText.get(text) ?? this.#make(text);
    this.#byText.delete(text);
    this.#byText.set(text, prepared);
    if (this.#byText.size > this.#limit) {
      const [oldestText, oldest] = this.#byText.entries().next().value;
      this.#byText.delete(oldestText);
      oldest.free();
    }
    return prepared;
  }
}
