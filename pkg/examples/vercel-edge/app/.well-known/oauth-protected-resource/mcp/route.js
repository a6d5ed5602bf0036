// Where clients learn who issues the tokens (RFC 9728).
import { answer } from "../../../../lib/gate.js";

export const runtime = "edge";

export const GET = (request) => answer(request);
export const OPTIONS = GET;
