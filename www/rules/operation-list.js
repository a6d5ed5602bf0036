// Operations as a reader writes them, one a line: "tools/call delete_note", "resources/read notes://welcome", "GET".

import { POSTED, REVISIONS, messageOf, operandOf } from "../trial/message.js";

/** So many lines are judged; more would take longer than a keystroke. */
const MAX_OPERATIONS = 60;

/** `[{ text, method, operand }]`: empty lines are left out, and what is beyond the limit. */
export function operationsOf(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return lines.slice(0, MAX_OPERATIONS).map((line) => {
    const [method] = line.split(/\s/u, 1);
    const operand = line.slice(method.length).trim();
    return { text: line, method, operand: operand === "" ? undefined : operand };
  });
}

/** The request that asks for it, with this token or without: as a server of these revisions gets it. */
export function requestOf({ method, operand }, { resource, versions = REVISIONS }, token) {
  const authorization = token === null ? [] : [["Authorization", `Bearer ${token}`]];
  // Before 2026-07-28 a client listens with GET, and ends its session with DELETE.
  if (method === "GET" || method === "DELETE") {
    const revision = REVISIONS.slice(1).find((each) => versions.includes(each)) ?? REVISIONS[1];
    const headers = [["Accept", "text/event-stream"], ["MCP-Protocol-Version", revision], ...authorization];
    return { method, url: resource, headers, body: "" };
  }
  const { headers, body } = messageOf(method, operandOf(method) && (operand ?? ""), revisionFor(method, versions));
  return { method: "POST", url: resource, headers: [...POSTED, ...headers, ...authorization], body: JSON.stringify(body) };
}

/** The newest that has the method. */
export function revisionFor(method, versions = REVISIONS) {
  const having = method === "initialize" ? REVISIONS.slice(1) : REVISIONS;
  return having.find((revision) => versions.includes(revision)) ?? REVISIONS[0];
}
