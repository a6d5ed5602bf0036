// `doorward inspect`.

import { ok, same, test } from "../js/harness.mjs";
import { doorward, doorwardWords } from "./project.mjs";
import { token } from "./token.mjs";

const seconds = (difference) => Math.floor(Date.now() / 1000) + difference;

export function inspectTests() {
  test("every claim has its words, and times have their dates and distances", async () => {
    const claims = { exp: seconds(12 * 60 + 1), iat: seconds(-3 * 86_400), scope: "mcp:read", other: { a: [1] } };
    const { stdout } = await doorward(["inspect", token(claims)]);
    const date = new Date(claims.exp * 1000);
    for (const line of [
      /^ {2}alg +algorithm +ES256 \(ECDSA\)$/mu,
      /^ {2}typ +type +at\+jwt \(an access token\)$/mu,
      /^ {2}iss +issuer +https:\/\/idp\.example\.com$/mu,
      new RegExp(`^ {2}exp +expires +\\w+, ${date.getUTCDate()} .* UTC · in 12 min`, "mu"),
      /^ {2}iat +issued +.* UTC · 3 days ago$/mu,
      /^ {2}scope +scopes +mcp:read$/mu,
      /^ {2}other +\{"a":\[1\]\}$/mu,
    ]) ok(line.test(stdout), `${line}\n${stdout}`);
  });

  test("what is over, and what is not yet, is said", async () => {
    const { stdout } = await doorward(["inspect", token({ exp: seconds(-90), nbf: seconds(3600), iat: "yesterday" })]);
    const unwrapped = stdout.replace(/\n {10,}/gu, " ");
    for (const line of [/ exp .* · 1 min 3\d s ago: EXPIRED$/mu, / nbf .*: NOT VALID YET$/mu, / iat .*: expected seconds since 1970/u]) {
      ok(line.test(unwrapped), `${line}\n${stdout}`);
    }
  });

  test("JSON has header, claims and times, and says that nothing was verified", async () => {
    const claims = { exp: seconds(-7200), n: 1.5 };
    const { stdout } = await doorward(["inspect", "--json", token(claims)]);
    const { verified, source, header, claims: found, times } = JSON.parse(stdout);
    same([verified, source, header.alg, found.n], [false, "argument", "ES256", 1.5]);
    same(times.exp.date, new Date(claims.exp * 1000).toISOString());
    ok(times.exp.words === "2 hours ago" && times.exp.secondsFromNow < -7198, stdout);
  });

  test("who waits long for a token that nobody writes is told for what", async () => {
    const inspect = `'${doorwardWords("node20").join("' '")}' inspect`;
    for (const [seconds, waiting] of [[0, false], [5, true]]) {
      const runtime = ["bash", "-c", `{ sleep ${seconds}; echo "$ACCESS_TOKEN"; } | ${inspect}`];
      const { exitCode, stderr } = await doorward([], { runtime, env: { ACCESS_TOKEN: token() } });
      same([exitCode, /^waiting for a token on standard input; --env DOORWARD_TOKEN /u.test(stderr)], [0, waiting], stderr);
    }
  });

  test("what people bring along with a token is taken off, and told", async () => {
    const bare = token({ sub: "same" });
    for (const input of [
      `Bearer ${bare}`, `"${bare}"`, `authorization: Bearer ${bare}\r\n`, `\ufeff${bare}\n`, `"Bearer ${bare}"`,
      `${bare.slice(0, 30)}\r\n  ${bare.slice(30)}`, JSON.stringify({ access_token: bare, token_type: "Bearer" }, null, 2),
      Buffer.from(`\ufeff${bare}\r\n`, "utf16le"),
    ]) {
      const { stdout, stderr } = await doorward(["inspect", "-", "--json"], { input });
      const { claims, notes } = JSON.parse(stdout);
      same(claims?.sub, "same", stderr);
      const isBare = String(input).startsWith("\ufeff") || Buffer.isBuffer(input);
      same(notes.length > 0, !isBare, String(input).slice(0, 20));
    }
  });

  test("nothing in a token reaches the terminal as a command to it", async () => {
    const hostile = "a\u001b[2Jb\u009bc\u202ed\u200be\rf";
    for (const args of [["inspect"], ["inspect", "--json"]]) {
      const { stdout } = await doorward([...args, token({ sub: hostile, [hostile]: [hostile, 1] }, { kid: hostile })]);
      ok(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/u.test(stdout), JSON.stringify(stdout));
    }
    const { stdout } = await doorward(["inspect", "--json", token({ sub: hostile })]);
    same(JSON.parse(stdout).claims.sub, hostile);
  });

  test("a token that is asked for twice, or nowhere to be found, is a mistake", async () => {
    for (const [args, words] of [
      [["inspect", token(), "--env", "X"], "found an argument and --env"],
      [["inspect", "--env", "NOT_THERE"], "found no such variable"],
      [["inspect"], "set DOORWARD_TOKEN"],
      [["inspect", "-"], "found nothing"],
    ]) {
      const { exitCode, stderr } = await doorward(args);
      ok(exitCode === 2 && stderr.includes(words), stderr);
    }
  });
}
