// A real browser, with the files of the installed package as they are and an import map: no bundler between.

import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium as browsers } from "playwright-core";
import { told } from "../harness.mjs";
import { PROJECT, entryOf } from "../project.mjs";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

const html = () => `<!doctype html><link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({
  imports: Object.fromEntries(["doorward", "doorward/stores", "doorward/worker", "jose"].map((name) => [name, `/${entryOf(name, ["browser"])}`])),
})}</script>
<script type="module" src="/page.mjs"></script>`;

/** Chromium, and the same once more from a server that has not got the package's .wasm files. */
export async function chromium() {
  return await ran("Chromium", () => true);
}

export async function chromiumWithoutFile() {
  return await ran("Chromium without .wasm", (path) => !path.startsWith("/node_modules/doorward/") || !path.endsWith(".wasm"));
}

async function ran(name, has) {
  const server = await serve(has);
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await browsers.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
  const faults = [];
  try {
    const page = await browser.newPage();
    page.on("console", (message) => faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(error.stack));
    page.on("request", (request) => request.url().startsWith(origin) || faults.push(`request to ${request.url()}`));
    await page.goto(`${origin}/`);
    const finished = page.waitForFunction("globalThis.report", null, { timeout: MAX_MILLISECONDS });
    const failed = new Promise((_, reject) => page.on("pageerror", reject));
    const report = await (await Promise.race([finished, failed])).jsonValue();
    return told(`${name} ${browser.version()}`, report);
  } catch (error) {
    throw new Error([error.message, ...faults].join("\n"));
  } finally {
    await browser.close();
    server.close();
  }
}

function serve(has) {
  const server = createServer(({ url }, response) => {
    const path = normalize(new URL(url, "http://localhost").pathname);
    const file = join(PROJECT, path);
    if (path === "/") response.writeHead(200, { "content-type": "text/html" }).end(html());
    else if (!has(path) || !existsSync(file)) response.writeHead(200, { "content-type": "text/html" }).end(html()); // as development servers do
    else createReadStream(file).pipe(response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain" }));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const MAX_MILLISECONDS = 300_000;
