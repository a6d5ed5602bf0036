// An MCP server's gate in Deno, without code. Its configuration is the environment variable DOORWARD:
//   DOORWARD="$(cat doorward.json)" deno task start
import worker from "doorward/worker";

Deno.serve((request) => worker.fetch(request, { DOORWARD: Deno.env.get("DOORWARD") }));
