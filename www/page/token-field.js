// The token's text field: a plain textarea, and behind it a mirror of the same text with its three parts
// coloured. The mirror gives the field its height, so the text never scrolls inside it.

import { byId, element, setText } from "./element.js";

/** Above this length the mirror stays one colour: no token is that long, and typing must stay quick. */
const COLOURED_CHARACTERS = 20_000;

export class TokenField {
  #input = byId("token");
  #mirror = byId("token-mirror");
  #note = byId("token-note");

  constructor(onChange) {
    this.#input.addEventListener("input", () => {
      this.#draw();
      onChange();
    });
    this.#input.addEventListener("paste", (event) => this.#paste(event));
    this.#draw(); // a browser may have kept the text of the last visit
  }

  /** Exactly the text in the field: that is what is verified. */
  get value() {
    return this.#input.value;
  }

  set value(token) {
    this.#input.value = token;
    setText(this.#note, "");
    this.#draw();
  }

  /** Takes off what surrounds a token where people copy it from, and says so. */
  #paste(event) {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    const token = bare(pasted);
    const wholeField = this.#input.selectionStart === 0 && this.#input.selectionEnd === this.#input.value.length;
    if (!wholeField || token === pasted) {
      setText(this.#note, "");
      return;
    }
    event.preventDefault();
    this.#input.setRangeText(token, 0, this.#input.value.length, "end");
    this.#input.dispatchEvent(new Event("input", { bubbles: true }));
    setText(this.#note, "Taken off while pasting: what surrounded the token (white space, quotes, “Bearer”).");
  }

  #draw() {
    const token = this.#input.value;
    if (token.length > COLOURED_CHARACTERS) {
      this.#mirror.replaceChildren(token, "\n");
      return;
    }
    const [header, payload, signature, ...stray] = token.split(".");
    const parts = [["header", header], ["payload", payload], ["signature", signature]];
    if (stray.length > 0) parts.push(["stray", stray.join(".")]);
    const nodes = parts
      .filter(([, part]) => part !== undefined)
      .flatMap(([kind, part], index) => [index === 0 ? "" : ".", element("span", { class: `part-${kind}` }, part)]);
    // The last line of a textarea has height even when it is empty; that of a pre needs a character.
    this.#mirror.replaceChildren(...nodes, token === "" || token.endsWith("\n") ? " " : "");
  }
}

/** The token without header name, scheme, quotes, and the line breaks that mail and terminals put in. */
function bare(pasted) {
  return pasted
    .trim()
    .replace(/^authorization:\s*/i, "")
    .replace(/^bearer\s+/i, "")
    .replace(/^(["'`])(.*)\1$/s, "$2")
    .replace(/\s*[\r\n]\s*/g, "")
    .trim();
}
