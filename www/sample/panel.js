// The sample's controls: one button makes it, a row of buttons attacks it, one restores it.

import { ALGORITHMS, isSlowToMake } from "../page/algorithms.js";
import { byId, element, setText } from "../page/element.js";
import { PROVIDERS, providerOf } from "../providers/providers.js";
import { ATTACKS } from "./attacks.js";
import { Mint } from "./mint.js";
import { Sample } from "./sample.js";

const RESTORE = { id: "restore", label: "restore", story: "The valid token again.", make: (sample, now) => sample.token(now) };

export class SamplePanel {
  #page;
  #mint = new Mint();
  #algorithm = byId("sample-alg");
  #provider = byId("sample-provider");
  #button = byId("make-button");
  #story = byId("story");
  #buttons;
  #sample = null;
  #making = null; // the AbortController of the work under way

  /** `page`: `now()`, `fill(sample)` and `present(token)`. */
  constructor(page) {
    this.#page = page;
    this.#provider.append(...PROVIDERS.map(({ profile, name }) => element("option", { value: profile }, name)));
    this.#provider.addEventListener("change", () => this.#run(RESTORE, false));
    this.#algorithm.append(...ALGORITHMS.map((name) => element("option", { value: name }, name)));
    this.#button.addEventListener("click", () => {
      if (this.#making === null) this.#run(RESTORE, true);
      else this.#making.abort(new Error("stopped"));
    });
    this.#buttons = [...ATTACKS, RESTORE].map((attack) => {
      const kind = attack === RESTORE ? {} : { "aria-pressed": "false" };
      const button = element("button", { type: "button", class: `attack ${attack === RESTORE ? "restore" : ""}`, "data-attack": attack.id, ...kind }, attack.label);
      button.addEventListener("click", () => this.#run(attack, false));
      return button;
    });
    byId("attacks").append(...this.#buttons);
  }

  /** Fulfilled when no sample needs the network any more. */
  get loaded() {
    return this.#mint.ready;
  }

  /** The token in the field is no longer the one that was put there. */
  forget() {
    this.#press(null);
    setText(this.#story, "");
  }

  /** Makes the token of one attack, and first the sample where there is none (or a new one is asked for). */
  async #run(attack, anew) {
    if (this.#making !== null) return;
    this.#making = new AbortController();
    try {
      const now = this.#page.now() ?? Math.floor(Date.now() / 1_000);
      const algorithm = this.#algorithm.value;
      const provider = providerOf(this.#provider.value);
      if (anew || this.#sample === null) {
        this.#busy(algorithm);
        this.#sample = null; // the key is given up for another
        this.#sample = await Sample.make(this.#mint, algorithm, provider, this.#making.signal);
      } else if (provider !== this.#sample.provider) {
        this.#sample = this.#sample.as(provider);
      }
      const token = await attack.make(this.#sample, now);
      this.#page.fill(this.#sample);
      this.#press(attack.id);
      setText(this.#story, anew ? `A fresh ${algorithm} key and a token signed by it, as ${nameOf(provider)} would issue it. `
        + "Now attack it." : attack.story);
      this.#page.present(token);
    } catch (error) {
      setText(this.#story, `No sample: ${error.message}.`);
    } finally {
      this.#making = null;
      this.#idle();
    }
  }

  #busy(algorithm) {
    this.#button.setAttribute("aria-busy", "true");
    setText(this.#button, "Stop");
    setText(this.#story, isSlowToMake(algorithm)
      ? `Making a 2048-bit RSA key in your browser. This can take some seconds …`
      : `Making an ${algorithm} key in your browser …`);
    // Not `disabled`: that would take the focus away from the button just pressed.
    for (const button of this.#buttons) button.setAttribute("aria-disabled", "true");
  }

  #idle() {
    this.#button.removeAttribute("aria-busy");
    setText(this.#button, "Make me a sample");
    for (const button of this.#buttons) button.removeAttribute("aria-disabled");
  }

  #press(id) {
    const again = byId("again");
    again.hidden = id === null;
    setText(again, id === RESTORE.id ? "Attack it" : "Another attack");
    for (const button of this.#buttons) {
      if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(button.dataset.attack === id));
    }
  }
}

/** "Standard (RFC 9068)" is no name of anybody. */
function nameOf({ profile, name }) {
  return profile === "standard" ? "a provider after RFC 9068" : name;
}
