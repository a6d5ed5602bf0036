// What is measured, each scenario as a function that adds its rounds to those of earlier passes.

import { ALGORITHMS } from "./material.mjs";
import { coldStarts, timing } from "./budget.mjs";
import { RUNTIMES, measured, ran } from "./runtimes.mjs";
import { joined, summaries, summary } from "./statistics.mjs";

/** Who the others are compared with: jose at its fastest, the key imported before, and natively the most used crate. */
const BASES = ["jose, imported key", "jsonwebtoken (aws-lc)"];

/** Whose clock can be read from inside. */
const PROCESSES = Object.keys(RUNTIMES).filter((runtime) => runtime !== "workerd");
/** Who starts for a request, or has a module to compile at each start. */
const STARTED = ["node20", "deno"];
const STARTED_WITH = ["RS256", "ES256"];
/** Growth is the core's and not the runtime's: one is enough. */
const GROWN_IN = "node24";
const GROWTH = ["keys", "keysInUse", "tokenSize"];

/** Rounds of everything, by paths of names, over all passes. */
export class Figures {
  #rounds = new Map();
  #unable = new Map();

  add(path, { rounds, unable = {} }) {
    const key = path.join("/");
    this.#rounds.set(key, joined([this.#rounds.get(key) ?? {}, rounds]));
    this.#unable.set(key, unable);
  }

  /** The figures as a tree by the names of their paths. */
  tree() {
    const root = {};
    for (const [key, rounds] of this.#rounds) {
      const names = key.split("/");
      const last = names.pop();
      const parent = names.reduce((node, name) => (node[name] ??= {}), root);
      parent[last] = { candidates: summaries(rounds, BASES), unable: this.#unable.get(key) };
    }
    return root;
  }
}

/** The whole call: every runtime, every algorithm, all peers. */
export async function verifying(figures) {
  const jobs = Object.keys(RUNTIMES).length * ALGORITHMS.length;
  for (const algorithm of ALGORITHMS) {
    for (const runtime of Object.keys(RUNTIMES)) {
      for (const tokens of ["distinct", "repeated"]) {
        const job = { scenario: "verify", algorithm, tokens, ...timing(tokens, jobs) };
        figures.add(["verify", tokens, runtime, algorithm], await measured(runtime, job));
      }
    }
  }
}

/** A key that the process has not seen, while its code is warm. */
export async function firstUses(figures) {
  for (const algorithm of ALGORITHMS) {
    for (const runtime of PROCESSES) {
      figures.add(["firstUse", runtime, algorithm], await ran(runtime, "first-use.mjs", [algorithm]));
    }
  }
}

export async function growing(figures) {
  for (const of of GROWTH) {
    const job = { scenario: "growth", of, ...timing("growth", GROWTH.length + 1) };
    figures.add(["growth", of], await measured(GROWN_IN, job));
  }
  const job = { scenario: "gate", of: "rules", ...timing("growth", GROWTH.length + 1) };
  figures.add(["growth", "rules"], await measured(GROWN_IN, job));
}

export async function deciding(figures) {
  const runtimes = Object.keys(RUNTIMES);
  for (const runtime of runtimes) {
    for (const of of ["call", "body"]) {
      const job = { scenario: "gate", of, ...timing("gate", 2 * runtimes.length) };
      figures.add(["gate", of, runtime], await measured(runtime, job));
    }
  }
}

/** Fresh processes, one kind after the other, many times. Gives summaries of milliseconds. */
export async function starting() {
  const found = new Map();
  for (let time = 0; time < coldStarts; time++) {
    for (const runtime of STARTED) {
      for (const algorithm of STARTED_WITH) {
        for (const kind of ["module", "import", "jose"]) {
          const { milliseconds } = await ran(runtime, "cold.mjs", [kind, algorithm]);
          const key = `${runtime}/${algorithm}/${kind}`;
          found.set(key, [...(found.get(key) ?? []), milliseconds]);
        }
      }
    }
  }
  const cold = {};
  for (const [key, milliseconds] of found) {
    const [runtime, algorithm, kind] = key.split("/");
    ((cold[runtime] ??= {})[algorithm] ??= {})[kind] = summary(milliseconds);
  }
  return cold;
}
