// Made words.txt: `node bench/corpus/count-words.mjs FOLDER… > bench/corpus/words.txt` counts the words that names and
// comments in source code are made of, in 40 MB of each folder, and prints the 3,000 most frequent ones.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drawing } from "./draw.mjs";

const SOURCE = /\.(ts|js|mjs|py|go|rs|java|c|h|json|ya?ml|md|sh)$/;
const BYTES_PER_FOLDER = 40_000_000;

/** Generated files are larger than this, and repeat themselves. */
const MOST_BYTES = 200_000;

/** `words.mjs` puts these in at a rate of its own. */
const TELLING = /key|api|auth|token|secret|pass|pwd|cred/;

const WORDS = 3000;

/** Weights add up to about this: the size of the table that words are drawn from. */
const ALL = 65_536;

const counts = new Map();
for (const folder of process.argv.slice(2)) countIn(shuffled(sourceFiles(folder)));
const frequent = [...counts]
  .filter(([word]) => !TELLING.test(word))
  .sort(([a, often], [b, other]) => other - often || (a < b ? -1 : 1))
  .slice(0, WORDS);
const all = frequent.reduce((sum, [, often]) => sum + often, 0);
const byWeight = groups(frequent);
console.log(
  "# Made by count-words.mjs: how often a word stands in source code, and the words of that weight.",
);
for (const [weight, rows] of byWeight) console.log(`${weight} ${rows.map(([word]) => word).join(" ")}`);

function weightOf([, often]) {
  return Math.max(1, Math.round((often / all) * ALL));
}

function groups(rows) {
  const grouped = new Map();
  for (const row of rows) grouped.set(weightOf(row), [...(grouped.get(weightOf(row)) ?? []), row]);
  return grouped;
}

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return entry.isFile() && SOURCE.test(path) ? [path] : [];
  });
}

function shuffled(files) {
  const draw = drawing(files.length);
  for (let at = files.length - 1; at > 0; at--) {
    const other = draw.below(at + 1);
    [files[at], files[other]] = [files[other], files[at]];
  }
  return files;
}

function countIn(files) {
  let bytes = 0;
  for (const file of files) {
    const text = readFileSync(file, "latin1");
    if (text.length > MOST_BYTES) continue;
    bytes += text.length;
    if (bytes > BYTES_PER_FOLDER) return;
    for (const [part] of text.matchAll(/[A-Z]?[a-z]{2,14}/g)) {
      const word = part.toLowerCase();
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
}
