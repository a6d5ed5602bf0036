// One request through the gate, with everything that comes of it: the decision, the exact answer, and what the MCP
// server would get.

import { entryOf } from "../page/documentation.js";
import { byId, element, outsideLink, setText } from "../page/element.js";
import { bodyLines, drawn } from "../gate/http-text.js";
import { rulingOf, stagesAhead } from "../gate/ruling.js";
import { signOf, wordOf } from "../page/steps.js";
import { ruleWords } from "../rules/rule-list.js";
import { CallerField } from "../trial/caller-field.js";
import { scopesOf } from "../trial/callers.js";
import { Trial } from "../trial/trial.js";
import { MessageField } from "./message-field.js";
import { reasonPhrase } from "./reason-phrase.js";

const DEBOUNCE_MS = 80;

export class RequestPanel {
  #page;
  #message;
  #caller;
  #mine = { token: "", jwks: "" };
  #round = 0; // the number of the decision that is on the page, or under way
  #pending;

  /** `page`: `callers`, and `configured()` as `readGate` gives it. */
  constructor(page) {
    this.#page = page;
    this.#caller = new CallerField("request", ["none", "holder", "expired", "elsewhere", "forged", "mine"], () => this.soon());
    this.#message = new MessageField(() => this.soon());
    this.#caller.fill({ scopes: ["mcp:read"] });
  }

  /** Another configuration: what it says of the form, and a new decision. */
  adopt() {
    const { gate } = this.#page.configured();
    if (gate !== undefined) {
      this.#message.adopt(gate);
      this.#caller.offer(scopesOf(gate));
      setText(byId("request-gate"), gate.resource);
    }
    this.soon();
  }

  /** What `fill` takes: plain data. */
  get state() {
    return { caller: this.#caller.state, message: this.#message.state };
  }

  fill({ caller, message }) {
    if (caller !== undefined) this.#caller.fill(caller);
    if (message !== undefined) this.#message.fill(message);
    this.soon();
  }

  /** The reader's own token and keys are these now. */
  mineChanged(token, jwks) {
    if (this.#mine.token === token && this.#mine.jwks === jwks) return;
    this.#mine = { token, jwks };
    if (this.#caller.value.kind.id === "mine") this.soon();
  }

  soon() {
    clearTimeout(this.#pending);
    this.#pending = setTimeout(() => this.#decide(), DEBOUNCE_MS);
  }

  async #decide() {
    const round = ++this.#round;
    const { fault, gate } = this.#page.configured();
    const request = this.#message.value;
    setText(byId("request-problem"), request.problem === undefined ? "" : `This cannot be sent: ${request.problem}.`);
    if (fault !== undefined) return this.#fail("The configuration in the tab “Rules” cannot be used.");
    if (request.problem !== undefined) return this.#fail(`This cannot be sent: ${request.problem}.`);
    try {
      const { token, jwks } = await this.#tokenFor(gate);
      const trial = new Trial(this.#page.configured(), jwks);
      const headers = token === null ? request.headers : [...request.headers, ["Authorization", `Bearer ${token}`]];
      const answer = await trial.decide({ ...request, headers });
      if (round === this.#round) this.#show({ ...request, headers }, answer);
    } catch (error) {
      if (round === this.#round) this.#fail(error.message);
    }
  }

  async #tokenFor(gate) {
    const { kind, scopes, claims } = this.#caller.value;
    if (kind.id === "mine") {
      const { token, jwks } = this.#mine;
      if (token === "" || jwks.trim() === "") throw new Error("There is no token of yours yet, or no keys: both belong into the tab “Token”.");
      const keys = keysOf(jwks);
      if (keys === null) throw new Error("The keys in the tab “Token” cannot be read.");
      return { token, jwks: keys };
    }
    const jwks = await this.#page.callers.jwks();
    if (kind.id === "none") return { token: null, jwks };
    if (claims === null) throw new Error("The further claims are no JSON object.");
    return { token: await this.#page.callers.token(gate, { scopes, claims, fault: kind.id }), jwks };
  }

  #fail(reason) {
    this.#round += 1;
    this.#rule({ state: "unusable", word: "Nothing sent", reason, stages: stagesAhead() }, "");
    byId("request-answer").replaceChildren(element("p", { class: "hint" }, "Nothing yet."));
    for (const id of ["request-forwarded-box", "request-event-box"]) byId(id).hidden = true;
    byId("request-rule").replaceChildren();
  }

  #show(request, answer) {
    const { gate } = this.#page.configured();
    const { decision, forwarded, status } = answer;
    const statusLine = `${status} ${reasonPhrase(status)}`;
    const isForwarded = forwarded !== null;
    this.#rule(rulingOf(answer, gate.rules ?? []), isForwarded ? "" : statusLine);
    byId("request-answer").replaceChildren(...isForwarded ? passedOn(answer)
      : drawn(`HTTP/1.1 ${statusLine}`, answer.headers, answer.body, ["www-authenticate", "allow"]));
    byId("request-forwarded-box").hidden = !isForwarded;
    if (isForwarded) byId("request-forwarded").replaceChildren(...arrived(request, forwarded));
    byId("request-event-box").hidden = false;
    byId("request-event").replaceChildren(...bodyLines(JSON.stringify(decision)));
    byId("request-rule").replaceChildren(...decidedBy(decision, gate));
  }

  #rule({ state, word, reason, stages }, status) {
    byId("request-ruling").dataset.state = state;
    setText(byId("request-word"), word);
    setText(byId("request-status"), status);
    setText(byId("request-reason"), reason);
    byId("request-stages").replaceChildren(...stages.map(({ title, verdict }) => element(
      "li", { class: verdict },
      element("span", { class: "badge" }, signOf(verdict), element("span", { class: "visually-hidden" }, `${wordOf(verdict)}: `), title),
    )));
  }
}

/** The answer is the MCP server's: of the gate are only the headers that let a page read it. */
function passedOn({ headers }) {
  const text = element("p", {}, "The MCP server’s own answer goes back to the client, as a stream. A 401 or a redirect of it would not.");
  if (headers.length === 0) return [text];
  return [element("p", {}, "The MCP server’s own answer goes back to the client, and with it these headers of the gate:"), ...drawn("", headers, "")];
}

/** What the MCP server gets: what the gate has put in is marked, and what it has taken off is told. */
function arrived({ headers: sent }, { method, address, headers, body }) {
  const before = new Headers(sent);
  const added = headers.filter(([name, value]) => before.get(name) !== value).map(([name]) => name);
  const gone = [...before.keys()].filter((name) => !headers.some(([each]) => each === name));
  const { host, pathname, search } = new URL(address);
  const told = gone.length === 0 ? [] : [element("p", { class: "hint gone" }, "Taken off: ", element("code", {}, gone.join(", ")))];
  return [...drawn(`${method} ${pathname}${search} HTTP/1.1`, [["host", host], ...headers], body, added), ...told];
}

/** The rule that decided, and where the documentation has what it means. */
function decidedBy({ rule, code }, { rules }) {
  const meaning = code === null ? [] : ["Code: ", outsideLink(entryOf(code), element("code", {}, code)), ". "];
  if (rule === null) return [...meaning, "No rule was asked."];
  if (rules === undefined) return [...meaning, "There are no rules: a valid token may do everything."];
  return [...meaning, `Rule #${rule + 1}: `, ...ruleWords(rules[rule])];
}

/** The keys as an object that a configuration can hold, or `null`. */
function keysOf(text) {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value?.keys) ? value : { keys: [value] };
  } catch {
    return null;
  }
}
