// How long is measured. BENCH_SECONDS is about what all measuring takes together; starting and warming up come on top.

const DEFAULT_SECONDS = 600;

export const seconds = secondsAsked(process.env.BENCH_SECONDS);

/** Whether this is for looking whether all works: figures that are told to people come from the whole time. */
export const quick = seconds < DEFAULT_SECONDS;

/** How often everything is begun anew, in new processes: what a process has by luck, another has not. */
export const passes = quick ? 1 : 3;

/** New processes for each kind of cold start. */
export const coldStarts = quick ? 5 : 20;

/** Of each worker, many requests at once; half as long again for one after the other. */
export const underLoad = { seconds: quick ? 1 : 4, rounds: quick ? 2 : 7, connections: 16 };

const warmMilliseconds = quick ? 60 : 250;
const batchMilliseconds = 8;

/** Shares of the time, by what is measured. */
const SHARES = { distinct: 0.5, repeated: 0.17, growth: 0.15, gate: 0.1, native: 0.08 };

/** How one of so many jobs of a kind is to be measured, in each pass. */
export function timing(kind, jobs) {
  return { milliseconds: (seconds * 1000 * SHARES[kind]) / jobs / passes, warmMilliseconds, batchMilliseconds };
}

function secondsAsked(text = String(DEFAULT_SECONDS)) {
  const asked = Number(text);
  if (!(asked > 0)) throw new Error(`BENCH_SECONDS is a number of seconds, not ${text}`);
  return asked;
}
