// Whether an object still is what it was.

/**
 * Whether `live` would now be written as the JSON that `snapshot` was parsed from. Exact where it says yes;
 * whatever is not plain data (a `toJSON`, a class, another realm's object) counts as different, and costs
 * no more than being written again.
 */
export function matches(live, snapshot) {
  if (typeof snapshot !== "object" || snapshot === null) return live === snapshot;
  if (typeof live !== "object" || live === null || live.toJSON !== undefined) return false;
  return Array.isArray(snapshot) ? matchesArray(live, snapshot) : matchesObject(live, snapshot);
}

function matchesArray(live, snapshot) {
  if (!Array.isArray(live) || live.length !== snapshot.length) return false;
  for (let at = 0; at < snapshot.length; at++) {
    if (!matches(live[at], snapshot[at])) return false;
  }
  return true;
}

function matchesObject(live, snapshot) {
  const prototype = Object.getPrototypeOf(live);
  if (prototype !== Object.prototype && prototype !== null) return false;
  let members = 0;
  for (const name of Object.keys(live)) {
    const value = live[name];
    if (value === undefined) continue; // not written as JSON either
    if (!Object.hasOwn(snapshot, name) || !matches(value, snapshot[name])) return false;
    members++;
  }
  return members === Object.keys(snapshot).length;
}

/**
 * Whether options still say what `members`, copied from them, say: all but the time, which is read each time. As
 * `matches`, it may say no where there is no difference; but a member that is hidden, or there without a value, counts.
 */
export function saysStill(options, members) {
  try {
    const prototype = Object.getPrototypeOf(options);
    if (prototype !== Object.prototype && prototype !== null) return false;
    const names = Reflect.ownKeys(options);
    let place = 0;
    for (const name in members) {
      if (names[place++] !== name) return false;
      if (name !== "currentDate" && !isSame(options[name], members[name])) return false;
    }
    return place === names.length;
  } catch {
    return false; // whoever reads it anew says why
  }
}

function isSame(live, copy) {
  if (!Array.isArray(copy)) return live === copy;
  if (!Array.isArray(live) || live.length !== copy.length) return false;
  for (let at = 0; at < copy.length; at++) {
    if (live[at] !== copy[at]) return false;
  }
  return true;
}
