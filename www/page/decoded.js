// The token's own words: header and payload as they were sent, laid out for reading, with times in words.
// They carry their seal of trust with them: "not verified" until the answer is "Accepted".

import { byId, element, setText } from "./element.js";
import { linesOf, seen } from "./json-text.js";
import { distance, instant } from "../doorward/lib/moment.js";
import { decodedBytes, decodedText, segmentsOf } from "./segments.js";
import { uncheckedOf } from "./verifier.js";

/** Claims that hold an instant: RFC 7519 section 4.1, OpenID Connect Core section 2. */
const INSTANTS = new Set(["exp", "nbf", "iat", "auth_time", "updated_at"]);

/** So much of a text that is no JSON object is shown. */
const SHOWN_CHARACTERS = 500;

const SEALS = { none: "nothing yet", unverified: "not verified", partly: "partly verified", verified: "verified" };

const CAUTIONS = {
  none: "Header and payload, laid out for reading, as soon as there is a token.",
  unverified: "Anyone can write these words. Until the answer is “Accepted”, believe none of them.",
  partly: "",
  verified: "",
};

const SIGNED_CAUTION = "One of the keys signed these words, but the token is refused: act on none of them.";

export class Decoded {
  #card = byId("decoded");
  #panels = byId("panels");
  #token = null;
  #times = []; // [element, seconds]: redrawn as the clock moves, without touching the rest

  show(token, judgement, options, now) {
    const trust = token === "" ? "none" : trustIn(judgement, options);
    this.#card.dataset.trust = trust;
    setText(byId("seal"), SEALS[trust]);
    setText(byId("caution"), trust === "unverified" && isSigned(judgement) ? SIGNED_CAUTION : CAUTIONS[trust]);
    if (token !== this.#token) {
      this.#token = token;
      this.#draw(token);
    }
    for (const [node, seconds] of this.#times) {
      const words = instant(seconds);
      setText(node, words === null ? "beyond any calendar" : `${words} · ${distance(seconds, now ?? Date.now() / 1_000)}`);
    }
  }

  #draw(token) {
    this.#times = [];
    const { header, payload, signature } = segmentsOf(token);
    this.#panels.replaceChildren(...[
      header === null || token === "" ? null : this.#panel("header", "Header", header),
      payload === null ? null : this.#panel("payload", "Payload", payload),
      signature === null ? null : panel("signature", "Signature", element("p", {}, signatureText(signature))),
    ].filter((node) => node !== null));
  }

  #panel(kind, title, part) {
    const text = decodedText(part);
    if (text === null) return panel(kind, title, element("p", {}, "This part is not base64url: it cannot be read."));
    if (!text.trimStart().startsWith("{")) return panel(kind, title, notAnObject(text));
    const lines = linesOf(text).map((line) => {
      const row = element("span", { class: `line depth-${Math.min(line.depth, 8)}` });
      row.append(...line.lexemes.map(({ kind: lexeme, text: words }) => element("span", { class: lexeme }, words)));
      if (line.lexemes.some((lexeme) => lexeme.kind === "repeated")) {
        row.append(" ", element("span", { class: "remark" }, "given twice"));
      }
      if (INSTANTS.has(line.name) && typeof line.value === "number") row.append(" ", this.#time(line.value));
      return row;
    });
    return panel(kind, title, element("code", { class: "json" }, ...lines));
  }

  #time(seconds) {
    const node = element("span", { class: "remark time" });
    this.#times.push([node, seconds]);
    return node;
  }
}

function trustIn({ state }, options) {
  if (state !== "accepted") return "unverified";
  return uncheckedOf(options).length === 0 ? "verified" : "partly";
}

function isSigned({ steps }) {
  return steps.some((step) => step.check === "signature" && step.verdict === "passed");
}

function panel(kind, title, body) {
  return element("div", { class: `panel ${kind}` }, element("h3", {}, title), body);
}

function notAnObject(text) {
  const cut = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  return element("p", {}, "This is no JSON object: ", element("code", {}, seen(cut) || "nothing at all"));
}

function signatureText(part) {
  if (part === "") return "Empty: nobody has signed this.";
  const bytes = decodedBytes(part);
  return bytes === null ? "This part is not base64url: it cannot be read." : `${bytes.length} bytes`;
}
