// `doorward keys`.

import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ok, same, test } from "../js/harness.mjs";
import { PROJECT, doorward } from "./project.mjs";
import { startSite } from "./site.mjs";

const LOCAL = "--insecure-loopback";
const OAUTH = "/.well-known/oauth-authorization-server";
const OPENID = "/.well-known/openid-configuration";

const publicJwk = (type, options) => generateKeyPairSync(type, options).publicKey.export({ format: "jwk" });
const ec = publicJwk("ec", { namedCurve: "P-256" });
const set = { keys: [{ ...ec, kid: "ec", alg: "ES256", use: "sig" }] };

export function keysTests({ issuer, kid }) {
  test("a provider's keys are listed, with the fetches that found them", async () => {
    const { exitCode, stdout, stderr } = await doorward(["keys", issuer, LOCAL]);
    same([exitCode, stderr], [0, ""]);
    for (const line of [
      new RegExp(`1\\. ok {2}${issuer}${OAUTH.replaceAll(".", "\\.")}\n +metadata: 200, \\d+ ms\n`, "u"),
      new RegExp(`2\\. ok {2}${issuer}/jwks\n +keys: 200, \\d+ ms\n`, "u"),
      new RegExp(`1 key, 1 usable\n {2}${kid} {2}P-256 {2}ES256 {2}usable\n`, "u"),
    ]) ok(line.test(stdout), `${line}\n${stdout}`);
  });

  test("an issuer is found from the address of its metadata, and keys from their own", async () => {
    for (const [source, fetches] of [[issuer + OAUTH, 2], [issuer + OPENID, 2], [`${issuer}/jwks`, 1]]) {
      const { exitCode, stdout } = await doorward(["keys", source, LOCAL, "--json"]);
      const told = JSON.parse(stdout);
      same([exitCode, told.usable, told.fetches.length, told.keys[0].kid], [0, 1, fetches, kid], source);
    }
  });

  test("each key has its strength, and why it is not used", async () => {
    const rsa = (modulusLength) => publicJwk("rsa", { modulusLength });
    const keys = [
      { ...rsa(2048), kid: "rsa" },
      { ...rsa(1024), kid: "weak" },
      { ...ec, kid: "ec" },
      { ...publicJwk("ed25519"), kid: "ed" },
      { ...ec, kid: "encrypts", use: "enc" },
      { kty: "oct", k: "AAAAAAAAAAAAAAAAAAAAAA", kid: "secret\u001b[2J" },
      { kty: "EC", crv: "P-224", x: "AA", y: "AA" },
      7,
    ];
    const site = await startSite({ "/jwks": { keys } });
    const { exitCode, stdout } = await doorward(["keys", `${site.origin}/jwks`, LOCAL]);
    const json = JSON.parse((await doorward(["keys", `${site.origin}/jwks`, LOCAL, "--json"])).stdout);
    await site.close();
    same([exitCode, json.usable], [0, 3]);
    same(json.keys.map(({ strength, usable }) => [strength, usable]), [
      ["RSA 2048 bits", true], ["RSA 1024 bits", false], ["P-256", true], ["Ed25519", true], ["P-256", false],
      ["a shared secret, 128 bits", false], ["P-224", false], ["of no kind", false],
    ]);
    same(json.keys[3].algorithms, ["EdDSA", "Ed25519"]);
    ok(json.keys.every(({ usable, reason }) => usable === (reason === null)), stdout);
    ok(stdout.includes("8 keys, 3 usable") && stdout.includes("secret\\u{1b}[2J") && / no kid /u.test(stdout), stdout);
    ok(/ weak .* skipped: /u.test(stdout) && / rsa .* usable$/mu.test(stdout), stdout);
  });

  test("no usable key is a no", async () => {
    writeFileSync(join(PROJECT, "none.json"), JSON.stringify({ keys: [{ ...ec, use: "enc" }] }));
    same((await doorward(["keys", "none.json"])).exitCode, 1);
  });

  test("a file may be of Windows, and may be standard input; what is none is a mistake", async () => {
    const text = JSON.stringify(set, null, 2).replaceAll("\n", "\r\n");
    writeFileSync(join(PROJECT, "keys.json"), Buffer.from(`\ufeff${text}`, "utf16le"));
    same((await doorward(["keys", "keys.json"])).exitCode, 0);
    same((await doorward(["keys", "-"], { input: `\ufeff${text}` })).exitCode, 0);
    const pem = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" });
    for (const [args, input, words] of [
      [["keys", "missing.json"], "", "found none there"],
      [["keys", "node_modules"], "", "found a folder"],
      [["keys", "-"], "  \n", "found nothing"],
      [["keys", "-"], pem, "found PEM"],
      [["keys", "-"], "[1]", "jwks malformed"],
      [["keys"], "", "expected an issuer"],
      [["keys", issuer], "", "--insecure-loopback"],
      [["keys", "http://idp.example.com"], "", "expected an https URL"],
      [["keys", "https://user@idp.example.com"], "", "without user information"],
    ]) {
      const { exitCode, stdout, stderr } = await doorward(args, { input });
      same([exitCode, stdout], [2, ""], words);
      ok(stderr.includes(words), `${words}\n${stderr}`);
    }
  });

  const good = (origin) => ({ issuer: origin, jwks_uri: `${origin}/jwks` });
  for (const [name, change, words] of [
    ["metadata of another issuer", (origin) => ({ [OAUTH]: { ...good(origin), issuer: `${origin}/` } }), "give the issuer as"],
    ["a page in place of metadata", (origin) => ({ [OAUTH]: { type: "text/html", body: JSON.stringify(good(origin)) } }), 'found "text/html"'],
    ["metadata without keys", (origin) => ({ [OAUTH]: { issuer: origin } }), 'expected "jwks_uri"'],
    ["keys at an insecure address", (origin) => ({ [OAUTH]: { issuer: origin, jwks_uri: "http://idp.example.com" } }), "to be an https URL"],
    ["a redirect to the metadata", (origin) => ({ [OAUTH]: { status: 302, location: `${origin}${OAUTH}2` }, [`${OAUTH}2`]: good(origin) }), "no redirect is followed"],
    ["no metadata", () => ({ [OAUTH]: undefined }), "no such document"],
    ["keys that are none", () => ({ "/jwks": { keys: 1 } }), "found \"keys\" is a number"],
    ["keys that are gone", () => ({ "/jwks": { status: 500, body: "" } }), "the server failed"],
    ["keys that are too long", () => ({ "/jwks": { body: JSON.stringify({ ...set, x: "x".repeat(2 ** 20) }) } }), "of at most 524288 bytes"],
  ]) {
    test(`${name}: nothing is found, and it is said why`, async () => {
      const site = await startSite((origin) => ({ [OAUTH]: good(origin), "/jwks": set, ...change(origin) }));
      const healthy = await startSite((origin) => ({ [OAUTH]: good(origin), "/jwks": set }));
      same((await doorward(["keys", healthy.origin, LOCAL])).exitCode, 0, "without the change");
      const { exitCode, stdout, stderr } = await doorward(["keys", site.origin, LOCAL]);
      const { error } = JSON.parse((await doorward(["keys", site.origin, LOCAL, "--json"])).stdout);
      await Promise.all([site.close(), healthy.close()]);
      same([exitCode, stdout, error.code, error.exitCode], [3, "", "unreachable", 3]);
      const what = name.startsWith("keys that") ? "keys" : "metadata";
      ok(error.message.startsWith(`expected the ${what} of ${site.origin}, found none: `), error.message);
      ok(stderr.replace(/\n +/gu, " ").includes(words), `${words}\n${stderr}`);
      ok(error.fetches.length > 0 && error.fetches.at(-1).accepted === false && error.advice.length > 0, JSON.stringify(error));
    });
  }

  test("a host that is not there, does not answer, or hangs, is told apart", async () => {
    const closed = await startSite({});
    await closed.close();
    const hanging = await startSite({ [OAUTH]: () => new Promise(() => {}) });
    const told = await Promise.all(
      [closed.origin, "https://nowhere.invalid", hanging.origin].map((source) => doorward(["keys", source, LOCAL])),
    );
    hanging.close();
    same(told.map(({ exitCode }) => exitCode), [3, 3, 3]);
    const words = ["nothing answers at this host and port", "found none: ", "no answer in time"];
    told.forEach(({ stderr }, at) => ok(stderr.replace(/\n +/gu, " ").includes(words[at]), stderr));
  });
}
