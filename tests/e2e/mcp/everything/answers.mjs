// What the conformance suite asks a server for that needs nothing from its client: tools with each kind of content,
// resources and prompts. Names and texts are the suite's.

import { setTimeout as pause } from "node:timers/promises";
import { ResourceTemplate, fromJsonSchema } from "@modelcontextprotocol/server";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";
const IMAGE = { type: "image", data: PNG, mimeType: "image/png" };
const AUDIO = { type: "audio", data: WAV, mimeType: "audio/wav" };
const STEP_MILLISECONDS = 50;

export const said = (text) => ({ type: "text", text });
export const answer = (...content) => ({ content });
const embedded = (uri, mimeType, text) => ({ type: "resource", resource: { uri, mimeType, text } });

/** Registers the tools. */
export function offerTools(server) {
  const tool = (name, run) => server.registerTool(name, { description: `Tests ${name}` }, (context) => run(context));
  tool("test_simple_text", () => answer(said("This is a simple text response for testing.")));
  tool("test_image_content", () => answer(IMAGE));
  tool("test_audio_content", () => answer(AUDIO));
  tool("test_embedded_resource", () => answer(
    embedded("test://embedded-resource", "text/plain", "This is an embedded resource content."),
  ));
  tool("test_multiple_content_types", () => answer(
    said("Multiple content types test:"),
    IMAGE,
    embedded("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
  ));
  tool("test_error_handling", () => {
    throw new Error("This tool intentionally returns an error for testing");
  });
  tool("test_tool_with_logging", async ({ mcpReq }) => {
    for (const message of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
      await mcpReq.log("info", message);
      await pause(STEP_MILLISECONDS);
    }
    return answer(said("The tool has logged three times."));
  });
  tool("test_logging_tool", async ({ mcpReq }) => {
    await mcpReq.log("info", "A message for who has asked for messages");
    return answer(said("The tool has logged once."));
  });
  tool("test_tool_with_progress", async ({ mcpReq }) => {
    const { progressToken } = mcpReq._meta ?? {};
    for (const progress of [0, 50, 100]) {
      const params = { progressToken, progress, total: 100 };
      if (progressToken !== undefined) await mcpReq.notify({ method: "notifications/progress", params });
      if (progress < 100) await pause(STEP_MILLISECONDS);
    }
    return answer(said("The tool has told its progress."));
  });
  tool("test_reconnection", async ({ http }) => {
    http?.closeSSE?.();
    await pause(2 * STEP_MILLISECONDS);
    return answer(said("The result comes on the stream that was opened again."));
  });
  const schemed = (name, description, schema, run) => {
    server.registerTool(name, { description, inputSchema: fromJsonSchema(schema) }, run);
  };
  schemed("json_schema_2020_12_tool", "Tool with JSON Schema 2020-12 features", SCHEMA, () => answer(said("They fit.")));
  schemed("test_header_parameter", "Takes what a header repeats", MIRRORED, ({ region }) => answer(said(`In ${region}`)));
}

/** Registers the resources. */
export function offerResources(server) {
  const resource = (name, uri, mimeType, content) => {
    const description = `The resource ${name}`;
    server.registerResource(name, uri, { description, mimeType }, () => ({ contents: [{ uri, mimeType, ...content }] }));
  };
  resource("static-text", "test://static-text", "text/plain", { text: "This is the content of the static text resource." });
  resource("static-binary", "test://static-binary", "image/png", { blob: IMAGE.data });
  resource("watched", "test://watched-resource", "text/plain", { text: "Watched." });
  const about = { description: "Data by number", mimeType: "application/json" };
  const template = new ResourceTemplate("test://template/{id}/data", { list: undefined });
  server.registerResource("data", template, about, ({ href }, { id }) => {
    const content = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` });
    return { contents: [{ uri: href, mimeType: "application/json", text: content }] };
  });
}

/** Registers the prompts. */
export function offerPrompts(server) {
  const user = (...contents) => ({ messages: contents.map((content) => ({ role: "user", content })) });
  const prompt = (name, names, run) => {
    const properties = Object.fromEntries(names.map((each) => [each, { type: "string" }]));
    const argsSchema = fromJsonSchema({ type: "object", properties, required: names });
    server.registerPrompt(name, { description: `Tests ${name}`, ...(names.length === 0 ? {} : { argsSchema }) }, run);
  };
  prompt("test_simple_prompt", [], () => user(said("This is a simple prompt for testing.")));
  prompt("test_prompt_with_arguments", ["arg1", "arg2"], ({ arg1, arg2 }) => (
    user(said(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))
  ));
  prompt("test_prompt_with_embedded_resource", ["resourceUri"], ({ resourceUri }) => user(
    embedded(resourceUri, "text/plain", "Embedded resource content for testing."),
    said("Please process the embedded resource above."),
  ));
  prompt("test_prompt_with_image", [], () => user(IMAGE, said("Please analyze the image above.")));
}

const MIRRORED = {
  type: "object", properties: { region: { type: "string", "x-mcp-header": "Region" } }, required: ["region"],
};

const SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  $defs: {
    address: {
      $anchor: "addressDef", type: "object", properties: { street: { type: "string" }, city: { type: "string" } },
    },
  },
  properties: {
    name: { type: "string" },
    address: { $ref: "#/$defs/address" },
    contactMethod: { type: "string", enum: ["phone", "email"] },
    phone: { type: "string" },
    email: { type: "string" },
  },
  allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
  if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
  then: { required: ["phone"] },
  else: { required: ["email"] },
  additionalProperties: false,
};
