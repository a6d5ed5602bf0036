// The live panel: who asks, what they ask, and what the gate makes of it.

import { byId, element, setText } from "../page/element.js";
import { signOf, wordOf } from "../page/steps.js";
import { CALLERS, callerWith } from "./callers.js";
import { keys, requestOf, send, tokenOf } from "./exchange.js";
import { bodyLines, drawn } from "./http-text.js";
import { OPERATIONS } from "./operations.js";
import { rulingOf, stagesAhead } from "./ruling.js";

/** What is chosen before the reader chooses: a request that is let through. */
const BEGIN = { caller: callerWith("mcp:read"), operation: OPERATIONS[0] };

export class LivePanel {
  #gate; // the gate's own address, which the demo's server passes requests on to
  #issuer;
  #rules;
  #inspect;
  #sending = 0; // the number of the exchange that is on the page, or under way
  #token = null; // the one that was sent
  #button = byId("live-send");
  #ruling = byId("live-ruling");

  /** `gate`, `issuer`, `rules` and `implies` as the demo's server tells; `inspect(sample)` shows a token's checks. */
  constructor({ gate, issuer, rules, implies }, inspect) {
    this.#gate = new URL(gate);
    this.#issuer = issuer;
    this.#rules = rules;
    this.#inspect = inspect;
    byId("live-callers").append(...CALLERS.map((row) => choice("live-caller", row, row === BEGIN.caller)));
    byId("live-operations").append(...OPERATIONS.map((row) => choice("live-operation", row, row === BEGIN.operation)));
    byId("live-rules").append(...rules.map(ruleItem));
    const included = Object.entries(implies).map(([scope, scopes]) => `${scope} includes ${scopes.join(" and ")}`);
    setText(byId("live-implies"), `${included.join(", ")}.`);
    byId("live-controls").addEventListener("change", () => this.#choose());
    this.#button.addEventListener("click", () => this.#send());
    byId("live-inspect").addEventListener("click", () => this.#show());
    setText(byId("live-where"), gate);
    byId("live-absent").hidden = true;
    for (const node of document.querySelectorAll(".with-live")) node.hidden = false;
    this.#choose();
  }

  get #caller() {
    return chosen("live-caller", CALLERS);
  }

  get #operation() {
    return chosen("live-operation", OPERATIONS);
  }

  /** Another choice: what would be sent is shown, and no earlier answer stays beside it. */
  #choose() {
    this.#sending += 1;
    this.#token = null;
    setText(byId("live-caller-note"), this.#caller.note);
    setText(byId("live-operation-note"), this.#operation.note);
    this.#drawRequest(this.#caller.id === "none" ? null : "Bearer …");
    this.#idle();
    this.#clear("waiting", "Nothing sent yet", "Press Send, and see what the gate makes of it.");
  }

  async #send() {
    if (this.#button.hasAttribute("aria-busy")) return;
    const number = ++this.#sending;
    this.#button.setAttribute("aria-busy", "true");
    setText(this.#button, "Sending");
    try {
      const token = await tokenOf(this.#caller);
      if (number !== this.#sending) return;
      const request = this.#drawRequest(token === null ? null : `Bearer ${token}`);
      const answer = await send(request);
      if (number !== this.#sending) return;
      this.#token = token;
      this.#drawAnswer(answer);
      this.#rule(rulingOf(answer, this.#rules), answer);
    } catch (error) {
      if (number !== this.#sending) return;
      this.#token = null;
      this.#clear("broken", "No answer", `Something is not running: ${error.message}.`);
    }
    this.#idle();
  }

  /** There is no answer, for this reason. */
  #clear(state, word, reason) {
    this.#rule({ state, word, reason, stages: stagesAhead(), stepUp: null });
    byId("live-answer").replaceChildren(element("p", { class: "hint" }, "Nothing yet."));
    this.#drawEvent(null);
  }

  #idle() {
    this.#button.removeAttribute("aria-busy");
    setText(this.#button, "Send");
    byId("live-inspect").hidden = this.#token === null;
  }

  #drawRequest(authorization) {
    const operation = this.#operation;
    const request = requestOf(operation, this.#gate, authorization);
    const marked = (operation.suspects ?? []).map((name) => name.toLowerCase());
    const first = `POST ${request.path} HTTP/1.1`;
    byId("live-request").replaceChildren(...drawn(first, request.headers, request.body, marked));
    return request;
  }

  #drawAnswer({ status, reason, headers, body, decision }) {
    byId("live-answer").replaceChildren(...drawn(`HTTP/1.1 ${status} ${reason}`, headers, body, ["www-authenticate"]));
    this.#drawEvent(decision);
  }

  #drawEvent(decision) {
    byId("live-event").replaceChildren(...(decision === null ? [] : bodyLines(JSON.stringify(decision))));
    byId("live-event-box").hidden = decision === null;
    [...byId("live-rules").children].forEach((item, place) => {
      if (place === decision?.rule) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    });
  }

  #rule({ state, word, reason, stages, stepUp }, answer) {
    this.#ruling.dataset.state = state;
    setText(byId("live-word"), word);
    setText(byId("live-status"), answer === undefined ? "" : `${answer.status} ${answer.reason}`.trim());
    setText(byId("live-reason"), reason);
    byId("live-stages").replaceChildren(...stages.map(stageItem));
    this.#offer(stepUp === null ? undefined : callerWith(stepUp.join(" ")));
  }

  /** What a client does next: it gets a token with the scope that the answer names, and asks again. */
  #offer(caller) {
    const box = byId("live-step-up");
    box.hidden = caller === undefined;
    if (caller === undefined) return;
    const button = element("button", { type: "button" }, `Ask again as ${caller.label}`);
    button.addEventListener("click", () => {
      document.getElementById(idOf("live-caller", caller)).checked = true;
      this.#choose();
      this.#button.focus();
      this.#send();
    });
    const text = element(
      "p", {},
      element("strong", {}, this.#caller.id === "none" ? "Next step: " : "Step-up: "),
      "the header WWW-Authenticate names ", element("code", {}, caller.scope),
      ". A client gets a token with it, and asks again.",
    );
    box.replaceChildren(text, button);
  }

  /** The token that was sent, in the tab of tokens: why it holds or not, check by check. */
  async #show() {
    const token = this.#token;
    try {
      this.#inspect({ token, jwks: await keys(), issuer: this.#issuer, audience: this.#gate.href, scope: "" });
    } catch (error) {
      setText(byId("live-reason"), `${error.message}.`);
    }
  }
}

function choice(group, { id, label, scope, sly }, checked) {
  const input = element("input", { type: "radio", name: group, id: idOf(group, { id }), value: id, checked });
  const granted = scope === undefined ? null : element("span", { class: "granted" }, scope);
  return element("label", { class: `chip ${sly ? "sly" : ""}` }, input, label, granted);
}

function idOf(group, { id }) {
  return `${group}-${id}`;
}

function chosen(group, rows) {
  const { value } = document.querySelector(`input[name="${group}"]:checked`);
  return rows.find(({ id }) => id === value);
}

function ruleItem({ method, name, scopes }) {
  const what = [method === "*" ? "anything else" : method, name].filter((part) => part !== undefined).join(" ");
  return element("li", {}, element("code", {}, what), " needs ", element("code", {}, scopes.join(" ")));
}

function stageItem({ title, verdict }) {
  const word = element("span", { class: "visually-hidden" }, `${wordOf(verdict)}: `);
  return element("li", { class: verdict }, element("span", { class: "badge" }, signOf(verdict), word, title));
}
