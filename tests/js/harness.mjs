// A test runner for runtimes that share none: `test` collects, `run` runs, the asserts throw.

const tests = [];

export function test(name, body) {
  tests.push({ name, body });
}

/** Runs every test there is. Gives `{ passed, failures }`, each failure one text. */
export async function run() {
  let passed = 0;
  const failures = [];
  for (const { name, body } of tests) {
    try {
      await body();
      passed++;
    } catch (error) {
      failures.push(`${name}\n${error?.stack ?? error}`);
    }
  }
  return { passed, failures };
}

/** What a runtime ends with: the failures, and a line of its own. */
export function told(runtime, { passed, failures }) {
  return [...failures.map((failure) => `FAILED ${failure}\n`), `${runtime}: ${passed} passed, ${failures.length} failed`].join("\n");
}

export function ok(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
}

/** Deep equality of plain data, whatever the order of members and the prototypes. */
export function same(found, expected, what = "value") {
  const [left, right] = [canonical(found), canonical(expected)];
  if (left !== right) throw new Error(`${what}: expected ${right}, found ${left}`);
}

function canonical(value) {
  return JSON.stringify(value, (_, member) => {
    if (member === undefined) return "(undefined)";
    if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
