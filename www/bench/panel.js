// The benchmark: measures Doorward and jose in this browser, and shows row by row what it finds.

import { byId, setText } from "../page/element.js";
import { draw } from "./chart.js";
import { browser, markdown } from "./figures.js";
import { Measurement } from "./measurement.js";
import { BUDGETS, ROWS } from "./rows.js";
import { Table } from "./table.js";

export class BenchmarkPanel {
  #measurement = new Measurement();
  /** Fulfilled when no measurement needs the network any more. */
  loaded = this.#measurement.load();
  #table = new Table(byId("bench-table"));
  #button = byId("bench-start");
  #state = byId("bench-state");
  #results = new Map();
  #isRunning = false;
  #wasHidden = false;

  constructor() {
    draw(byId("bench-chart"), this.#results);
    this.#button.addEventListener("click", () => (this.#isRunning ? this.#measurement.stop() : this.#run()));
    byId("bench-copy").addEventListener("click", () => this.#copy());
    document.addEventListener("visibilitychange", () => (this.#wasHidden ||= document.hidden));
    this.loaded.catch(() => {}); // told when it is needed
  }

  async #run() {
    if (!isSecureContext) {
      setText(this.#state, "This page came neither by https nor from this machine, and browsers have WebCrypto only then.");
      return;
    }
    const name = document.querySelector("input[name='bench-budget']:checked").value;
    this.#clear();
    try {
      const versions = await this.#measurement.open();
      for await (const { row, ...result } of this.#measurement.run(BUDGETS[name])) {
        if (result.figures === undefined && result.absence === undefined) this.#point(row);
        else this.#show(row, result);
      }
      this.#tell(versions, name);
      setText(this.#state, this.#ending());
    } catch (error) {
      setText(this.#state, `Nothing was measured: ${error.message}.`);
    }
    this.#idle();
  }

  #clear() {
    this.#isRunning = true;
    this.#wasHidden = document.hidden;
    this.#results.clear();
    this.#table.clear();
    draw(byId("bench-chart"), this.#results);
    byId("bench-made").hidden = true;
    this.#button.setAttribute("aria-busy", "true");
    setText(this.#button, "Stop");
    setText(this.#state, "Measuring.");
    byId("bench-progress").hidden = false;
  }

  #idle() {
    this.#isRunning = false;
    this.#table.point(null);
    this.#button.removeAttribute("aria-busy");
    setText(this.#button, "Measure again");
    byId("bench-progress").hidden = true;
  }

  #point(row) {
    const at = ROWS.indexOf(row);
    Object.assign(byId("bench-bar"), { max: ROWS.length, value: at });
    setText(byId("bench-row"), `${at + 1} of ${ROWS.length}: ${row.group.title.toLowerCase()}, ${row.algorithm}`);
    this.#table.point(row.id);
  }

  #show(row, result) {
    this.#results.set(row.id, result);
    this.#table.show(row.id, result);
    draw(byId("bench-chart"), this.#results);
  }

  #ending() {
    const measured = [...this.#results.values()].filter(({ figures }) => figures !== undefined);
    const agreed = measured.flatMap(({ figures }) => figures.agreed ?? []);
    const sum = (what) => agreed.reduce((total, each) => total + each[what], 0);
    return [
      this.#results.size === ROWS.length ? "Done." : `Stopped after ${this.#results.size} of ${ROWS.length} rows.`,
      agreed.length === 0 ? "" : `Both accepted the same ${sum("accepted")} tokens with the same claims, and refused the same ${sum("refused")} that were altered, expired or for others.`,
      this.#wasHidden ? "The tab was out of sight for a while, which may have slowed it: measure again." : "",
    ].filter(Boolean).join(" ");
  }

  /** On what and with what it was measured. */
  #tell({ Doorward, jose }, name) {
    const cores = navigator.hardwareConcurrency ?? "an unknown number of";
    const now = new Date();
    const made = `Measured in ${browser(navigator)}, ${cores} ${cores === 1 ? "core" : "cores"}, `
      + `on ${now.toLocaleDateString("en-GB", { dateStyle: "long" })} at ${now.toLocaleTimeString("en-GB", { timeStyle: "short" })}: `
      + `Doorward ${Doorward}, jose ${jose} with this browser’s WebCrypto, ${name}, medians of interleaved rounds.`;
    setText(byId("bench-origin"), made);
    byId("bench-made").hidden = this.#results.size === 0;
    byId("bench-text").hidden = true;
    setText(byId("bench-copied"), "");
  }

  async #copy() {
    const text = markdown(this.#results, byId("bench-origin").textContent);
    try {
      await navigator.clipboard.writeText(text);
      setText(byId("bench-copied"), "Copied.");
    } catch {
      // Not allowed here: the reader copies it.
      const field = byId("bench-text");
      field.value = text;
      field.hidden = false;
      field.select();
      setText(byId("bench-copied"), "This browser does not let the page copy: it is selected below.");
    }
  }
}
