/** The module of which the build made this text. */
export function compiled(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  return new WebAssembly.Module(bytes);
}
