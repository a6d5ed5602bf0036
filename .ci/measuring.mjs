// Writes the worker that measures, as one file with Doorward and jose in it, of which neither is evaluated before it is
// asked for: node .ci/measuring.mjs OUTPUT.js
import { buildSync } from "../tests/node_modules/esbuild/lib/main.js";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const pathOf = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const read = (name) => readFileSync(pathOf(name), "utf8");
const versionIn = (folder) => JSON.parse(read(`${folder}/package.json`)).version;

const versions = { Doorward: versionIn("pkg"), jose: versionIn("tests/node_modules/jose") };

const banner = `// Contains jose ${versions.jose}, https://github.com/panva/jose
//
${read("tests/node_modules/jose/LICENSE.md").trim().replace(/^/gmu, "// ").replace(/ +$/gmu, "")}
`;

buildSync({
  entryPoints: [pathOf("tests/bench/browser/worker.mjs")],
  outfile: process.argv[2],
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  minify: true,
  define: { VERSIONS: JSON.stringify(versions) },
  banner: { js: banner },
});
