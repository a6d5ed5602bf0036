// What the conformance suite asks a server for that asks its client something back: input by form, by a model, by
// roots, in one round or several. Names and texts are the suite's.

import { fromJsonSchema, inputRequired } from "@modelcontextprotocol/server";
import { answer, said } from "./answers.mjs";

const TEXT = { type: "string" };

/** A request for the members of a form, all of them. */
function form(message, properties) {
  const requestedSchema = { type: "object", properties, required: Object.keys(properties) };
  return inputRequired.elicit({ message, requestedSchema });
}

function model(text, maxTokens) {
  return inputRequired.createMessage({ messages: [{ role: "user", content: said(text) }], maxTokens });
}

const NAME = form("What is your name?", { name: TEXT });
const CONFIRM = form("Please confirm", { ok: { type: "boolean" } });
const GREETING = model("Generate a greeting", 50);
const ROOTS = inputRequired.listRoots();

/** What to say once the client has given it; `undefined` where it has not, or not what was asked for. */
const greeted = (given) => (typeof given?.content?.name === "string" ? `Hello, ${given.content.name}!` : undefined);
const sampled = (given) => given?.content && `LLM response: ${given.content.text}`;
const rooted = (given) => given?.roots && `Roots: ${given.roots.map(({ uri }) => uri).join(" ")}`;
const chosen = (given) => given && `Elicitation completed: action=${given.action}, content=${JSON.stringify(given.content)}`;
const told = (given) => given && `User response: ${JSON.stringify(given)}`;

/** Registers them. `codec` seals what the server wants back with the answer. */
export function offerQuestions(server, codec) {
  offerOneRound(server);
  offerStates(server, codec);
  server.registerPrompt("test_input_required_result_prompt", { description: "A prompt that asks first" }, ({ mcpReq }) => {
    const context = mcpReq.inputResponses?.user_context?.content?.context;
    if (context !== undefined) return { messages: [{ role: "user", content: said(`Use this context: ${context}`) }] };
    return inputRequired({ inputRequests: { user_context: form("What context should the prompt use?", { context: TEXT }) } });
  });
}

function offerOneRound(server) {
  const answered = (key, request, say, { inputResponses }) => {
    const text = say(inputResponses?.[key]);
    return text === undefined ? inputRequired({ inputRequests: { [key]: request } }) : answer(said(text));
  };
  const asking = (name, key, request, say) => {
    server.registerTool(name, { description: `Tests ${name}` }, ({ mcpReq }) => answered(key, request, say, mcpReq));
  };
  const askingFor = (name, argument, request, say) => {
    const inputSchema = fromJsonSchema({ type: "object", properties: { [argument]: TEXT }, required: [argument] });
    server.registerTool(name, { description: `Tests ${name}`, inputSchema }, (given, { mcpReq }) => (
      answered("asked", request(given[argument]), say, mcpReq)
    ));
  };
  const filled = (message, requestedSchema) => inputRequired.elicit({ message, requestedSchema });
  asking("test_input_required_result_elicitation", "user_name", NAME, greeted);
  asking("test_streaming_elicitation", "user_name", NAME, greeted);
  asking("test_input_required_result_sampling", "capital_question", model("What is the capital of France?", 100), sampled);
  asking("test_missing_capability", "sample", model("Say something.", 50), sampled);
  asking("test_input_required_result_list_roots", "client_roots", ROOTS, rooted);
  asking("test_elicitation_sep1034_defaults", "defaults", filled("Please check these values", DEFAULTS), chosen);
  asking("test_elicitation_sep1330_enums", "enums", filled("Please choose", CHOICES), chosen);
  askingFor("test_sampling", "prompt", (prompt) => model(prompt, 100), sampled);
  askingFor("test_elicitation", "message", (message) => form(message, {
    username: { type: "string", description: "User's response" },
    email: { type: "string", description: "User's email address" },
  }), told);
}

function offerStates(server, codec) {
  const tool = (name, run) => {
    server.registerTool(name, { description: `Tests ${name}` }, ({ mcpReq }) => run(mcpReq.inputResponses ?? {}, mcpReq));
  };
  const asked = async (inputRequests, state) => inputRequired({ inputRequests, requestState: await codec.mint(state) });
  const stateful = (name, requests) => tool(name, (given, { requestState }) => {
    const complete = requestState() !== undefined && Object.keys(requests).every((key) => key in given);
    return complete ? answer(said("state-ok")) : asked(requests, { for: name });
  });
  stateful("test_input_required_result_request_state", { confirm: CONFIRM });
  stateful("test_input_required_result_tampered_state", { confirm: CONFIRM });
  stateful("test_input_required_result_multiple_inputs", { user_name: NAME, greeting: GREETING, client_roots: ROOTS });

  tool("test_input_required_result_multi_round", (given, { requestState }) => {
    const { round = 1 } = requestState() ?? {};
    if (round === 3 && given.step2) return answer(said("Both steps are done."));
    if (round === 3 || (round === 2 && given.step1)) {
      return asked({ step2: form("Step 2: What is your favorite color?", { color: TEXT }) }, { round: 3 });
    }
    return asked({ step1: form("Step 1: What is your name?", { name: TEXT }) }, { round: 2 });
  });
  tool("test_input_required_result_capabilities", (given, { envelope, inputResponses }) => {
    const able = envelope?.["io.modelcontextprotocol/clientCapabilities"] ?? {};
    const all = [["elicitation", "user_name", NAME], ["sampling", "greeting", GREETING], ["roots", "client_roots", ROOTS]];
    const requests = all.filter(([capability]) => able[capability]).map(([, key, request]) => [key, request]);
    if (inputResponses !== undefined || requests.length === 0) return answer(said("Nothing more is asked."));
    return inputRequired({ inputRequests: Object.fromEntries(requests) });
  });
}

const DEFAULTS = {
  type: "object",
  properties: {
    name: { type: "string", default: "John Doe" },
    age: { type: "integer", default: 30 },
    score: { type: "number", default: 95.5 },
    status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
    verified: { type: "boolean", default: true },
  },
};

const OPTIONS = ["option1", "option2", "option3"];
const titled = (what) => [
  { const: "value1", title: `First ${what}` }, { const: "value2", title: `Second ${what}` }, { const: "value3", title: `Third ${what}` },
];
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
