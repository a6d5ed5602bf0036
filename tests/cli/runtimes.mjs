// Every runtime gives the same answer.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ok, same, test } from "../js/harness.mjs";
import { PROJECT, RUNTIMES, TOOLS, doorward } from "./project.mjs";
import { CLIENTS, CLIENT_KEYS, RESOURCE, kidOf } from "./provider.mjs";
import { startSite } from "./site.mjs";
import { token } from "./token.mjs";

const LOCAL = "--insecure-loopback";

export function runtimeTests({ issuer, kid }) {
  for (const runtime of Object.keys(RUNTIMES)) {
    test(`${runtime}: a token from standard input is shown`, async () => {
      const { exitCode, stdout, stderr } = await doorward(["inspect"], { runtime, input: `${token({ sub: "one" })}\r\n` });
      same([exitCode, stderr], [0, "token from: standard input\n"]);
      ok(/^ {2}sub +subject +one$/mu.test(stdout) && stdout.startsWith("NOT VERIFIED"), stdout);
    });

    test(`${runtime}: a token from a variable is shown, and one from the default variable`, async () => {
      for (const [args, name] of [[["--env", "ELSEWHERE"], "ELSEWHERE"], [[], "DOORWARD_TOKEN"]]) {
        const told = await doorward(["inspect", "--json", ...args], { runtime, env: { [name]: token() } });
        same([told.exitCode, JSON.parse(told.stdout).source], [0, `variable ${name}`], told.stderr);
      }
    });

    test(`${runtime}: what is no token is refused with 1, what is no command with 2`, async () => {
      same((await doorward(["inspect", "not.a"], { runtime })).exitCode, 1);
      same((await doorward(["insect"], { runtime })).exitCode, 2);
    });

    test(`${runtime}: a token is fetched, with a secret and with a key, and verified with the keys of its issuer`, async () => {
      const { ES256 } = CLIENT_KEYS;
      const pem = join(PROJECT, `${runtime}.pem`);
      writeFileSync(pem, ES256.export({ type: "pkcs8", format: "pem" }));
      const common = ["token", LOCAL, "--issuer", issuer, "--resource", RESOURCE, "--client-id"];
      const { basic, signing } = CLIENTS;
      for (const [args, env] of [
        [[...common, basic.id], { CLIENT_SECRET: basic.secret }],
        [[...common, signing.id, "--key", pem, "--key-id", kidOf(ES256)], {}],
      ]) {
        const fetched = await doorward(args, { runtime, env });
        same(fetched.exitCode, 0, fetched.stderr);
        const good = ["--issuer", issuer, "--audience", RESOURCE];
        const verified = await doorward(["verify", LOCAL, ...good, "--json"], { runtime, input: fetched.stdout });
        same([verified.exitCode, JSON.parse(verified.stdout).verified.key.kid], [0, kid], verified.stdout);
        const refused = await doorward(["verify", LOCAL, ...good, "--scope", "x"], { runtime, input: fetched.stdout });
        same([refused.exitCode, refused.stdout.split("\n")[0]], [1, "REFUSED: scope insufficient"]);
      }
    });

    test(`${runtime}: a provider that is not there is told with 3, in the same words`, async () => {
      const closed = await startSite({});
      await closed.close();
      for (const [address, words] of [
        [closed.origin, /^nothing answers at this host and port$/u],
        ["https://nowhere.invalid", /^(?:there is no such host|the name of the host could not be looked up)$/u], // without a network
      ]) {
        const { exitCode, stdout } = await doorward(["keys", LOCAL, address, "--json"], { runtime });
        const { reason } = JSON.parse(stdout).error.fetches[0];
        ok(exitCode === 3 && words.test(reason), `${address} ${exitCode} ${reason}`);
      }
    });

    test(`${runtime}: the version is told`, async () => {
      const { exitCode, stdout } = await doorward(["--version"], { runtime });
      const manifest = readFileSync(join(PROJECT, "node_modules/doorward/package.json"), "utf8");
      same([exitCode, stdout], [0, `${JSON.parse(manifest).version}\n`]);
    });
  }

  test("Deno gives it what it needs and no more, and it says what that is", async () => {
    const deno = (...permissions) => [...RUNTIMES.deno.filter((word) => !word.startsWith("--allow-") && word !== "npm:doorward"), ...permissions, "npm:doorward"];
    for (const [permissions, args, exitCode, words] of [
      [[], ["inspect", token()], 0, "NOT VERIFIED"],
      [[], ["inspect", "--env", "HIDDEN"], 2, "--allow-env=HIDDEN"],
      [["--allow-env=HIDDEN"], ["inspect", "--env", "HIDDEN"], 0, "NOT VERIFIED"],
      [[], ["keys", "node_modules/doorward/package.json"], 2, "--allow-read"],
      [[], ["keys", LOCAL, issuer], 3, "--allow-net"],
      [[`--allow-net=${new URL(issuer).host}`], ["keys", LOCAL, issuer], 0, kid],
    ]) {
      const told = await doorward(args, { runtime: deno(...permissions), env: { HIDDEN: token() } });
      same(told.exitCode, exitCode, `${permissions} ${args[0]} ${told.stderr}`);
      ok((told.stdout + told.stderr).includes(words), told.stderr);
    }
  });

  test("npx and bunx run it", async () => {
    for (const runtime of [["npx", "--offline", "doorward"], [`${TOOLS}/.bin/bunx`, "doorward"]]) {
      const { exitCode, stdout, stderr } = await doorward(["inspect", token({ sub: "two" })], { runtime });
      ok(exitCode === 0 && / two$/mu.test(stdout), `${runtime[0]}: ${stderr}`);
    }
  });
}
