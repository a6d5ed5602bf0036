// What the conformance suite asks a server for that asks its client something back: input by form, by a model, by
// roots, in one round or several. Names and texts are the suite's.

import { fromJsonSchema, inputRequired } from "@modelcontextprotocol/server";
import { answer, said } from "./answers.mjs";

const form = (message, properties) => inputRequired.elicit({
  message, requestedSchema: { type: "object", properties, required: Object.keys(properties) },
});
const model = (text, maxTokens) => inputRequired.createMessage({ messages: [{ role: "user", content: said(text) }], maxTokens });
const text = (value) => (typeof value === "string" && value !== "" ? value : undefined);

const NAME = form("What is your name?", { name: { type: "string" } });

/** Registers them. `codec` seals what the server wants back with the answer. */
export function offerQuestions(server, codec) {
  const tool = (name, run) => server.registerTool(name, { description: `Tests ${name}` }, (context) => run(context.mcpReq));
  const asking = (name, key, request, tell) => tool(name, ({ inputResponses }) => {
    const told = tell(inputResponses?.[key]);
    return told === undefined ? inputRequired({ inputRequests: { [key]: request } }) : answer(said(told));
  });

  asking("test_input_required_result_elicitation", "user_name", NAME, (given) => text(given?.content?.name) && `Hello, ${given.content.name}!`);
  asking("test_streaming_elicitation", "user_name", NAME, (given) => text(given?.content?.name) && `Hello, ${given.content.name}!`);
  asking("test_input_required_result_sampling", "capital_question", model("What is the capital of France?", 100),
    (given) => given?.content && `The model says: ${given.content.text}`);
  asking("test_missing_capability", "sample", model("Say something.", 50), (given) => given?.content && given.content.text);
  asking("test_input_required_result_list_roots", "client_roots", inputRequired.listRoots(),
    (given) => given?.roots && `Roots: ${given.roots.map(({ uri }) => uri).join(" ")}`);
  asking("test_elicitation_sep1034_defaults", "defaults", inputRequired.elicit({ message: "Please check these values", requestedSchema: DEFAULTS }), completed);
  asking("test_elicitation_sep1330_enums", "enums", inputRequired.elicit({ message: "Please choose", requestedSchema: CHOICES }), completed);

  const withState = (name, requests, done) => tool(name, async (request) => {
    const state = request.requestState();
    if (state !== undefined && Object.keys(requests).every((key) => key in (request.inputResponses ?? {}))) return answer(said(done));
    return inputRequired({ inputRequests: requests, requestState: await codec.mint({ for: name }) });
  });
  withState("test_input_required_result_request_state", { confirm: form("Please confirm", { ok: { type: "boolean" } }) }, "state-ok");
  withState("test_input_required_result_tampered_state", { confirm: form("Please confirm", { ok: { type: "boolean" } }) }, "state-ok");
  withState("test_input_required_result_multiple_inputs",
    { user_name: NAME, greeting: model("Generate a greeting", 50), client_roots: inputRequired.listRoots() }, "All answers came.");

  tool("test_input_required_result_multi_round", async (request) => {
    const given = request.inputResponses ?? {};
    const { round = 1 } = request.requestState() ?? {};
    const ask = async (key, question, next) => inputRequired({ inputRequests: { [key]: question }, requestState: await codec.mint({ round: next }) });
    if (round === 3 && given.step2) return answer(said("Both steps are done."));
    if (round >= 2 && (given.step1 || round === 3)) return ask("step2", form("Step 2: What is your favorite color?", { color: { type: "string" } }), 3);
    return ask("step1", form("Step 1: What is your name?", { name: { type: "string" } }), 2);
  });
  tool("test_input_required_result_capabilities", ({ envelope, inputResponses }) => {
    const able = envelope?.["io.modelcontextprotocol/clientCapabilities"] ?? {};
    const requests = {
      ...(able.elicitation ? { user_name: NAME } : {}),
      ...(able.sampling ? { greeting: model("Generate a greeting", 50) } : {}),
      ...(able.roots ? { client_roots: inputRequired.listRoots() } : {}),
    };
    if (inputResponses !== undefined || Object.keys(requests).length === 0) return answer(said("Nothing more is asked."));
    return inputRequired({ inputRequests: requests });
  });

  const one = (name) => fromJsonSchema({ type: "object", properties: { [name]: { type: "string" } }, required: [name] });
  server.registerTool("test_sampling", { description: "Asks the client's model", inputSchema: one("prompt") }, ({ prompt }, { mcpReq }) => {
    const given = mcpReq.inputResponses?.sample;
    return given ? answer(said(`LLM response: ${given.content.text}`)) : inputRequired({ inputRequests: { sample: model(prompt, 100) } });
  });
  server.registerTool("test_elicitation", { description: "Asks the user", inputSchema: one("message") }, ({ message }, { mcpReq }) => {
    const given = mcpReq.inputResponses?.user;
    const question = form(message, { username: { type: "string", description: "User's response" }, email: { type: "string", description: "User's email address" } });
    return given ? answer(said(`User response: ${JSON.stringify(given)}`)) : inputRequired({ inputRequests: { user: question } });
  });
  server.registerPrompt("test_input_required_result_prompt", { description: "A prompt that asks first" }, ({ mcpReq }) => {
    const context = text(mcpReq.inputResponses?.user_context?.content?.context);
    if (context !== undefined) return { messages: [{ role: "user", content: said(`Use this context: ${context}`) }] };
    return inputRequired({ inputRequests: { user_context: form("What context should the prompt use?", { context: { type: "string" } }) } });
  });
}

function completed(given) {
  return given && `Elicitation completed: action=${given.action}, content=${JSON.stringify(given.content)}`;
}

const DEFAULTS = {
  type: "object",
  properties: {
    name: { type: "string", default: "John Doe" }, age: { type: "integer", default: 30 }, score: { type: "number", default: 95.5 },
    status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" }, verified: { type: "boolean", default: true },
  },
};

const titled = (what) => ["First", "Second", "Third"].map((title, index) => ({ const: `value${index + 1}`, title: `${title} ${what}` }));
const OPTIONS = ["option1", "option2", "option3"];
const CHOICES = {
  type: "object",
  properties: {
    untitledSingle: { type: "string", enum: OPTIONS },
    titledSingle: { type: "string", oneOf: titled("Option") },
    legacyEnum: { type: "string", enum: ["opt1", "opt2", "opt3"], enumNames: ["Option One", "Option Two", "Option Three"] },
    untitledMulti: { type: "array", items: { type: "string", enum: OPTIONS } },
    titledMulti: { type: "array", items: { anyOf: titled("Choice") } },
  },
};
