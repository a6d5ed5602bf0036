// A provider's token endpoint, asked for a token by client credentials (RFC 6749 section 4.4).

import { readAtMost } from "../lib/gate/body.js";
import { describeFault } from "./answer.js";
import { EXIT } from "./exit-code.js";
import { Failure, unreachable, wrongUsage } from "./failure.js";
import { visible, visibleJson } from "./visible.js";

/** The address, if a secret may be sent there (RFC 6749 section 3.2). */
export function tokenEndpointAt(address, insecureLoopback = false) {
  let url;
  try {
    url = new URL(address);
  } catch {
    throw wrongUsage(`expected a token endpoint, an https URL, found ${visibleJson(address)}`, null);
  }
  const isLocal = url.protocol === "http:" && LOOPBACK.has(url.hostname);
  if (url.protocol === "https:" || (isLocal && insecureLoopback)) return url.href;
  const advice = isLocal ? "--insecure-loopback allows http on this machine, to try things out" : null;
  throw wrongUsage(`expected a token endpoint, an https URL, found ${visibleJson(address)}`, advice);
}

/** Sends the request. Gives the members of the answer, one of which is the token. */
export async function requestToken(endpoint, { headers, body }, hints, host) {
  const { status, location, answer } = await host.progress.during(`asking ${endpoint}`, () =>
    exchange(endpoint, { headers, body }, host),
  );
  if (status >= 300 && status < 400) {
    throw unreachable(
      `expected an answer of ${endpoint}, found a redirect to ${visibleJson(location)}`,
      "is this the token endpoint?",
    );
  }
  if (typeof answer?.error === "string") throw refused(status, answer, hints);
  if (status !== 200 || answer === undefined) {
    throw unreachable(
      `expected a token from ${endpoint}, found the status ${status} without an answer in JSON`,
      "is this the token endpoint?",
    );
  }
  if (typeof answer.access_token !== "string" || typeof answer.token_type !== "string") {
    throw unreachable(
      'expected "access_token" and "token_type" in the answer (RFC 6749 section 5.1), found none',
      null,
    );
  }
  if (!PRINTABLE.test(answer.access_token)) {
    throw unreachable(
      "expected a token of printable ASCII (RFC 6749 appendix A.12), found other characters in it",
      "is this the token endpoint? No server would take such a token",
    );
  }
  return answer;
}

async function exchange(endpoint, { headers, body }, host) {
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  try {
    const response = await host.fetch(endpoint, {
      method: "POST",
      headers: { accept: "application/json", ...headers },
      body,
      redirect: "manual",
      signal,
    });
    const bytes = response.body === null ? new Uint8Array() : await readAtMost(response.body.getReader(), MAX_BYTES);
    return { status: response.status, location: response.headers.get("location"), answer: objectIn(bytes) };
  } catch (error) {
    const { words, advice } = describeFault(error, signal.aborted);
    throw unreachable(`expected an answer of ${endpoint}, found none: ${words}`, advice);
  }
}

/** RFC 6749 section 5.2. The provider's own words come along; what to do depends on the code. */
function refused(status, { error, error_description: description }, hints) {
  const said = typeof description === "string" ? ` (${visible(description)})` : "";
  const advice = (Object.hasOwn(ADVICE, error) ? ADVICE[error](hints) : null) ?? null;
  const exitCode = status >= 500 ? EXIT.UNREACHABLE : EXIT.NO;
  const details = { status, error, description: description ?? null };
  return new Failure(exitCode, "token_refused", `expected a token, found the error ${visible(error)}${said}`, {
    advice,
    details,
  });
}

function objectIn(bytes) {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * By the codes of RFC 6749 section 5.2 and RFC 8707 section 2. `hints` are what was sent, and the provider's metadata.
 */
const ADVICE = {
  invalid_client: (hints) => (hints.method === "private_key_jwt" ? wrongKey(hints) : wrongSecret(hints)),
  unauthorized_client: () => "allow this client the grant client_credentials at the provider",
  unsupported_grant_type: () =>
    "this provider, or this client, has no client_credentials: enable the grant at the provider",
  invalid_scope: ({ scopesSupported }) =>
    scopesSupported === undefined
      ? "allow this client the scope at the provider, or ask for another with --scope"
      : `allow this client the scope at the provider, or ask for one of ${scopesSupported.map(visible).join(", ")}`,
  invalid_target: () => "register the resource at the provider, exactly as given with --resource",
  invalid_request: () => "does the provider need --resource, --audience or --scope?",
  invalid_grant: () => "allow this client the grant client_credentials at the provider",
  access_denied: () => "allow this client the resource and the scopes at the provider",
  temporarily_unavailable: () => "try again in a while",
  server_error: () => "try again in a while; the provider's log says more",
};

function wrongKey({ assertionAudience }) {
  const question = 'is the public key registered for this client, under the same "kid"?';
  return `${question} The assertion is for ${assertionAudience}: --assertion-audience changes that`;
}

function wrongSecret({ method, methods }) {
  const taken = methods === undefined ? "" : `; the provider takes ${methods.map(visible).join(", ")}`;
  return `are client id and secret right? They were sent by ${method}${taken}: --auth-method changes that`;
}

/** A token is written as it is, to a terminal too: nothing in it may be obeyed there. */
const PRINTABLE = /^[\x20-\x7e]+$/u;

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

const TIMEOUT_MILLISECONDS = 30_000;

/** Many times the longest answer. */
const MAX_BYTES = 1024 * 1024;
