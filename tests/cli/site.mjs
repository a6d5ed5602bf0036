// A site of documents on this machine, for what no healthy provider serves.

import { listen } from "../e2e/mcp/listener.mjs";

/**
 * Serves documents by path: each an object that is sent as JSON, or `{ status, type, body, location }`, or a function of
 * the request and its body that gives one of these. `documents` may be a function of the site's address.
 */
export async function startSite(documents) {
  let served;
  const site = await listen(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname } = new URL(request.url, "http://localhost");
    let document = served[pathname];
    if (typeof document === "function") document = await document(request, Buffer.concat(chunks).toString());
    const { status = 200, type = "application/json", body, location } = answerOf(document);
    response.writeHead(status, { ...(type && { "content-type": type }), ...(location && { location }) });
    response.end(body);
  });
  served = typeof documents === "function" ? documents(site.origin) : documents;
  return site;
}

function answerOf(document) {
  if (document === undefined) return { status: 404, body: "{}" };
  const isAnswer = ["status", "type", "body", "location"].some((name) => name in document);
  return isAnswer ? document : { body: JSON.stringify(document) };
}
