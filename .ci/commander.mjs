// Writes the command line's parser of arguments, with its licence, as one file of the package, which so depends on
// nothing: node .ci/commander.mjs OUTPUT.js
import { buildSync } from "../tests/node_modules/esbuild/lib/main.js";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../tests/node_modules/commander", import.meta.url));
const read = (file) => readFileSync(`${folder}/${file}`, "utf8");

const banner = `// commander ${JSON.parse(read("package.json")).version}, https://github.com/tj/commander.js
//
${read("LICENSE").trim().replace(/^/gmu, "// ").replace(/ +$/gmu, "")}

import { createRequire } from "node:module";

const require = createRequire(import.meta.url); // of the runtime's own modules, by what was CommonJS
`;

buildSync({
  entryPoints: [`${folder}/esm.mjs`],
  outfile: process.argv[2],
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minify: true,
  banner: { js: banner },
});
