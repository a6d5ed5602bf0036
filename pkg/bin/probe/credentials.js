// The tokens of a probe: one that somebody has, those of an issuer that is served here, or none.

import { unreachable, wrongUsage } from "../failure.js";
import { DEFAULT_VARIABLE, readToken } from "../token-source.js";
import { serveIssuer } from "./issuer.js";
import { ownTokens, strangersToken } from "./own-token.js";

/**
 * Gives `{ token, make, source, isServed, notes, close }`: a valid token or nothing, a maker of tokens for the suite,
 * and where they come from, in words.
 */
export async function credentialsFor(target, options, { connection, host, progress, tell }) {
  if (target.issuer !== undefined) return servedCredentials(target, { connection, progress, tell });
  const { token, source = null, notes = [] } = await givenToken(options, host);
  const make = token === undefined ? await onlyBad() : await ownTokens(token);
  return { token, make, source, isServed: false, notes, close() {} };
}

async function onlyBad() {
  const token = await strangersToken();
  return async ({ kind }) => (kind === "bad" ? token : undefined);
}

/** Standard input is read only if that is asked for: a program's may never end. */
async function givenToken({ tokenEnv, tokenStdin }, host) {
  if (tokenEnv !== undefined && tokenStdin) {
    throw wrongUsage("expected one token, found --token-env and --token-stdin", "leave one of them out");
  }
  if (tokenStdin) return readToken("-", {}, host);
  const variable = tokenEnv ?? (host.env(DEFAULT_VARIABLE) ? DEFAULT_VARIABLE : undefined);
  return variable === undefined ? {} : readToken(undefined, { env: variable }, host);
}

/** Serves an issuer, says so, and waits until the server accepts a token of it. */
async function servedCredentials({ url, issuer: { port, address, seconds, scopes } }, { connection, progress, tell }) {
  const issuer = await serveIssuer(port, address, url);
  const valid = () => issuer.token({ scopes });
  const { issuer: name, jwksUri } = issuer;
  const task = `have the server trust the issuer ${name} (ES256, keys at ${jwksUri}) for the audience ${url}`;
  const deadline = performance.now() + seconds * 1000;
  tell(task);
  for (;;) {
    const status = await statusFor(connection, url, await valid());
    if (!UNTRUSTED.has(status)) break;
    if (performance.now() > deadline) {
      issuer.close();
      throw untrusted(url, issuer, status, task);
    }
    progress.say(`waiting until the server trusts ${name}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
  connection.requests = 0; // waiting is no testing
  const source = `the issuer ${name}, served here`;
  return { token: await valid(), make: issuer.token, source, isServed: true, notes: [], close: issuer.close };
}

function untrusted(url, { issuer, asked }, status, task) {
  if (status === NO_ANSWER) {
    return unreachable(`expected an answer from ${url}, found none`, "see whether the server runs");
  }
  const fetched = asked.size === 0 ? "and it has asked for no keys" : `after it had asked for ${[...asked].join(", ")}`;
  return wrongUsage(`expected the server to accept a token of ${issuer}, found status ${status}, ${fetched}`, task);
}

async function statusFor(connection, url, token) {
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
  };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: {} });
  try {
    return (await connection.fetch(url, { method: "POST", headers, body })).status;
  } catch {
    return NO_ANSWER;
  }
}

const NO_ANSWER = 0;
/** What a server answers that does not know the issuer, or cannot reach it. */
const UNTRUSTED = new Set([NO_ANSWER, 401, 403, 503]);
const POLL_MILLISECONDS = 1000;
