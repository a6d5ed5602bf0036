/** The module of which the build made this text. */
export function compiled(base64) {
  return new WebAssembly.Module(Uint8Array.fromBase64?.(base64) ?? decoded(atob(base64)));
}

/** For engines of before 2025. */
function decoded(text) {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
