// How a server that is somebody else's is asked: one request after the other, a bounded number, with bounded answers.

import { unreachable } from "../failure.js";
import { exchange } from "./exchange.js";

/** `fetch` and `exchange` for the suite, which count, wait and give up. `seconds` is how long an answer may take. */
export class Connection {
  /** How many requests were sent. */
  requests = 0;
  /** The sessions that the server has opened, each with its revision. */
  sessions = new Map();
  /** Whether the last test met a limit, of the server's (RFC 6585 section 4) or this one, and so says nothing. */
  isLimited = false;
  #failures = 0;

  constructor({ url, seconds, most, agent }) {
    Object.assign(this, { url, seconds, most, agent });
  }

  fetch = async (address, init = {}) => {
    for (let attempt = 0; ; attempt++) {
      const response = await this.#once(address, init);
      if (response.status !== TOO_MANY || attempt === ATTEMPTS) return response;
      await waited(response, this.seconds);
    }
  };

  exchange = (url, bytes) =>
    this.#asking(async () => {
      const received = await exchange(url, bytes, { patience: this.seconds, silence: Math.min(this.seconds, SILENCE) });
      this.isLimited ||= new TextDecoder().decode(received.subarray(0, 12)).endsWith(` ${TOO_MANY}`);
      return received;
    });

  async #once(address, init) {
    const response = await this.#asking(() => this.#fetched(address, init));
    this.isLimited ||= response.status === TOO_MANY;
    return response;
  }

  async #fetched(address, init) {
    const headers = { "user-agent": this.agent, ...init.headers };
    const signal = AbortSignal.timeout(this.seconds * 1000);
    const response = await fetch(address, { redirect: "manual", ...init, headers, signal });
    const session = response.headers.get("mcp-session-id");
    if (session !== null && !this.sessions.has(session)) this.sessions.set(session, headers["mcp-protocol-version"]);
    const text = [101, 204, 205, 304].includes(response.status) ? null : await beginning(response);
    return new Response(text, { status: response.status, headers: response.headers });
  }

  /** Who has not answered several times will not answer the next time either. */
  async #asking(ask) {
    if (this.requests >= this.most) {
      this.isLimited = true;
      throw new Error(`no more than ${this.most} requests are sent`);
    }
    this.requests++;
    try {
      const answer = await ask();
      this.#failures = 0;
      return answer;
    } catch (error) {
      this.#failures++;
      throw new Error(`no answer: ${reasonOf(error, this.seconds)}`);
    }
  }

  /** Throws if the server has gone. */
  mustAnswer() {
    if (this.#failures < GONE) return;
    throw unreachable(
      `expected answers from ${this.url}, found none to the last ${this.#failures} requests`,
      "see whether the server still runs; --timeout gives it more time, --only asks less of it",
    );
  }
}

/** Why there was no answer, in words. */
export function reasonOf(error, seconds) {
  if (error.name === "TimeoutError" || error.name === "AbortError") return `none within ${seconds} s`;
  const { code } = error.cause ?? error;
  return REASONS[code] ?? code ?? error.cause?.message ?? error.message;
}

/** What has come of a body until it ends, pauses after an event, or is longer than any answer. */
async function beginning(response) {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const isStream = /^text\/event-stream\b/u.test(response.headers.get("content-type") ?? "");
  const decoder = new TextDecoder();
  let text = "";
  while (text.length < MAX_CHARACTERS) {
    const { done, value } = await (isStream ? Promise.race([reader.read(), pause()]) : reader.read());
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel().catch(() => {});
  return text;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS, { done: true }).unref?.());

/** RFC 9110 section 10.2.3, in seconds: the form that such answers have. */
function waited(response, most) {
  const seconds = Number(response.headers.get("retry-after") ?? 1);
  return new Promise((resolve) => setTimeout(resolve, Math.min(seconds >= 0 ? seconds : 1, most) * 1000));
}

const REASONS = {
  ECONNREFUSED: "the connection was refused",
  ConnectionRefused: "the connection was refused",
  ECONNRESET: "the connection was reset",
  UND_ERR_SOCKET: "the connection was closed",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "there is no such host",
  CERT_HAS_EXPIRED: "the certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is self-signed",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate's issuer is unknown",
};

const TOO_MANY = 429;
const ATTEMPTS = 2;
/** Failures in a row after which a server counts as gone. */
const GONE = 5;
/** Seconds without a byte after which an answer of raw bytes counts as whole. */
const SILENCE = 2;
const PAUSE_MILLISECONDS = 2000;
const MAX_CHARACTERS = 1024 * 1024;
