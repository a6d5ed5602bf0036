// Requests and answers, laid out for reading: every header, and a body of JSON line by line.

import { element } from "../page/element.js";
import { linesOf, seen } from "../page/json-text.js";

/** So many characters of a token are shown at its begin and its end. */
const TOKEN_HEAD = 12;
const TOKEN_TAIL = 6;

/** The lines of a message: the first, its headers, its body. `marked` are the headers to look at, in lower case. */
export function drawn(first, headers, body, marked = []) {
  const lines = headers.map(([name, value]) => element(
    "span",
    { class: `line ${marked.includes(name.toLowerCase()) ? "marked" : ""}` },
    element("span", { class: "name" }, name), element("span", { class: "mark" }, ": "), seen(shortened(name, value)),
  ));
  const text = body === "" ? [] : [element("code", { class: "json body" }, ...bodyLines(body))];
  return [element("code", { class: "json" }, element("span", { class: "line first" }, first), ...lines), ...text];
}

/** JSON, line by line and in colours; `text` is JSON, or it stays as it is. */
export function bodyLines(text) {
  const trimmed = text.trim();
  if (!/^[{[]/u.test(trimmed)) {
    return trimmed.split("\n").map((line) => element("span", { class: "line" }, seen(line) || "\u00a0"));
  }
  return linesOf(text).map(({ depth, lexemes }) => element(
    "span",
    { class: `line depth-${Math.min(depth, 8)}` },
    ...lexemes.map(({ kind, text: words }) => element("span", { class: kind }, words)),
  ));
}

function shortened(name, value) {
  if (name.toLowerCase() !== "authorization") return value;
  const [scheme, token = ""] = value.split(" ");
  if (token.length <= TOKEN_HEAD + TOKEN_TAIL) return value;
  return `${scheme} ${token.slice(0, TOKEN_HEAD)}…${token.slice(-TOKEN_TAIL)} (${token.length} characters)`;
}
