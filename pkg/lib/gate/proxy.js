// The gate as a reverse proxy: what was allowed goes to the origin, and its answer to the client, as streams.

import { clock } from "../options.js";
import { applyCors } from "./cors.js";
import { HOP_BY_HOP } from "./fields.js";
import { initOf, queryWithoutToken } from "./forward.js";
import { problem } from "./problem.js";
import { withEnd } from "./stream.js";

/** Forwards what was allowed. `assertions` is `undefined` where none were asked for. */
export async function forward(request, admission, options, assertions) {
  const { bytes, cors, expires } = admission;
  const headers = await headersFor(admission, options, assertions);
  let response;
  try {
    const address = addressOf(request, admission.route, options.origin).href;
    response = await options.fetch(address, { ...initOf(request, bytes, headers), redirect: "manual" });
  } catch {
    return refused("the origin cannot be reached", cors);
  }
  const fault = faultOf(response, options);
  if (fault === undefined) return answered(response, expires, cors, options);
  response.body?.cancel().catch(() => {});
  return refused(fault, cors);
}

async function headersFor(admission, { keepAuthorization, removeHeaders }, assertions) {
  // What is public goes through whatever token comes along: nobody has looked at it, so nobody is to get it.
  const isVerified = admission.expires !== undefined;
  const headers = admission.fields.toHeaders({ keepAuthorization: keepAuthorization && isVerified });
  for (const name of removeHeaders) headers.delete(name);
  headers.set("accept-encoding", "identity"); // a stream that is compressed is held back until there is enough of it
  for (const [name, value] of admission.identity) headers.set(name, value);
  if (assertions !== undefined && admission.access !== undefined) {
    headers.set("doorward-assertion", await assertions.sign(admission.access, clock()));
  }
  return headers;
}

/** The routes of the gate at the origin: its path there may be another than here. */
function addressOf(request, route, origin) {
  const address = new URL(origin);
  if (route === "server-card") address.pathname = `${address.pathname.replace(/\/$/u, "")}/server-card`;
  if (route === "catalog") address.pathname = "/.well-known/ai-catalog.json";
  address.search = queryWithoutToken(new URL(request.url));
  return address;
}

/** What of the origin must not reach a client. It would be sent past the gate, or into authorizing itself in vain. */
function faultOf({ status, type }, { keepAuthorization }) {
  if (type === "opaqueredirect" || (status >= 300 && status < 400 && status !== 304)) return "the origin redirected";
  if (status === 401 && !keepAuthorization) return "the origin refused what the gate had allowed";
  if (status < 200 || status > 599) return "the origin answered with no known status";
  return undefined;
}

function answered(response, expires, cors, { keepAuthorization, endStreamsWithToken }) {
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  for (const name of HOP_BY_HOP) headers.delete(name);
  // A challenge names where to get a token: the gate's are right, the origin's would lead elsewhere.
  if (!keepAuthorization) headers.delete("www-authenticate");
  // Runtimes undo the encoding and leave its header; and length is for them to find out again.
  headers.delete("content-encoding");
  headers.delete("content-length");
  applyCors(headers, cors);
  const answer = new Response(NULL_BODY.has(status) ? null : response.body, { status, statusText, headers });
  return endStreamsWithToken ? withEnd(answer, expires) : answer;
}

function refused(description, cors) {
  const response = problem(502, "bad_gateway", description);
  applyCors(response.headers, cors);
  return response;
}

/** Answers with these have no body, and `Response` refuses even an empty one (Fetch standard, null body status). */
const NULL_BODY = new Set([204, 205, 304]);
