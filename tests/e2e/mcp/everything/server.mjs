// A server with everything that the conformance suite asks for, made with @modelcontextprotocol/server: stateless for
// revision 2026-07-28, with sessions for those before. It has no authorization of its own.

import { randomBytes, randomUUID } from "node:crypto";
import { McpServer, createMcpHandler, createRequestStateCodec, isLegacyRequest } from "@modelcontextprotocol/server";
import { SkillCatalog, memorySkillFiles } from "@modelcontextprotocol/server/ext/skills";
import {
  NodeStreamableHTTPServerTransport, localhostHostValidation, localhostOriginValidation, toNodeHandler, toWebRequest,
} from "@modelcontextprotocol/node";
import { listen } from "../listener.mjs";
import { offerPrompts, offerResources, offerTools } from "./answers.mjs";
import { offerQuestions } from "./questions.mjs";

const RETRY_MILLISECONDS = 50;

const SKILLS = {
  "count-words/SKILL.md": "---\nname: count-words\ndescription: Counts the words of a text.\n---\n\nSplit at white space, and count.\n",
  "count-words/references/unicode.md": "White space is what Unicode says it is.\n",
};

/** Starts it. */
export async function startEverything() {
  const codec = createRequestStateCodec({ key: randomBytes(32) });
  const skills = await SkillCatalog.load(memorySkillFiles(SKILLS));
  const offered = (legacy) => {
    const server = everything(codec, legacy);
    if (!legacy) skills.attach(server);
    const { toolsChanged, promptsChanged } = modern.notify;
    server.registerTool("test_trigger_tool_change", { description: "Changes tools" }, () => changed(toolsChanged));
    server.registerTool("test_trigger_prompt_change", { description: "Changes prompts" }, () => changed(promptsChanged));
    return server;
  };
  const modern = createMcpHandler(() => offered(false), { legacy: "reject" });
  const stateless = toNodeHandler(modern);
  const sessions = new Map();
  const guards = [localhostHostValidation(), localhostOriginValidation()];
  const listener = await listen(async (request, response) => {
    if (!guards.every((guard) => guard(request, response))) return;
    const body = await bodyOf(request);
    if (!await isLegacyRequest(await toWebRequest(request, body))) return stateless(request, response, body);
    const id = request.headers["mcp-session-id"];
    if (id !== undefined && !sessions.has(id)) return response.writeHead(404).end();
    return (sessions.get(id) ?? await opened(sessions, offered(true))).handleRequest(request, response, body);
  });
  const close = async () => {
    await modern.close();
    await listener.close();
  };
  return { origin: `${listener.origin}/mcp`, faults: listener.faults, close };
}

function everything(codec, legacy) {
  const capabilities = {
    completions: {},
    prompts: { listChanged: true },
    resources: { subscribe: legacy },
    tools: { listChanged: true },
    ...(legacy ? { logging: {} } : {}),
  };
  const options = { capabilities, requestState: { verify: codec.verify } };
  const server = new McpServer({ name: "everything", version: "1.0.0" }, options);
  offerTools(server);
  offerResources(server);
  offerPrompts(server);
  offerQuestions(server, codec);
  const completion = { values: ["paris", "park", "party"], total: 3, hasMore: false };
  server.server.setRequestHandler("completion/complete", () => ({ completion }));
  if (legacy) {
    server.server.setRequestHandler("resources/subscribe", () => ({}));
    server.server.setRequestHandler("resources/unsubscribe", () => ({}));
  }
  return server;
}

function changed(notify) {
  notify();
  return { content: [{ type: "text", text: "Changed." }] };
}

async function opened(sessions, server) {
  const transport = new NodeStreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    eventStore: events(),
    retryInterval: RETRY_MILLISECONDS,
    onsessioninitialized: (id) => void sessions.set(id, transport),
    onsessionclosed: (id) => void sessions.delete(id),
  });
  await server.connect(transport);
  return transport;
}

/** What was sent on the streams of a session, for clients that come back to one. */
function events() {
  const sent = [];
  return {
    async storeEvent(stream, message) {
      sent.push({ stream, message });
      return `${sent.length}`;
    },
    async getStreamIdForEventId(id) {
      return sent[Number(id) - 1]?.stream;
    },
    async replayEventsAfter(id, { send }) {
      const { stream } = sent[Number(id) - 1];
      for (const [index, event] of sent.entries()) {
        if (index >= Number(id) && event.stream === stream) await send(`${index + 1}`, event.message);
      }
      return stream;
    },
  };
}

/** The body as JSON: `undefined` where there is none, or none that is JSON. */
async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}
