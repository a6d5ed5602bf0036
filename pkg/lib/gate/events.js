// Decisions, told to whoever logs or counts them.

import { goOn } from "./waiting.js";

/** A listener cannot break a request: what it throws, or fails with later, is not heard of. */
export function tell(listener, event, ctx) {
  const hearing = async () => listener(Object.freeze(event));
  goOn(ctx, hearing().catch(() => {}));
}
