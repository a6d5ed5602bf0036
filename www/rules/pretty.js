// JSON as people write configurations: what is short stands on one line.

const LINE_CHARACTERS = 76;

/** The JSON text of a value, with a line for each member that does not fit into one. */
export function pretty(value, indent = "") {
  const line = oneLine(value);
  if (typeof value !== "object" || value === null || (indent !== "" && indent.length + line.length <= LINE_CHARACTERS)) return line;
  const inner = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((each) => `${inner}${pretty(each, inner)}`)
    : Object.entries(value).map(([name, each]) => `${inner}${JSON.stringify(name)}: ${pretty(each, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return members.length === 0 ? line : `${open}\n${members.join(",\n")}\n${indent}${close}`;
}

function oneLine(value) {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${oneLine(each)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
