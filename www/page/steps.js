// The list of checks, each with its verdict in a word and a sign, what it expected and what it found.

import { byId, element, outsideLink, setText } from "./element.js";
import { seen } from "./json-text.js";
import { inWords } from "../doorward/lib/moment.js";

const VERDICTS = {
  passed: { word: "passed", sign: "M3 8.500 6.500 12 13 4.500" },
  unchecked: { word: "not checked", sign: "M8 3.5V9M8 12.4v.1" },
  failed: { word: "failed", sign: "M4 4l8 8M12 4l-8 8" },
  not_reached: { word: "not reached", sign: "M4 8h8" },
};

/** The checks that compare instants, written as seconds since 1970. */
const TIMED = new Set(["expiry", "not_before", "issued_at"]);

const SVG = "http://www.w3.org/2000/svg";

export class Steps {
  #card = byId("checks");
  #list = byId("steps");
  #tally = byId("tally");
  #doubt = byId("doubt");
  #drawn = []; // what each item shows now, so that only what changed is drawn again

  show(steps) {
    steps.forEach((step, index) => {
      const shown = JSON.stringify(step);
      if (this.#drawn[index] === shown) return;
      const before = this.#list.children[index];
      const item = itemOf(step, isOpen(step, before));
      if (before === undefined) this.#list.append(item);
      else before.replaceWith(item);
      this.#drawn[index] = shown;
    });
    while (this.#list.children.length > steps.length) this.#list.lastElementChild.remove();
    this.#drawn.length = steps.length;
    const first = steps.findIndex((step) => step.verdict === "failed");
    [...this.#list.children].forEach((item, index) => item.classList.toggle("first-failed", index === first));
    this.#card.hidden = steps.length === 0;
    setText(this.#tally, tallyOf(steps));
    this.#doubt.hidden = !hasUnsignedVerdicts(steps);
  }

  /** Brings the first failed check into view and draws the eye to it, without taking the focus. */
  pointToFailed() {
    const item = this.#list.querySelector(".first-failed");
    if (item === null) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    item.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    item.classList.remove("struck");
    void item.offsetWidth; // lets the animation start anew
    item.classList.add("struck");
  }
}

/** The sign of a verdict; decoration, as the word always stands beside it. */
export function signOf(verdict) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", VERDICTS[verdict].sign);
  svg.append(path);
  return svg;
}

/** The verdict in words. */
export function wordOf(verdict) {
  return VERDICTS[verdict].word;
}

/** Open where it failed, and where the reader has opened it: a moving clock must not shut it again. */
function isOpen(step, before) {
  const same = before?.dataset.check === step.check && before.classList.contains(step.verdict);
  return same ? before.querySelector("details").open : step.verdict === "failed";
}

/** One check: a line that says it all, and behind it what was compared. A failed one is open. */
function itemOf(step, open) {
  const failed = step.verdict === "failed";
  const glimpse = step.verdict === "not_reached" ? step.section : textOf(step, step.found, { alone: true });
  return element(
    "li",
    { class: `step ${step.verdict}`, id: `check-${step.check}`, "data-check": step.check, "data-code": step.code, tabindex: "-1" },
    element(
      "details",
      { open },
      element(
        "summary",
        {},
        element("span", { class: "badge" }, signOf(step.verdict), element("span", { class: "word" }, VERDICTS[step.verdict].word)),
        element("span", { class: "title" }, step.title),
        element("span", { class: "glimpse", "aria-hidden": "true" }, glimpse),
      ),
      element(
        "dl",
        { class: "compared" },
        pair("expected", textOf(step, step.expected)),
        pair("found", textOf(step, step.found)),
        failed ? pair("code", element("code", {}, step.code ?? "")) : null,
        failed ? pair("what to do", step.advice) : null,
        pair("defined in", linked(step.section)),
      ),
    ),
  );
}

function pair(name, content) {
  if (!content) return null;
  return element("div", {}, element("dt", {}, name), element("dd", {}, content));
}

/** What a check says, to be read by people: nothing unseen in it, and instants in words too. */
export function textOf(step, text, style) {
  return seen(TIMED.has(step.check) ? inWords(text ?? "", style) : text ?? "");
}

/** "RFC 7519 section 4.1.4" with the specification one click away. */
function linked(section) {
  if (!section) return null;
  const match = /^RFC (\d+)(?: section (\d+(?:\.\d+)*))?/.exec(section);
  if (match === null) return [section];
  const [text, number, part] = match;
  const href = `https://www.rfc-editor.org/rfc/rfc${number}${part === undefined ? "" : `#section-${part}`}`;
  return [outsideLink(href, text), section.slice(text.length)];
}

/** Whether claims were compared although the signature does not hold: useful to see, and nothing to trust. */
function hasUnsignedVerdicts(steps) {
  const signature = steps.findIndex((step) => step.check === "signature");
  if (signature === -1 || steps[signature].verdict === "passed") return false;
  return steps.slice(signature).some((step) => step.verdict === "passed" || step.verdict === "unchecked");
}

function tallyOf(steps) {
  const count = (verdict) => steps.filter((step) => step.verdict === verdict).length;
  if (count("not_reached") === steps.length) return `${steps.length} to pass`;
  return Object.keys(VERDICTS)
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${count(verdict)} ${VERDICTS[verdict].word}`)
    .join(", ");
}
