// What crosses between a gate and its module: a request's head as one text, a decision as another.

/** The head of a request as the module takes it. `values` are those of the fields that it reads. */
export function headOf({ method, url }, values) {
  let head = `${method}\n${url}`;
  for (const value of values) head += value === undefined ? "\n" : `\n=${value}`;
  return head;
}

/** A head in UTF-8, for use at once: the next one takes its place. */
export function encoded(head) {
  const { read, written } = encoder.encodeInto(head, place);
  return read === head.length ? place.subarray(0, written) : encoder.encode(head);
}

/** A decision in its parts: what to do, read, and as texts what is not wanted of every request. */
export function partsOf(text) {
  const [outcome, event = "", identity = ""] = text.split("\n", 3);
  const access = text.slice(outcome.length + event.length + identity.length + 3);
  return { outcome: JSON.parse(outcome), event, identity, access };
}

/** The response of an answer. */
export function responseOf({ status, headers, body }) {
  return new Response(body === "" ? null : body, { status, headers });
}

const encoder = new TextEncoder();

/** Room for nearly every head: servers refuse much longer ones themselves. */
const place = new Uint8Array(16 * 1024);
