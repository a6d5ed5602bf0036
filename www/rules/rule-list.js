// The rules of a configuration in words, and which operations each of them has decided.

import { element } from "../page/element.js";
import { seen } from "../page/json-text.js";

/** An item a rule, in order. A rule that decides nothing here is told: an earlier one may stand before it. */
export function drawnRules({ rules }, judged) {
  if (rules === undefined) {
    return [element("li", {}, "No rules: a valid token may do everything.")];
  }
  return rules.map((rule, place) => {
    const decided = judged.filter(({ answer }) => answer.decision.rule === place).map(({ operation }) => operation.text);
    return element(
      "li", { class: decided.length > 0 ? "" : "idle", id: `rule-${place}` },
      ...ruleWords(rule),
      element("span", { class: "hint decided" }, decided.length > 0 ? seen(`decides ${decided.join(", ")}`) : "decides none of these"),
    );
  });
}

/** "#2", or why there is none. */
export function ruleNumber(rule, { rules }) {
  if (rule === null) return "none";
  return rules === undefined ? "no rules" : `#${rule + 1}`;
}

/** "tools/call delete_* needs mcp:admin" */
export function ruleWords({ method, name, uri, scopes = [], anyScope = [], claims = [], public: isPublic = false }) {
  const what = [method === "*" ? "anything else" : method, name, uri].filter((part) => part !== undefined).join(" ");
  const needs = [
    ...scopes.length > 0 ? [scopes.join(" and ")] : [],
    ...anyScope.length > 0 ? [anyScope.join(" or ")] : [],
    ...claims.map(claimWords),
  ];
  if (isPublic) return [code(what), " is public"];
  if (needs.length === 0) return [code(what), " needs a valid token"];
  return [code(what), " needs ", ...needs.flatMap((need, place) => (place === 0 ? [code(need)] : [" and ", code(need)]))];
}

function claimWords({ claim, equals, contains }) {
  const path = [claim].flat().join(".");
  return contains === undefined ? `${path} = ${JSON.stringify(equals)}` : `${path} ∋ ${JSON.stringify(contains)}`;
}

function code(text) {
  return element("code", {}, seen(text));
}
