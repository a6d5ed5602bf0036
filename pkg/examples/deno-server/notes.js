// The MCP server: a notebook. It asks for no token; `authInfo` is what the gate has found out.
import { McpServer, createMcpHandler, fromJsonSchema } from "@modelcontextprotocol/server";

const notes = new Map([["1", "Buy bread."], ["2", "Call the plumber."]]);
const inputSchema = fromJsonSchema({ type: "object", properties: { id: { type: "string" } }, required: ["id"] });
const said = (text) => ({ content: [{ type: "text", text }] });

export const server = createMcpHandler(({ authInfo }) => {
  const notebook = new McpServer({ name: "notebook", version: "1.0.0" });
  notebook.registerTool("read_note", { description: "Reads a note", inputSchema }, ({ id }) => said(notes.get(id) ?? "No such note."));
  notebook.registerTool("delete_note", { description: "Deletes a note", inputSchema }, ({ id }) => {
    notes.delete(id);
    return said(`${authInfo?.extra?.subject} has deleted note ${id}.`);
  });
  return notebook;
});
