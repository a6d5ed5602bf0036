// The service in workerd. The first gate is made when the module is evaluated, as workers make theirs.

import { env } from "cloudflare:workers";
import { service } from "./service.mjs";

export default { fetch: service(JSON.parse(env.GATE)) };
