// Waiting with an end. Everything here belongs to one request: Workers forbid to wait for another's.

/** What `within` gives when the time is over. */
export const LATE = Symbol("late");

/** A time after which nothing is waited for any more. `end` must be called, or the timer keeps a process alive. */
export class Deadline {
  #timer;
  #late;

  constructor(milliseconds) {
    this.#late = new Promise((resolve) => {
      this.#timer = setTimeout(resolve, milliseconds, LATE);
    });
  }

  /** What the promise gives, or `LATE`. A promise that is given up may go on, and fail unheard. */
  within(promise) {
    return Promise.race([promise, this.#late]);
  }

  end() {
    clearTimeout(this.#timer);
  }
}

export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Has the runtime finish this although the request may be over by then. It must not fail. */
export function goOn(ctx, promise) {
  if (typeof ctx?.waitUntil === "function") ctx.waitUntil(promise);
}
