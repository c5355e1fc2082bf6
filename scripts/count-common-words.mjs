// Makes rules/common-words.txt: the words that names in source code are made of, wherever the code comes from. A name
// with a word that is not among them names something particular, a product most likely (src/assignments/).
// Inputs: Go's and Python's standard libraries on this machine and node_modules; `node scripts/count-common-words.mjs`
// after `npm run build`. Other versions of them give slightly other lists.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { wordsOf } from "../dist/randomness/words.js";

const TREES = ["/usr/local/go/src", "/usr/lib/python3.11", "node_modules"];
const SOURCES = /\.(?:go|py|js|mjs|cjs|ts|c|h|json|ya?ml|toml|ini|cfg)$/;

/** In how many folders a word must stand: the words of one project alone are its own. */
const FOLDERS = 6;
const SHORTEST = 4;
const LARGEST_FILE = 1 << 20;

const folders = new Map();
for (const tree of TREES) visit(tree);
const common = [...folders].filter(([, seen]) => seen.size >= FOLDERS).map(([word]) => word);
const head = "# Made by scripts/count-common-words.mjs: words of names in source code.\n";
writeFileSync("rules/common-words.txt", `${head}${common.sort().join("\n")}\n`);
console.log(`${common.length} words`);

function visit(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) visit(path);
    else if (entry.isFile() && SOURCES.test(entry.name) && statSync(path).size <= LARGEST_FILE) {
      for (const word of namesIn(readFileSync(path, "utf8"))) {
        const seen = folders.get(word) ?? new Set();
        folders.set(word, seen);
        if (seen.size < FOLDERS) seen.add(folder);
      }
    }
  }
}

function namesIn(text) {
  const words = new Set();
  for (const [name] of text.matchAll(/[A-Za-z][A-Za-z0-9_-]{3,40}/g)) {
    for (const word of wordsOf(name)) if (word.length >= SHORTEST && /^[a-z]+$/.test(word)) words.add(word);
  }
  return words;
}
