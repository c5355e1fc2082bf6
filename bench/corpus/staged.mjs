import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawing } from "./draw.mjs";
import { git } from "./git.mjs";
import { edit } from "./history.mjs";
import { fileSizes, MEAN_BYTES, SEED, writeTree } from "./tree.mjs";

/** A repository has more files than one commit touches. */
const FILES = 500;

/** A repository of one commit, with changes to `count` of its files staged. */
export function writeStaged(folder, count) {
  mkdirSync(folder, { recursive: true });
  git(folder, ["init", "--quiet", "--initial-branch=main"]);
  const draw = drawing(SEED, FILES);
  writeTree(folder, fileSizes(draw, FILES * MEAN_BYTES, FILES));
  git(folder, ["add", "--all"]);
  git(folder, ["commit", "--quiet", "--message=first"]);
  const paths = git(folder, ["ls-files", "-z"]).split("\0").slice(0, count);
  for (const path of paths) {
    const file = join(folder, path);
    const lines = readFileSync(file, "utf8").split("\n");
    for (let times = draw.between(1, 4); times > 0; times--) edit(draw, lines);
    writeFileSync(file, lines.join("\n"));
  }
  git(folder, ["add", "--all"]);
}
