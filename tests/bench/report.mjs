// All figures as Markdown: a pure function of the results.

import { cold, firstUse, gate, growth, load, native, sizes } from "./report-sections.mjs";
import { ALGORITHMS, NONE, REPEATED, RUNTIMES, provenance, spread, table, times } from "./figures.mjs";

/** The text of the document. */
export function report(results) {
  const sections = [introduction, distinct, repeated, native, cold, firstUse, gate, load, growth, sizes, method];
  const texts = sections.map((section) => section(results)).filter((text) => text !== undefined);
  return `${texts.join("\n\n")}\n`;
}

function introduction(results) {
  const { machine, versions, minutes, quick } = results;
  const runtimes = Object.entries(RUNTIMES).map(([name, title]) => `${title.replace(/ \d+$/u, "")} ${versions.runtimes[name]}`);
  const named = (all) => Object.entries(all).map(([name, version]) => `${name} ${version}`).join(", ");
  return `# Benchmark
${quick ? "\n**Measured too shortly to be told to anybody: this is for trying the benchmark.**\n" : ""}
${provenance(results)}, in ${minutes} minutes; ${machine.memoryGibibytes} GiB, ${machine.system}, load ${machine.loadBefore} before it began.${busy(machine)}

- Runtimes: ${runtimes.join(", ")}
- npm: ${named(versions.packages)}
- Rust: ${named(versions.native)}

![How many times as fast as jose, by runtime and algorithm](benchmark.svg)`;
}

/** Others who compute at the same time slow those most who wait for threads: then ratios are not to be believed. */
function busy({ loadBefore, cores }) {
  return loadBefore > cores / 4 ? "\n\n**The machine was busy with other work: the ratios flatter whoever uses no threads.**" : "";
}

function distinct(results) {
  return `## A token in, its claims out

Microseconds of a call: the median, the quartiles in brackets, and how many times as fast as jose with an imported key.
Every library checks signature, issuer, audience and times, and one claim is read. 64 tokens of one key come in turns,
so that nobody knows one from before; keys are imported, code and tables are warm.

${runtimeTables(results.verify.distinct)}`;
}

function repeated(results) {
  return `## A token that comes again

As above, with one token. The \`tokenCache\` of Doorward judges times and options each time, and whether the key is
still in the set.

${runtimeTables(results.verify.repeated)}`;
}

/** A table for each runtime, and the reasons of those who cannot do something. */
function runtimeTables(byRuntime) {
  return Object.entries(RUNTIMES)
    .filter(([runtime]) => byRuntime[runtime] !== undefined)
    .map(([runtime, title]) => `### ${title}\n\n${algorithmTable(byRuntime[runtime])}`)
    .join("\n\n");
}

function algorithmTable(byAlgorithm) {
  const names = namesIn(byAlgorithm);
  const cell = (name, algorithm) => {
    const found = byAlgorithm[algorithm]?.candidates[name];
    return found === undefined ? NONE : `${spread(found.time)} ${times(found.ratio?.median)}`;
  };
  const rows = names.map((name) => [name, ...ALGORITHMS.map((algorithm) => cell(name, algorithm))]);
  const reasons = names.flatMap((name) => reasonsOf(name, byAlgorithm));
  return [table(["", ...ALGORITHMS], rows), ...(reasons.length > 0 ? [reasons.join("\n")] : [])].join("\n\n");
}

/** Everybody who was asked, in the order in which they were, whether able or not. */
function namesIn(byAlgorithm) {
  const all = Object.values(byAlgorithm).flatMap(({ candidates, unable }) => [...Object.keys(candidates), ...Object.keys(unable)]);
  const order = (name) => (name === REPEATED ? 0 : name.startsWith("Doorward") ? 1 : name.startsWith("jose") ? 2 : 3);
  return [...new Set(all)].sort((one, other) => order(one) - order(other));
}

function reasonsOf(name, byAlgorithm) {
  const reasons = new Map();
  for (const [algorithm, { unable }] of Object.entries(byAlgorithm)) {
    if (name in unable) reasons.set(unable[name], [...(reasons.get(unable[name]) ?? []), algorithm]);
  }
  return [...reasons].map(([reason, algorithms]) => `- ${name}, ${algorithms.join(", ")}: \`${reason.replaceAll("`", "'")}\``);
}

function method() {
  return `## How it is measured

In each runtime a process of its own for each algorithm, with the packed package installed. Candidates take turns in batches of 8
ms (30 in workerd), the first of one round being the second of another, after each has run until the compilers have seen enough. A
round gives a ratio to jose; medians are of all rounds of three processes. The clock of workerd stands still while code
computes: it is asked over HTTP to run many times and to run not at all, and the difference counts. Every library must first take
a valid token and refuse four that are not, each by one change. ${NONE} is what cannot be done, with what the library says about it.
The Rust crates are measured by criterion, in turns by algorithm.

Calls are made one after the other, and their time is that of one core at work for one caller. WebCrypto computes on other threads
in some runtimes: a server with many requests at once and cores to spare gets more calls in a second out of it than these
times say, and on a machine where others compute, too, it waits longer.`;
}
