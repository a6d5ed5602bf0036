// A stream that ends when the token does that it was opened with.

/**
 * The answer, ending with the token (`expires`, in milliseconds since 1970) if it goes on until somebody ends it.
 * Others were allowed as a whole.
 */
export function withEnd(response, expires) {
  // The body last: to look at it makes a stream of it.
  if (expires === undefined || !isEndless(response.headers) || !response.body) return response;
  const { status, statusText, headers, body } = response;
  return new Response(endingAt(body, endOf(expires)), { status, statusText, headers });
}

/** A token that was accepted only because clocks differ gets as much time as they may. */
function endOf(expires) {
  return expires > Date.now() ? expires : Date.now() + TOLERANCE_MILLISECONDS;
}

function isEndless(headers) {
  return /^\s*text\/event-stream\s*(?:;|$)/iu.test(headers.get("content-type") ?? "");
}

/**
 * The same chunks, each read when it is asked for, until `end` (milliseconds since 1970). Then the stream closes, and
 * the one below is cancelled, as it is when the reader goes away.
 */
function endingAt(stream, end) {
  const reader = stream.getReader();
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
        try {
          const { done, value } = await reader.read();
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

/** The default clock tolerance. */
const TOLERANCE_MILLISECONDS = 60_000;

/** Longer timers fire at once: they count in 32 bits. */
const MAX_TIMER_MILLISECONDS = 2 ** 31 - 1;
