// Texts on their way into the module.

/**
 * Longest text, in UTF-16 units, that is copied into the module's memory: above all limits of the module,
 * which refuses what is cut here for its size all the same. That memory never shrinks, so without a bound
 * one hostile text would keep its size for the life of the process.
 */
const MAX_CROSSING_UNITS = 2 ** 20;

/** The text, or enough of it to be refused as too large. */
export function crossing(text) {
  return text.length > MAX_CROSSING_UNITS ? text.slice(0, MAX_CROSSING_UNITS) : text;
}

/** Whether no half of a surrogate pair stands alone, which could only cross as another character. */
export function isWellFormed(text) {
  return text.isWellFormed ? text.isWellFormed() : !LONE_SURROGATE.test(text);
}

const LONE_SURROGATE = /\p{Surrogate}/u;
