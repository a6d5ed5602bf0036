// What the reader expects of a token: the form on one side, the verifier's options on the other.

import { byId, element, setText } from "./element.js";
import { PROVIDERS, drawnNote, providerOf } from "../providers/providers.js";
import { ALGORITHMS } from "./algorithms.js";

/** The field that belongs to each option, where the page has one. */
const FIELD = {
  issuer: "issuer", audience: "audience", requiredScopes: "scopes", clockTolerance: "tolerance",
  currentDate: "moment", profile: "profile", tenants: "tenants",
};

export class Expectations {
  #issuer = byId("issuer");
  #audience = byId("audience");
  #scopes = byId("scopes");
  #tolerance = byId("tolerance");
  #profile = byId("profile");
  #tenants = byId("tenants");
  #problem = byId("problem");
  #boxes;

  constructor(onChange) {
    this.#boxes = ALGORITHMS.map((name) => element("input", { type: "checkbox", value: name }));
    byId("algorithms").append(...this.#boxes.map((box) => element("label", { class: "chip" }, box, box.value)));
    this.#profile.append(...PROVIDERS.map(({ profile, name }) => element("option", { value: profile }, name)));
    this.#summarize(); // a browser may have kept the fields of the last visit
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
    if (this.#profile.value !== "standard") options.profile = this.#profile.value;
    const tenants = this.#tenants.disabled ? [] : list(this.#tenants.value, /[,\s]/);
    if (tenants.length > 0) options.tenants = tenants;
    // A number field with unreadable text in it has the value "", but is not empty.
    if (this.#tolerance.validity.badInput) options.clockTolerance = NaN;
    else if (this.#tolerance.value !== "") options.clockTolerance = Number(this.#tolerance.value);
    return options;
  }

  /** What `fill` takes: plain data. */
  get state() {
    return {
      issuer: this.#issuer.value, audience: this.#audience.value, scope: this.#scopes.value,
      profile: this.#profile.value, tenants: list(this.#tenants.value, /[,\s]/), tolerance: this.#tolerance.value,
      algorithms: this.#boxes.filter((box) => box.checked).map((box) => box.value),
    };
  }

  /** All fields; those that are left out get their first value. */
  fill({ issuer = "", audience = "", scope = "", profile = "standard", tenants = [], tolerance = "60", algorithms = [] }) {
    this.#issuer.value = issuer;
    this.#audience.value = audience;
    this.#scopes.value = scope;
    this.#profile.value = providerOf(profile).profile;
    this.#tenants.value = tenants.join(" ");
    this.#tolerance.value = /^\d{0,9}$/u.test(tolerance) ? tolerance : "60";
    for (const box of this.#boxes) box.checked = algorithms.includes(box.value);
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
    const provider = providerOf(this.#profile.value);
    const { tenants, audienceClaim } = provider;
    byId("profile-note").replaceChildren(...drawnNote(provider));
    setText(byId("audience-claim"), audienceClaim);
    this.#tenants.disabled = tenants === undefined;
    byId("tenants-field").hidden = tenants === undefined;
  }
}

function list(text, separator) {
  return text.split(separator).map((entry) => entry.trim()).filter((entry) => entry !== "");
}
