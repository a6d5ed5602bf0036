// The body of a request, as bytes: read once, and no more of it than is judged.

import { Deadline, LATE } from "./waiting.js";

/**
 * Reads at most one byte more than `limit`, which tells the module that there is more. Gives `{ bytes }`, or
 * `{ status }` for a body that does not come or not whole.
 */
export async function readBody(request, limit) {
  if (request.bodyUsed) throw new TypeError("expected a request whose body nobody has read");
  if (request.body === null || request.body === undefined) return { bytes: new Uint8Array() };
  const reader = isSmall(request.headers, limit) ? undefined : request.body.getReader();
  const deadline = new Deadline(MAX_MILLISECONDS);
  try {
    const bytes = await deadline.within(reader === undefined ? readWhole(request) : readAtMost(reader, limit + 1));
    return bytes === LATE ? { status: 408 } : { bytes };
  } catch {
    return { status: 400 };
  } finally {
    deadline.end();
    reader?.cancel().catch(() => {});
  }
}

/**
 * Whether the length that is declared, to which a server holds the sender (RFC 9112 section 6.3), says that this is
 * little. A body that was decoded on the way may be longer than that.
 */
function isSmall(headers, limit) {
  const declared = headers.get("content-length");
  if (declared === null || !LENGTH.test(declared) || headers.get("content-encoding") !== null) return false;
  return Number(declared) <= Math.min(limit, MAX_SMALL_BYTES);
}

/** At once: to read a stream by its chunks takes a runtime several times as long as to judge what is in it. */
async function readWhole(request) {
  return new Uint8Array(await request.arrayBuffer());
}

/** The first `limit` bytes, or all. Fails where the stream does, and where it gives anything but bytes. */
export async function readAtMost(reader, limit) {
  const chunks = [];
  let length = 0;
  while (length < limit) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!(value instanceof Uint8Array)) throw new TypeError("expected a stream of bytes");
    chunks.push(value);
    length += value.byteLength;
  }
  return joined(chunks, length).subarray(0, limit);
}

function joined(chunks, length) {
  if (chunks.length === 1) return chunks[0];
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

const LENGTH = /^\d{1,9}$/u;

/** The usual message has a kilobyte; what is much longer takes its time anyway. */
const MAX_SMALL_BYTES = 65_536;

/** A client that takes longer for a megabyte has left, or holds connections open on purpose. */
const MAX_MILLISECONDS = 30_000;
