// A chart of the ratios to jose: a panel for each runtime, a bar for each algorithm, in one scale.

import { ALGORITHMS, RUNTIMES, fastestOther, provenance, ratioOf, times } from "./figures.mjs";

const WIDTH = 840;
const MARGIN = 28;
const TOP = 98;
const GAP = 28;
const PER_ROW = 3;
const PANEL = { width: (WIDTH - 2 * MARGIN - (PER_ROW - 1) * GAP) / PER_ROW, height: 148 };
const LABEL = 50;
const VALUE = 42;
const BAR = PANEL.width - LABEL - VALUE;
const ROW = 24;
const THICK = 13;

const STYLE = `
.card { fill: #ffffff; stroke: #d8dee4 } .ink { fill: #1f2328 } .soft { fill: #59636e } .bar { fill: #2a6fdb }
.rail { fill: #eef1f4 } .one { stroke: #59636e } .dot { fill: #ffffff; stroke: #1f2328 }
@media (prefers-color-scheme: dark) {
.card { fill: #0d1117; stroke: #30363d } .ink { fill: #e6edf3 } .soft { fill: #9198a1 } .bar { fill: #58a6ff }
.rail { fill: #1b222b } .one { stroke: #9198a1 } .dot { fill: #0d1117; stroke: #e6edf3 }
}
text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif } .head { font-size: 18px; font-weight: 600 } .small { font-size: 11.5px }
.name { font-weight: 600 } .value { font-variant-numeric: tabular-nums }`;

/** The text of an SVG file. */
export function chart(results) {
  const runtimes = Object.keys(RUNTIMES);
  const rows = Math.ceil(runtimes.length / PER_ROW);
  const height = TOP + rows * (PANEL.height + GAP);
  const scale = BAR / longest(results);
  const panels = runtimes.map((runtime, at) => panel(results, runtime, scale, place(at)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">How many times as fast as jose Doorward verifies a token</title>
<desc id="description">${escaped(description(results))}</desc>
<style>${STYLE}
</style>
<rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="10"/>
<text class="ink head" x="${MARGIN}" y="38">Verifying a token: times as fast as jose</text>
<text class="soft small" x="${MARGIN}" y="58">A token in, its claims out: the whole call, warm, all tokens different, median of interleaved rounds</text>
<text class="soft small" x="${MARGIN}" y="75">${escaped(provenance(results).replaceAll("`", ""))}</text>
${panels.join("\n")}
${legend(place(runtimes.length), scale)}
</svg>
`;
}

const place = (at) => ({ x: MARGIN + (at % PER_ROW) * (PANEL.width + GAP), y: TOP + Math.floor(at / PER_ROW) * (PANEL.height + GAP) });

function panel(results, runtime, scale, { x, y }) {
  const bars = ALGORITHMS.map((algorithm, at) => bar(results, runtime, algorithm, scale, 28 + at * ROW));
  const version = results.versions.runtimes[runtime];
  return `<g transform="translate(${short(x)} ${short(y)})">
<text class="ink name" x="0" y="13">${RUNTIMES[runtime]} <tspan class="soft small" font-weight="400">${escaped(version)}</tspan></text>
${bars.join("\n")}
${line(scale, 24, 24 + ALGORITHMS.length * ROW)}
</g>`;
}

function bar(results, runtime, algorithm, scale, y) {
  const found = ratioOf(results, runtime, algorithm);
  const [, other] = fastestOther(results, runtime, algorithm) ?? [];
  const parts = [
    `<text class="soft small" x="0" y="${y + 11}">${algorithm}</text>`,
    `<rect class="rail" x="${LABEL}" y="${y}" width="${short(BAR)}" height="${THICK}" rx="3"/>`,
    found && `<rect class="bar" x="${LABEL}" y="${y}" width="${short(found.median * scale)}" height="${THICK}" rx="3"/>`,
    other && dot(LABEL + other * scale, y + THICK / 2),
    `<text class="ink small value" x="${short(PANEL.width)}" y="${y + 11}" text-anchor="end">${times(found?.median)}</text>`,
  ];
  return parts.filter(Boolean).join("");
}

/** Where jose is. */
function line(scale, from, to) {
  const x = short(LABEL + scale);
  return `<path class="one" d="M${x} ${from}V${to}" stroke-width="1.25" stroke-dasharray="3 3"/>`;
}

const dot = (x, y) => `<circle class="dot" cx="${short(x)}" cy="${short(y)}" r="3.5" stroke-width="1.5"/>`;

function legend({ x, y }) {
  const rows = [
    [`<rect class="bar" x="0" y="-10" width="22" height="${THICK}" rx="3"/>`, "Doorward, verify(token, jwks)"],
    [`<path class="one" d="M11 -12V4" stroke-width="1.25" stroke-dasharray="3 3"/>`, "jose, jwtVerify, imported key: 1"],
    [dot(11, -4), "the fastest other library there"],
  ];
  const items = rows.map(([mark, text], at) => `<g transform="translate(0 ${40 + at * ROW})">${mark}<text class="soft small" x="34" y="0">${escaped(text)}</text></g>`);
  return `<g transform="translate(${short(x)} ${short(y)})">${items.join("")}</g>`;
}

/** The longest of all bars and dots. */
function longest(results) {
  const all = Object.keys(RUNTIMES).flatMap((runtime) =>
    ALGORITHMS.flatMap((algorithm) => [ratioOf(results, runtime, algorithm)?.median ?? 0, fastestOther(results, runtime, algorithm)?.[1] ?? 0]),
  );
  return Math.max(1.25, ...all);
}

/** The chart for those who do not see it. */
function description(results) {
  const runtimes = Object.entries(RUNTIMES).map(([runtime, title]) => {
    const ratios = ALGORITHMS.map((algorithm) => `${algorithm} ${times(ratioOf(results, runtime, algorithm)?.median)}`);
    return `${title}: ${ratios.join(", ")}.`;
  });
  return `Bars of the ratio to jose, which is 1. ${runtimes.join(" ")}`;
}

const short = (length) => Number(length.toFixed(1));

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
