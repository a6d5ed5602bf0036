// From many figures to a few.

/** Median and quartiles of figures, and how many there were. */
export function summary(figures) {
  const sorted = [...figures].sort((one, other) => one - other);
  return { median: rounded(quantile(sorted, 0.5)), low: rounded(quantile(sorted, 0.25)), high: rounded(quantile(sorted, 0.75)), count: sorted.length };
}

/** How many times as fast as `base`: both ran in each round, and each round gives a ratio. */
export function ratio(figures, base) {
  return summary(figures.map((figure, round) => base[round] / figure));
}

/** Rounds of several processes, one after the other. */
export function joined(parts) {
  const rounds = {};
  for (const part of parts) {
    for (const [name, figures] of Object.entries(part)) rounds[name] = [...(rounds[name] ?? []), ...figures];
  }
  return rounds;
}

/** Summaries by candidate, with the ratio to the first of `bases` that is among them. */
export function summaries(rounds, bases) {
  const base = bases.find((name) => name in rounds);
  return Object.fromEntries(
    Object.entries(rounds).map(([name, figures]) => {
      const told = { time: summary(figures) };
      if (base !== undefined) told.ratio = ratio(figures, rounds[base]);
      return [name, told];
    }),
  );
}

/** Between two figures there are others: linear interpolation. */
function quantile(sorted, part) {
  const at = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at - Math.floor(at));
}

/** Four digits: the fifth is noise. */
const rounded = (figure) => Number(figure.toPrecision(4));
