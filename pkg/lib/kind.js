// What a value is, in words that give nothing of it away.

/** `"undefined"`, `"null"`, `"NaN"`, `"an array"`, ...: the type of a value, never the value. */
export function kindOf(value) {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? "a number" : String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  return isArray(value) ? "an array" : "an object";
}

function isArray(value) {
  try {
    return Array.isArray(value);
  } catch {
    return false; // a proxy that was revoked is not even that
  }
}
