// `doorward token`.

import { decodeJwt } from "jose";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ok, same, test } from "../js/harness.mjs";
import { PROJECT, doorward } from "./project.mjs";
import { CLIENTS, CLIENT_KEYS, RESOURCE, kidOf } from "./provider.mjs";
import { startSite } from "./site.mjs";

const LOCAL = "--insecure-loopback";
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+\n$/u;

export function tokenTests({ issuer }) {
  const basic = ["token", LOCAL, "--issuer", issuer, "--client-id", CLIENTS.basic.id];
  const forResource = [...basic, "--resource", RESOURCE, "--scope", "mcp:read", "--scope", "mcp:write"];
  const env = { CLIENT_SECRET: CLIENTS.basic.secret };

  test("a token is all that is written on standard output", async () => {
    const { exitCode, stdout, stderr } = await doorward(forResource, { env });
    same([exitCode, JWT.test(stdout)], [0, true], stdout);
    const { aud, scope, client_id } = decodeJwt(stdout.trim());
    same([aud, scope, client_id], [RESOURCE, "mcp:read mcp:write", CLIENTS.basic.id]);
    same(stderr, `token from: ${issuer}/token, by client_secret_basic\nvalid for 10 min\nscopes granted: mcp:read mcp:write\n`);
    const inspected = await doorward(["inspect"], { input: stdout });
    ok(inspected.exitCode === 0 && inspected.stdout.includes(RESOURCE), inspected.stderr);
  });

  test("with --json it is the whole answer of the provider", async () => {
    const answer = JSON.parse((await doorward([...forResource, "--json"], { env })).stdout);
    same([answer.token_type, answer.expires_in, answer.scope], ["Bearer", 600, "mcp:read mcp:write"]);
  });

  test("a secret is sent as it was asked for, or else as the provider's metadata says, by Basic where it says nothing", async () => {
    const asked = [];
    const metadata = (origin, path, methods) => ({
      issuer: `${origin}/${path}`, jwks_uri: `${origin}/jwks`, token_endpoint: `${origin}/token`,
      ...(methods && { token_endpoint_auth_methods_supported: methods, scopes_supported: methods }),
    });
    const site = await startSite((origin) => ({
      "/jwks": { keys: [{ ...CLIENT_KEYS.ES256.export({ format: "jwk" }), d: undefined }] },
      "/token": ({ headers }, body) => {
        asked.push([headers.authorization ?? null, Object.fromEntries(new URLSearchParams(body))]);
        return { access_token: "a.b.c", token_type: "bearer" };
      },
      "/.well-known/oauth-authorization-server/wrong": metadata(origin, "wrong", "no list"),
      "/.well-known/oauth-authorization-server/silent": metadata(origin, "silent"),
      "/.well-known/oauth-authorization-server/post": metadata(origin, "post", ["private_key_jwt", "client_secret_post"]),
      "/.well-known/oauth-authorization-server/keys": metadata(origin, "keys", ["private_key_jwt"]),
    }));
    const call = (path, ...args) => doorward(["token", LOCAL, "--issuer", `${site.origin}/${path}`, "--client-id", "a b", "--scope", "x y", ...args], { env: { CLIENT_SECRET: "ü:%" } });
    for (const args of [["silent"], ["wrong"], ["post"], ["post", "--auth-method", "client_secret_basic"], ["silent", "--auth-method", "client_secret_post", "--audience", "api"]]) {
      const { exitCode, stdout, stderr } = await call(...args);
      same([exitCode, stdout], [0, "a.b.c\n"], stderr);
    }
    const refused = await call("keys");
    await site.close();
    const form = { grant_type: "client_credentials", scope: "x y" };
    const basic = [`Basic ${btoa("a+b:%C3%BC%3A%25")}`, form];
    const post = [null, { ...form, client_id: "a b", client_secret: "ü:%" }];
    same(asked, [basic, basic, post, basic, [null, { ...post[1], audience: "api" }]]);
    ok(refused.exitCode === 2 && refused.stderr.includes("name its file with --key"), refused.stderr);
  });

  test("a real provider takes the secret either way", async () => {
    const post = ["token", LOCAL, "--issuer", issuer, "--client-id", CLIENTS.post.id, "--resource", RESOURCE];
    const options = { env: { ELSEWHERE: CLIENTS.post.secret } };
    same((await doorward([...post, "--secret-env", "ELSEWHERE", "--auth-method", "client_secret_post"], options)).exitCode, 0);
  });

  for (const [algorithm, key] of Object.entries(CLIENT_KEYS)) {
    test(`a client signs with ${algorithm}, from JWK and PEM`, async () => {
      const args = ["token", LOCAL, "--issuer", issuer, "--client-id", CLIENTS.signing.id, "--resource", RESOURCE];
      const jwk = { ...key.export({ format: "jwk" }), kid: kidOf(key), use: "sig", key_ops: ["sign"] };
      writeFileSync(join(PROJECT, "client.json"), JSON.stringify(jwk));
      writeFileSync(join(PROJECT, "client.pem"), key.export({ type: "pkcs8", format: "pem" }).replaceAll("\n", "\r\n"));
      const fromJwk = await doorward([...args, "--key", "client.json"]);
      same([fromJwk.exitCode, JWT.test(fromJwk.stdout)], [0, true], fromJwk.stderr);
      ok(fromJwk.stderr.includes(`by private_key_jwt\nsigned with ${algorithm}, for ${issuer}\n`), fromJwk.stderr);
      same((await doorward([...args, "--key", "client.pem", "--key-id", kidOf(key)])).exitCode, 0);
      const toEndpoint = await doorward([...args, "--key", "client.pem", "--assertion-audience", `${issuer}/token`]);
      same(toEndpoint.exitCode, 0, toEndpoint.stderr);
      const other = await doorward([...args, "--key", "client.pem", "--assertion-audience", "https://other.example.com"]);
      ok(other.exitCode === 1 && other.stderr.includes("https://other.example.com"), other.stderr);
    });
  }

  test("an RSA key signs with PS256 where that is asked for, and with PKCS #1 files", async () => {
    writeFileSync(join(PROJECT, "pkcs1.pem"), CLIENT_KEYS.RS256.export({ type: "pkcs1", format: "pem" }));
    const args = ["token", LOCAL, "--issuer", issuer, "--client-id", CLIENTS.signing.id, "--key", "pkcs1.pem"];
    const { exitCode, stderr } = await doorward([...args, "--key-algorithm", "PS256"]);
    ok(exitCode === 0 && stderr.includes("signed with PS256"), stderr);
  });

  test("what the provider refuses is told in its words, with what to do", async () => {
    for (const [args, secret, words] of [
      [forResource, "wrong", "are client id and secret right?"],
      [[...basic, "--resource", "https://other.example.com"], env.CLIENT_SECRET, "exactly as given with --resource"],
    ]) {
      const { exitCode, stdout, stderr } = await doorward(args, { env: { CLIENT_SECRET: secret } });
      same([exitCode, stdout], [1, ""]);
      ok(stderr.replace(/\n +/gu, " ").includes(words) && !stderr.includes(secret), stderr);
    }
  });

  test("an answer that is none, and one that leads elsewhere, are told apart; the secret is sent nowhere else", async () => {
    const other = [];
    const thief = await startSite({ "/token": (_, body) => other.push(body) && {} });
    const answers = {
      "/page": { type: "text/html", body: "<p>Hello" },
      "/moved": { status: 307, location: `${thief.origin}/token` },
      "/failed": { status: 503, body: JSON.stringify({ error: "temporarily_unavailable" }) },
      "/empty": { token_type: "Bearer" },
      "/scope": { status: 400, body: JSON.stringify({ error: "invalid_scope", error_description: "no\u001b[2J" }) },
      "/obeyed": { access_token: "x.y.z\u001b[2J", token_type: "Bearer" },
      "/dpop": { access_token: "x.y.z", token_type: "DPoP" },
    };
    const site = await startSite(answers);
    const told = {};
    for (const path of Object.keys(answers)) {
      told[path] = await doorward(["token", LOCAL, "--token-endpoint", site.origin + path, "--client-id", "job"], { env });
    }
    await Promise.all([site.close(), thief.close()]);
    const expected = { "/page": 3, "/moved": 3, "/failed": 3, "/empty": 3, "/scope": 1, "/obeyed": 3, "/dpop": 0 };
    for (const [path, exitCode] of Object.entries(expected)) same(told[path].exitCode, exitCode, path + told[path].stderr);
    same(other, [], "what the other site was sent");
    same(told["/obeyed"].stdout, "");
    ok(told["/moved"].stderr.includes("redirect") && told["/failed"].stderr.includes("try again"), told["/moved"].stderr);
    ok(told["/scope"].stderr.includes("no\\u{1b}[2J") && told["/dpop"].stderr.includes("DPoP"), told["/scope"].stderr);
  });

  test("what is missing or must not be is a mistake, before anything is sent", async () => {
    writeFileSync(join(PROJECT, "public.json"), JSON.stringify({ ...CLIENT_KEYS.ES256.export({ format: "jwk" }), d: undefined }));
    for (const [args, more, words] of [
      [["token"], {}, "expected --client-id"],
      [["token", "--client-id", "job"], {}, "expected --issuer or --token-endpoint"],
      [basic, {}, "expected a secret in the variable CLIENT_SECRET, found no such variable"],
      [[...basic, "--secret-env", "NONE"], { env }, "expected a secret in the variable NONE"],
      [[...basic, "--auth-method", "none"], { env }, "expected --auth-method to be one of"],
      [[...basic, "--auth-method", "private_key_jwt"], { env }, "expected --key"],
      [[...basic, "--key", "public.json"], {}, "expected a private key in public.json"],
      [["token", "--token-endpoint", "http://idp.example.com/token", "--client-id", "job"], { env }, "an https URL"],
      [["token", "--token-endpoint", `${issuer}/token`, "--client-id", "job"], { env }, "--insecure-loopback"],
      [["token", LOCAL, "--token-endpoint", "http://localhost.example.com/", "--client-id", "job"], { env }, "an https URL"],
    ]) {
      const { exitCode, stdout, stderr } = await doorward(args, more);
      same([exitCode, stdout], [2, ""], words);
      ok(stderr.replace(/\n +/gu, " ").includes(words), `${words}\n${stderr}`);
    }
  });
}
