// The sections of the report besides the calls in the runtimes.

import { BEHIND } from "./load/behind.mjs";
import { ALGORITHMS, NONE, RUNTIMES, number, spread, table, times } from "./figures.mjs";

export function native({ native: byAlgorithm }) {
  const names = [...new Set(Object.values(byAlgorithm).flatMap(({ candidates }) => Object.keys(candidates)))];
  const cell = (name, algorithm) => {
    const found = byAlgorithm[algorithm]?.candidates[name];
    return found === undefined ? NONE : `${spread(found.time)} ${times(found.ratio?.median)}`;
  };
  return `## Natively

The same in Rust, microseconds, and times as fast as jsonwebtoken.

${table(["", ...ALGORITHMS], names.map((name) => [name, ...ALGORITHMS.map((algorithm) => cell(name, algorithm))]))}`;
}

const KINDS = {
  module: "Doorward, from the bytes of the module",
  import: "Doorward, from the import",
  jose: "jose, from the import",
};

export function cold({ cold: byRuntime }) {
  const rows = Object.entries(byRuntime).flatMap(([runtime, byAlgorithm]) =>
    Object.entries(byAlgorithm).map(([algorithm, kinds]) => [`${RUNTIMES[runtime]}, ${algorithm}`, ...Object.keys(KINDS).map((kind) => spread(kinds[kind]))]),
  );
  return `## A process that begins

Milliseconds to the first verified token, in fresh processes.

${table(["", ...Object.values(KINDS)], rows)}`;
}

const USES = ["Doorward, first", "Doorward, second", "jose, first", "jose, second"];

export function firstUse({ firstUse: byRuntime }) {
  const rows = Object.entries(byRuntime).flatMap(([runtime, byAlgorithm]) =>
    Object.entries(byAlgorithm).map(([algorithm, { candidates }]) => [`${RUNTIMES[runtime]}, ${algorithm}`, ...USES.map((use) => spread(candidates[use].time))]),
  );
  return `## A key that is new

Microseconds of the first and of the second call with keys that the process has not seen, reading the key set included,
while the code is warm. In workerd it cannot be told: its clock stands still.

${table(["", ...USES], rows)}`;
}

const MEBIBYTE = 1024 * 1024;

export function gate({ gate: { call, body } }) {
  const namesIn = (byRuntime) => Object.keys(Object.values(byRuntime)[0].candidates);
  const cells = ({ candidates }) => Object.values(candidates).map(({ time }) => spread(time));
  const rate = (median) => number(MEBIBYTE / median); // bytes a microsecond are megabytes a second
  const rows = Object.keys(call).map((runtime) => [
    RUNTIMES[runtime],
    ...cells(call[runtime]),
    ...cells(body[runtime]),
    rate(body[runtime].candidates["deciding 1 MiB"].time.median),
  ]);
  return `## The gate

Microseconds of \`gate.authorize\` for a \`tools/call\` with a token that it knows, the Request being made before; of making
such a Request; and of reading its body and deciding nothing. The last column is megabytes a second of the larger one.

${table(["", ...namesIn(call), ...namesIn(body), "MB/s"], rows)}`;
}

/** Nothing where it was not measured. */
export function load({ load: measured }) {
  if (measured === undefined) return undefined;
  const { date, loadBefore, rounds, connections, behind } = measured;
  const rows = Object.entries(behind).map(([name, { without, gated, throughput, addedMicroseconds, addedMilliseconds }]) => [
    BEHIND[name],
    ...[without.perSecond, gated.perSecond, throughput].map(spread),
    ...[without.computedMicroseconds, addedMicroseconds].map(spread),
    ...[without.medianMilliseconds, addedMilliseconds].map(spread),
  ]);
  return `## The gate under load

The same worker without the gate and with it, in workerd, by \`node tests/bench/load.mjs\` on ${date}, load ${loadBefore}
before it began. wrk, on the same machine, posts a \`tools/call\` of 1 KiB with a token that the gate knows: over ${connections}
connections for requests a second and microseconds of computing a request, then over one for milliseconds of the median
request. ${rounds} rounds in turns; the share of requests and what is added are medians of the rounds.

${table(["behind the gate", "requests a second", "with the gate", "share", "computing, µs", "added", "latency, ms", "added"], rows)}

The first does nothing but read the message and write an answer, so that there is nothing but the gate to see. The second
is the server of the example for Cloudflare, with the server of the MCP SDK in it.`;
}

const GROWTHS = {
  keys: ["Keys in the set", "One of them signs, by `kid`. ES256, all tokens the same, no cache."],
  keysInUse: ["Keys in use", "All of them sign, in turns. ES256."],
  tokenSize: ["Size of the token, KiB", "ES256."],
  rules: ["Rules of the gate", "The last one matches; a call of 1 KiB."],
};

export function growth({ growth: found }) {
  const sections = Object.entries(GROWTHS).map(([of, [title, what]]) => `### ${title}\n\n${what}\n\n${growthTable(found[of].candidates)}`);
  return `## Growth

Microseconds of a call, in Node 24.

${sections.join("\n\n")}`;
}

/** Names are "library|size". */
function growthTable(candidates) {
  const parts = Object.keys(candidates).map((name) => name.split("|"));
  const [libraries, steps] = [0, 1].map((at) => [...new Set(parts.map((part) => part[at]))]);
  const rows = libraries.map((library) => [library, ...steps.map((step) => spread(candidates[`${library}|${step}`].time))]);
  return table(["", ...steps], rows);
}

export function sizes({ sizes: { raw, gzip, brotli, parts } }) {
  const kibibytes = (bytes) => number(bytes / 1024);
  const rows = parts.map((part) => [part.name, kibibytes(part.raw), kibibytes(part.gzip)]);
  return `## Size of the module

${kibibytes(raw)} KiB, ${kibibytes(gzip)} KiB by gzip, ${kibibytes(brotli)} KiB by brotli: verification and gate.

What each part costs in KiB, before \`wasm-opt\` takes some per cent off. The standard library is there with all that its
generic code was compiled for, by whichever part.

${table(["", "raw", "gzip"], rows)}`;
}
