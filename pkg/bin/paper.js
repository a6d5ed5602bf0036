// Text laid out for a reader: paragraphs and columns that keep to a width.

import { columnsOf } from "./style.js";

/** Collects lines of at most `width` columns. Words that are longer, such as addresses, stay whole. */
export class Paper {
  #lines = [];

  /** `style` is what `styleFor` gives, for whoever writes. */
  constructor(width, style) {
    this.width = width;
    this.style = style;
  }

  /** A paragraph. Its lines after the first begin `hanging` columns further in. */
  write(text = "", { indent = 0, hanging = 0 } = {}) {
    const [first, ...others] = wrapped(text, this.width - indent, hanging);
    this.#lines.push(" ".repeat(indent) + first);
    for (const line of others) this.#lines.push(" ".repeat(indent + hanging) + line);
    return this;
  }

  /** A line to be copied: however long, it stays one. */
  verbatim(text, { indent = 2 } = {}) {
    this.#lines.push(" ".repeat(indent) + text);
    return this;
  }

  heading(text) {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== "") this.write();
    return this.write(this.style.bold(text));
  }

  /** Rows of texts in columns. The last column takes the rest of the width, and is wrapped in it. */
  rows(rows, { indent = 2 } = {}) {
    const widths = [];
    for (const row of rows) {
      row.slice(0, -1).forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, columnsOf(cell))));
    }
    for (const row of rows) {
      const cells = row.slice(0, -1).map((cell, at) => cell + " ".repeat(widths[at] - columnsOf(cell) + GAP));
      const before = cells.join("");
      const hanging = columnsOf(before);
      const [first, ...others] = wrapped(row.at(-1), Math.max(this.width - indent - hanging, LEAST));
      this.#lines.push((" ".repeat(indent) + before + first).trimEnd());
      for (const line of others) this.#lines.push(" ".repeat(indent + hanging) + line);
    }
    return this;
  }

  toString() {
    return this.#lines.map((line) => `${line}\n`).join("");
  }
}

/** The lines of a text. The first may have `width` columns, the others `hanging` less. */
function wrapped(text, width, hanging = 0) {
  return text.split("\n").flatMap((line) => {
    const lines = [];
    let current = "";
    for (const word of line.split(" ")) {
      const room = Math.max(lines.length === 0 ? width : width - hanging, LEAST);
      if (current !== "" && columnsOf(current) + 1 + columnsOf(word) > room) {
        lines.push(current);
        current = word;
      } else {
        current = current === "" ? word : `${current} ${word}`;
      }
    }
    return [...lines, current];
  });
}

/** Columns between two columns. */
const GAP = 2;

/** Columns that a text gets at least, however narrow the terminal. */
const LEAST = 24;
