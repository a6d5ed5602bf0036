// The rules editor: a configuration, who asks, and what the gate says of each operation, as one types.

import { byId, element, setText } from "../page/element.js";
import { seen } from "../page/json-text.js";
import { signOf } from "../page/steps.js";
import { PROVIDERS, drawnNote } from "../providers/providers.js";
import { CallerField } from "../trial/caller-field.js";
import { issuerOf, scopesOf } from "../trial/callers.js";
import { readGate, Trial } from "../trial/trial.js";
import { EXAMPLES } from "./examples.js";
import { operationsOf, requestOf } from "./operation-list.js";
import { pretty } from "./pretty.js";
import { drawnRules, ruleNumber } from "./rule-list.js";
import { wordsOf } from "./words.js";

const DEBOUNCE_MS = 120;

export class RulesPanel {
  #callers;
  #onChange;
  #tryOut;
  #config = byId("config");
  #operations = byId("operations");
  #verdicts = byId("rules-verdicts");
  #caller;
  #configured; // what the configuration's text says
  #round = 0; // the number of the judgement that is on the page, or under way
  #pending;

  /**
   * `onChange` is called when there is another configuration, and `onStart(caller)` when one begins with an example;
   * `tryOut(operation, caller)` shows an operation in full.
   */
  constructor(callers, { onChange, onStart, tryOut }) {
    this.#callers = callers;
    this.#onChange = onChange;
    this.#tryOut = tryOut;
    this.#caller = new CallerField("rules", ["none", "holder"], () => this.#soon());
    byId("example").append(...EXAMPLES.map(({ id, name }) => element("option", { value: id }, name)));
    byId("example").addEventListener("change", ({ target }) => {
      this.#start(EXAMPLES.find(({ id }) => id === target.value));
      onStart(this.#caller.state);
    });
    byId("config-provider").append(...PROVIDERS.map(({ profile, name }) => element("option", { value: profile }, name)));
    byId("config-provider").addEventListener("change", ({ target }) => this.#trust(target.value));
    this.#config.addEventListener("input", () => this.#read());
    this.#operations.addEventListener("input", () => this.#soon());
    this.#start(EXAMPLES[0]);
  }

  /** `{ gate, forwarding }`, or `{ fault }`. */
  get configured() {
    return this.#configured;
  }

  /** What `fill` takes: plain data. */
  get state() {
    return { config: this.#config.value, operations: this.#operations.value, caller: this.#caller.state };
  }

  fill({ config, operations, caller = {} }) {
    if (config !== undefined) this.#config.value = config;
    if (operations !== undefined) this.#operations.value = operations;
    this.#caller.fill(caller);
    this.#read();
  }

  #start({ configuration, operations, scopes, claims }) {
    this.fill({
      config: pretty(configuration),
      operations: operations.join("\n"),
      caller: { scopes, claims: claims === undefined ? "" : JSON.stringify(claims) },
    });
  }

  /** Puts a provider's issuer into the configuration, in place of those that are there. */
  #trust(profile) {
    const { issuer, audience, tenants } = PROVIDERS.find((provider) => provider.profile === profile);
    const entry = profile === "standard" ? issuer : {
      issuer, profile, ...tenants === undefined ? {} : { tenants }, ...audience === undefined ? {} : { audience },
    };
    let configuration;
    try {
      configuration = JSON.parse(this.#config.value);
    } catch {
      return; // what is wrong is said beside the text
    }
    const { oidc, ...others } = configuration;
    this.#config.value = pretty({ ...others, issuers: [entry] });
    this.#read();
  }

  #read() {
    this.#configured = readGate(this.#config.value);
    const { gate, fault } = this.#configured;
    setText(byId("config-problem"), fault === undefined ? "" : `This cannot be used: ${fault.message}.`);
    if (fault === undefined) this.#config.removeAttribute("aria-invalid");
    else this.#config.setAttribute("aria-invalid", "true");
    if (gate !== undefined) {
      this.#caller.offer(scopesOf(gate));
      const { provider } = issuerOf(gate);
      byId("config-provider").value = provider.profile;
      byId("config-provider-note").replaceChildren(...drawnNote(provider));
    }
    this.#onChange();
    this.#soon();
  }

  #soon() {
    clearTimeout(this.#pending);
    this.#pending = setTimeout(() => this.#judge(), DEBOUNCE_MS);
  }

  async #judge() {
    const round = ++this.#round;
    const { gate, fault } = this.#configured;
    const { kind, scopes, claims } = this.#caller.value;
    if (fault !== undefined || claims === null) {
      const culprit = fault === undefined ? "the further claims are no JSON object" : "the configuration cannot be used";
      this.#draw([], `No verdicts: ${culprit}.`);
      return;
    }
    try {
      const trial = new Trial(this.#configured, await this.#callers.jwks());
      const token = kind.id === "none" ? null : await this.#callers.token(gate, { scopes, claims });
      const judged = [];
      for (const operation of operationsOf(this.#operations.value)) {
        judged.push({ operation, answer: await trial.decide(requestOf(operation, gate, token)) });
      }
      if (round === this.#round) this.#draw(judged);
    } catch (error) {
      if (round === this.#round) this.#draw([], `No verdicts: ${error.message}.`);
    }
  }

  #draw(judged, problem) {
    const allowed = judged.filter(({ answer }) => answer.decision.decision === "allow").length;
    const empty = "No verdicts: the list of operations is empty.";
    const tally = problem ?? (judged.length === 0 ? empty : `${allowed} of ${judged.length} allowed`);
    setText(byId("rules-tally"), tally);
    setText(byId("config-tally"), tally);
    this.#verdicts.replaceChildren(...judged.map((each) => this.#row(each)));
    byId("rules-table").hidden = judged.length === 0;
    const { gate } = this.#configured;
    byId("rules-read").replaceChildren(...gate === undefined ? [] : drawnRules(gate, judged));
  }

  #row({ operation, answer }) {
    const { verdict, word, reason } = wordsOf(answer);
    const button = element("button", { type: "button", class: "operation" }, seen(operation.text));
    button.addEventListener("click", () => this.#tryOut(operation, this.#caller.state));
    return element(
      "tr", { class: verdict, "data-operation": operation.text, "data-code": answer.decision.code },
      element("th", { scope: "row" }, button),
      element("td", {}, element("span", { class: "badge" }, signOf(verdict), word), " ", element("span", { class: "hint" }, reason)),
      element("td", {}, ruleNumber(answer.decision.rule, this.#configured.gate)),
    );
  }
}
