// `doorward probe`: real servers, right ones and others.

import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { start } from "../e2e/gate/gates.mjs";
import { makeProject as makeGateProject } from "../e2e/gate/project.mjs";
import { startProvider } from "../e2e/gate/provider.mjs";
import { optionsFor, TARGET } from "../e2e/gate/suites.mjs";
import { startSessionServer } from "../e2e/mcp/session-server.mjs";
import { ok, same, test } from "../js/harness.mjs";
import { freePort } from "../js/runtimes/workerd.mjs";
import { listen } from "../resource-server/listen.mjs";
import { createStub } from "../resource-server/stub/server.mjs";
import { tests as suiteTests } from "../resource-server/suite.mjs";
import { doorward, PROJECT } from "./project.mjs";
import { startSdkServer } from "./sdk-server.mjs";

const TESTS = suiteTests();

/** Registers the tests, which need the packed package in workerd, too. */
export function probeTests() {
  makeGateProject();
  gateTests();
  sdkTests();
  otherServers();
  mistakes();
}

function gateTests() {
  test("probe: every test passes at a gate in workerd that trusts the issuer that is served", async () => {
    const port = await freePort();
    const gate = await start("workerd", optionsFor(`http://127.0.0.1:${port}`));
    const { revisions, ...target } = TARGET;
    writeFileSync(join(PROJECT, "target.json"), JSON.stringify(target));
    try {
      const args = [gate.url, "--serve-issuer", String(port), "--target", "target.json", "--revision", ...revisions];
      const { exitCode, report } = await probed([...args, "--scope", "mcp:read", "mcp:write"]);
      same(named(report, "failed"), []);
      same(named(report, "skipped"), []);
      same([exitCode, report.grade.must.passed + report.grade.should.passed], [0, TESTS.length]);
    } finally {
      await gate.stop();
    }
  });

  test("probe: with a token of one's own, the rest is told to be untried; in every runtime", async () => {
    await withGate(async (gate, token) => {
      for (const runtime of ["node20", "deno", "bun"]) {
        const { exitCode, report, stdout } = await probed([gate.url, "--token-env", "TOKEN"], { runtime, env: { TOKEN: token } });
        same([exitCode, named(report, "failed")], [0, []], runtime);
        const passed = named(report, "passed");
        for (const name of ["changed claims are refused", "an untrusted key without a name is refused", "alg none without a signature is refused"]) {
          ok(passed.includes(name), `${runtime}: ${name}`);
        }
        ok(named(report, "skipped").includes("an expired token is refused"), "what only the issuer could sign");
        ok(!stdout.includes(token.split(".")[2]), "no token is told");
      }
    });
  });

  test("probe: without a token, nothing passes that needs one", async () => {
    await withGate(async (gate) => {
      const { exitCode, stdout, stderr } = await doorward(["probe", gate.url, "--list-skipped"]);
      same([exitCode, stderr], [0, `${TESTS.length} tests, one after the other, with at most ${2 * TESTS.length + 30} requests\n`]);
      ok(/^ {2}pass MUST {3}no Authorization header is answered 401 \(MCP/mu.test(stdout), stdout);
      ok(/^ {2}skip MUST {3}a valid token is accepted \(MCP/mu.test(stdout), stdout);
      ok(/^ +\d+ {2}a token that the server accepts is needed: --token-env NAME$/mu.test(stdout), stdout);
      const [, passed, tried, skipped] = /^(\d+) of (\d+) MUST, \d+ of \d+ SHOULD, (\d+) not tried: no MUST failed/mu.exec(stdout);
      ok(passed === tried && Number(skipped) > 150, stdout.slice(-200));
    });
  });

  test("probe: Markdown has the grade and what was found", async () => {
    await withGate(async (gate) => {
      await doorward(["probe", gate.url, "--only", "metadata", "--markdown", "report.md"]);
      const text = readFileSync(join(PROJECT, "report.md"), "utf8");
      ok(text.startsWith(`# MCP authorization of ${gate.url}\n\n**`) && text.includes("| MUST | the metadata is JSON | RFC 9728"), text);
    });
  });
}

function sdkTests() {
  test("probe: what the TypeScript SDK's requireBearerAuth does otherwise is found, in a session", async () => {
    const provider = await startProvider();
    const server = await startSdkServer(provider.issuer, provider.signer.metadata());
    try {
      const token = await provider.token({ scopes: ["mcp:read"] }, server.url);
      const { exitCode, report } = await probed([server.url, "--tool", "echo"], { env: { DOORWARD_TOKEN: token } });
      same([exitCode, report.revisions, report.token], [1, ["2025-11-25", "2025-06-18", "2025-03-26"], "variable DOORWARD_TOKEN"]);
      const passed = named(report, "passed");
      for (const name of ["a valid token is accepted", "a valid token is accepted for a tool", "a broken signature is refused", "a session is no token"]) {
        ok(passed.includes(name), `${name}: ${JSON.stringify(report.results.find((each) => each.name === name))}`);
      }
      const failed = named(report, "failed");
      for (const name of [
        "no error code is told to one who has shown no token", // it says invalid_token
        "an extra word after the token is malformed", // it takes the second of two words
        "a foreign Origin is answered 403",
      ]) ok(failed.includes(name), `${name} in ${failed.join("; ")}`);
      const { reason } = report.results.find(({ name }) => name === "no error code is told to one who has shown no token");
      ok(reason.includes("invalid_token"), reason);
    } finally {
      server.close();
      provider.stop();
    }
  });
}

function otherServers() {
  test("probe: a server without authorization fails loudly", async () => {
    const server = await startSessionServer();
    try {
      const { exitCode, stdout } = await doorward(["probe", server.origin, "--only", "no token", "order"]);
      same(exitCode, 1);
      ok(stdout.includes("THIS SERVER ANSWERS ANYBODY"), stdout);
      ok(/^ {2}FAIL MUST {3}no Authorization header is answered 401/mu.test(stdout), stdout);
      ok(/^ +expected status 401, found 200/mu.test(stdout) && /^ +next: answer 401 with WWW-Authenticate: Bearer/mu.test(stdout), stdout);
      ok(/ MUST failed$/mu.test(stdout), stdout.slice(-200));
      const ended = server.received.filter(({ method }) => method === "DELETE");
      ok(server.sessions() === 0 && ended.length >= 4, `${ended.length} sessions were ended, ${server.sessions()} are left`);
    } finally {
      await server.close();
    }
  });

  test("probe: a server that does not look at signatures is found with a token of one's own", async () => {
    await withStub("any signature", async (url, token) => {
      const { exitCode, report } = await probed([url, "--only", "bad token"], { env: { DOORWARD_TOKEN: token } });
      same(exitCode, 1);
      for (const name of ["a broken signature is refused", "changed claims are refused", "an untrusted key without a name is refused"]) {
        ok(named(report, "failed").includes(name), name);
      }
      ok(!JSON.stringify(report).includes(token.slice(0, 40)), "no token is told");
    });
  });

  test("probe: no tool is called that was not named, and no more is asked than was said", async () => {
    const sent = [];
    await withStub(undefined, async (url, token) => {
      const env = { DOORWARD_TOKEN: token };
      const { exitCode, report } = await probed([url], { env });
      const unheard = report.requests - sent.length; // TRACE and the like, of which `fetch` cannot have a request
      ok(exitCode === 0 && unheard >= 0 && unheard < 5, `${report.requests} requests, ${sent.length} heard`);
      ok(sent.length > 150 && sent.length < 2 * TESTS.length, `${sent.length} requests`);
      same(namesIn(sent), []);
      sent.length = 0;
      same((await probed([url, "--tool", "echo"], { env })).exitCode, 0);
      ok(namesIn(sent).includes("echo") && !namesIn(sent).includes("delete_all"), namesIn(sent).join());
    }, (body) => sent.push(body));
  });

  test("probe: a token that is no JWT is passed on, and not taken apart", async () => {
    const server = await listen((request) => {
      const isGood = request.headers.get("authorization") === "Bearer opaque-0123";
      const headers = { "www-authenticate": "Bearer" };
      if (!isGood) return new Response(null, { status: 401, headers });
      return Response.json({ jsonrpc: "2.0", id: 1, result: {} });
    });
    try {
      const url = `http://127.0.0.1:${server.address().port}/mcp`;
      const { report } = await probed([url, "--only", "accepted", "bad token"], { env: { DOORWARD_TOKEN: "opaque-0123" } });
      ok(named(report, "passed").includes("a valid token is accepted"), "it is used");
      ok(named(report, "skipped").includes("a token of two parts is refused"), "it has no parts");
      same(report.results.find(({ name }) => name === "changed claims are refused").missing, "jwt");
    } finally {
      server.close();
    }
  });

  test("probe: tests that meet a limit of requests are not judged", async () => {
    const server = await listen(() => new Response(null, { status: 429, headers: { "retry-after": "0" } }));
    let asked = 0;
    const limited = await listen(() => {
      asked++;
      return asked <= 6 ? new Response(null, { status: 401, headers: { "www-authenticate": 'Bearer realm="x"' } }) : new Response(null, { status: 429, headers: { "retry-after": "0" } });
    });
    try {
      const { report } = await probed([`http://127.0.0.1:${limited.address().port}/mcp`, "--only", "no token"]);
      ok(report.results.some(({ missing, outcome }) => missing === "patience" && outcome === "skipped"), "skipped");
      ok(report.results.every(({ reason }) => !reason?.includes("found 429")), "none is judged");
      same((await doorward(["probe", `http://127.0.0.1:${server.address().port}/mcp`])).exitCode, 2);
    } finally {
      server.close();
      limited.close();
    }
  });

  test("probe: what a server writes is no command to the terminal", async () => {
    const server = await listen(() => new Response("\u001b[2Jhostile\u202e", { status: 200 }));
    try {
      const { stdout } = await doorward(["probe", `http://127.0.0.1:${server.address().port}/mcp`, "--only", "order"]);
      ok(stdout.includes("hostile") && !/[\u001b\u202e]/u.test(stdout), JSON.stringify(stdout.slice(0, 300)));
    } finally {
      server.close();
    }
  });
}

function mistakes() {
  test("probe: nobody there, and nobody who answers, is 3", async () => {
    const port = await freePort();
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    try {
      for (const [at, args, words] of [[port, [], "the connection was refused"], [silent.address().port, ["--timeout", "1"], "none within 1 s"]]) {
        const { exitCode, stdout, stderr } = await doorward(["probe", `http://127.0.0.1:${at}/mcp`, ...args]);
        same([exitCode, stdout, stderr.split("\n")[0].includes(" tests, one after the other")], [3, "", true], stderr);
        ok(stderr.replace(/\s+/gu, " ").includes(words) && stderr.includes("\nnext: "), stderr);
      }
    } finally {
      silent.close();
      silent.closeAllConnections();
    }
  });

  test("probe: a server that goes away in the middle is 3", async () => {
    let asked = 0;
    const server = createServer((request, response) => {
      asked++;
      if (asked > 3) return void request.socket.destroy();
      response.writeHead(401, { "www-authenticate": "Bearer" }).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { exitCode, stderr } = await doorward(["probe", `http://127.0.0.1:${server.address().port}/mcp`]);
    server.close();
    same(exitCode, 3, stderr);
    ok(asked < 20, `${asked} requests`);
  });

  test("probe: an issuer that nobody trusts is a mistake, and what to do is told", async () => {
    await withStub(undefined, async (url) => {
      const port = await freePort();
      const { exitCode, stderr } = await doorward(["probe", url, "--serve-issuer", String(port), "--wait", "1"]);
      const text = stderr.replace(/\s+/gu, " ");
      same(exitCode, 2, stderr);
      ok(text.includes("it has asked for no keys") && text.includes(`have the server trust the issuer http://127.0.0.1:${port}`), stderr);
    });
  });

  test("probe: a token that is not accepted is a mistake, not a pass for all that refuses it", async () => {
    await withStub(undefined, async (url, token) => {
      const expired = `${token.slice(0, -4)}AAAA`;
      const { exitCode, stderr } = await doorward(["probe", url], { env: { DOORWARD_TOKEN: expired } });
      same(exitCode, 2, stderr);
      ok(stderr.includes("expected a token that the server accepts, found status 401"), stderr);
    });
  });

  test("probe: arguments that cannot be used are told", async () => {
    for (const [args, words] of [
      [["mcp.example.com/mcp"], "did you mean https://mcp.example.com/mcp?"],
      [["ftp://mcp.example.com"], "expected an http or https address"],
      [["https://mcp.example.com/mcp", "--only", "metdata"], "choose from accepted"],
      [["https://mcp.example.com/mcp", "--revision", "2026-07-27"], "choose from 2026-07-28"],
      [["https://mcp.example.com/mcp", "--timeout", "x"], "expected --timeout to be a number from 0.1 to 120"],
      [["https://mcp.example.com/mcp", "--origin", "https://a.example/"], "such as https://a"],
      [["https://mcp.example.com/mcp", "--tool", "a", "--tool-arguments", "[]"], "expected --tool-arguments to be a JSON object"],
      [["https://mcp.example.com/mcp", "--issuer-url", "http://a"], "--serve-issuer PORT"],
      [["https://mcp.example.com/mcp", "--serve-issuer", "1", "--token-stdin"], "leave one of them out"],
      [["https://mcp.example.com/mcp", "--target", "nowhere.json"], "expected a file that can be read"],
      [["https://mcp.example.com/mcp", "--serv-issuer", "1"], "did you mean --serve-issuer?"],
    ]) {
      const { exitCode, stderr } = await doorward(["probe", ...args]);
      same(exitCode, 2, stderr);
      ok(stderr.replace(/\s+/gu, " ").includes(words), `${words}: ${stderr}`);
    }
  });
}

/** Probes with --json. */
async function probed(args, options) {
  const { exitCode, stdout, stderr } = await doorward(["probe", ...args, "--json"], options);
  const report = JSON.parse(stdout);
  if (report.results === undefined) throw new Error(stdout + stderr);
  return { exitCode, report, stdout };
}

function named({ results }, outcome) {
  return results.filter((result) => result.outcome === outcome).map(({ name }) => name);
}

async function withGate(use) {
  const provider = await startProvider();
  const gate = await start("workerd", optionsFor(provider.issuer));
  try {
    await use(gate, await provider.token({ scopes: ["mcp:read", "mcp:write"] }, gate.url));
  } finally {
    await gate.stop();
    provider.stop();
  }
}

/** The names of the tools that are called in bodies, as a server reads them. */
function namesIn(bodies) {
  const messages = bodies.flatMap((body) => {
    try {
      return JSON.parse(body);
    } catch {
      return [];
    }
  });
  const calls = messages.filter((message) => message?.method === "tools/call" && message.params?.name !== undefined);
  return [...new Set(calls.map(({ params }) => params.name))];
}

/** The suite's own stub, with a fault or none. `heard` is told the body of each request. */
async function withStub(fault, use, heard = () => {}) {
  const provider = await startProvider();
  let handler;
  const server = await listen(async (request) => {
    if (request.body === null) heard("");
    else request.clone().text().then(heard, () => heard(""));
    return handler(request);
  });
  const url = `http://127.0.0.1:${server.address().port}/mcp`;
  handler = await createStub({ url, issuer: provider.signer, allowedOrigin: "https://app.example.com", maxBodyBytes: 100_000 }, (name) => name === fault);
  try {
    await use(url, await provider.token({ scopes: ["mcp:read", "mcp:write"] }, url));
  } finally {
    server.close();
    server.closeAllConnections();
    provider.stop();
  }
}
