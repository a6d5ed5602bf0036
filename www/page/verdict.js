// The answer: one line for everybody (and for screen readers, in a live region), and under it the reason.

import { providerOf } from "../providers/providers.js";
import { byId, element, outsideLink, setText } from "./element.js";
import { seen } from "./json-text.js";
import { distance, instant } from "../doorward/lib/moment.js";
import { textOf } from "./steps.js";
import { uncheckedOf } from "./verifier.js";

const WORDS = { waiting: "No answer yet", unusable: "Cannot check", broken: "Cannot check", refused: "Refused", accepted: "Accepted" };

/** What an expectation that is left out leaves open. */
const RISKS = {
  issuer: "whoever holds one of these keys may have issued it",
  audience: "it may be meant for somebody else’s service",
};

const MISSING = {
  token: "Paste a token and its keys, or make a sample.",
  keys: "Now paste the provider’s keys: without them nothing can be believed.",
};

export class Verdict {
  #card = byId("verdict");
  #where = byId("verdict-where");
  #track = byId("track");
  #findings = byId("findings");

  show(judgement, options, now) {
    this.#card.dataset.state = judgement.state;
    this.#card.toggleAttribute("data-partly", judgement.state === "accepted" && uncheckedOf(options).length > 0);
    setText(byId("verdict-word"), WORDS[judgement.state]);
    const where = element("span", {}, ...whereOf(judgement, options));
    if (where.textContent !== this.#where.textContent) this.#where.replaceChildren(...where.childNodes);
    this.#drawTrack(judgement.steps);
    const findings = findingsOf(judgement, options, now);
    this.#findings.hidden = findings.length === 0;
    const drawn = element("div", {}, ...findings);
    if (drawn.textContent !== this.#findings.textContent) this.#findings.replaceChildren(...drawn.childNodes);
  }

  #drawTrack(steps) {
    const shown = steps.map((step) => step.verdict).join(" ");
    if (this.#track.dataset.shown === shown) return;
    this.#track.dataset.shown = shown;
    this.#track.replaceChildren(...steps.map((step) => element("span", { class: step.verdict })));
  }
}

/** The rest of the sentence that begins with the word. It changes only when the answer does. */
function whereOf({ state, missing, error, steps }, options) {
  if (state === "waiting") return [MISSING[missing]];
  if (state === "unusable") return ["One of the settings is not valid."];
  if (state === "broken") return [`The verifier itself failed: ${error.message}`];
  if (state === "accepted") {
    const unchecked = uncheckedOf(options);
    return [unchecked.length === 0 ? `All ${steps.length} checks hold.` : `But not checked: ${unchecked.join(", ")}.`];
  }
  const culprit = culpritOf(error, steps);
  if (culprit === undefined) return [error.code];
  const link = element("a", { href: `#check-${culprit.check}` }, culprit.title);
  return [`at check ${steps.indexOf(culprit) + 1} of ${steps.length}: `, link];
}

/** The failed check that the answer speaks of: where several fail, the most telling one is not the first. */
function culpritOf(error, steps) {
  const failed = steps.filter((step) => step.verdict === "failed");
  return failed.find((step) => step.code === error.code) ?? failed[0];
}

function findingsOf({ state, error, verified, steps }, options, now) {
  if (state === "accepted") return acceptedFindings(verified, options, now);
  if (state !== "refused") return [];
  const culprit = culpritOf(error, steps);
  const others = steps.filter((step) => step.verdict === "failed" && step !== culprit);
  return [
    element("p", { class: "message" }, comparison(error, culprit), " ", outsideLink(error.docs, element("code", {}, error.code))),
    error.advice ? element("p", { class: "advice" }, sentence(error.advice)) : null,
    others.length > 0 ? element("p", { class: "hint" }, `Also failing: ${others.map((step) => step.title).join(", ")}.`) : null,
  ].filter((node) => node !== null);
}

function acceptedFindings({ claims, key, issuer, scopes, profile }, options, now) {
  const facts = [
    ["signed with", `${key.alg}, by the key ${key.kid === null ? "without a kid" : `“${key.kid}”`}`],
    ["issued by", issuer ?? "not checked"],
    ["for", options.audience === undefined ? "not checked" : [claims[providerOf(profile.name).audienceClaim]].flat().join(", ")],
    ["scopes", scopes.length > 0 ? scopes.join(" ") : "none"],
    ["expires", typeof claims.exp === "number" ? `${distance(claims.exp, now)} (${instant(claims.exp) ?? "beyond any calendar"})` : "never"],
    ...profile.givesUp === null ? [] : [["given up", profile.givesUp]],
  ];
  const unchecked = uncheckedOf(options);
  const warning = unchecked.length === 0 ? null : element(
    "p", { class: "warning" },
    `You did not say which ${unchecked.join(" and ")} you expect. `
    + `This token is authenticated, not authorized: ${unchecked.map((name) => RISKS[name]).join(", and ")}.`,
  );
  const list = element("dl", { class: "facts" }, ...facts.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, seen(String(value))))));
  return warning === null ? [list] : [warning, list];
}

function comparison({ expected, found, message }, culprit) {
  if (!expected || !found || culprit === undefined) return sentence(message);
  return `Expected ${textOf(culprit, expected)}, found ${textOf(culprit, found)}.`;
}

/** Error texts are lower case without a full stop; on the page they are sentences. */
function sentence(message) {
  const text = seen(message);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
