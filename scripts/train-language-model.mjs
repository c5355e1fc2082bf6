/**
 * Builds `rules/language-model.bin`: how likely each letter, digit, joint and change between kinds of characters is in
 * values that people write. `src/randomness/` reads it. Run it from anywhere: `node scripts/train-language-model.mjs`.
 *
 * It learns from open text that lies on the machine, and keeps none of it, only counts:
 * - Debian's word lists `american-english` and `american-english-large` (packages wamerican, wamerican-large; SCOWL),
 * - the standard libraries of Go (`go env GOROOT`, BSD) and of Python (`python3`, PSF), sources only, no test data,
 * - this repository's node_modules (`npm ci`), with TypeScript's messages in ten languages (Apache 2.0).
 *
 * From these come words, names, paths, string literals, the words of comments alone and joined. Files with very long
 * lines (bundles, data) are left out, and so is every value that holds a run of digest or base64 look. Then the model
 * is trained twice: what the first one finds drawn at random, the second does not learn.
 *
 * The same inputs give the same bytes: files are read in the order of their names, and nothing depends on time.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TARGET = join(ROOT, "rules/language-model.bin");

/** The table's shape, from the source that reads it: Node cannot import TypeScript, and dist/ may be old. */
const { PARTS, TABLE_SIZE, STEP, readSymbols, tableOf } = await import(
  `data:text/javascript,${encodeURIComponent(
    ts.transpileModule(readFileSync(join(ROOT, "src/randomness/symbols.ts"), "utf8"), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
    }).outputText,
  )}`
);

/** How much of a tree is read, in bytes, and how long a line may be before the file is no longer written by people. */
const MOST_OF_A_TREE = 60e6;
const LONGEST_LINE = 600;

const WORD_LISTS = ["/usr/share/dict/american-english", "/usr/share/dict/american-english-large"];
const TREES = [
  { path: join(run("go", "env", "GOROOT"), "src"), files: /\.(?:go|md|html|css|s|mod)$/ },
  {
    path: run("python3", "-c", "import sysconfig; print(sysconfig.get_paths()['stdlib'])"),
    files: /\.(?:py|txt|cfg)$/,
  },
  { path: join(ROOT, "node_modules"), files: /\.(?:[cm]?[jt]sx?|json|md|css|html|ya?ml|rs|h|c|cc|scm|gyp)$/ },
];
const LEFT_OUT =
  /(?:^|\/)(?:testdata|test|tests|site-packages|coverage|vendor|\.[^/]*|package-lock\.json)(?:\/|$)|\.min\./;

function run(program, ...args) {
  return execFileSync(program, args, { encoding: "utf8" }).trim();
}

/** Files below `folder` that `wanted` names, in the order of their paths. */
function* filesBelow(folder, wanted) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = join(folder, entry.name);
    if (LEFT_OUT.test(`/${entry.name}`)) continue;
    if (entry.isDirectory()) yield* filesBelow(path, wanted);
    else if (entry.isFile() && wanted.test(entry.name)) yield path;
  }
}

const DIGEST_LIKE = /[0-9a-f]{12}|[0-9A-F]{12}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}/;

/** Whether `value` holds a run as long and as mixed as a digest or a key has. */
function isKeyLike(value) {
  for (const run of value.match(/[A-Za-z0-9+/=]{16,}/g) ?? []) {
    const turns = run.match(/[a-z](?=[A-Z0-9])|[0-9](?=[A-Za-z])|[A-Z](?=[0-9]|[A-Z][a-z])/g)?.length ?? 0;
    if (turns * 3 > run.length) return true;
  }
  return /[0-9]/.test(value) && DIGEST_LIKE.test(value);
}

/** What is learnt, each value once however often it stands somewhere. */
const values = {
  words: new Set(),
  names: new Set(),
  strings: new Set(),
  chunks: new Set(),
  paths: new Set(),
  joined: new Set(),
};

function take(kind, value) {
  if (value.length >= 2 && value.length <= 120 && !isKeyLike(value)) values[kind].add(value);
}

/** Words that stand side by side in a text, joined in each way that names, paths and passwords join them. */
const JOININGS = [
  (words) => words.join(""),
  (words) => words.join(""),
  (words) => words.join("-"),
  (words) => words.join("_"),
  (words) => words.join("_").toUpperCase(),
  (words) => words.join("."),
  (words) => words.join("/"),
  (words) => words.map((word) => word[0].toUpperCase() + word.slice(1)).join(""),
  (words) => words.map((word, at) => (at === 0 ? word : word[0].toUpperCase() + word.slice(1))).join(""),
  (words) => words.join("").toUpperCase(),
];

let joinings = 0;
function takeJoined(text) {
  for (const match of text.matchAll(/[a-z]{2,14}(?: [a-z]{2,14}){1,3}/g)) {
    const joining = JOININGS[joinings++ % JOININGS.length];
    take("joined", joining(match[0].split(" ")));
  }
}

function learnText(text) {
  for (const [name] of text.matchAll(/[A-Za-z_$][\w$]*/g)) take("names", name);
  for (const [chunk] of text.matchAll(/[A-Za-z0-9$@.#/%~_-][^\s"'`<>(){}[\],;]{3,}/g))
    take("chunks", chunk.replace(/[.:!?=]+$/, ""));
  for (const [, , literal] of text.matchAll(/(["'`])((?:(?!\1)[^\\\n]){2,120})\1/g)) take("strings", literal);
  takeJoined(text);
}

for (const list of WORD_LISTS) {
  for (const word of readFileSync(list, "utf8").split("\n")) {
    const plain = word.replace(/'s$/, "");
    take("words", plain);
    take("words", plain.toLowerCase());
    if (plain.length % 4 === 0) take("words", plain.toUpperCase());
  }
}
for (const { path: tree, files } of TREES) {
  let left = MOST_OF_A_TREE;
  for (const path of filesBelow(tree, files)) {
    const { size } = statSync(path);
    if (size > 4e6 || size > left) continue;
    const text = readFileSync(path, "utf8");
    if (!path.endsWith(".json") && text.split("\n").some((line) => line.length > LONGEST_LINE)) continue;
    left -= size;
    take("paths", relative(tree, path));
    take("paths", join("/usr/src", relative(tree, path)));
    learnText(text.normalize("NFC"));
  }
}

/** How much each kind of value counts: all of a kind together weigh this. */
const WEIGHTS = { words: 1, names: 3, strings: 2, chunks: 2, paths: 0.5, joined: 1.5 };

function count(isLearnt) {
  const counts = new Float64Array(TABLE_SIZE);
  for (const [kind, all] of Object.entries(values)) {
    const share = (WEIGHTS[kind] * 1e6) / all.size;
    for (const value of all) {
      if (!isLearnt(value)) continue;
      readSymbols(value, (classAt, symbolAt) => {
        counts[classAt] += share;
        counts[symbolAt] += share;
      });
    }
  }
  return counts;
}

/**
 * The model as `tableOf` in symbols.ts reads it: costs in steps of 1/STEP bits after the shorter contexts, then what
 * the whole contexts change, in half bits, where that is worth the space.
 */
function modelOf(counts) {
  const short = [];
  const changes = [];
  for (const part of PARTS) {
    const known = new Map();
    const span = part.contexts / part.base;
    for (let context = 0; context < span; context++) {
      for (const share of sharesOf(part, context, span, counts, known)) short.push(costOf(share));
    }
    for (let context = 0; context < part.contexts; context++)
      changes.push(...changesOf(part, context, counts, known));
  }
  return Uint8Array.from([...short, ...changes]);
}

function costOf(share) {
  return Math.min(DEAREST, Math.round(-Math.log2(share) * STEP));
}

function changesOf(part, context, counts, known) {
  const whole = sharesOf(part, context, part.contexts, counts, known);
  const behind = sharesOf(part, context, part.contexts / part.base, counts, known);
  const seen = counts.subarray(part.at + context * part.outcomes, part.at + (context + 1) * part.outcomes);
  const weight = seen.reduce((sum, each) => sum + each, 0);
  return Array.from(behind, (share, outcome) => {
    const bits = Math.log2(share / whole[outcome]);
    const worth = Math.abs(bits) * Math.max(seen[outcome], weight * share);
    if (worth < LEAST_WORTH) return 0;
    const half = Math.round(bits * 2) * (STEP / 2);
    return Math.max(-FARTHEST_CHANGE, Math.min(FARTHEST_CHANGE, half)) & 255;
  });
}

/** In steps: a cost and a change fit a byte together. */
const DEAREST = 127;
const FARTHEST_CHANGE = 63;

/** Bits times weight that a change must save over all training: with 300, 82 kB do what 450 kB did. */
const LEAST_WORTH = 300;

/** The shares of the outcomes after `context`, of which only the newest part, `context % span`, is looked at. */
function sharesOf(part, context, span, counts, kept) {
  const key = `${span}:${context % span}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const seen = new Float64Array(part.outcomes);
  for (let at = context % span; at < part.contexts; at += span) {
    for (let outcome = 0; outcome < part.outcomes; outcome++)
      seen[outcome] += counts[part.at + at * part.outcomes + outcome];
  }
  const shorter =
    span > 1
      ? sharesOf(part, context, span / part.base, counts, kept)
      : new Float64Array(part.outcomes).fill(1 / part.outcomes);
  const total = seen.reduce((sum, each) => sum + each, 0);
  const kinds = seen.filter((each) => each > 0).length * LEANING;
  const shares =
    total + kinds === 0 ? shorter : seen.map((each, at) => (each + kinds * shorter[at]) / (total + kinds));
  kept.set(key, shares);
  return shares;
}

/** The weight of one kind of outcome in `sharesOf`, in the units of `WEIGHTS`: about ten values' worth. */
const LEANING = 12;

/** Bits a character by which `value` costs more than one drawn from letters and digits. */
function surprise(value, table) {
  let bits = 0;
  readSymbols(value, (classAt, symbolAt) => {
    bits += (table[classAt] + table[symbolAt]) / STEP - Math.log2(62);
  });
  return bits / value.length;
}

/** From this length and this surprise on, a value of the first training is a key or a digest, and not learnt again. */
const TELLING_LENGTH = 14;
const SURPRISING = 0.3;

const first = tableOf(modelOf(count(() => true)));
const model = modelOf(count((value) => value.length < TELLING_LENGTH || surprise(value, first) < SURPRISING));
writeFileSync(TARGET, deflateRawSync(model, { level: 9 }));
