// A user's project with the packed package installed, and the suite beside it.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const TOOLS = join(ROOT, "tests/node_modules");
export const PROJECT = join(ROOT, "target/js/project");

const HERE = join(ROOT, "tests/js");
const MINT = join(ROOT, "www/doorward");

/** Packs, installs and copies. Gives the path of the tarball. */
export function makeProject() {
  rmSync(join(ROOT, "target/js"), { recursive: true, force: true });
  for (const folder of ["mint", "data"]) mkdirSync(join(PROJECT, folder), { recursive: true });
  const tarball = join(ROOT, "target/js", npm(["pack", "--silent", "--pack-destination", "../target/js"], join(ROOT, "pkg")).trim());
  write("package.json", JSON.stringify({ name: "project", private: true, type: "module" }));
  npm(["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", "--silent", tarball], PROJECT);
  cpSync(join(TOOLS, "jose"), join(PROJECT, "node_modules/jose"), { recursive: true });
  for (const folder of [".", "mains", "cases", "documentation"]) {
    for (const file of readdirSync(join(HERE, folder))) {
      if (file.endsWith(".mjs")) cpSync(join(HERE, folder, file), join(PROJECT, folder === "mains" ? "." : folder, file));
    }
  }
  cpSync(join(HERE, "types"), join(PROJECT, "types"), { recursive: true });
  cpSync(join(MINT, "mint.js"), join(PROJECT, "mint/mint.js"));
  cpSync(join(MINT, "mint_bg.wasm"), join(PROJECT, "mint/mint_bg.wasm"));
  const module = readFileSync(join(MINT, "mint_bg.wasm")).toString("base64");
  write("mint/inline.js", `export default "${module}";\n`);
  write("data/rsa-tokens.js", `export default ${readFileSync(join(ROOT, "tests/data/rsa-tokens.json"), "utf8")};\n`);
  return tarball;
}

/** The files of a folder of the project, by their paths in the project. */
export function filesOf(folder) {
  return readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(PROJECT.length + 1));
}

/** The file that an import of this name, of a package or of a part of it, is for one who has these conditions. */
export function entryOf(specifier, conditions) {
  const [name, ...path] = specifier.split("/");
  const { exports } = JSON.parse(readFileSync(join(PROJECT, "node_modules", name, "package.json"), "utf8"));
  let target = exports[[".", ...path].join("/")];
  while (typeof target === "object") {
    const [, chosen] = Object.entries(target).find(([condition]) => condition === "default" || conditions.includes(condition));
    target = chosen;
  }
  return join("node_modules", name, target);
}

function npm(args, cwd) {
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

function write(file, text) {
  writeFileSync(join(PROJECT, file), text);
}
