// What the gate decided, in words: from its decision event and the answer that went out.

import { challengedScopes } from "./exchange.js";

/** What the gate looks at, in its order, and the codes of what can be wrong there. */
const STAGES = [
  { id: "route", title: "Route", codes: ["route_unknown", "method_not_allowed", "body_too_large"] },
  { id: "origin", title: "Origin", codes: ["origin_not_allowed"] },
  { id: "bearer", title: "Token sent", codes: ["token_absent", "authorization_malformed"] },
  { id: "token", title: "Token holds", codes: [] }, // every code that is nowhere else: a token can fail in many ways
  {
    id: "message", title: "Message",
    codes: [
      "version_unsupported", "header_mismatch", "content_type_unsupported", "content_encoding_unsupported",
      "message_malformed", "batch_not_allowed", "uri_ambiguous",
    ],
  },
  { id: "rule", title: "Scope", codes: ["scope_insufficient", "claims_insufficient", "operation_denied"] },
  { id: "server", title: "MCP server", codes: [] },
];

const REASONS = {
  origin_not_allowed: () => "A web page sent this, and its origin is not on the list.",
  token_absent: (needed) => `There is no token. The answer says where to get one, and to ask for ${needed}.`,
  token_expired: () => "The provider did sign this token, but it has expired.",
  signature_invalid: () => "Somebody has changed this token: the provider did not sign these words.",
  audience_mismatch: () => "The provider did sign this token, but for another service.",
  keys_unavailable: () => "The provider’s keys cannot be had, so no token can be judged now.",
  batch_not_allowed: () => "This revision has no batches: one message a request.",
  header_mismatch: () => "A header does not say what the body says. To believe one of them is to be fooled.",
  operation_denied: () => "No rule is for this operation, and what no rule allows is denied.",
  claims_insufficient: () => "A claim of the token stands against it, and no scope would help.",
  authorization_malformed: () => "Something else than one token is in Authorization, or there is more than one.",
  route_unknown: () => "Nothing is at this path: it must be that of the resource, exactly.",
  method_not_allowed: () => "This path has other HTTP methods: the answer names them.",
  body_too_large: () => "The body is longer than the gate reads.",
  content_type_unsupported: () => "The body is not said to be JSON.",
  content_encoding_unsupported: () => "The body is encoded, so what is in it cannot be judged.",
  message_malformed: () => "The body is not one strict JSON-RPC message: two readers could read it differently.",
  version_unsupported: () => "This revision of MCP is not served here.",
  uri_ambiguous: () => "This URI has a second spelling, and rules compare URIs letter by letter.",
};

/**
 * `{ state, word, reason, stages, stepUp }` for an answer of the gate; `rules` are its rules. `stepUp` are the scopes
 * with which a client would get further, or `null`.
 */
export function rulingOf(answer, rules) {
  const event = answer.decision;
  if (event === null) {
    const reason = "The gate is not to be reached.";
    return { state: "broken", word: "No decision", reason, stages: stagesAhead(), stepUp: null };
  }
  const needed = challengedScopes(answer);
  if (event.decision === "answer") {
    const reason = "The gate answers this itself: anybody may ask.";
    const stages = stagesAhead();
    stages[0].verdict = "passed";
    return { state: "accepted", word: "Answered", reason, stages, stepUp: null };
  }
  if (event.decision === "allow") {
    const served = answer.status < 400;
    const stages = stagesUntil(STAGES.length - 1);
    stages.at(-1).verdict = served ? "passed" : "failed";
    return { state: "accepted", word: "Let through", reason: allowed(event, rules), stages, stepUp: null };
  }
  const reason = event.code === "scope_insufficient" ? lacking(event, needed) : REASONS[event.code]?.(listed(needed));
  return {
    state: "refused",
    word: "Turned away",
    reason: reason ?? `The token is refused: ${event.code}.`,
    stages: stagesUntil(stageOf(event.code)),
    stepUp: ["scope_insufficient", "token_absent"].includes(event.code) ? needed : null,
  };
}

/** The stages before anything is sent. */
export function stagesAhead() {
  return STAGES.map(({ title }) => ({ title, verdict: "not_reached" }));
}

function stagesUntil(failed) {
  return STAGES.map(({ title }, index) => {
    const verdict = index < failed ? "passed" : index === failed ? "failed" : "not_reached";
    return { title, verdict };
  });
}

function stageOf(code) {
  const found = STAGES.findIndex(({ codes }) => codes.includes(code));
  return found === -1 ? STAGES.findIndex(({ id }) => id === "token") : found;
}

function allowed(event, rules) {
  if (event.scopes === null) return `${whatOf(event)} is public: no token is looked at.`;
  const { scopes = [], anyScope = [] } = rules[event.rule] ?? {};
  const needed = [...scopes, ...anyScope.slice(0, 1)];
  const included = needed.every((scope) => event.scopes.includes(scope)) ? "" : ", which includes it";
  return `${whatOf(event)} needs ${listed(needed)}; this token has ${listed(event.scopes)}${included}.`;
}

function lacking(event, needed) {
  return `${whatOf(event)} needs ${listed(needed)}; this token has ${listed(event.scopes)}.`;
}

function whatOf({ name, method, messages }) {
  return messages > 1 ? `In this batch, ${name ?? method}` : name ?? method;
}

function listed(scopes) {
  return scopes.length === 0 ? "no scope" : scopes.join(" and ");
}
