// Every link of the documentation leads somewhere.

import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { ok } from "../harness.mjs";
import { PACKAGE, anchorOf, pages } from "./pages.mjs";

/** Registers the tests. */
export function linkTests(test) {
  test("every link of the documentation leads to a file and a heading", () => {
    let followed = 0;
    for (const page of pages()) {
      for (const target of page.links) {
        const lost = whatIsMissing(page, target);
        ok(lost === undefined, `${page.name} links to ${target}: ${lost}`);
        followed++;
      }
    }
    ok(followed > 60, `links were followed: ${followed}`);
  });

  test("every page of the documentation can be reached from its index", () => {
    const all = pages().filter(({ file }) => file.startsWith("docs/"));
    const reached = new Set();
    const waiting = ["docs/README.md"];
    while (waiting.length > 0) {
      const file = waiting.pop();
      if (reached.has(file)) continue;
      reached.add(file);
      const page = all.find((each) => each.file === file);
      for (const target of page?.links ?? []) if (!isElsewhere(target)) waiting.push(fileOf(page, target));
    }
    for (const { file } of all) ok(reached.has(file), `docs/README.md leads to ${file}`);
  });
}

/** In words; `undefined` where nothing is. Addresses elsewhere on the web are not followed. */
function whatIsMissing(page, target) {
  const ours = OUR_ADDRESS.exec(target);
  if (ours !== null) {
    const { version } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
    return ours[1] === version ? missingIn(PACKAGE, ours[2], ours[3]) : `the version is ${version}`;
  }
  if (isElsewhere(target)) return undefined;
  // npm shows the README where the package's files are not.
  if (page.file === "README.md" && page.root === PACKAGE && !target.startsWith("#")) return "npm needs a whole address here";
  return missingIn(page.root, fileOf(page, target), target.split("#")[1]);
}

function missingIn(root, file, anchor) {
  const path = join(root, file);
  if (!existsSync(path) || !statSync(path).isFile()) return "there is no such file";
  if (anchor === undefined) return undefined;
  const headings = [...readFileSync(path, "utf8").matchAll(/^#+ (.+)$/gmu)].map(([, heading]) => anchorOf(heading));
  return headings.includes(anchor) ? undefined : "there is no such heading";
}

function fileOf(page, target) {
  const [path] = target.split("#");
  return path === "" ? page.file : normalize(join(dirname(page.file), path)).replaceAll("\\", "/");
}

const isElsewhere = (target) => /^[a-z]+:/u.test(target);

const OUR_ADDRESS = /^https:\/\/unpkg\.com\/doorward@([^/]+)\/([^#]+)(?:#(.*))?$/u;
