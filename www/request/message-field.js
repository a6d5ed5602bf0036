// The form of a request: what is asked, and the headers and the body that say so. These are made from the other fields,
// and may be changed by hand: a gate is there for what no honest client sends.

import { byId, element, setText } from "../page/element.js";
import { METHODS, POSTED, REVISIONS, messageOf, operandOf } from "../trial/message.js";
import { PRESETS } from "./presets.js";

const VERBS = ["POST", "GET", "DELETE", "OPTIONS", "PUT"];

/** RFC 9110 section 5.6.2, token. */
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/u;

export class MessageField {
  #verb = byId("request-verb");
  #path = byId("request-path");
  #revision = byId("request-revision");
  #method = byId("request-method");
  #operand = byId("request-operand");
  #headers = byId("request-headers");
  #body = byId("request-body");
  #buttons = []; // one a preset
  #origins = [];
  #resource = new URL("https://mcp.example.com/mcp");

  constructor(onChange) {
    this.#verb.append(...VERBS.map((verb) => element("option", {}, verb)));
    this.#revision.append(...REVISIONS.map((revision) => element("option", {}, revision)));
    byId("request-methods").append(...METHODS.map(({ method }) => element("option", { value: method })));
    for (const preset of PRESETS) {
      const button = element(
        "button", { type: "button", class: "attack", "data-preset": preset.id, "aria-pressed": "false" }, preset.label,
      );
      button.addEventListener("click", () => {
        this.#begin(preset);
        onChange();
      });
      byId(preset.sly ? "request-sly" : "request-presets").append(button);
      this.#buttons.push(button);
    }
    byId("request-message").addEventListener("input", ({ target }) => {
      if (target === this.#method) this.#operand.value = METHODS.find(({ method }) => method === target.value)?.example ?? "";
      // A path of its own says nothing about what else is sent, but that of metadata does.
      const isApart = [this.#headers, this.#body].includes(target) || (target === this.#path && this.#verb.value === "POST");
      if (!isApart) this.#make();
      this.#press(null);
      onChange();
    });
    this.#begin(PRESETS[0]);
  }

  /** The address of the gate, and the pages that may send to it. */
  adopt({ resource, origins = [] }) {
    const before = this.#resource.pathname;
    this.#resource = new URL(resource);
    this.#origins = origins;
    if (this.#path.value === before) this.#path.value = this.#resource.pathname;
  }

  /** `{ method, url, headers, body }` for the gate, or `{ problem }`. */
  get value() {
    const headers = [];
    for (const [place, line] of this.#headers.value.split("\n").entries()) {
      if (line.trim() === "") continue;
      const [, name, value] = /^([^:]*):(.*)$/u.exec(line) ?? [];
      if (name === undefined || !HEADER_NAME.test(name)) return { problem: `line ${place + 1} of the headers is not “Name: value”` };
      if (/[^\t\x20-\x7e\x80-\xff]/u.test(value)) return { problem: `line ${place + 1} of the headers has a character that no header can have` };
      headers.push([name, value.trim()]);
    }
    const path = this.#path.value.startsWith("/") ? this.#path.value : `/${this.#path.value}`;
    const url = `${this.#resource.origin}${path}`;
    if (!URL.canParse(url)) return { problem: "the path is none" };
    return { method: this.#verb.value, url: new URL(url).href, headers, body: this.#body.value };
  }

  /** What `fill` takes: plain data. */
  get state() {
    return {
      verb: this.#verb.value, path: this.#path.value, revision: this.#revision.value, method: this.#method.value,
      operand: this.#operand.value, headers: this.#headers.value, body: this.#body.value,
    };
  }

  fill({ verb = "POST", path, revision = REVISIONS[0], method = "tools/list", operand = "", headers, body }) {
    this.#verb.value = VERBS.includes(verb) ? verb : "POST";
    this.#path.value = path ?? this.#resource.pathname;
    this.#revision.value = REVISIONS.includes(revision) ? revision : REVISIONS[0];
    this.#method.value = method;
    this.#operand.value = operand;
    this.#make();
    if (headers !== undefined) this.#headers.value = headers;
    if (body !== undefined) this.#body.value = body;
    this.#press(null);
  }

  #begin({ id, story, fields, headers = {}, body, origin }) {
    const path = fields.path === "metadata" ? `/.well-known/oauth-protected-resource${this.#resource.pathname}` : fields.path;
    const listed = origin === "listed" ? { Origin: this.#origins[0] ?? "https://app.example.com" } : {};
    this.fill({ ...fields, path });
    for (const [name, value] of Object.entries({ ...listed, ...headers })) this.#put(name, value);
    if (body !== undefined) this.#body.value = body;
    this.#press(id, story);
  }

  /** Which preset the fields are, until somebody changes them. */
  #press(id, story = "") {
    for (const button of this.#buttons) button.setAttribute("aria-pressed", String(button.dataset.preset === id));
    setText(byId("request-story"), story);
  }

  #put(name, value) {
    const others = this.#headers.value.split("\n").filter((line) => !line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    this.#headers.value = [...others, `${name}: ${value}`].filter((line) => line !== "").join("\n");
  }

  /** Headers and body, made anew from the other fields. */
  #make() {
    const isPost = this.#verb.value === "POST" || this.#verb.value === "PUT";
    const method = this.#method.value.trim();
    const member = operandOf(method);
    const { headers, body } = this.#made(isPost, method, member === undefined ? undefined : this.#operand.value);
    this.#headers.value = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
    this.#body.value = body === undefined ? "" : JSON.stringify(body, null, 2);
    byId("request-method-field").hidden = !isPost;
    byId("request-operand-field").hidden = !isPost || member === undefined;
    byId("request-body-field").hidden = !isPost;
    setText(byId("request-operand-label"), member === "uri" ? "URI" : method === "prompts/get" ? "Prompt" : "Tool");
  }

  #made(isPost, method, operand) {
    const revision = this.#revision.value;
    if (isPost) {
      const { headers, body } = messageOf(method, operand, revision);
      return { headers: [...POSTED, ...headers], body };
    }
    if (this.#verb.value === "OPTIONS") {
      return { headers: [["Access-Control-Request-Method", "POST"], ["Access-Control-Request-Headers", "authorization, content-type"]] };
    }
    const isMetadata = this.#path.value.startsWith("/.well-known/");
    const accept = isMetadata ? "application/json" : "text/event-stream";
    return { headers: [["Accept", accept], ...isMetadata ? [] : [["MCP-Protocol-Version", revision]]] };
  }
}
