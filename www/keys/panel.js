// The key set, key by key: what each is, whether it can be used, and which of them the token speaks of.

import { byId, element, setText } from "../page/element.js";
import { seen } from "../page/json-text.js";
import { decodedText, segmentsOf } from "../page/segments.js";
import { signOf } from "../page/steps.js";
import { keysOf } from "../page/verifier.js";
import { EXAMPLE } from "./example.js";
import { factsOf } from "./key-facts.js";

/** So many keys are drawn; the verifier reads at most 1024. */
const SHOWN_KEYS = 200;

export class KeysPanel {
  #input = byId("keys-text");
  #list = byId("keys-list");
  #shown;

  constructor(onChange) {
    this.#input.addEventListener("input", () => onChange(this.#input.value));
    byId("keys-example").addEventListener("click", () => onChange(EXAMPLE));
  }

  /** `signer`: the place of the key that has signed the token, or `null`. */
  show(jwks, token, signer) {
    if (this.#input.value !== jwks) this.#input.value = jwks;
    const shown = JSON.stringify([jwks, token, signer]);
    if (this.#shown === shown) return;
    this.#shown = shown;
    const known = jwks.trim() === "" ? null : keysOf(jwks);
    const members = known === null ? [] : membersOf(jwks);
    const named = kidOf(token);
    this.#list.replaceChildren(...members.slice(0, SHOWN_KEYS).map((jwk, index) => itemOf(factsOf(jwk), {
      index,
      skipped: known.skipped.find((key) => key.index === index),
      isNamed: typeof named === "string" && jwk?.kid === named,
      isSigner: index === signer,
      isRepeated: typeof jwk?.kid === "string" && members.some((other, place) => place !== index && other?.kid === jwk.kid),
    })));
    setText(byId("keys-tally"), tallyOf(jwks, known, members.length));
    setText(byId("keys-named"), namedOf(token, named, members));
  }
}

function itemOf(facts, { index, skipped, isNamed, isSigner, isRepeated }) {
  const verdict = skipped === undefined ? "passed" : "failed";
  const marks = [
    isSigner ? "has signed the token" : isNamed ? "named by the token" : null,
    isRepeated ? "kid given twice" : null,
  ].filter((mark) => mark !== null);
  return element(
    "li", { class: `key ${verdict} ${isSigner || isNamed ? "named" : ""}`, "data-index": index },
    element("div", { class: "key-head" },
      element("span", { class: "badge" }, signOf(verdict), skipped === undefined ? "usable" : "skipped"),
      element("code", { class: "kid" }, facts.kid === null ? "without a kid" : seen(facts.kid)),
      ...marks.map((mark) => element("span", { class: "mark-of-key" }, mark))),
    element("dl", { class: "facts" },
      pair("type", facts.kind),
      pair("strength", facts.strength),
      pair("algorithm", facts.isNamed ? facts.algorithms : facts.algorithms && `${facts.algorithms} (the key names none)`),
      pair("for", facts.uses),
      pair("place", `${index} in the set`),
      skipped === undefined ? null : pair("why not", skipped.reason)),
    facts.isPrivate ? element("p", { class: "warning" },
      element("strong", {}, facts.kind === "oct" ? "This is a shared secret. " : "This is a private key. "),
      "Whoever has it can sign tokens. If you have just pasted it from where it is kept, nothing has left this page; where"
      + " it was published, make another.") : null,
  );
}

function pair(name, text) {
  return text ? element("div", {}, element("dt", {}, name), element("dd", {}, seen(text))) : null;
}

function membersOf(jwks) {
  try {
    const value = JSON.parse(jwks);
    return Array.isArray(value.keys) ? value.keys : [value];
  } catch {
    return [];
  }
}

function kidOf(token) {
  const { header } = segmentsOf(token);
  try {
    return JSON.parse(decodedText(header)).kid ?? null;
  } catch {
    return undefined; // there is no header to be read
  }
}

function tallyOf(jwks, known, count) {
  if (jwks.trim() === "") return "No keys yet: paste them, or see an example.";
  if (known === null) return "This is no key set.";
  const more = count > SHOWN_KEYS ? `, of which the first ${SHOWN_KEYS} are shown` : "";
  return `${known.usable} of ${count} ${count === 1 ? "key" : "keys"} usable${more}`;
}

function namedOf(token, named, members) {
  if (token === "" || named === undefined) return "With a token in the tab “Token”, the key that it names is marked.";
  if (named === null) return "The token names no key: it can be verified if exactly one key fits its algorithm.";
  if (members.some((jwk) => jwk?.kid === named)) return "";
  return seen(`The token names the key “${named}”, which is not here: fetch the keys anew, or look for the right issuer.`);
}
