// The demo page as a reader meets it: a static server on a free loopback port, a real Chromium, and a page
// that is watched from its first byte. Whatever a test does, the page must stay clean: nothing in the
// console, nothing refused by its Content-Security-Policy, no request to anywhere else.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript",
  ".svg": "image/svg+xml", ".wasm": "application/wasm",
};

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Serves a folder. `requested` lists every path that was asked for. */
export async function serve(root) {
  const requested = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    requested.push(pathname);
    const file = join(root, normalize(pathname === "/" ? "/index.html" : decodeURIComponent(pathname)));
    try {
      const body = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, requested, close: () => server.close() };
}

export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
}

/** Opens the page, at one of its tabs, in a context of its own. What is at the path `refusals` may answer 4xx: that is what is tested. */
export async function visit(browser, origin, {
  scheme = "light", width = 1280, height = 900, javaScript = true, refusals, tab = "token",
} = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce", javaScriptEnabled: javaScript,
  });
  const faults = [];
  const requests = [];
  context.on("request", (request) => requests.push(request.url()));
  const expected = (url) => refusals !== undefined && new URL(url).pathname === refusals;
  context.on("console", (message) => {
    if (!expected(message.location().url)) faults.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => faults.push(`uncaught: ${error.error().message}`));
  const page = await context.newPage();
  page.on("requestfailed", (request) => faults.push(`request failed: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= (expected(response.url()) ? 500 : 400)) faults.push(`${response.status()}: ${response.url()}`);
  });
  page.on("worker", (worker) => worker.on("console", (message) => faults.push(`worker: ${message.text()}`)));
  await context.exposeFunction("reportViolation", (what) => faults.push(`refused by the policy: ${what}`));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      globalThis.reportViolation(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  await page.goto(`${origin}/#/${tab}`);
  const visited = new Visit(context, page, origin, faults, requests);
  if (javaScript) await visited.loaded();
  return visited;
}

class Visit {
  constructor(context, page, origin, faults, requests) {
    Object.assign(this, { context, page, origin, faults, requests });
  }

  /** Asks for a sample and waits for its answer. */
  async makeSample(algorithm) {
    if (algorithm !== undefined) await this.page.selectOption("#sample-alg", algorithm);
    await this.page.click("#make-button");
    await this.page.waitForSelector("#token:not(:placeholder-shown)", { timeout: 60_000 });
    await this.page.waitForSelector("#make-button:not([aria-busy])", { timeout: 60_000 });
  }

  /** Waits until no part of the page needs the network any more: a request that is given up would be a fault. */
  async loaded() {
    await this.page.waitForSelector("#steps > li", { state: "attached" });
    await this.page.waitForFunction(() => document.querySelector("#loaded").textContent.startsWith("Everything is loaded"));
  }

  /** Goes to another tab as a reader does. */
  async open(tab) {
    await this.page.click(`#tab-${tab}`);
    await this.page.waitForSelector(`#panel-${tab}:visible`);
  }

  /** Chooses one of the requests to begin with, and waits for what the gate decides. */
  async send(preset) {
    await this.decides(() => this.page.click(`[data-preset="${preset}"]`));
  }

  /** Waits for a new decision of the gate in the tab of requests, after something was changed there. */
  async decides(change) {
    await this.page.$eval("#request-ruling", (ruling) => { ruling.dataset.state = "old"; });
    await change();
    await this.page.waitForSelector("#request-ruling:not([data-state='old'])");
  }

  async attack(id) {
    await this.page.click(`[data-attack="${id}"]`);
    const pressed = id === "restore" ? "" : `[data-attack="${id}"][aria-pressed="true"]`;
    if (pressed !== "") await this.page.waitForSelector(pressed);
    else await this.page.waitForSelector("#attacks:not(:has([aria-pressed='true']))");
  }

  state() {
    return this.page.getAttribute("#verdict", "data-state");
  }

  /** Waits until the answer is this one: fields are judged a moment after they change. */
  async becomes(state) {
    await this.page.waitForSelector(`#verdict[data-state="${state}"]`, { timeout: 5_000 })
      .catch(async () => assert.fail(`the answer is “${await this.page.innerText("#verdict-line")}”, not ${state}`));
  }

  /** `[{ check, verdict, code }]` as the page shows them. */
  steps() {
    return this.page.$$eval("#steps > li", (items) => items.map((item) => ({
      check: item.dataset.check, verdict: item.querySelector(".word").textContent, code: item.dataset.code ?? null,
    })));
  }

  async firstFailed() {
    return (await this.steps()).find(({ verdict }) => verdict === "failed");
  }

  /** Ends the visit. Nothing bad has happened on the page, whatever was done to it. */
  async leave() {
    await this.context.close();
    assert.deepEqual(this.faults, [], "the page is clean");
    const strangers = this.requests.filter((url) => new URL(url).origin !== this.origin);
    assert.deepEqual(strangers, [], "no request leaves the origin");
  }
}
