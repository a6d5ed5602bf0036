// How figures are written, and how they are found in the results.

export const RUNTIMES = { node20: "Node 20", node24: "Node 24", deno: "Deno", bun: "Bun", workerd: "workerd" };
export const ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "EdDSA"];
export const CALL = "Doorward verify";
export const REPEATED = "Doorward createVerifier, tokenCache";
export const NONE = "—";

/** Three digits, and no more behind the point than they need. */
export function number(figure) {
  if (figure >= 100) return String(Math.round(figure));
  return figure.toPrecision(figure >= 1 ? 3 : 2).replace(/\.?0+$/u, "");
}

/** The median, and the quartiles. */
export const spread = ({ median, low, high }) => `${number(median)} (${number(low)} to ${number(high)})`;

export const times = (ratio) => (ratio === undefined ? NONE : `${ratio.toFixed(ratio < 1 ? 2 : ratio < 10 ? 1 : 0)}x`);

/** How many times as fast as jose, of tokens that differ: `{ median, low, high }`, or nothing where it was not measured. */
export const ratioOf = (results, runtime, algorithm, name = CALL) =>
  results.verify?.distinct?.[runtime]?.[algorithm]?.candidates[name]?.ratio;

/** The same of a token that comes again. */
export const repeatedRatioOf = (results, runtime, algorithm) =>
  results.verify?.repeated?.[runtime]?.[algorithm]?.candidates[REPEATED]?.ratio;

/** The fastest of all others, by the ratio to jose: `[name, ratio]`. */
export function fastestOther(results, runtime, algorithm) {
  const candidates = results.verify?.distinct?.[runtime]?.[algorithm]?.candidates ?? {};
  const others = Object.entries(candidates).filter(([name]) => !name.startsWith("Doorward"));
  const ordered = others.map(([name, { ratio }]) => [name, ratio.median]).sort(([, one], [, other]) => other - one);
  return ordered[0];
}

/** Rows of cells as a table of Markdown; all columns but the first are figures. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

/** Where and when, in a sentence. */
export function provenance({ date, machine: { processor, cores }, command }) {
  return `Measured on ${date} on ${processor}, ${cores} cores, by \`${command}\``;
}
