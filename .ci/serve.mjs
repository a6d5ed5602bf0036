// Serves the demo page to this machine alone, at port 8787 or the next that is free, and says where.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const fromTests = createRequire(new URL("../tests/package.json", import.meta.url));
const files = fromTests("sirv")(fileURLToPath(new URL("../www", import.meta.url)), { dev: true });
const server = createServer((request, response) => files(request, response, () => response.writeHead(404).end()));

let port = 8787;
server.on("error", (error) => {
  if (error.code !== "EADDRINUSE" || port === 8887) throw error;
  server.listen(++port, "127.0.0.1");
});
server.on("listening", () => console.log(`The demo page is at http://localhost:${port} until Ctrl-C`));
server.listen(port, "127.0.0.1");
