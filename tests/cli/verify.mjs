// `doorward verify` and `doorward explain`.

import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SignJWT } from "jose";
import { ok, same, test } from "../js/harness.mjs";
import { PROJECT, doorward } from "./project.mjs";
import { CLIENTS, RESOURCE } from "./provider.mjs";
import { startSite } from "./site.mjs";

const LOCAL = "--insecure-loopback";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const SET = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one", alg: "ES256", use: "sig" }] };
const ISSUER = "https://idp.example.com";
const ISSUED = 1_795_000_000; // 2026-11-18T11:06:40Z
const AT = ["--at", "2026-11-18T11:09:00Z"];

const signed = (claims = {}, header = {}) =>
  new SignJWT({
    iss: ISSUER, sub: "user-1", aud: RESOURCE, client_id: "client-1", scope: "mcp:read", iat: ISSUED, exp: ISSUED + 3600, ...claims,
  })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "one", ...header })
    .sign(privateKey);

/** Options with which the token of `signed` is accepted; and of each that can refuse it, what does. */
const GOOD = ["--jwks", "set.json", "--issuer", ISSUER, "--audience", RESOURCE, ...AT];
const REFUSING = [
  [["--scope", "mcp:read"], ["--scope", "mcp:read mcp:write"], "scope_insufficient"],
  [["--algorithm", "ES256"], ["--algorithm", "RS256"], "algorithm_not_allowed"],
  [["--typ", "at+jwt"], ["--typ", "JWT"], "type_mismatch"],
  [["--subject", "user-1"], ["--subject", "user-2"], "subject_mismatch"],
  [["--required-claim", "client_id"], ["--required-claim", "jti"], "claim_missing"],
  [["--max-token-age", "200"], ["--max-token-age", "60"], "token_too_old"],
  [["--profile", "okta"], ["--profile", "cognito"], "audience_mismatch"],
  [["--at", `${ISSUED + 3630}`], ["--at", `${ISSUED + 3630}`, "--clock-tolerance", "10"], "token_expired"],
  [["--at", `${ISSUED - 30}`], ["--at", `${ISSUED - 90}`], "token_issued_in_future"],
  [["--issuer", "https://other.example.com"], [], null],
  [["--audience", "https://other.example.com"], [], null],
];

export function verifyTests({ issuer, kid }) {
  writeFileSync(join(PROJECT, "set.json"), JSON.stringify(SET));

  test("a real token of a real provider is accepted, and what is known of it is told", async () => {
    const input = await realToken(issuer);
    const args = [LOCAL, "--issuer", issuer, "--audience", RESOURCE, "--scope", "mcp:read"];
    const { exitCode, stdout, stderr } = await doorward(["verify", ...args], { input });
    same(exitCode, 0, stdout + stderr);
    for (const line of ["ACCEPTED", `  issuer    ${issuer}`, `  audience  ${RESOURCE}`, `  client    ${CLIENTS.basic.id}`, "  scopes    mcp:read", `  key       ${kid}, ES256`]) {
      ok(stdout.split("\n").includes(line), `${line}\n${stdout}`);
    }
    ok(/^token from: standard input\nkeys from: http:\S+, 2 fetches in \d+ ms\n$/u.test(stderr), stderr);
    const told = JSON.parse((await doorward(["verify", ...args, "--json"], { input })).stdout);
    same([told.accepted, told.code, told.unchecked, told.refusal, told.keys.fetches.length], [true, null, [], null, 2]);
    same([told.verified.claims.aud, told.verified.scopes, told.verified.key.kid], [RESOURCE, ["mcp:read"], kid]);
  });

  test("keys come from a file, an address or standard input", async () => {
    const site = await startSite({ "/keys": SET });
    const token = await signed();
    for (const [jwks, input] of [["set.json", ""], [`${site.origin}/keys`, ""], ["-", JSON.stringify(SET)]]) {
      const told = await doorward(["verify", LOCAL, ...GOOD.slice(2), "--jwks", jwks, token], { input });
      same(told.exitCode, 0, jwks + told.stderr);
    }
    await site.close();
    same((await doorward(["verify", ...GOOD.slice(2), "--jwks", "-"], { input: "{}" })).exitCode, 2, "two on standard input");
  });

  for (const [accepting, refusing, code] of REFUSING) {
    test(`${accepting[0]} ${refusing.at(-1) ?? "repeated"}: ${code ?? "one of them is enough"}`, async () => {
      const token = await signed();
      const good = await doorward(["verify", ...GOOD, ...accepting, token]);
      same(good.exitCode, 0, good.stdout + good.stderr);
      if (code === null) return;
      for (const command of ["verify", "explain"]) {
        const { exitCode, stdout } = await doorward([command, ...GOOD, ...refusing, token]);
        same(exitCode, 1, stdout);
        ok(stdout.startsWith(`REFUSED: ${code.replaceAll("_", " ")}\n`), stdout);
        const told = JSON.parse((await doorward([command, ...GOOD, ...refusing, "--json", token])).stdout);
        same([told.accepted, told.code, told.refusal.code, told.verified], [false, code, code, null]);
      }
    });
  }

  test("a token that was altered, or that another issuer issued, or for another audience, is refused", async () => {
    const token = await signed();
    const altered = `${token.slice(0, -10)}${token.at(-10) === "A" ? "B" : "A"}${token.slice(-9)}`;
    for (const [other, code] of [
      [altered, "signature_invalid"],
      [await signed({ iss: `${ISSUER}/` }), "issuer_mismatch"],
      [await signed({ aud: "https://other.example.com" }), "audience_mismatch"],
      [await signed({}, { kid: "two" }), "key_not_found"],
    ]) {
      const { exitCode, stdout } = await doorward(["verify", ...GOOD, "--json", other]);
      same([exitCode, JSON.parse(stdout).code], [1, code]);
    }
  });

  test("every option of verify has a flag", async () => {
    const types = readFileSync(join(PROJECT, "node_modules/doorward/index.d.ts"), "utf8");
    const [declared] = /^export interface VerifierOptions \{.*?^\}.*?^export interface VerifyOptions.*?^\}/msu.exec(types);
    const options = [...declared.matchAll(/^ {2}readonly (\w+)\?:/gmu)].map(([, name]) => name);
    const { stdout } = await doorward(["verify", "--help"]);
    const flags = [...stdout.matchAll(/^ {2}--([\w-]+) </gmu)].map(([, name]) => name).filter((name) => !["env", "jwks"].includes(name));
    same(options.length, flags.length, `${options} ${flags}`);
    const nothing = ["issuer", "audience", "tenant", "subject", "typ", "scope", "algorithm", "profile", "required-claim", "max-token-age", "clock-tolerance", "at", "scope-claim"];
    same([...flags].sort(), nothing.sort());
  });

  test("scopes are read where a claim or a path to one says, and a tenant is one of those named", async () => {
    const token = await signed({ realm_access: { roles: ["mcp:admin"] } });
    same((await doorward(["verify", ...GOOD, "--scope", "mcp:admin", token])).exitCode, 1);
    const path = ["--scope-claim", "realm_access", "--scope-claim", "roles"];
    same((await doorward(["verify", ...GOOD, "--scope", "mcp:admin", ...path, token])).exitCode, 0);
    const tenant = "9188040d-6c67-4c5b-b112-36a304b66dad";
    const entra = ["--profile", "entra", "--issuer", "https://login.microsoftonline.com/{tenantid}/v2.0", "--jwks", "set.json", "--audience", RESOURCE, ...AT];
    const microsoft = await signed({ iss: `https://login.microsoftonline.com/${tenant}/v2.0`, tid: tenant });
    same((await doorward(["verify", ...entra, "--tenant", tenant, microsoft])).exitCode, 0);
    same((await doorward(["verify", ...entra, "--tenant", tenant.replace("9", "8"), microsoft])).exitCode, 1);
  });

  test("without issuer and audience it is said loudly that nothing was authorized, and the exit code is of the check", async () => {
    const token = await signed();
    for (const [args, unchecked] of [
      [[], ["issuer", "audience"]],
      [["--issuer", ISSUER], ["audience"]],
      [["--audience", RESOURCE], ["issuer"]],
    ]) {
      for (const command of ["verify", "explain"]) {
        const all = [command, "--jwks", "set.json", ...AT, ...args, token];
        const { exitCode, stdout } = await doorward(all);
        same(exitCode, 0);
        ok(stdout.startsWith("AUTHENTICATED, NOT AUTHORIZED\n") && !stdout.includes("ACCEPTED"), stdout);
        same(JSON.parse((await doorward([...all, "--json"])).stdout).unchecked, unchecked);
      }
    }
    ok((await doorward(["verify", ...GOOD, token])).stdout.startsWith("ACCEPTED\n"), "with both");
  });

  test("explain tells every check with expected, found and section, and for a failure what to do", async () => {
    const args = ["explain", ...GOOD, "--audience", "https://x.example.com", "--scope", "mcp:write", await signed({ aud: "https://y.example.com" })];
    const { steps } = JSON.parse((await doorward([...args, "--json"])).stdout);
    same(steps.map(({ check }) => check).slice(0, 3), ["key_set", "size", "form"]);
    same(steps.filter(({ verdict }) => verdict === "failed").map(({ code }) => code), ["audience_mismatch", "scope_insufficient"]);
    const { stdout } = await doorward(args);
    for (const { title, expected, section } of steps) {
      ok(stdout.includes(title), title);
      const flat = stdout.replace(/\s+/gu, " ").replace(/ \(\w+, [^)]*UTC\)/gu, "");
      ok(flat.includes(`expected ${expected}`) && flat.includes(`(${section})`), `${title}: ${expected} ${section}\n${flat}`);
    }
    same(stdout.match(/next: /gu).length, 2);
  });

  test("explain says which claims nobody asked to be checked, and that what nobody signed proves nothing", async () => {
    const token = await signed();
    const altered = `${token.slice(0, -10)}${token.at(-10) === "A" ? "B" : "A"}${token.slice(-9)}`;
    const unsigned = "Nobody is known to have signed these claims.";
    const good = (await doorward(["explain", ...GOOD, token])).stdout;
    ok(!good.includes("??") && !good.includes(unsigned), good);
    const open = (await doorward(["explain", ...GOOD.slice(0, 2), ...AT, token])).stdout;
    same(open.match(/\?\? {2}\w+/gu), ["??  Issuer", "??  Audience"]);
    ok((await doorward(["explain", ...GOOD, altered])).stdout.includes(unsigned), "altered");
  });

  test("every profile has a provider that is known by the issuer of its documentation", async () => {
    const { adviceAtProvider, profileFor } = await import(join(PROJECT, "node_modules/doorward/bin/provider-advice.js"));
    const types = readFileSync(join(PROJECT, "node_modules/doorward/index.d.ts"), "utf8");
    const [, union] = /^export type Profile =([^;]*);/mu.exec(types);
    for (const [, profile] of union.matchAll(/"([^"]*)"/gu)) {
      if (profile === "standard") continue;
      const page = readFileSync(join(PROJECT, `node_modules/doorward/docs/providers/${profile}.md`), "utf8");
      const [, issuer] = /^\| issuer \| `([^`]*)`/mu.exec(page);
      same(profileFor(issuer), profile);
      ok(adviceAtProvider(profile, "audience_mismatch").startsWith("at "), profile);
    }
    same([profileFor("https://idp.example.com"), profileFor("https://auth0.com.example.com/")], [undefined, undefined]);
  });

  test("for a known provider it is said what to change there, by its profile or by its issuer", async () => {
    const okta = "https://acme.okta.com/oauth2/default";
    const args = ["--jwks", "set.json", "--audience", RESOURCE, ...AT];
    const token = await signed({ iss: okta, aud: "api://default" });
    for (const [more, title, suggested] of [
      [["--issuer", okta], "at Okta: ", "okta"],
      [[], "at Okta: ", "okta"],
      [["--profile", "auth0"], "at Auth0: ", null],
      [["--profile", "standard"], null, null],
    ]) {
      const { stdout } = await doorward(["explain", ...args, ...more, "--json", token]);
      const told = JSON.parse(stdout);
      same([told.suggestedProfile, told.refusal.atProvider?.slice(0, title?.length) ?? null], [suggested, title]);
      const text = (await doorward(["verify", ...args, ...more, token])).stdout.replace(/\s+/gu, " ");
      same([text.includes("--profile okta"), title === null || text.includes(title)], [suggested !== null, true], text);
    }
  });

  test("without keys it is a mistake, and the token's own word is quoted and not followed", async () => {
    const { exitCode, stdout, stderr } = await doorward(["verify", await signed()]);
    same([exitCode, stdout], [2, ""]);
    ok(stderr.replace(/\n +/gu, " ").includes(`says, unverified, that it is from "${ISSUER}"`), stderr);
    for (const [args, words] of [
      [["--profile", "oktaa"], "expected --profile to be one of"],
      [["--clock-tolerance", "601"], "expected --clock-tolerance to be a whole number of seconds"],
      [["--clock-tolerance", "1m"], "expected --clock-tolerance to be whole seconds"],
      [["--at", "tomorrow"], "expected --at to be a time"],
      [["--algorithm", "HS256"], "expected --algorithm"],
    ]) {
      const told = await doorward(["verify", ...GOOD, ...args, await signed()]);
      ok(told.exitCode === 2 && told.stderr.includes(words), told.stderr);
    }
  });
}

/** A token as a client gets it, by the command that is for that. */
export async function realToken(issuer, options = {}) {
  const { id, secret } = CLIENTS.basic;
  const args = ["token", LOCAL, "--issuer", issuer, "--client-id", id, "--resource", RESOURCE, "--scope", "mcp:read"];
  const { stdout, stderr } = await doorward(args, { ...options, env: { CLIENT_SECRET: secret } });
  if (stdout === "") throw new Error(stderr);
  return stdout;
}
