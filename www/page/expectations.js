// What the reader expects of a token: the form on one side, the verifier's options on the other.

import { byId, element, setText } from "./element.js";
import { ALGORITHMS } from "./algorithms.js";

/** The field that belongs to each option, where the page has one. */
const FIELD = {
  issuer: "issuer", audience: "audience", requiredScopes: "scopes", clockTolerance: "tolerance",
  currentDate: "moment",
};

export class Expectations {
  #issuer = byId("issuer");
  #audience = byId("audience");
  #scopes = byId("scopes");
  #tolerance = byId("tolerance");
  #problem = byId("problem");
  #boxes;

  constructor(onChange) {
    this.#boxes = ALGORITHMS.map((name) => element("input", { type: "checkbox", value: name }));
    byId("algorithms").append(...this.#boxes.map((box) => element("label", { class: "chip" }, box, box.value)));
    byId("expectations").addEventListener("input", () => {
      this.#summarize();
      onChange();
    });
  }

  /**
   * The verifier's options. An empty field is left out, which the verifier takes as "do not check".
   * `now` is `null` while the time is incomplete; that becomes an invalid date, which the verifier refuses.
   */
  options(now) {
    const options = { currentDate: new Date(now === null ? NaN : now * 1_000) };
    const issuer = this.#issuer.value.trim();
    const audience = list(this.#audience.value, /[,\n]/);
    const requiredScopes = list(this.#scopes.value, /[,\s]/);
    const algorithms = this.#boxes.filter((box) => box.checked).map((box) => box.value);
    if (issuer !== "") options.issuer = issuer;
    if (audience.length > 0) options.audience = audience;
    if (requiredScopes.length > 0) options.requiredScopes = requiredScopes;
    if (algorithms.length > 0) options.algorithms = algorithms;
    // A number field with unreadable text in it has the value "", but is not empty.
    if (this.#tolerance.validity.badInput) options.clockTolerance = NaN;
    else if (this.#tolerance.value !== "") options.clockTolerance = Number(this.#tolerance.value);
    return options;
  }

  fill({ issuer, audience, scope }) {
    this.#issuer.value = issuer;
    this.#audience.value = audience;
    this.#scopes.value = scope;
    this.#tolerance.value = "60";
    for (const box of this.#boxes) box.checked = false;
    this.#summarize();
  }

  /** Shows what is wrong with the settings beside the field it belongs to; `null` takes it away. */
  showProblem(error) {
    const culprit = error === null ? undefined : FIELD[error.option ?? error.evidence?.option];
    for (const id of Object.values(FIELD)) {
      const field = byId(id);
      if (id === culprit) {
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", "problem");
      } else {
        field.removeAttribute("aria-invalid");
        field.removeAttribute("aria-describedby");
      }
    }
    setText(this.#problem, error === null ? "" : `This cannot be used: expected ${error.expected}, found ${error.found}.`);
  }

  #summarize() {
    const chosen = this.#boxes.filter((box) => box.checked).map((box) => box.value);
    setText(byId("algorithms-summary"), chosen.length > 0 ? chosen.join(", ") : "any the keys allow");
  }
}

function list(text, separator) {
  return text.split(separator).map((entry) => entry.trim()).filter((entry) => entry !== "");
}
