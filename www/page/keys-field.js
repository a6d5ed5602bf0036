// The field of the provider's keys, and under it what became of each of them.

import { byId, element, setText } from "./element.js";
import { seen } from "./json-text.js";
import { keysOf } from "./verifier.js";

/** So many skipped keys are told one by one; the rest is counted. */
const TOLD_KEYS = 5;

export class KeysField {
  #input = byId("jwks");
  #note = byId("jwks-note");
  #read; // the text that the note speaks of

  constructor(onChange) {
    this.#input.addEventListener("input", onChange);
  }

  get value() {
    return this.#input.value;
  }

  set value(jwks) {
    this.#input.value = jwks;
  }

  /** Says how many keys can be used, and why others cannot: one bad key does not spoil a set, but is told. */
  tell() {
    if (this.#read === this.#input.value) return;
    this.#read = this.#input.value;
    const keys = this.#read.trim() === "" ? null : keysOf(this.#read);
    if (keys === null) {
      setText(this.#note, "");
      return;
    }
    const { usable, skipped } = keys;
    const told = skipped.slice(0, TOLD_KEYS).map(({ index, kid, reason }) =>
      element("li", {}, seen(`key ${index}${kid === null ? "" : ` “${kid}”`} is skipped: ${reason}`)));
    if (skipped.length > TOLD_KEYS) told.push(element("li", {}, `and ${skipped.length - TOLD_KEYS} more`));
    this.#note.replaceChildren(
      usable === 1 ? "1 usable key" : `${usable} usable keys`,
      ...told.length > 0 ? [element("ul", {}, ...told)] : [],
    );
  }
}
