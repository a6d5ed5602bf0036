// What each part of a module costs, told by the names of its functions: the module must still have them.

import { gzipSync } from "node:zlib";

/**
 * Each part as `{ name, raw, gzip }` in bytes, the dearest first, and `all` together. A part's share after gzip is told by how
 * small it becomes alone: what lies together is shortened together.
 */
export function partsOf(bytes) {
  const parts = new Map([...PARTS.map(([name]) => [name, []]), ["texts and tables", []]]);
  const { imported, bodies, names, data } = sectionsOf(bytes);
  bodies.forEach((body, place) => {
    const name = names.get(imported + place) ?? "?";
    if (FOR_THE_BUILD.test(name)) return;
    parts.get(PARTS.find(([, pattern]) => pattern.test(name))[0]).push(body);
  });
  parts.get("texts and tables").push(data);
  const alone = [...parts].map(([name, chunks]) => ({ name, ...sizeOf(chunks) }));
  const all = sizeOf([...parts.values()].flat());
  const share = all.gzip / alone.reduce((sum, { gzip }) => sum + gzip, 0);
  const shared = alone.map(({ name, raw, gzip }) => ({ name, raw, gzip: Math.round(gzip * share) }));
  return [...shared.sort((one, other) => other.gzip - one.gzip), { name: "all", ...all }];
}

function sizeOf(chunks) {
  const bytes = Buffer.concat(chunks);
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}

/** What is asked for of the sections of a module (WebAssembly Core Specification, section 5.5). */
function sectionsOf(bytes) {
  const found = { imported: 0, bodies: [], names: new Map(), data: Buffer.alloc(0) };
  let at = 8;
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const text = () => {
    const length = number();
    return bytes.toString("latin1", at, (at += length));
  };
  while (at < bytes.length) {
    const kind = bytes[at++];
    const size = number();
    const end = at + size;
    if (kind === 2) {
      // Functions alone are imported.
      for (let count = number(); count > 0; count--) {
        text(), text();
        if (bytes[at++] !== 0) throw new Error("an import that is no function");
        number();
        found.imported++;
      }
    } else if (kind === 10) {
      for (let count = number(); count > 0; count--) {
        const length = number();
        found.bodies.push(bytes.subarray(at, (at += length)));
      }
    } else if (kind === 11) {
      found.data = bytes.subarray(at, end);
    } else if (kind === 0 && text() === "name") {
      while (at < end) {
        const of = bytes[at++];
        const length = number();
        const stop = at + length;
        if (of === 1) {
          for (let count = number(); count > 0; count--) {
            const place = number();
            found.names.set(place, text());
          }
        }
        at = stop;
      }
    }
    at = end;
  }
  return found;
}

/** The first pattern that a function's name has says what it is part of. */
const PARTS = [
  ["RSA", /doorward_kernels3rsa|jose9signature3rsa/],
  ["P-256", /doorward_kernels4p256/],
  ["Ed25519", /doorward_kernels7ed25519|jose9signature7ed25519/],
  ["P-384, P-521, secp256k1", /doorward_kernels11weierstrass/],
  ["what the curves share", /doorward_kernels|jose9signature/],
  ["SHA-256, SHA-384, SHA-512", /4sha2|6digest|block_buffer/],
  ["gate", /8doorward4gate|4wasm4gate|^gate_/],
  ["fetching keys", /8doorward4keys/],
  ["reading tokens and keys", /8doorward4jose|^keyset_/],
  ["policies and claims", /8doorward(6policy|6claims|5scope|7profile|6access|6option|6verify|7issuers|4time)|^(policy|issuers)_/],
  ["errors and explanations", /8doorward(9rejection|7explain|5check)|^explain/],
  ["remembered tokens", /8doorward(5cache|6recent)|^verifiedtokens_/],
  ["strict JSON, base64url, quotes", /8doorward4text|6base64/],
  ["crossing to JavaScript", /8doorward4wasm|wasm_bindgen|6js_sys|^_*wbg|^_*wbindgen|externref|^(verify|decode)/],
  ["serde_json", /10serde_json|10serde_core|4zmij|4itoa|6memchr/],
  ["memory", /dlmalloc|__rust|^mem(cpy|set|move|cmp)/],
  ["standard library", /./],
];

/** What wasm-bindgen runs when it makes the glue, and then takes out. */
const FOR_THE_BUILD = /describe|6js_sys|jspi/;
