// The suite as a process of its own: Node, Deno, Bun.

import { told } from "./harness.mjs";
import base64 from "./mint/inline.js";
import { initSync, Minter } from "./mint/mint.js";
import { suite } from "./suite.mjs";

initSync({ module: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) });
console.log(told(name(), await suite(Minter)));

function name() {
  if (globalThis.Deno) return `Deno ${globalThis.Deno.version.deno}`;
  if (globalThis.Bun) return `Bun ${globalThis.Bun.version}`;
  return `Node ${globalThis.process.versions.node}`;
}
