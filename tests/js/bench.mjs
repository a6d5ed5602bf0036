// What the benchmark writes, apart from measuring: statistics, and that the documents are what the results say.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chart } from "../bench/chart.mjs";
import { DOCS, READMES, block, blockOf } from "../bench/readme.mjs";
import { report } from "../bench/report.mjs";
import { partsOf } from "../bench/parts.mjs";
import { joined, ratio, summaries, summary } from "../bench/statistics.mjs";
import { ok, same, test } from "./harness.mjs";
import { ROOT } from "./project.mjs";

/** Registers the tests. */
export function benchTests() {
  test("the benchmark's median and quartiles are those of the figures in any order", () => {
    same(summary([5, 1, 4, 2, 3]), { median: 3, low: 2, high: 4, count: 5 });
    same(summary([4, 1, 3, 2]), { median: 2.5, low: 1.75, high: 3.25, count: 4 });
  });

  test("the benchmark's ratio is the median of the ratios of each round, not the ratio of medians", () => {
    same(ratio([1, 2, 10], [4, 4, 10]).median, 2);
    same(summaries({ mine: [1, 2, 10], jose: [4, 4, 10] }, ["other", "jose"]).mine.ratio.median, 2);
    same(summaries({ mine: [1] }, ["jose"]).mine.ratio, undefined);
    same(joined([{ a: [1], b: [2] }, { a: [3] }]), { a: [1, 3], b: [2] });
  });

  test("the benchmark leaves nobody out: who cannot is shown with the reason", () => {
    const text = report(sample());
    ok(text.includes("| aws-jwt-verify | — |"), "a dash for who cannot");
    ok(text.includes("- aws-jwt-verify, RS256: `not allowed`"), "the reason");
    ok(text.includes("| Doorward verify | 20 (19 to 21) 3.0x |"), "time, quartiles and ratio");
    ok(!/undefined|NaN/u.test(text), "every figure is one");
  });

  test("the benchmark says what the gate costs under load, where that was measured", () => {
    const figure = { median: 20, low: 19, high: 21, count: 3 };
    const worker = { perSecond: { ...figure, median: 9000 }, computedMicroseconds: figure, medianMilliseconds: figure };
    const found = { without: worker, gated: { ...worker, perSecond: { ...figure, median: 8000 } }, throughput: { ...figure, median: 0.89 }, addedMicroseconds: figure, addedMilliseconds: figure };
    const text = report({ ...sample(), load: { date: "2026-01-02", loadBefore: 0.2, seconds: 4, rounds: 7, connections: 16, behind: { sdk: found } } });
    ok(text.includes("| the server of the MCP SDK | 9000 (19 to 21) | 8000 (19 to 21) | 0.89 (19 to 21) | 20 (19 to 21) |"), text);
    ok(text.includes("on 2026-01-02, load 0.2"), "its own date");
    ok(!/undefined|NaN/u.test(text), "every figure is one");
    ok(!report(sample()).includes("under load"), "nothing without figures");
  });

  test("the benchmark's chart says in words what it shows, and shows no more than there is", () => {
    const svg = chart(sample());
    ok(/<svg [^>]*role="img" aria-labelledby="title description">/u.test(svg) && svg.includes('<title id="title">'), "named");
    ok(svg.includes("Node 20: RS256 3.0x, PS256 —"), "described");
    same([svg.match(/class="bar"/gu).length, svg.match(/class="dot"/gu).length], [1 + 1, 1 + 1], "one of each, and the legend");
    ok(!/undefined|NaN/u.test(svg), "every figure is one");
  });

  test("the benchmark finds what the module is made of, and leaves little out", () => {
    const module = readFileSync(join(ROOT, "target/made/doorward/named.wasm"));
    const [all, ...parts] = partsOf(module).reverse();
    same(all.name, "all");
    for (const { name, raw, gzip } of parts) ok(raw > 1024 && gzip > 512 && gzip < raw, `${name}: ${raw}, ${gzip}`);
    const shipped = readFileSync(join(ROOT, "pkg/wasm/doorward_bg.wasm"));
    const times = all.raw / shipped.length;
    ok(times > 1 && times < 1.2, `${times} times what is shipped after wasm-opt`);
  });

  test("the READMEs say of speed what the results say, and nothing without results", () => {
    const results = committedResults();
    for (const [file, docs] of Object.entries(READMES)) {
      same(blockOf(readFileSync(join(ROOT, file), "utf8")), results === undefined ? "" : block(results, docs), file);
    }
  });

  test("the benchmark's documents are what the results say", () => {
    const results = committedResults();
    if (results === undefined) return;
    same(results.quick, false, "a whole run");
    for (const [file, written] of [["benchmark.md", report(results)], ["benchmark.svg", chart(results)]]) {
      same(readFileSync(join(DOCS, file), "utf8"), written, file);
    }
  });
}

function committedResults() {
  const file = join(DOCS, "benchmark.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** As few results as there can be: one runtime, one algorithm. */
function sample() {
  const time = { median: 20, low: 19, high: 21, count: 3 };
  const of = (...names) => ({ candidates: Object.fromEntries(names.map((name) => [name, { time }])), unable: {} });
  const verified = {
    candidates: {
      "Doorward verify": { time, ratio: { median: 3, low: 2, high: 4, count: 3 } },
      "jose, imported key": { time, ratio: { median: 1, low: 1, high: 1, count: 3 } },
    },
    unable: { "aws-jwt-verify": "not allowed" },
  };
  const jose = ["jose, first", "jose, second"];
  return {
    date: "2026-01-01",
    command: "make bench",
    quick: false,
    minutes: 12,
    machine: { processor: "Processor & Sons", cores: 2, memoryGibibytes: 8, system: "linux x64", loadBefore: 0.1 },
    versions: { runtimes: { node20: "20", node24: "24", deno: "2", bun: "1", workerd: "2026-01-01" }, packages: { jose: "6" }, native: { rustc: "1" } },
    verify: { distinct: { node20: { RS256: verified } }, repeated: {} },
    native: { RS256: of("Doorward") },
    firstUse: { node20: { RS256: of("Doorward, first", "Doorward, second", ...jose) } },
    cold: { node20: { RS256: { module: time, import: time, jose: time } } },
    gate: { call: { node20: of("deciding 1 KiB") }, body: { node20: of("deciding 1 MiB") } },
    growth: { keys: of("Doorward|1"), keysInUse: of("Doorward|1"), tokenSize: of("Doorward|1"), rules: of("Doorward|1") },
    sizes: { raw: 3, gzip: 2, brotli: 1, parts: [{ name: "gate", raw: 2, gzip: 1 }, { name: "all", raw: 2, gzip: 1 }] },
  };
}
