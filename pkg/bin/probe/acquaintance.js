// What has to be known of a server before it can be tested: whether it answers, which revisions it serves, and whether
// it keeps sessions.

import { unreachable, wrongUsage } from "../failure.js";

/** MCP's revisions since there is Streamable HTTP, the latest first. */
export const REVISIONS = ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"];

/**
 * Gives `{ isOpen, revisions, headers }`. `isOpen`: requests without a token are served; `headers` are those of a
 * session, where tools are listed in sessions only. `wanted` are the revisions to test, or nothing for those that the
 * server serves; `token` is a valid one, or nothing.
 */
export async function acquaint(connection, { url, token, wanted }) {
  const strangers = await withoutToken(connection, url, wanted ?? REVISIONS);
  if (token === undefined && !strangers.isOpen) {
    return { isOpen: false, revisions: wanted ?? [strangers.revision], headers: {} };
  }
  return { isOpen: strangers.isOpen, ...(await served(connection, { url, token, wanted })) };
}

/** How one is answered who has no token. A server that judges revisions first is asked in those that it serves. */
async function withoutToken(connection, url, revisions) {
  const [first] = revisions;
  for (const revision of revisions) {
    const { status } = await asked(connection, url, listing(revision));
    if (status === 400 && revision !== revisions.at(-1)) continue;
    if (status === 401 || status === 403) return { isOpen: false, revision };
    if (status >= 200 && status < 300) return { isOpen: true, revision };
    if (status !== 400) mustBeServer(status);
    const { status: opened } = await asked(connection, url, opening(revision));
    return { isOpen: opened >= 200 && opened < 300, revision: first };
  }
}

/** The revisions that a valid token is served in, and a session where tools are listed in sessions only. */
async function served(connection, { url, token, wanted }) {
  const [latest, ...older] = REVISIONS;
  const revisions = [];
  const sessions = new Map();
  const first = await asked(connection, url, listing(latest), token);
  mustBeAccepted(first, token);
  if (isServed(first)) revisions.push(latest);
  for (const revision of older) {
    const answer = await asked(connection, url, opening(revision), token);
    if (revisions.length === 0) mustBeAccepted(answer, token);
    if (answer.session !== null) sessions.set(revision, answer.session);
    if (isServed(answer) && answer.message?.result?.protocolVersion === revision) revisions.push(revision);
  }
  if (revisions.length === 0 && wanted === undefined) {
    throw unreachable(
      `expected an answer in one of the revisions ${REVISIONS.join(", ")}, found status ${first.status}`,
      "see whether the address is that of an MCP server with Streamable HTTP; --revision says which it serves",
    );
  }
  const tested = wanted ?? revisions;
  const session = sessions.get(tested[0]);
  const isBound = async () => !isServed(await asked(connection, url, listing(tested[0]), token));
  if (session === undefined || !(await isBound())) return { revisions: tested, headers: {} };
  const headers = { "mcp-session-id": session };
  await asked(connection, url, { ...OPENED, revision: tested[0] }, token, headers);
  return { revisions: tested, headers };
}

/** Ends the sessions that were opened. A server need not allow it (MCP 2025-11-25 transports, Session Management). */
export async function endSessions(connection, { url, token }) {
  for (const [id, revision] of [...connection.sessions].slice(0, MAX_SESSIONS)) {
    const version = revision === undefined ? {} : { "mcp-protocol-version": revision };
    const headers = { ...authorization(token), "mcp-session-id": id, ...version };
    await connection.fetch(url, { method: "DELETE", headers }).catch(() => {});
  }
}

async function asked(connection, url, { revision, method, params, id }, token, more = {}) {
  const headers = {
    accept: "application/json, text/event-stream",
    "content-type": "application/json",
    ...authorization(token),
    ...(revision > "2025-03-26" && { "mcp-protocol-version": revision }),
    ...(revision >= "2026-07-28" && { "mcp-method": method }),
    ...more,
  };
  const body = JSON.stringify({ jsonrpc: "2.0", id, method, params });
  try {
    const response = await connection.fetch(url, { method: "POST", headers, body });
    const text = await response.text();
    return {
      status: response.status,
      location: response.headers.get("location"),
      challenge: response.headers.get("www-authenticate"),
      session: response.headers.get("mcp-session-id"),
      message: messageOf(text),
      text,
    };
  } catch (error) {
    const isCertificate = error.message.includes("certificate");
    const advice = isCertificate ? CERTIFICATE : "see whether the server runs, and whether the address is right";
    throw unreachable(`expected an answer from ${url}, found ${error.message}`, advice);
  }
}

function authorization(token) {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

const CERTIFICATE = "NODE_EXTRA_CA_CERTS=FILE has Node and Bun trust an authority of your own, DENO_CERT=FILE Deno";

/** The JSON of a body, or of its first event. */
function messageOf(text) {
  const event = /^data: ?(?<data>\{.*\})$/mu.exec(text)?.groups.data;
  try {
    return JSON.parse(event ?? text);
  } catch {
    return undefined;
  }
}

const isServed = ({ status }) => status >= 200 && status < 300;

function mustBeServer(status) {
  const found = `expected an MCP server, found status ${status}`;
  if (status >= 500) throw unreachable(found, "see what the server's log says");
  if (status < 400) throw wrongUsage(`${found}, a redirect`, "probe the address that it leads to");
  throw wrongUsage(found, "name the whole address: most end in /mcp");
}

function mustBeAccepted({ status, challenge, text }, token) {
  if (token === undefined || (status !== 401 && status !== 403)) return;
  const told = challenge ?? (text.slice(0, 200) || "nothing more");
  throw wrongUsage(
    `expected a token that the server accepts, found status ${status}: ${told}`,
    "get a fresh token for this server, doorward inspect shows what is in it; or probe without one",
  );
}

const listing = (revision) => ({
  revision,
  id: 1,
  method: "tools/list",
  params: revision < "2026-07-28" ? {} : { _meta: META(revision) },
});

/** More than the tests open. A server that gives each answer another session is not asked for each. */
const MAX_SESSIONS = 16;

const META = (revision) => ({
  "io.modelcontextprotocol/protocolVersion": revision,
  "io.modelcontextprotocol/clientInfo": CLIENT,
  "io.modelcontextprotocol/clientCapabilities": {},
});

const CLIENT = { name: "doorward-probe", version: "1.0.0" };

const opening = (revision) => ({
  revision,
  id: 1,
  method: "initialize",
  params: { protocolVersion: revision, capabilities: {}, clientInfo: CLIENT },
});

const OPENED = { method: "notifications/initialized", params: {} };
