// What crosses between a gate and its module: a request's head as one text, a decision as another.

/** The head of a request as the module takes it. `names` are the fields that it reads. */
export function headOf({ method, url, headers }, names) {
  let head = `${method}\n${url}`;
  for (const name of names) {
    const value = headers.get(name);
    head += value === null ? "\n" : `\n=${value}`;
  }
  return head;
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
