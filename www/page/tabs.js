// The parts of the playground, one a tab (WAI-ARIA Authoring Practices, tabs that open with the focus). A tab is a link
// to "#/name", so that each has an address, and the browser's own history goes back to the tab before.
//
// One more is a link in #tabs, and in `main` the panel that its `aria-controls` names. The link's `data-answer` is where
// "Skip to the answer" leads. The panel hears the event "shown" each time that it comes into sight.

import { byId } from "./element.js";

export class Tabs {
  #tabs = [...byId("tabs").querySelectorAll("[role='tab']")];

  constructor() {
    addEventListener("hashchange", () => this.follow());
    byId("tabs").addEventListener("keydown", (event) => this.#steer(event));
    this.follow();
  }

  /** The name of the tab that is shown. */
  get current() {
    return nameOf(this.#tabs.find((tab) => tab.getAttribute("aria-selected") === "true"));
  }

  /** Shows a tab, and has the address say so. */
  open(name) {
    history.replaceState(null, "", `#/${name}`);
    this.#show(this.#tabs.find((tab) => nameOf(tab) === name));
  }

  /** Shows the tab that the address names. Any other fragment belongs to a link within the page. */
  follow() {
    const [, name] = /^#\/([a-z]+)/u.exec(location.hash) ?? [];
    const tab = this.#tabs.find((each) => nameOf(each) === name);
    if (tab !== undefined && !tab.hidden) this.#show(tab);
  }

  #show(chosen) {
    if (chosen.getAttribute("aria-selected") === "true") return;
    for (const tab of this.#tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      if (isChosen) tab.removeAttribute("tabindex");
      else tab.tabIndex = -1;
      panelOf(tab).hidden = !isChosen;
    }
    byId("skip").hash = chosen.dataset.answer;
    panelOf(chosen).dispatchEvent(new Event("shown"));
  }

  #steer(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const open = this.#tabs.filter((tab) => !tab.hidden);
    const at = open.indexOf(event.target.closest("[role='tab']"));
    const next = {
      ArrowRight: open[(at + 1) % open.length],
      ArrowLeft: open.at(at - 1),
      Home: open[0],
      End: open.at(-1),
      " ": open[at],
    }[event.key];
    if (at === -1 || next === undefined) return;
    event.preventDefault();
    next.focus();
    this.open(nameOf(next));
  }
}

function nameOf(tab) {
  return tab.hash.slice("#/".length);
}

function panelOf(tab) {
  return byId(tab.getAttribute("aria-controls"));
}
