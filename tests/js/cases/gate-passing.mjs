// What passes the gate: heads of any length, bodies that are long on their way, header fields of any name, and answers
// that are there at once or come bit by bit.

import { ok, same, test } from "../harness.mjs";
import { PING, RESOURCE, call, gate, gateOptions, now, origin, pause, post, request, source, token, until } from "./gate-sample.mjs";

/** Nothing is public: what is known of the head is kept until the body is there. */
const guarded = () => gate({ rules: gateOptions().rules.slice(1) });

/** A body whose bytes come when `send` is called. */
function held(text) {
  let send;
  const stream = new ReadableStream({
    start(controller) {
      send = () => {
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      };
    },
  });
  return { stream, send };
}

test("gate: each body is judged with its own head, however many are on their way", async () => {
  const handle = guarded().protect(async (onward, access) => Response.json([(await onward.json()).params.name, onward.headers.get("x-place"), access.subject]));
  const bodies = [];
  const answers = [];
  const tokens = [await token({ sub: "0" }), await token({ sub: "1" }), await token({ sub: "2", scope: "mcp:admin" })];
  for (let place = 0; place < 300; place++) { // more than are kept
    const body = held(call(place % 3 === 2 ? "delete_all" : `tool-${place}`));
    bodies.push(body);
    answers.push(handle(post(tokens[place % 3], { body: body.stream, duplex: "half", headers: { "x-place": String(place) } })));
  }
  await pause(10);
  for (const { send } of bodies.toReversed()) send();
  for (const [place, answer] of (await Promise.all(answers)).entries()) {
    const name = place % 3 === 2 ? "delete_all" : `tool-${place}`;
    same([answer.status, await answer.json()], [200, [name, String(place), String(place % 3)]]);
  }
});

test("gate: what one may do, nobody else may whose body comes at the same time", async () => {
  const handle = guarded().protect(() => new Response("done"));
  const [reader, admin] = [await token(), await token({ scope: "mcp:admin" })];
  const bodies = [reader, admin, reader].map((bearer) => ({ bearer, ...held(call("delete_all")) }));
  const answers = bodies.map(({ bearer, stream }) => handle(post(bearer, { body: stream, duplex: "half" })));
  await pause(10);
  for (const { send } of bodies) send();
  same((await Promise.all(answers)).map(({ status }) => status), [403, 200, 403]);
});

test("gate: a head of any length is judged as a short one", async () => {
  for (const length of [10, 5_000, 9_000, 20_000]) {
    const address = `${RESOURCE}?${"\u00e4".repeat(length / 10)}${"x".repeat(length)}`;
    const handle = guarded().protect(async (onward) => Response.json([onward.url.length > length, (await onward.json()).params.name]));
    const answer = await handle(post(await token(), { address }));
    same([answer.status, await answer.json()], [200, [true, "search"]], String(length));
    same((await handle(post(await token(), { address, body: call("delete_all") }))).status, 403, String(length));
    same((await handle(post(await token({ exp: now() - 3600 }), { address }))).status, 401, String(length));
  }
});

test("gate: a request that waits for its body keeps its head while others pass", async () => {
  const handle = gate().protect((onward) => Response.json(onward.headers.get("x-who"))); // something is public: the whole is judged at the end
  const body = held(call("search"));
  const first = handle(post(await token(), { body: body.stream, duplex: "half", headers: { "x-who": "first" } }));
  await pause(10);
  same((await handle(post(undefined, { body: PING, headers: { "x-who": "second" } }))).status, 200);
  same((await handle(post(undefined))).status, 401);
  body.send();
  const answer = await first;
  same([answer.status, await answer.json()], [200, "first"]);
});

test("gate: header fields of any name go on with their values, those of the connection do not", async () => {
  const headers = new Headers(post(await token()).headers);
  for (const [name, value] of [["__proto__", "1"], ["7", "2"], ["constructor", "3"], ["x-hop", "4"], ["connection", "Keep-Alive , X-Hop, constructor"], ["x-twice", "5"], ["x-twice", "6"]]) headers.append(name, value);
  const { request: onward } = await gate().authorize(request(RESOURCE, { method: "POST", body: call("search"), headers }));
  same(["__proto__", "7", "constructor", "x-hop", "connection", "x-twice"].map((name) => onward.headers.get(name)), ["1", "2", null, null, null, "5, 6"]);
});

test("gate: header fields that an adapter gives in its own way are judged and taken off all the same", async () => {
  const bearer = await token();
  const passed = async (...more) => {
    const whole = post(bearer);
    const { method, url, body } = whole;
    const headers = [...whole.headers].map(([name, value]) => [name.toUpperCase(), value]).concat(more);
    return await gate().authorize({ method, url, body, headers, arrayBuffer: () => whole.arrayBuffer() });
  };
  const { allowed, request: onward } = await passed(
    ["Cookie", "a=1; access_token=x"], ["COOKIE", "access_token=y; b=2"], ["Connection", "X-Hop"], ["Connection", "close"], ["X-Hop", "1"], ["Doorward_Subject", "me"],
  );
  const cookie = new Request(RESOURCE, { headers: { cookie: "a=1; b=2" } }).headers.get("cookie"); // none in a browser, which sets it itself
  same([allowed, ...["authorization", "cookie", "x-hop", "doorward_subject"].map((name) => onward.headers.get(name))], [true, null, cookie, null, null]);
  same((await passed(["Authorization", `Bearer ${bearer}`])).allowed, false);
});

test("proxy: a field that comes more than once gets to the origin as often, if it is not of the connection", async () => {
  const headers = new Headers(post(await token()).headers);
  for (const value of ["a=1", "b=2", "c=3"]) headers.append("set-cookie", value);
  for (const [connection, expected] of [["close", ["a=1", "b=2", "c=3"]], ["close, set-cookie", []]]) {
    headers.set("connection", connection);
    const { asked, fetch } = origin();
    await gate().proxy({ origin: "https://origin.example.net", fetch })(request(RESOURCE, { method: "POST", body: call("search"), headers }));
    same(asked[0].headers.getSetCookie(), expected);
  }
});

test("proxy: a token that is kept is not, where it belongs to the connection alone", async () => {
  const bearer = await token();
  for (const [connection, expected] of [["close", `Bearer ${bearer}`], ["close, Authorization", null]]) {
    const { asked, fetch } = origin();
    await gate().proxy({ origin: "https://origin.example.net", fetch, keepAuthorization: true })(post(bearer, { headers: { connection } }));
    same(asked[0].headers.get("authorization"), expected);
  }
});

const SSE = { status: 202, statusText: "Taken", headers: { "content-type": "text/event-stream", "x-session": "1" } };

test("gate: an answer that has ended by then is all that it was", async () => {
  const bytes = (text) => new TextEncoder().encode(text);
  for (const chunks of [[], ["data: 1\n\n"], ["data: 1\n\n", "data: 2", "\n\n"], ["1", "2", "3", "4", "5", "6"]]) {
    const stream = new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(bytes(chunk));
        controller.close();
      },
    });
    const answer = await gate().protect(() => new Response(stream, SSE))(post(await token()));
    same([answer.status, answer.statusText, answer.headers.get("content-type"), answer.headers.get("x-session")], [202, "Taken", "text/event-stream", "1"]);
    same(await answer.text(), chunks.join(""));
  }
});

test("gate: an answer that has begun goes on, each event when it comes, and ends with the token", async () => {
  let give;
  let cancelled = false;
  const stream = new ReadableStream({
    start(controller) {
      give = (text) => controller.enqueue(new TextEncoder().encode(text));
      give("data: 0\n\n");
    },
    cancel: () => void (cancelled = true),
  });
  const answer = await gate().protect(() => new Response(stream, SSE))(post(await token({ exp: now() + 2 })));
  const reader = answer.body.getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  same(await next(), "data: 0\n\n");
  for (const text of ["data: 1\n\n", "data: 2\n\n"]) {
    setTimeout(give, 20, text);
    same(await next(), text);
  }
  same([(await reader.read()).done, cancelled], [true, true]);
});

test("gate: a handler whose client does not read is held back", async () => {
  const below = source();
  const answer = await gate().protect(() => new Response(below.stream, SSE))(post(await token()));
  await pause(50);
  ok(below.pulled <= 6, `${below.pulled} events before anybody reads`);
  const reader = answer.body.getReader();
  await reader.read();
  await reader.cancel();
  await until(() => below.cancelled, "cancelled");
});

test("gate: an answer that fails does so for the client, before its first event or after", async () => {
  for (const events of [0, 1]) {
    let told = 0;
    const stream = new ReadableStream(
      { pull: (controller) => (told++ < events ? controller.enqueue(new TextEncoder().encode("data: 0\n\n")) : controller.error(new Error("gone"))) },
      { highWaterMark: 0 },
    );
    const answer = await gate().protect(() => new Response(stream, SSE))(post(await token()));
    const fault = await answer.text().catch((error) => error);
    ok(fault instanceof Error, `an error after ${events}`);
  }
});

test("gate: an answer without a token's end is the handler's own", async () => {
  const below = source(1);
  const own = new Response(below.stream, SSE);
  same((await gate().protect(() => own)(post(undefined, { body: PING }))) === own, true, "public");
  const other = new Response(source(1).stream, SSE);
  same((await gate().protect(() => other, { endStreamsWithToken: false })(post(await token()))) === other, true, "told so");
});
