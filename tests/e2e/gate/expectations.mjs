// What is expected, and what was found instead.

export function expect(holds, expected, found) {
  if (!holds) throw new Error(`expected ${expected}, found ${JSON.stringify(found)?.slice(0, 600)}`);
}
