// The tarball itself.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ok, same, test } from "./harness.mjs";
import { PROJECT, ROOT, filesOf } from "./project.mjs";
import { nodePackage } from "./runtimes/processes.mjs";

const FILES = [
  "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "package.json", "gate.d.ts", "index.d.ts", "stores.d.ts", "wasm.d.ts", "worker.d.ts",
  "bin/answer.js", "bin/claim-names.js", "bin/client-authentication.js", "bin/client-key.js", "bin/commander.js", "bin/doorward.js",
  "bin/exit-code.js", "bin/explain.js", "bin/failure.js", "bin/host.js", "bin/init.js", "bin/init/answers.js",
  "bin/init/configuration.js", "bin/init/issuer.js", "bin/init/next.js", "bin/init/project.js", "bin/input.js", "bin/inspect.js", "bin/judgement.js", "bin/key-list.js",
  "bin/key-source.js", "bin/keys.js", "bin/output.js", "bin/paper.js", "bin/probe.js", "bin/probe/acquaintance.js", "bin/probe/advice.js", "bin/probe/connection.js",
  "bin/probe/credentials.js", "bin/probe/exchange.js", "bin/probe/issuer.js", "bin/probe/markdown.js", "bin/probe/own-token.js",
  "bin/probe/progress.js", "bin/probe/report.js", "bin/probe/suite.js", "bin/probe/target.js", "bin/program.js", "bin/progress.js",
  "bin/provider-advice.js", "bin/provider.js", "bin/secret.js", "bin/step-words.js", "bin/style.js", "bin/token-endpoint.js", "bin/token-source.js",
  "bin/token.js", "bin/verdict.js", "bin/verification.js", "bin/verify.js", "bin/version.js", "bin/visible.js",
  "entry/browser.js", "entry/deno.js", "entry/edge-light.js", "entry/inline.js", "entry/inlined-module.js", "entry/node.js", "entry/workerd.js", "entry/worker.js",
  "examples/bun/example.env", "examples/bun/package.json", "examples/bun/src/gate.js", "examples/bun/src/main.js", "examples/bun/src/notes.js",
  "examples/cloudflare/package.json", "examples/cloudflare/src/index.js", "examples/cloudflare/wrangler.jsonc",
  "examples/cloudflare-server/example.dev.vars", "examples/cloudflare-server/package.json", "examples/cloudflare-server/src/gate.js",
  "examples/cloudflare-server/src/index.js", "examples/cloudflare-server/src/notes.js", "examples/cloudflare-server/wrangler.jsonc",
  "examples/deno/deno.json", "examples/deno/doorward.json", "examples/deno/main.js",
  "examples/deno-server/deno.json", "examples/deno-server/example.env", "examples/deno-server/gate.js", "examples/deno-server/main.js",
  "examples/deno-server/notes.js",
  "examples/hono/example.env", "examples/hono/package.json", "examples/hono/src/gate.js", "examples/hono/src/main.js", "examples/hono/src/notes.js",
  "examples/node-express/example.env", "examples/node-express/package.json", "examples/node-express/src/gate.js", "examples/node-express/src/main.js",
  "examples/node-express/src/notes.js",
  "examples/vercel-edge/example.env", "examples/vercel-edge/package.json", "examples/vercel-edge/lib/gate.js", "examples/vercel-edge/lib/notes.js",
  "examples/vercel-edge/app/mcp/route.js", "examples/vercel-edge/app/.well-known/oauth-protected-resource/mcp/route.js",
  "lib/compiled.js", "lib/crossing.js", "lib/decode.js", "lib/error.js", "lib/explain.js", "lib/index.js", "lib/issuers.js", "lib/key-sets.js", "lib/kind.js", "lib/moment.js", "lib/options.js",
  "lib/plain.js", "lib/prepared.js", "lib/record.js", "lib/snapshot.js", "lib/stores.js", "lib/token.js", "lib/verifier.js", "lib/verify.js",
  "lib/relaxed.js", "lib/remembered.js",
  "lib/gate/admission.js", "lib/gate/assertion.js", "lib/gate/authorize.js", "lib/gate/body.js", "lib/gate/configured.js", "lib/gate/cors.js", "lib/gate/create.js", "lib/gate/events.js",
  "lib/gate/fetching.js", "lib/gate/fields.js", "lib/gate/forward.js", "lib/gate/keys.js", "lib/gate/options.js", "lib/gate/problem.js", "lib/gate/proxy.js", "lib/gate/stream.js",
  "lib/gate/told.js", "lib/gate/waiting.js",
  "wasm/doorward.js", "wasm/doorward_bg.wasm", "wasm/doorward_relaxed_bg.wasm", "wasm/inline.js", "wasm/inline-relaxed.js",
  ...readdirSync(join(ROOT, "pkg/docs"), { recursive: true }).filter((file) => /\.(?:md|svg)$/u.test(file)).map((file) => join("docs", file)),
];

const folder = join(PROJECT, "node_modules/doorward");
const read = (file) => readFileSync(join(folder, file), "utf8");

/** What a module offers, and what it asks for, by name. */
function facesOf(name) {
  const code = `import { readFileSync } from "node:fs";
    const module = new WebAssembly.Module(readFileSync("${join(folder, `wasm/${name}.wasm`)}"));
    const names = ["exports", "imports"].map((face) => WebAssembly.Module[face](module).map(({ name }) => name));
    console.log(JSON.stringify(names));`;
  return JSON.parse(ran(code, 24));
}

/** Registers the tests. They are for after the project was made. */
export function packageTests() {
  test("the tarball has what is needed and nothing else", () => {
    same(filesOf("node_modules/doorward").map((file) => file.slice("node_modules/doorward/".length)).sort(), [...FILES].sort());
  });

  test("the package depends on nothing and runs nothing when it is installed", () => {
    const manifest = JSON.parse(read("package.json"));
    for (const member of ["dependencies", "peerDependencies", "optionalDependencies", "bundledDependencies", "scripts"]) ok(!(member in manifest), member);
    same([manifest.name, manifest.type, manifest.license, manifest.engines], ["doorward", "module", "MIT OR Apache-2.0", { node: ">=20" }]);
    same(manifest.bin, { doorward: "bin/doorward.js" });
    ok(read("bin/commander.js").includes("Permission is hereby granted"), "what is bundled comes with its licence");
  });

  test("every condition leads to a file, types before all", () => {
    const { exports } = JSON.parse(read("package.json"));
    same(Object.keys(exports["."]), ["workerd", "edge-light", "deno", "bun", "node", "browser", "default"]);
    for (const target of [...Object.values(exports["."]), exports["./stores"], exports["./worker"], exports["./wasm"]]) {
      same(Object.keys(target), ["types", "default"]);
      for (const file of Object.values(target)) ok(existsSync(join(folder, file)), file);
    }
  });

  test("the licences and the version are those of the crate", () => {
    for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) same(read(file), readFileSync(join(ROOT, file), "utf8"), file);
    const [, version] = /^version = "(.*)"$/mu.exec(readFileSync(join(ROOT, "Cargo.toml"), "utf8"));
    same(JSON.parse(read("package.json")).version, version);
    ok(read("CHANGELOG.md").includes(`\n## ${version}\n`), "the changelog has this version");
    ok(read("lib/error.js").includes(`"https://unpkg.com/doorward@${version}/docs/errors.md"`), "errors lead to this version");
  });

  test("the two copies of each module are one", () => {
    for (const [text, file] of [["inline", "doorward_bg"], ["inline-relaxed", "doorward_relaxed_bg"]]) {
      const [, base64] = /^export default "(.*)";\n$/u.exec(read(`wasm/${text}.js`));
      ok(Buffer.from(base64, "base64").equals(readFileSync(join(folder, `wasm/${file}.wasm`))), text);
    }
  });

  test("a copy as text is read where the engine cannot decode it at once", async () => {
    const decoder = Object.getOwnPropertyDescriptor(Uint8Array, "fromBase64");
    delete Uint8Array.fromBase64;
    try {
      const { compiled } = await import(join(folder, "lib/compiled.js"));
      const names = (of) => WebAssembly.Module.exports(of).map(({ name }) => name);
      const bytes = readFileSync(join(folder, "wasm/doorward_bg.wasm"));
      same(names(compiled(bytes.toString("base64"))), names(new WebAssembly.Module(bytes)));
    } finally {
      if (decoder !== undefined) Object.defineProperty(Uint8Array, "fromBase64", decoder);
    }
  });

  test("no module can sign, or asks its host for anything but errors", () => {
    for (const file of ["doorward_bg", "doorward_relaxed_bg"]) {
      const [names, asked] = facesOf(file);
      ok(names.includes("verify") && !names.some((name) => /mint|sign|generate/iu.test(name)), names.join());
      ok(!asked.some((name) => /crypto|random|date|now|fetch|performance/iu.test(name)), asked.join());
    }
  });

  test("no function of the modules gives several results, for which Node 20 would compile before they are ready", () => {
    ok(!/\bret\[\d/u.test(read("wasm/doorward.js")), "the glue takes no result apart");
  });

  test("the modules have the same faces, and are for older and for newer engines", () => {
    same(facesOf("doorward_bg"), facesOf("doorward_relaxed_bg"));
    const isTaken = (name) => `WebAssembly.validate(readFileSync("${join(folder, "wasm", name)}"))`;
    const code = `import { readFileSync } from "node:fs";
      console.log(${isTaken("doorward_bg.wasm")}, ${isTaken("doorward_relaxed_bg.wasm")});`;
    same([ran(code, 20), ran(code, 24)], ["true false\n", "true true\n"]);
  });

  test("Node reads the module that is for it, and no other", () => {
    for (const [major, other] of [[20, "doorward_relaxed_bg"], [24, "doorward_bg"]]) {
      const copy = join(ROOT, "target/js/one-module", String(major));
      cpSync(folder, copy, { recursive: true });
      rmSync(join(copy, `wasm/${other}.wasm`));
      same(ran(`import { verify } from "${join(copy, "entry/node.js")}"; console.log(typeof verify)`, major), "function\n");
    }
  });

  test("entries are short", () => {
    for (const file of FILES.filter((name) => name.startsWith("entry/"))) {
      ok(read(file).split("\n").filter((line) => line !== "").length <= 10, file);
    }
  });

  test("the types name the codes, checks and algorithms that there are", async () => {
    const members = (name) => {
      const [, union] = new RegExp(`^export type ${name} =([^;]*);`, "mu").exec(read("index.d.ts"));
      return union.match(/"([^"]*)"/gu).map((text) => text.slice(1, -1));
    };
    const list = (file, name) => {
      const [, text] = new RegExp(`${name} = \\[([^\\]]*)\\]`, "u").exec(readFileSync(join(PROJECT, file), "utf8"));
      return text.match(/"([^"]*)"/gu).map((quoted) => quoted.slice(1, -1));
    };
    same(members("Code"), list("refusal.mjs", "CODES"));
    same(members("Check"), list("cases/explain.mjs", "CHECKS"));
    const { verify } = await import(join(folder, "entry/node.js"));
    for (const [type, option] of [["Algorithm", (name) => ({ algorithms: [name] })], ["Profile", (name) => ({ profile: name })]]) {
      const refusal = (name) => {
        try {
          return verify("", { keys: [] }, option(name));
        } catch (error) {
          return error;
        }
      };
      for (const name of members(type)) same(refusal(name).code, "token_malformed", name);
      const { expected } = refusal("no such name"); // a list of the first few, "and N more"
      const [, more = "0"] = / and (\d+) more$/u.exec(expected) ?? [];
      same(expected.split('", "').length + Number(more), members(type).length, type);
    }
  });

  test("the README's code runs", () => {
    const blocks = [...read("README.md").matchAll(/```js\n(.*?)```/gsu)].map(([, code]) => code);
    same(blocks.map((block) => ran(`${README_NEEDS}\n${block}`)), [
      "", "", "https://idp.example.com user-1 client mcp:read\n", "", 'issuer_mismatch\n"https://login.example.com" "https://login.example.com/"\n',
    ]);
  });

  test("the address of the module can be asked for", () => {
    same(ran("console.log(import.meta.resolve('doorward/wasm').endsWith('node_modules/doorward/wasm/doorward_bg.wasm'))"), "true\n");
  });

  test("the package can be required", () => {
    same(ran("import { createRequire } from 'node:module'; console.log(typeof createRequire(import.meta.url)('doorward').verify)"), "function\n");
  });
}

/** What the README's examples take for granted: a token and the keys of its issuer, and a request that a gate forwards. */
const README_NEEDS = `
import * as sample from "./sample.mjs";
import * as forwarding from "./cases/gate-sample.mjs";
const jwks = sample.jwks();
const token = await sample.sign(sample.header(), { ...sample.claims(), exp: Math.floor(Date.now() / 1000) + 60 });
const { d, ...publicKey } = sample.privateJwk();
const { asked, fetch: origin } = forwarding.origin();
const proxy = forwarding.gate().proxy({ origin: "https://origin.internal/mcp", fetch: origin, assertion: { key: sample.privateJwk() } });
await proxy(forwarding.post(await forwarding.token()));
const [request] = asked;
const gatePublicKeys = { keys: [publicKey] };`;

/** Runs a module in the project and gives what it prints. */
function ran(code, major = 20) {
  return execFileSync(nodePackage(major), ["--input-type=module", "--eval", code], { cwd: PROJECT, encoding: "utf8" });
}
