// What the MCP servers behind the gate offer: a notebook. It knows nothing of tokens.

import { setTimeout as pause } from "node:timers/promises";

const ID = { type: "object", properties: { id: { type: "string" } }, required: ["id"] };

/** A notebook of its own: `tools` by name, each with what it takes and what it does, and `resource`. */
export function notebook() {
  const notes = new Map([["1", "Buy bread."], ["2", "Call the plumber."]]);
  return {
    tools: {
      read_note: {
        description: "Reads a note", inputSchema: ID,
        run: ({ id }) => notes.get(id) ?? `There is no note ${id}.`,
      },
      delete_note: {
        description: "Deletes a note", inputSchema: ID,
        run: ({ id }) => (notes.delete(id) ? `Note ${id} is deleted.` : `There is no note ${id}.`),
      },
      read_all_notes: {
        description: "Reads all notes, slowly, and tells how far it is", inputSchema: { type: "object", properties: {} },
        run: async (_, progress) => {
          for (let step = 1; step <= notes.size; step++) {
            await progress({ progress: step, total: notes.size });
            await pause(STEP_MILLISECONDS);
          }
          return [...notes.values()].join(" ");
        },
      },
    },
    resource: {
      name: "welcome", uri: "notes://public/welcome", mimeType: "text/plain", description: "What this notebook is for",
      text: "Everybody who may read is welcome.",
    },
  };
}

/** How long a slow tool works at one note. */
export const STEP_MILLISECONDS = 200;
