// The time of the check: the present, ticking, or an instant that the reader chose.

import { byId, element, setText } from "./element.js";
import { instant } from "../doorward/lib/moment.js";

const NUDGES = [["−1 hour", -3_600], ["+1 hour", 3_600], ["+1 day", 86_400]];

/** What a field of the type `datetime-local` takes. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/u;

export class Clock {
  #live = byId("clock-live");
  #set = byId("clock-set");
  #moment = byId("moment");
  #present = byId("clock-now");

  /** `onChange` is called on every change by the reader, and each second while the clock is live. */
  constructor(onChange) {
    for (const [label, seconds] of NUDGES) {
      const button = element("button", { type: "button", class: "nudge" }, label);
      button.addEventListener("click", () => {
        this.#write((this.now() ?? present()) + seconds);
        onChange();
      });
      byId("nudges").append(button);
    }
    this.#live.addEventListener("change", onChange);
    this.#set.addEventListener("change", () => {
      if (this.#moment.value === "") this.#write(present());
      onChange();
    });
    this.#moment.addEventListener("input", () => {
      this.#set.checked = true;
      onChange();
    });
    this.#tick();
    setInterval(() => {
      if (document.hidden) return;
      this.#tick();
      if (this.#live.checked) onChange();
    }, 1_000);
    document.addEventListener("visibilitychange", () => this.#tick());
  }

  /** Seconds since 1970, or `null` while the chosen instant is incomplete. */
  now() {
    if (this.#live.checked) return present();
    const milliseconds = Date.parse(`${this.#moment.value}Z`);
    return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1_000);
  }

  /** The chosen instant as its field has it, or "" for the present. */
  get state() {
    return this.#set.checked ? this.#moment.value : "";
  }

  fill(moment) {
    this.#moment.value = MOMENT.test(moment) ? moment : "";
    this.#set.checked = this.#moment.value !== "";
    this.#live.checked = !this.#set.checked;
  }

  goLive() {
    this.#live.checked = true;
  }

  #write(seconds) {
    const date = new Date(seconds * 1_000);
    if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9_999 || date.getUTCFullYear() < 1) return;
    this.#set.checked = true;
    this.#moment.value = date.toISOString().slice(0, 19);
  }

  #tick() {
    setText(this.#present, instant(present()));
  }
}

function present() {
  return Math.floor(Date.now() / 1_000);
}
