// The figures as bars, the shorter the faster: a pair for each row, and a scale for each group.
//
// Lengths are in per cent of the width and all else is in pixels, so that text keeps its size on every screen.

import { time, times } from "./figures.js";
import { GROUPS } from "./rows.js";

/** The longest bar: beside it is room for what it says. */
const LONGEST_PERCENT = 58;
const GROUP_HEIGHT = 32;
const ROW_HEIGHT = 60;
const BAR_HEIGHT = 14;

const DESCRIPTION = "Pairs of bars, Doorward above and jose below: the shorter, the faster. The table has the same figures.";

/** Draws `results`, by the rows' `id`, into an svg element. */
export function draw(svg, results) {
  const parts = [];
  let y = 0;
  for (const group of GROUPS) {
    parts.push(text({ class: "group", x: 0, y: y + 16 }, `${group.title}, ${group.unit}`));
    if (y === 0) parts.push(text({ class: "note", x: "100%", y: y + 16, "text-anchor": "end" }, "shorter is faster"));
    y += GROUP_HEIGHT;
    const rows = group.algorithms.map((algorithm) => [algorithm, results.get(`${group.measure}-${algorithm}`)]);
    const longest = Math.max(...rows.flatMap(([, { figures } = {}]) => (figures === undefined ? [] : medians(figures))));
    for (const [algorithm, result] of rows) {
      parts.push(...row(algorithm, result, group.unit, LONGEST_PERCENT / longest, y));
      y += ROW_HEIGHT;
    }
  }
  svg.setAttribute("height", String(y));
  svg.replaceChildren(shape("title", {}, "How long Doorward and jose take"), shape("desc", {}, DESCRIPTION), ...parts);
}

const medians = ({ Doorward, jose }) => [Doorward.median, jose.median];

function row(algorithm, { figures, absence } = {}, unit, percentOf, y) {
  const parts = [text({ class: "algorithm", x: 0, y: y + 10 }, algorithm)];
  if (absence !== undefined) return [...parts, text({ class: "note", x: 0, y: y + 31 }, "no figures: see the table")];
  if (figures === undefined) return [...parts, bar("rail", `${LONGEST_PERCENT}%`, y, 0), bar("rail", `${LONGEST_PERCENT}%`, y, 1)];
  parts.push(text({ class: "ratio", x: "100%", y: y + 10, "text-anchor": "end" }, `${times(figures.ratio.median)}×`));
  for (const [at, name] of ["Doorward", "jose"].entries()) {
    const width = `${(figures[name].median * percentOf).toFixed(2)}%`;
    parts.push(bar(name.toLowerCase(), width, y, at));
    parts.push(text({ x: width, dx: 6, y: topOf(y, at) + 11 }, `${name} ${time(figures[name], unit)}`));
  }
  return parts;
}

function bar(name, width, y, at) {
  return shape("rect", { class: name, x: 0, y: topOf(y, at), width, height: BAR_HEIGHT, rx: 3 });
}

/** Where the first or second bar begins in a row that begins at `y`. */
function topOf(y, at) {
  return y + 17 + at * (BAR_HEIGHT + 3);
}

function text(attributes, content) {
  return shape("text", attributes, content);
}

function shape(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}
