// What to type after a project was written.

/** Gives `{ command, what }` of each line. */
export function commandsFor(runtime, folder, { resource }, platform = process.platform) {
  const path = new URL(resource).pathname;
  const isHere = folder === ".";
  const address = `http://localhost:${PORTS[runtime]}${path}`;
  return [
    ...(isHere ? [] : [{ command: `cd ${folder.includes(" ") ? `"${folder}"` : folder}`, what: "" }]),
    ...COMMANDS[runtime](platform),
    { command: `${platform === "win32" ? "curl.exe" : "curl"} -i -X POST ${address}`, what: "tries it: 401, and where tokens are had" },
  ];
}

const COMMANDS = {
  cloudflare: () => [
    { command: "npm install", what: "" },
    { command: "npx wrangler dev", what: "runs it on this machine; npx wrangler deploy on Cloudflare" },
  ],
  deno: (platform) => [{ command: platform === "win32" ? POWERSHELL : SHELL, what: "runs it" }],
};

const SHELL = 'DOORWARD="$(cat doorward.json)" deno task start';
const POWERSHELL = "$env:DOORWARD = Get-Content -Raw doorward.json; deno task start";

/** Where each listens unless told otherwise. */
const PORTS = { cloudflare: 8787, deno: 8000 };
