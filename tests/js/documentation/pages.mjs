// The pages of the documentation: their headings, blocks of code and links.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package as it was installed from the tarball. */
export const PACKAGE = fileURLToPath(new URL("../node_modules/doorward", import.meta.url));

/** The repository, for the page that is not in the package, and for the tests that run blocks. */
export const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/** All pages: `README.md` of the project, and those of the package by their paths in it. */
export function pages() {
  const inPackage = readdirSync(join(PACKAGE, "docs"), { recursive: true })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file.replaceAll("\\", "/")}`)
    .sort();
  const packaged = ["README.md", ...inPackage].map((file) => page(file, PACKAGE, file));
  return [page("the project's README.md", ROOT, "README.md"), ...packaged];
}

/** One page of the package. */
export function pageOf(file) {
  return page(file, PACKAGE, file);
}

/** `name` for people; `root` and `file` are where it is, and where its links lead from. */
function page(name, root, file) {
  const text = readFileSync(join(root, file), "utf8");
  const blocks = [...text.matchAll(BLOCK)].map(({ 1: language, 2: role, 3: code, index }) => ({
    language, role, code, line: text.slice(0, index).split("\n").length, heading: headingsOf(text.slice(0, index)).at(-1),
  }));
  const prose = text.replace(BLOCK, "").replace(/`[^`\n]*`/gu, (code) => code.replace(/[[\]()]/gu, " "));
  const links = [...prose.matchAll(/\]\(([^()\s]+)\)/gu)].map(([, target]) => target);
  return { name, root, file, text, blocks, links, headings: headingsOf(text) };
}

function headingsOf(text) {
  return [...text.replace(BLOCK, "").matchAll(/^#+ (.+)$/gmu)].map(([, heading]) => heading);
}

/** What a heading is called in a link, as npm's and other readers of Markdown have it. */
export function anchorOf(heading) {
  return heading.toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-");
}

/** The rows of the first table below a heading, each an array of its cells. */
export function tableBelow({ text }, heading) {
  const below = text.split(new RegExp(`^#+ ${heading}$`, "mu"))[1];
  if (below === undefined) throw new Error(`there is no heading "${heading}"`);
  const [section] = below.split(/^#+ /mu);
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(2).map((row) => row.slice(2, -2).split(" | ").map((cell) => cell.trim()));
}

const BLOCK = /^```([^\s`]*)(?: +([^\n]*))?\n(.*?)^```$/gmsu;
