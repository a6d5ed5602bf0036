// What a page of the documentation has: blocks of code, each with the name of its file in its first line, and tables.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./projects.mjs";

const DOCS = join(ROOT, "pkg/docs");

/** The text of a page. */
export function page(name) {
  return readFileSync(join(DOCS, `${name}.md`), "utf8");
}

/** All blocks of code, in order: `{ language, text }`. */
export function blocks(text) {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gmsu)].map(([, language, code]) => ({ language, text: code }));
}

/** The block whose first line has this name as a comment. */
export function block(text, name) {
  const found = blocks(text).filter((each) => each.text.startsWith(`// ${name}\n`));
  if (found.length !== 1) throw new Error(`expected one block ${name}, found ${found.length}`);
  return found[0].text;
}

/** The rows below the table head that begins with these words, as arrays of cells. */
export function rows(text, head) {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  if (start === -1) throw new Error(`no table begins with ${head}`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return lines.slice(start + 2, end).map((line) => line.slice(1, -1).split("|").map((cell) => cell.trim()));
}
