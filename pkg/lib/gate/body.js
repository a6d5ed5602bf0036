// The body of a request, as bytes: read once, and no more of it than is judged.

/**
 * Reads at most one byte more than `limit`, which tells the module that there is more. Gives `{ bytes }`, or
 * `{ status }` for a body that does not come or not whole.
 */
export function readBody(request, fields, limit) {
  if (request.bodyUsed) throw new TypeError("expected a request whose body nobody has read");
  const { body } = request; // first: adapters of Node so make an empty one of what somebody has read before
  if (body === null || body === undefined) return { bytes: new Uint8Array() };
  if (isSmall(fields, limit)) return inTime(readWhole(request));
  const reader = body.getReader();
  return inTime(readAtMost(reader, limit + 1), () => reader.cancel().catch(() => {}));
}

/**
 * Whether the length that is declared, to which a server holds the sender (RFC 9112 section 6.3), says that this is
 * little. A body that was decoded on the way may be longer than that.
 */
function isSmall(fields, limit) {
  const declared = fields.get("content-length");
  if (declared === undefined || !LENGTH.test(declared) || fields.get("content-encoding") !== undefined) return false;
  return Number(declared) <= Math.min(limit, MAX_SMALL_BYTES);
}

/** What is read, if it is in time. `end` is called in any case. */
function inTime(reading, end) {
  return new Promise((resolve) => {
    const finish = (read) => {
      clearTimeout(timer);
      end?.();
      resolve(read);
    };
    const timer = setTimeout(finish, MAX_MILLISECONDS, { status: 408 });
    reading.then((bytes) => finish({ bytes }), () => finish({ status: 400 }));
  });
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

/** Chunks of bytes as one. */
export function joined(chunks, length = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0)) {
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
