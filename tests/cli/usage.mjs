// What every command has in common: help, mistakes, JSON, and that no token is told.

import { ok, same, test } from "../js/harness.mjs";
import { doorward } from "./project.mjs";
import { token } from "./token.mjs";

export function usageTests() {
  test("help names every command, and each command's has examples and exit codes", async () => {
    const { exitCode, stdout } = await doorward(["--help"]);
    same(exitCode, 0);
    const commands = [...stdout.split("Commands:")[1].matchAll(/^ {2}(\w+) \[/gmu)].map(([, name]) => name);
    ok(commands.includes("inspect"), stdout);
    for (const command of commands) {
      const help = await doorward([command, "--help"]);
      same(help.exitCode, 0, command);
      for (const part of [`\nExamples:\n  npx doorward ${command}`, "\nExit codes:\n  0  yes", "--json"]) {
        ok(help.stdout.includes(part), `${command}: ${part}`);
      }
    }
  });

  test("help can be asked for first", async () => {
    same((await doorward(["help", "keys"])).stdout, (await doorward(["keys", "--help"])).stdout);
    same((await doorward(["help"])).stdout, (await doorward(["--help"])).stdout);
    same((await doorward(["-v"])).stdout, (await doorward(["--version"])).stdout);
  });

  test("no command is a mistake, and the error says which there are", async () => {
    const { exitCode, stdout, stderr } = await doorward([]);
    same([exitCode, stdout], [2, ""]);
    ok(/^error: expected a command, found none\nnext: choose one of inspect\b/u.test(stderr), stderr);
  });

  test("a typing error gets a suggestion", async () => {
    for (const [args, suggestion] of [[["insect"], "inspect"], [["inspect", "--jsn"], "--json"]]) {
      const { exitCode, stderr } = await doorward(args);
      same(exitCode, 2);
      ok(stderr.includes(`did you mean ${suggestion}?`), stderr);
    }
  });

  test("no mistake tells the token", async () => {
    const whole = token();
    const secrets = [whole.split(".")[1].slice(20, 60), "c3BhY2Vk"];
    const spaced = "eyAiYWxnIjogIkVTMjU2IiB9.eyAic3ViIjogInNwYWNlZCIgfQ.c3BhY2Vkc3BhY2Vk"; // { "alg": "ES256" }, { "sub": "spaced" }
    for (const args of [
      [whole], ["inspect", whole, whole], ["inspect", `--${whole}`], ["inspect", `${whole}.x`], ["inspect", "--env", whole],
      [spaced], ["inspect", "--env", spaced],
    ]) {
      const { exitCode, stdout, stderr } = await doorward(args);
      ok(exitCode > 0 && stderr.startsWith("error: "), stderr);
      const json = await doorward([...args, "--json"]);
      for (const secret of secrets) ok(!`${stdout}${stderr}${json.stdout}`.includes(secret), stderr);
      same(JSON.parse(json.stdout).error.exitCode, exitCode);
    }
  });

  test("with --json a failure is JSON too, and nothing else is written", async () => {
    const { exitCode, stdout, stderr } = await doorward(["inspect", "--json"], { input: "a.b" });
    same([exitCode, stderr], [1, ""]);
    const { error } = JSON.parse(stdout);
    same([error.code, error.exitCode, error.section], ["token_malformed", 1, "RFC 7515 section 7.1"]);
    ok(error.advice.length > 0 && error.expected.length > 0 && error.found === "2 segments", stdout);
  });
}
