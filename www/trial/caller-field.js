// Who asks, as a reader chooses it: with which token, which scopes, and which further claims.

import { byId, element } from "../page/element.js";

/** The kinds of callers, one row each. `token` says that the page makes a token for it. */
export const KINDS = [
  { id: "none", label: "nobody", note: "No token at all: how every client begins." },
  { id: "holder", label: "a valid token", token: true, note: "A token of the trusted issuer, signed with a key that this page has made." },
  { id: "expired", label: "expired", token: true, note: "The same, but it expired an hour ago." },
  { id: "elsewhere", label: "wrong audience", token: true, note: "The same, but issued for another service." },
  { id: "forged", label: "forged", token: true, note: "The same, but somebody has changed a claim after it was signed." },
  { id: "mine", label: "my token", note: "The token of the tab “Token”, judged by the keys there." },
];

export class CallerField {
  #prefix;
  #kinds;
  #scopes; // the element with a chip for each
  #claims;
  #note;

  /** The elements have ids that begin with `prefix`. `kinds` are ids of `KINDS`. */
  constructor(prefix, kinds, onChange) {
    this.#prefix = prefix;
    this.#kinds = KINDS.filter(({ id }) => kinds.includes(id));
    this.#scopes = byId(`${prefix}-scopes`);
    this.#claims = byId(`${prefix}-claims`);
    this.#note = byId(`${prefix}-caller-note`);
    byId(`${prefix}-kinds`).append(...this.#kinds.map(({ id, label }) => element(
      "label", { class: "chip" },
      element("input", { type: "radio", name: `${prefix}-kind`, value: id, id: `${prefix}-kind-${id}`, checked: id === "holder" }),
      label,
    )));
    byId(`${prefix}-caller`).addEventListener("input", () => {
      this.#tell();
      onChange();
    });
    this.#tell();
  }

  /** Has these scopes to choose from. Those that are chosen stay, also where nothing speaks of them any more. */
  offer(scopes) {
    const { scopes: chosen } = this.value;
    this.#draw([...new Set([...scopes, ...chosen])], chosen);
  }

  /** `{ kind, scopes, claims }`; `claims` is `null` while their text is no JSON object. */
  get value() {
    const boxes = [...this.#scopes.querySelectorAll("input")];
    return {
      kind: this.#kinds.find(({ id }) => byId(`${this.#prefix}-kind-${id}`).checked),
      scopes: boxes.filter((box) => box.checked).map((box) => box.value),
      claims: objectOf(this.#claims.value),
    };
  }

  /** What `fill` takes: plain data. */
  get state() {
    const { kind, scopes } = this.value;
    return { kind: kind.id, scopes, claims: this.#claims.value };
  }

  fill({ kind = "holder", scopes = [], claims = "" }) {
    const known = this.#kinds.some(({ id }) => id === kind) ? kind : "holder";
    byId(`${this.#prefix}-kind-${known}`).checked = true;
    const offered = [...this.#scopes.querySelectorAll("input")].map((box) => box.value);
    this.#draw([...new Set([...offered, ...scopes])], scopes);
    this.#claims.value = claims;
    if (claims !== "") this.#claims.closest("details").open = true;
    this.#tell();
  }

  #draw(offered, chosen) {
    const focused = document.activeElement?.id;
    this.#scopes.replaceChildren(...offered.map((scope, place) => element(
      "label", { class: "chip scope" },
      element("input", { type: "checkbox", value: scope, id: `${this.#prefix}-scope-${place}`, checked: chosen.includes(scope) }),
      scope,
    )));
    if (focused?.startsWith(`${this.#prefix}-scope-`)) document.getElementById(focused)?.focus();
    byId(`${this.#prefix}-no-scopes`).hidden = offered.length > 0;
  }

  #tell() {
    const { kind, claims } = this.value;
    this.#note.textContent = kind.note;
    byId(`${this.#prefix}-holder`).hidden = kind.token !== true;
    if (claims === null) this.#claims.setAttribute("aria-invalid", "true");
    else this.#claims.removeAttribute("aria-invalid");
  }
}

function objectOf(text) {
  if (text.trim() === "") return {};
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
