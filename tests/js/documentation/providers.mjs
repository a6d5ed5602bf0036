// docs/providers: each token is signed and let in under each configuration of its page, and each mistake is made.

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DoorwardError, createGate, verify } from "doorward";
import worker from "doorward/worker";
import { ok, same } from "../harness.mjs";
import { MISTAKES } from "./mistakes.mjs";
import { PACKAGE, pageOf, tableBelow } from "./pages.mjs";
import { Provider, inAWorld } from "./provider.mjs";

const RESOURCE = "https://mcp.example.com/mcp";
const ORIGIN = "https://origin.internal/mcp";
const FIELDS_OF_TOKENS = ["authorization", "cf-access-jwt-assertion"];

/** Registers the tests. */
export function providerTests(test) {
  const names = readdirSync(join(PACKAGE, "docs/providers")).map((file) => file.replace(/\.md$/u, "")).sort();

  test("there is a page for each provider whose mistakes are tested", () => same(names, Object.keys(MISTAKES).sort()));

  for (const name of names) {
    const page = pageOf(`docs/providers/${name}.md`);
    const provider = providerOf(page);
    const configuration = JSON.parse(only(page, "json", "worker"));

    test(`${name}: every block of the page is known`, () => {
      const kinds = page.blocks.map(({ language, role }) => [language, role].join(" ").trim());
      same([...new Set(kinds)].sort(), ["js", "json claims", "json header", "json worker"]);
    });

    page.blocks.filter(({ language }) => language === "js").forEach(({ code }, at) => {
      test(`${name}: the configuration in code lets the token in (${at})`, async () => {
        const file = fileURLToPath(new URL(`${name}-${at}.mjs`, import.meta.url));
        writeFileSync(file, code);
        const credentials = name === "cloudflare-access" ? asAccessSends(provider) : asBearer(provider);
        await letsIn(provider, credentials, (request) => import(file).then((example) => example.default.fetch(request)));
      });
    });

    test(`${name}: the configuration without code lets the token in`, async () => {
      const credentials = name === "cloudflare-access" ? { ...asAccessSends(provider), ...asBearer(provider) } : asBearer(provider);
      await letsIn(provider, credentials, (request) => worker.fetch(request, { DOORWARD: configuration }));
    });

    test(`${name}: the profile is the page's, and the page says what it gives up`, () => {
      const [{ issuer, audience = RESOURCE, profile }] = configuration.issuers;
      const currentDate = new Date(momentOf(provider) * 1000);
      const verified = verify(provider.token(), provider.jwks, { issuer, audience, profile, currentDate });
      same(verified.profile.name, name);
      const [, section] = page.text.split("## What the profile gives up\n\n");
      const said = verified.profile.givesUp;
      ok(said === null ? section.startsWith("Nothing: ") : section.startsWith(`> ${said}\n`), section.slice(0, 200));
    });

    test(`${name}: each mistake of the page is made, and has the code of the page`, async () => {
      const rows = tableBelow(page, "Usual mistakes");
      same(rows.map(([mistake]) => mistake.replaceAll("`", "")), MISTAKES[name].map(([mistake]) => mistake));
      for (const [at, [mistake, code]] of rows.entries()) {
        const [, change] = MISTAKES[name][at];
        same(`\`${await codeOf(provider, configuration, change)}\``, code, mistake);
      }
    });
  }
}

function providerOf(page) {
  const rows = tableBelow(page, "Addresses").map(([what, cell]) => [what, /^`(.*)`$/u.exec(cell)?.[1]]);
  const [header, claims] = ["header", "claims"].map((role) => JSON.parse(only(page, "json", role)));
  return new Provider({ addresses: Object.fromEntries(rows), header, claims });
}

function only(page, language, role) {
  const found = page.blocks.filter((block) => block.language === language && block.role === role);
  same(found.length, 1, `blocks of ${language} ${role} in ${page.name}`);
  return found[0].code;
}

const momentOf = ({ claims }) => claims.iat + 10;

const asBearer = (provider) => ({ authorization: `Bearer ${provider.token()}` });
const asAccessSends = (provider) => ({ "cf-access-jwt-assertion": provider.token() });

/** A message with the token of a provider goes through a handler to the origin, and one without it does not. */
async function letsIn(provider, credentials, handle) {
  const [asked, forwarded] = [[], []];
  const fetch = async (address, init) => {
    if (address !== ORIGIN) return provider.answer(address, asked);
    forwarded.push(new Headers(init.headers));
    return Response.json({ jsonrpc: "2.0", id: 1, result: {} });
  };
  await inAWorld(momentOf(provider), fetch, async () => {
    const response = await handle(posted(credentials));
    same(response.status, 200, await response.text());
    same((await handle(posted({}))).status, 401);
  });
  same(forwarded.length, 1);
  same(decodeURIComponent(forwarded[0].get("doorward-subject")), provider.claims.sub);
  for (const field of FIELDS_OF_TOKENS) ok(!(field in credentials) || !forwarded[0].has(field), `the origin gets no ${field}`);
  ok(asked.some((address) => provider.keysAt(address)), `keys were fetched: ${asked.join()}`);
}

/** What a gate says to one change: of the token, its header and claims, of the issuer's options, or of the rules. */
async function codeOf(provider, configuration, { header, claims, token, issuer = {}, rules, keys, headers }) {
  const { origin, removeHeaders, ...options } = configuration; // the rest is the gate's
  const changed = Object.entries({ ...options.issuers[0], ...issuer }).filter(([, value]) => value !== undefined);
  const events = [];
  const others = { keys: provider.jwks.keys.map((key) => ({ ...key, kid: "other" })) };
  const fetch = async (address) => (address === keys ? Response.json(others) : provider.answer(address));
  return inAWorld(momentOf(provider), fetch, async () => {
    try {
      const gate = createGate({
        ...options, issuers: [Object.fromEntries(changed)], ...(rules === undefined ? {} : { rules }), onDecision: (event) => events.push(event),
      });
      await gate.authorize(posted(headers ?? { authorization: `Bearer ${token ?? provider.token({ header, claims })}` }));
      return events[0].code;
    } catch (error) {
      if (!(error instanceof DoorwardError)) throw error;
      return error.code;
    }
  });
}

function posted(headers) {
  return new Request(RESOURCE, {
    method: "POST",
    headers: { "content-type": "application/json", "mcp-protocol-version": "2025-11-25", ...headers },
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
  });
}
