// Prints how large the modules and the packed package are, as they lie on disk and as they travel.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const size = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`.padStart(12);

for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  const [gzip, brotli] = [gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)];
  console.log(`${file.padEnd(28)}${size(bytes.length)} raw ${size(gzip.length)} gzip ${size(brotli.length)} brotli`);
}

const listed = execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: "pkg", stdio: ["ignore", "pipe", "ignore"] });
const [{ filename, size: packed, unpackedSize, entryCount }] = Object.values(JSON.parse(listed));
console.log(`${filename.padEnd(28)}${size(packed)} packed ${size(unpackedSize).trim()} unpacked, ${entryCount} files`);
