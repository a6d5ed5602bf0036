// What a handler gives or throws before it becomes a response, and the bytes of base64.

export class Answer {
  constructor(status, body, headers) {
    Object.assign(this, { status, body, headers });
  }
}

export function bytesOf(base64) {
  return Uint8Array.from(atob(base64.replaceAll("-", "+").replaceAll("_", "/")), (character) =>
    character.charCodeAt(0),
  );
}
