// A worker without code: it is configured by one JSON value, `DOORWARD` in its environment.
import { createGate } from "doorward";
import { serveConfigured } from "../lib/gate/configured.js";

export default serveConfigured(createGate);
