// One document of a provider, fetched: the address, the limit and what to make of it come from the module.

import { readAtMost } from "./body.js";
import { Deadline, LATE } from "./waiting.js";

/**
 * Gives `{ status, contentType, cacheControl, age, body }`, or `{ fault }` by the module's name for it. The time is
 * for headers and body together. Never follows a redirect: the keys are those of the address that was configured.
 */
export async function fetchDocument(fetch, { url, limit }, seconds) {
  const abort = new AbortController();
  const deadline = new Deadline(seconds * 1000);
  try {
    const answer = await deadline.within(answerOf(fetch, url, limit, abort.signal));
    return answer === LATE ? { fault: "timed_out" } : answer;
  } catch {
    return { fault: "unreachable" };
  } finally {
    deadline.end();
    abort.abort(); // what was not read is not wanted
  }
}

async function answerOf(fetch, url, limit, signal) {
  const response = await fetch(url, { ...INIT, headers: { accept: "application/json" }, signal });
  const reader = response.body?.getReader();
  try {
    if (isRedirect(response)) return { fault: "redirected" };
    // What another status brings along is not looked at.
    const body = reader && response.status === 200 ? await readAtMost(reader, limit + 1) : new Uint8Array();
    return body.byteLength > limit ? { fault: "too_large" } : answerWith(response, body);
  } finally {
    reader?.cancel().catch(() => {});
  }
}

function answerWith({ status, headers }, body) {
  return {
    status,
    contentType: headers.get("content-type") ?? undefined,
    cacheControl: headers.get("cache-control") ?? undefined,
    age: headers.get("age") ?? undefined,
    body,
  };
}

/** A `fetch` of the caller may have followed one. A browser hides the one it did not follow, with the status 0. */
function isRedirect({ status, redirected }) {
  return redirected === true || (status >= 300 && status < 400);
}

/** Workers know no cookies, and refuse to be told to send none. */
const INIT = {
  method: "GET",
  redirect: "manual",
  ...("credentials" in Request.prototype ? { credentials: "omit" } : {}),
};
