import { statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

export const KINDS = ["trees", "history", "hook", "preflight", "hostile"];

export const USAGE = `npm run bench -- [options]

  --only KIND,…     ${KINDS.join(", ")}; all of them otherwise
  --tree PATH       this tree instead of made ones (several times; implies --only trees)
  --sizes MB,…      sizes of the made trees: 1,10,100; with --full 1000 too
  --full            the 1,000 MB tree and the 2 GB file too, and more time for each
  --commits N       of the history: 10000
  --units N         of preflight: 10000
  --peers NAME,…    only these peers; "none" for none
  --against PATH    another checkout of aura-scan, built, to compare with (several times)
  --rounds N        3; the hook's three times as many
  --limit SECONDS   the most that one run gets: 30; with --full 900
  --patience SECONDS  who has used so much in a case is not run again: 5; with --full 30
  --json FILE       writes the figures
  --keep FOLDER     makes the corpora there and leaves them
`;

/** What was typed, and what it means. Throws an `Error` that says what is wrong with it. */
export function readOptions(words) {
  const { values } = parseArgs({
    args: words,
    options: {
      only: { type: "string" },
      tree: { type: "string", multiple: true, default: [] },
      sizes: { type: "string" },
      full: { type: "boolean", default: false },
      commits: { type: "string", default: "10000" },
      units: { type: "string", default: "10000" },
      peers: { type: "string" },
      against: { type: "string", multiple: true, default: [] },
      rounds: { type: "string", default: "3" },
      limit: { type: "string" },
      patience: { type: "string" },
      json: { type: "string" },
      keep: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { full, tree: trees, against, help, json = null, keep = null } = values;
  return {
    kinds: kindsOf(values.only ?? (trees.length > 0 ? "trees" : KINDS.join(","))),
    trees: trees.map(folderNamed("--tree")),
    sizes: (values.sizes ?? (full ? "1,10,100,1000" : "1,10,100")).split(",").map(positive("--sizes")),
    full,
    commits: positive("--commits")(values.commits),
    units: positive("--units")(values.units),
    peers: values.peers === undefined ? null : values.peers.split(","),
    against: against.map(folderNamed("--against")),
    rounds: positive("--rounds")(values.rounds),
    limit: positive("--limit")(values.limit ?? (full ? "900" : "30")),
    patience: positive("--patience")(values.patience ?? (full ? "30" : "5")),
    json,
    keep,
    help,
  };
}

function kindsOf(text) {
  const kinds = text.split(",");
  const unknown = kinds.find((kind) => !KINDS.includes(kind));
  if (unknown !== undefined) throw new Error(`--only: ${unknown} is none of ${KINDS.join(", ")}`);
  return kinds;
}

const positive = (option) => (text) => {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${option}: ${text} is no whole number above 0`);
  return Number(text);
};

/** The absolute path of a folder that is there. */
const folderNamed = (option) => (path) => {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Error(`${option}: ${path} is no folder`);
  }
  return resolve(path);
};
