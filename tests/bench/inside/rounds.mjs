// Candidates in turns: each round has a batch of every candidate, so that what slows the machine slows all of them.

/**
 * Measures for about so many milliseconds, at least `MIN_ROUNDS` rounds. `most` has the names and how often each may run
 * at once; `time(name, count)` runs it so many times and gives the milliseconds that it took. Gives the microseconds of
 * one run, round by round, of each name.
 */
export async function inTurns(most, time, { milliseconds, batchMilliseconds, warmMilliseconds }) {
  const names = Object.keys(most);
  const counts = {};
  for (const name of names) counts[name] = await warmedUp(name, most[name] ?? Infinity, time, batchMilliseconds, warmMilliseconds);
  const rounds = Object.fromEntries(names.map((name) => [name, []]));
  const end = performance.now() + milliseconds;
  for (let round = 0; round < MIN_ROUNDS || performance.now() < end; round++) {
    for (let at = 0; at < names.length; at++) {
      const name = names[(round + at) % names.length]; // nobody is always the one after the same other
      rounds[name].push(((await time(name, counts[name])) * 1000) / counts[name]);
    }
  }
  return rounds;
}

/** How often each candidate may run at once, `null` being as often as one likes: JSON has no `undefined`. */
export const limitsOf = (candidates) => Object.fromEntries(Object.entries(candidates).map(([name, { most = null }]) => [name, most]));

/** Runs until the compilers have seen enough. Gives how many runs fill a batch. */
async function warmedUp(name, most, time, batchMilliseconds, warmMilliseconds) {
  let count = 1;
  let [spent, runs] = [0, 0];
  for (let batches = 1; ; batches++) {
    const taken = await time(name, count);
    spent += taken;
    runs += count;
    const wanted = Math.max(1, Math.round((count * batchMilliseconds) / taken));
    if (taken < batchMilliseconds / 2 && count < most) count = Math.min(2 * count, most);
    else if (spent >= warmMilliseconds * (runs < ENOUGH_RUNS ? PATIENCE : 1) || batches >= MAX_WARMING) return Math.min(wanted, most);
  }
}

const MIN_ROUNDS = 5;
/** Compilers count runs: what takes long runs seldom, and gets some more time until it has run often. */
const ENOUGH_RUNS = 1000;
const PATIENCE = 4;
/** Batches, for what takes no time and may not run often. */
const MAX_WARMING = 100;
