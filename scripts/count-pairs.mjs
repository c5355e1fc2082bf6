// Prints the table of src/prefilter/rarity.ts: how seldom two characters stand side by side in source code.
// Inputs: Go's and Python's standard libraries on this machine and node_modules. Other versions of them give slightly
// other tables, and then other pieces of words are looked for: what is found is the same.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { KINDS, kindOf } from "../dist/prefilter/rarity.js";

const TREES = ["/usr/local/go/src", "/usr/lib/python3.11", "node_modules"];
const SOURCES = /\.(?:go|py|js|mjs|cjs|ts|c|h|json|ya?ml|toml|ini|cfg|md|txt|html|css)$/;
const LARGEST_FILE = 1 << 18;

const counts = new Float64Array(KINDS * KINDS);
let all = 0;
for (const tree of TREES) visit(tree);
for (let first = 0; first < KINDS; first++) {
  const row = Array.from(counts.subarray(first * KINDS, (first + 1) * KINDS), rarity);
  console.log(JSON.stringify(String.fromCharCode(...row.map((half) => half + 35))));
}

/** In half bits. */
function rarity(count) {
  return Math.min(56, Math.round(-2 * Math.log2((count + 1) / all)));
}

function visit(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) visit(path);
    else if (entry.isFile() && SOURCES.test(entry.name) && statSync(path).size <= LARGEST_FILE) {
      const bytes = readFileSync(path);
      for (let at = 1; at < bytes.length; at++) {
        const pair = kindOf(bytes[at - 1]) * KINDS + kindOf(bytes[at]);
        counts[pair]++;
        all++;
      }
    }
  }
}
