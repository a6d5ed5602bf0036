// The parts of a token, read for display only: lenient on purpose, so that a token which the verifier
// refuses to read can still be looked at. Nothing here decides anything.

/** At most this many characters of one part are decoded for display: the verifier reads no longer tokens. */
const SHOWN_CHARACTERS = 16 * 1024;

/** `{ header, payload, signature }`, each a part or `null` where the token has no such part. */
export function segmentsOf(token) {
  const [header = null, payload = null, ...rest] = token.split(".");
  return { header, payload, signature: rest.length > 0 ? rest.join(".") : null };
}

/** The text a part decodes to, or `null` where it does not decode at all. */
export function decodedText(part) {
  const bytes = decodedBytes(part.slice(0, SHOWN_CHARACTERS));
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** The bytes of base64url text, read as leniently as the browser can. `null` where it cannot. */
export function decodedBytes(part) {
  const base64 = part.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Canonical base64url of text (as UTF-8) or bytes. */
export function encoded(input) {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
