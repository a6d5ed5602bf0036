// The figures as a table: a body for each group, a row for each algorithm.

import { element, setText } from "../page/element.js";
import { spread, time, times } from "./figures.js";
import { GROUPS } from "./rows.js";

export class Table {
  #rows = new Map();

  constructor(table) {
    for (const { measure, title, note, unit, algorithms } of GROUPS) {
      const head = element("th", { scope: "rowgroup", colspan: 4 }, title, element("span", { class: "hint" }, note));
      const rows = algorithms.map((algorithm) => {
        const cells = Array.from({ length: 3 }, () => element("td", {}, "–"));
        const row = element("tr", { "data-row": `${measure}-${algorithm}` }, element("th", { scope: "row" }, algorithm), cells);
        this.#rows.set(row.dataset.row, { row, cells, unit });
        return row;
      });
      table.append(element("tbody", {}, element("tr", {}, head), rows));
    }
  }

  clear() {
    for (const { row, cells } of this.#rows.values()) {
      delete row.dataset.state;
      row.replaceChildren(row.firstChild, ...cells);
      for (const cell of cells) setText(cell, "–");
    }
  }

  /** A row that is being measured, or `null`. */
  point(id) {
    for (const [each, { row }] of this.#rows) {
      if (each === id) row.dataset.state = "measuring";
      else if (row.dataset.state === "measuring") delete row.dataset.state;
    }
  }

  show(id, { figures, absence }) {
    const { row, cells, unit } = this.#rows.get(id);
    row.dataset.state = figures === undefined ? "absent" : "measured";
    if (figures === undefined) {
      row.replaceChildren(row.firstChild, element("td", { colspan: 3, class: "absence" }, absence));
      return;
    }
    const { Doorward, jose, ratio } = figures;
    setText(cells[0], time(Doorward, unit));
    setText(cells[1], time(jose, unit));
    cells[2].replaceChildren(element("strong", {}, times(ratio.median)), " ", element("span", { class: "hint" }, spread(ratio)));
  }
}
