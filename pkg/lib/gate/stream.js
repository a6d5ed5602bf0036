// A stream that ends when the token does that it was opened with.

import { joined } from "./body.js";

/**
 * The answer, ending with the token (`expires`, in milliseconds since 1970) if it goes on until somebody ends it.
 * Others were allowed as a whole.
 */
export function withEnd(response, expires) {
  if (!mayOutlive(response, expires)) return response;
  return new Response(endingAt(response.body.getReader(), endOf(expires)), response);
}

/**
 * The same for what a handler of this process answers. Servers answer with a stream that has one event and ends, and
 * has ended by now: as a whole it costs less than a stream does, and less than watching over one.
 */
export async function wholeOrWithEnd(response, expires) {
  if (!mayOutlive(response, expires)) return response;
  const reader = response.body.getReader();
  const begun = await beginningOf(reader);
  return new Response(begun.whole ?? endingAt(reader, endOf(expires), begun), response);
}

/** The body last: to look at one makes a stream of it. */
function mayOutlive(response, expires) {
  return expires !== undefined && isEndless(response.headers) && Boolean(response.body);
}

/** A token that was accepted only because clocks differ gets as much time as they may. */
function endOf(expires) {
  return expires > Date.now() ? expires : Date.now() + TOLERANCE_MILLISECONDS;
}

function isEndless(headers) {
  return /^\s*text\/event-stream\s*(?:;|$)/iu.test(headers.get("content-type") ?? "");
}

/** What there is without waiting: `whole`, all of it in bytes, or the `chunks` so far and what is being read. */
async function beginningOf(reader) {
  const chunks = [];
  let turns = 0;
  while (chunks.length < MAX_CHUNKS_AHEAD) {
    const reading = reader.read();
    let read;
    reading.then((given) => (read = given), () => {}); // whoever goes on with it hears of its fault
    while (read === undefined && turns++ < MAX_TURNS) await undefined;
    if (read === undefined) return { chunks, reading };
    const areBytes = chunks.every((chunk) => chunk instanceof Uint8Array);
    if (read.done) return areBytes ? { whole: joined(chunks) } : { chunks, reading };
    chunks.push(read.value);
  }
  return { chunks };
}

/**
 * The same chunks, each read when it is asked for, until `end` (milliseconds since 1970). Then the stream closes, and
 * the one below is cancelled, as it is when the reader goes away. `begun` is what was read before.
 */
function endingAt(reader, end, { chunks = [], reading } = {}) {
  let timer;
  let over = false;
  const stop = () => {
    over = true;
    clearTimeout(timer);
  };
  return new ReadableStream(
    {
      start(controller) {
        const wait = () => {
          const left = end - Date.now();
          if (left > 0) {
            timer = setTimeout(wait, Math.min(left, MAX_TIMER_MILLISECONDS));
          } else {
            stop();
            controller.close();
            reader.cancel().catch(() => {});
          }
        };
        wait();
      },
      async pull(controller) {
        if (chunks.length > 0) return controller.enqueue(chunks.shift());
        try {
          const next = reading ?? reader.read();
          reading = undefined;
          const { done, value } = await next;
          if (!done) return controller.enqueue(value);
          stop();
          controller.close();
        } catch (fault) {
          if (over) return; // closed while this was waited for
          stop();
          controller.error(fault);
        }
      },
      cancel(reason) {
        stop();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Several times as many as code takes that waits for nothing else; for what does, a microsecond or two. */
const MAX_TURNS = 32;

/** An answer has one event or a few. Whoever writes more is to be held back by who reads. */
const MAX_CHUNKS_AHEAD = 4;

/** The default clock tolerance. */
const TOLERANCE_MILLISECONDS = 60_000;

/** Longer timers fire at once: they count in 32 bits. */
const MAX_TIMER_MILLISECONDS = 2 ** 31 - 1;
