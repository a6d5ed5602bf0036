// Figures in words.

import { GROUPS } from "./rows.js";

const THREE_DIGITS = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** A time, e.g. "38.2 µs". */
export function time({ median }, unit) {
  return `${THREE_DIGITS.format(median)} ${unit}`;
}

/** A ratio, e.g. "2.4", or "0.87". */
export function times(ratio) {
  return ratio.toFixed(ratio < 1 ? 2 : ratio < 10 ? 1 : 0);
}

/** The half of the rounds in the middle, e.g. "2.3 to 2.6". */
export function spread({ low, high }) {
  return `${times(low)} to ${times(high)}`;
}

/** The browser's name, version and system, as far as it tells: e.g. "Chromium 156 on Linux". */
export function browser({ userAgent, userAgentData }) {
  const brand = userAgentData?.brands.findLast(({ brand }) => !/not.?a.?brand/iu.test(brand));
  if (brand !== undefined) return `${brand.brand} ${brand.version} on ${userAgentData.platform || "an unknown system"}`;
  const [, firefox] = /Firefox\/(\d+)/u.exec(userAgent) ?? [];
  const [, safari] = /Version\/([\d.]+).*Safari\//u.exec(userAgent) ?? [];
  const system = /Android|iPhone|iPad|Mac OS X|Windows|Linux/u.exec(userAgent)?.[0] ?? "an unknown system";
  if (firefox !== undefined) return `Firefox ${firefox} on ${system}`;
  return safari === undefined ? userAgent : `Safari ${safari} on ${system}`;
}

/** All that is known as Markdown: `results` are by the rows' `id`. */
export function markdown(results, origin) {
  const lines = GROUPS.flatMap((group) => group.algorithms.flatMap((algorithm) => {
    const result = results.get(`${group.measure}-${algorithm}`);
    if (result === undefined) return [];
    const { figures, absence } = result;
    const told = figures === undefined ? [absence, "", ""]
      : [time(figures.Doorward, group.unit), time(figures.jose, group.unit), `${times(figures.ratio.median)} (${spread(figures.ratio)})`];
    return [`| ${group.title}, ${algorithm} | ${told.join(" | ")} |`];
  }));
  return `| | Doorward | jose | times as fast |\n| --- | --- | --- | --- |\n${lines.join("\n")}\n\n${origin}\n`;
}
