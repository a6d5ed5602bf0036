// A request, taken through the module: it decides, and says what it needs for that.

import { clock } from "../options.js";
import { Admission } from "./admission.js";
import { readBody } from "./body.js";
import { Fields } from "./fields.js";
import { problem } from "./problem.js";
import { encoded, headOf, partsOf, responseOf } from "./told.js";
import { Deadline, LATE, goOn, pause } from "./waiting.js";

/**
 * Gives `{ allowed: false, response, event }`, or an `Admission`. `places` are those of the header fields that the
 * module reads, `limit` is the longest body in bytes; `event` is `undefined` where nobody listens.
 */
export async function decide({ gate, places, limit, keys }, request, ctx) {
  const fields = new Fields(request.headers, places);
  const head = headOf(request, fields.judged);
  const waiting = new Waiting();
  let bytes;
  let parts = received(gate, head);
  try {
    for (;;) {
      const { outcome } = parts;
      switch (outcome.kind) {
        case "body": {
          refresh(keys, outcome.refresh, ctx);
          const read = await readBody(request, fields, limit);
          if (read.bytes === undefined) {
            gate.forget(outcome.ticket);
            return incomplete(read.status);
          }
          ({ bytes } = read);
          parts = completed(gate, head, bytes, outcome.ticket);
          break;
        }
        case "keys":
          if (!(await waiting.forKeys(keys, outcome, ctx))) return unavailable(gate);
          parts = bytes === undefined ? received(gate, head) : completed(gate, head, bytes);
          break;
        case "answer":
          refresh(keys, outcome.refresh, ctx);
          return denied(parts);
        case "allow":
          refresh(keys, outcome.refresh, ctx);
          return new Admission(parts, fields, bytes);
        default:
          throw new TypeError(`expected a known kind of outcome, found ${outcome.kind}`);
      }
    }
  } finally {
    waiting.end();
  }
}

/** The head judged. A number says all of the usual request: that its body is wanted. */
function received(gate, head) {
  const ticket = gate.receive(encoded(head), clock());
  return ticket === 0 ? partsOf(gate.outcome()) : { outcome: { kind: "body", ticket, refresh: null } };
}

/** The whole judged: from what the module has kept of the head, or anew. */
function completed(gate, head, bytes, ticket = 0) {
  const text = ticket === 0 ? undefined : gate.complete(ticket, bytes, clock());
  return partsOf(text ?? gate.decide(encoded(head), bytes, clock()));
}

/** All the waiting of one request for keys. */
class Waiting {
  #deadline;
  #pause = FIRST_PAUSE_MILLISECONDS;

  /** Waits until it is worth to ask again; `false` when the time of the request is used up. */
  async forKeys(keys, outcome, ctx) {
    this.#deadline ??= new Deadline(MAX_WAIT_MILLISECONDS);
    return (await this.#deadline.within(outcome.fetch ? obtained(keys, outcome, ctx) : this.#aWhile())) !== LATE;
  }

  async #aWhile() {
    await pause(this.#pause);
    this.#pause = Math.min(2 * this.#pause, LAST_PAUSE_MILLISECONDS);
  }

  end() {
    this.#deadline?.end();
  }
}

/** A client that goes away must not end what others wait for. */
function obtained(keys, task, ctx) {
  const promise = keys.obtain(task, ctx);
  goOn(ctx, promise.catch(() => {}));
  return promise;
}

/** Keys that will soon be too old are brought while this request goes on with those that there are. */
function refresh(keys, task, ctx) {
  if (task !== null) goOn(ctx, keys.obtain(task, ctx).catch(() => {}));
}

function denied({ outcome, event }) {
  return { allowed: false, response: responseOf(outcome.response), event: event === "" ? undefined : JSON.parse(event) };
}

function unavailable(gate) {
  const response = responseOf(JSON.parse(gate.unavailable()));
  return { allowed: false, response, event: denial(response.status, "keys_unavailable") };
}

function incomplete(status) {
  const response =
    status === 408
      ? problem(408, "request_timeout", "the body took too long")
      : problem(status, "invalid_request", "the body ended early");
  return { allowed: false, response, event: denial(status, "body_incomplete") };
}

/** The event of a request whose operation never became known. */
function denial(status, code) {
  return {
    decision: "deny", status, code, revision: null, method: null, name: null, messages: 0, rule: null,
    issuer: null, client: null, scopes: null, stale: false,
  };
}

/** A client that has waited this long is better told to come again. Fetches that have begun go on. */
const MAX_WAIT_MILLISECONDS = 10_000;

/** Short at first, since a provider often answers within milliseconds; then rare enough to cost nothing. */
const FIRST_PAUSE_MILLISECONDS = 10;
const LAST_PAUSE_MILLISECONDS = 100;
