// A request, taken through the module: it decides, and says what it needs for that.

import { clock } from "../options.js";
import { Admission } from "./admission.js";
import { readBody } from "./body.js";
import { problem } from "./problem.js";
import { headOf, partsOf, responseOf } from "./told.js";
import { Deadline, LATE, goOn, pause } from "./waiting.js";

/**
 * Gives `{ allowed: false, response, event }`, or an `Admission`. `fields` are the names of the header fields that the
 * module reads; `event` is `undefined` where nobody listens.
 */
export async function decide({ gate, fields, keys }, request, ctx) {
  const head = headOf(request, fields);
  const waiting = new Waiting();
  let bytes;
  let caller;
  try {
    for (;;) {
      const parts = partsOf(gate.decide(head, bytes, caller, clock()));
      const { outcome } = parts;
      switch (outcome.kind) {
        case "body": {
          refresh(keys, outcome.refresh, ctx);
          const read = await readBody(request, outcome.limit);
          if (read.bytes === undefined) {
            if (outcome.caller !== null) gate.forget(outcome.caller);
            return incomplete(read.status);
          }
          ({ bytes } = read);
          ({ caller } = outcome);
          break;
        }
        case "keys":
          if (!(await waiting.forKeys(keys, outcome, ctx))) return unavailable(gate);
          break;
        case "answer":
          refresh(keys, outcome.refresh, ctx);
          return denied(parts);
        case "allow":
          refresh(keys, outcome.refresh, ctx);
          return new Admission(parts, bytes);
        default:
          throw new TypeError(`expected a known kind of outcome, found ${outcome.kind}`);
      }
    }
  } finally {
    waiting.end();
  }
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
