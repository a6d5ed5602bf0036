// The MCP server at /mcp, behind its gate.
import { answer } from "../../lib/gate.js";

export const runtime = "edge";

export const GET = (request) => answer(request);
export const POST = GET;
export const DELETE = GET;
export const OPTIONS = GET;
