// JSON as people write configurations: what is short stands on one line.

/** So many fit beside each other where the page is wide, the comma included. */
const LINE_CHARACTERS = 76;

/** The JSON text of a value, with a line for each member that does not fit into one. */
export function pretty(value) {
  return broken(value, "", "");
}

function laidOut(value, indent, name) {
  const line = oneLine(value);
  return indent.length + name.length + line.length < LINE_CHARACTERS ? `${name}${line}` : broken(value, indent, name);
}

function broken(value, indent, name) {
  if (typeof value !== "object" || value === null) return `${name}${JSON.stringify(value)}`;
  const inner = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((each) => laidOut(each, inner, ""))
    : Object.entries(value).map(([member, each]) => laidOut(each, inner, `${JSON.stringify(member)}: `));
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (members.length === 0) return `${name}${open}${close}`;
  return `${name}${open}\n${members.map((member) => `${inner}${member}`).join(",\n")}\n${indent}${close}`;
}

function oneLine(value) {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${oneLine(each)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
