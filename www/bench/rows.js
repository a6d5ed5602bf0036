// What is measured, in the order in which it is measured and shown.

export const ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "EdDSA"];

/** `measure` is the worker's name for it; `unit` that of its figures. */
export const GROUPS = [
  {
    measure: "distinct", title: "Warm", unit: "µs", algorithms: ALGORITHMS,
    note: "64 tokens of one key, in turns, by code that has run: a token in, its claims out.",
  },
  {
    measure: "fresh", title: "First token of a new key", unit: "µs", algorithms: ALGORITHMS,
    note: "The code has run, the key is new to it and has to be read.",
  },
  {
    measure: "repeated", title: "The same token again", unit: "µs", algorithms: ["RS256", "ES256"],
    note: "As clients send it, until it expires. Doorward with its option tokenCache; jose has none and verifies again.",
  },
  {
    measure: "cold", title: "Cold start", unit: "ms", algorithms: ["ES256"],
    note: "In a new worker each time: from the library in memory, not yet evaluated or compiled, to the first verified token.",
  },
];

export const ROWS = GROUPS.flatMap((group) => group.algorithms.map((algorithm) => ({ group, algorithm, id: `${group.measure}-${algorithm}` })));

/** How long to measure, in milliseconds for each row; `starts` is how many new workers for each library. */
export const BUDGETS = {
  quick: { milliseconds: 900, warmMilliseconds: 150, starts: 3 },
  thorough: { milliseconds: 5000, warmMilliseconds: 500, starts: 15 },
};
