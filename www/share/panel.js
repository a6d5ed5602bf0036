// Links that hold the state of the page. It stands in the fragment of the address, which browsers send to no server.

import { byId, element, setText } from "../page/element.js";
import { MAX_CHARACTERS, read, shareable, written } from "./state.js";

export class SharePanel {
  #page;
  #dialog = byId("share");
  #withToken = byId("share-with-token");
  #link = byId("share-link");

  /** `page`: `tab()`, `state()`, `pick(state)`, which leaves out what says nothing, and `restore(state)`. */
  constructor(page) {
    this.#page = page;
    byId("share-open").addEventListener("click", () => this.#open());
    byId("share-close").addEventListener("click", () => this.#dialog.close());
    byId("share-copy").addEventListener("click", () => this.#copy());
    this.#withToken.addEventListener("change", () => this.#make());
    addEventListener("hashchange", () => this.follow());
  }

  /** Restores what the address holds, if it holds anything. */
  follow() {
    const [, tab, text] = /^#\/([a-z]+)\?s=([^]*)$/u.exec(location.hash) ?? [];
    if (text === undefined) return;
    const state = read(text);
    // A token must not stay in the address, nor in the history; and what cannot be read is of no use there.
    if (state === null || (state.token?.token ?? "") !== "") history.replaceState(null, "", `#/${tab}`);
    const notice = byId("share-notice");
    notice.hidden = false;
    if (state === null) {
      setText(byId("share-notice-text"), "This link holds nothing that can be read: it may have been cut off.");
      return;
    }
    this.#page.restore(state);
    setText(byId("share-notice-text"), "What you see was filled in by the link that you followed. Nothing of it was sent anywhere.");
  }

  #open() {
    this.#withToken.checked = false;
    this.#make();
    this.#dialog.showModal();
  }

  #make() {
    const isWhole = this.#withToken.checked;
    const { state, without, hasTokens } = shareable(this.#page.state(), isWhole);
    const text = written(this.#page.pick(state));
    const isTooLong = text.length > MAX_CHARACTERS;
    this.#link.value = isTooLong ? "" : `${location.origin}${location.pathname}#/${this.#page.tab()}?s=${text}`;
    byId("share-tokens").hidden = !hasTokens;
    byId("share-danger").hidden = !isWhole;
    byId("share-left-out").replaceChildren(...without.length === 0 ? [] : ["Left out: ", element("strong", {}, without.join("; ")), "."]);
    byId("share-copy").disabled = isTooLong;
    setText(byId("share-told"), isTooLong ? "This is too long for a link: shorten the keys or the configuration." : "");
  }

  async #copy() {
    this.#link.select();
    try {
      await navigator.clipboard.writeText(this.#link.value);
      setText(byId("share-told"), "Copied.");
    } catch {
      setText(byId("share-told"), "The browser does not let the page copy: the link is selected, copy it yourself.");
    }
  }
}
