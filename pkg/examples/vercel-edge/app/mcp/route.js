// The MCP server at /mcp, behind its gate.
import { after } from "next/server";
import { answer } from "../../lib/gate.js";

export const runtime = "edge";

// Keys may be fetched on after the answer: `after` is what `waitUntil` is elsewhere.
export const GET = (request) => answer(request, undefined, { waitUntil: after });
export const POST = GET;
export const DELETE = GET;
export const OPTIONS = GET;
