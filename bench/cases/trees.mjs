import { basename } from "node:path";
import { treeFloors } from "../contenders/floors.mjs";
import { drawing } from "../corpus/draw.mjs";
import { fileSizes, MEAN_BYTES, SEED, writeTree } from "../corpus/tree.mjs";
import { race } from "../measure/race.mjs";
import { growthTable, raceTable } from "../table.mjs";
import { countTree } from "./count-tree.mjs";

const MB = 1_000_000;

/** Made trees of growing size, or the trees that were named; then how the cost grows with the size. */
export async function benchTrees(bench) {
  const { options, show } = bench;
  if (options.trees.length > 0) {
    for (const path of options.trees) await benchTree(bench, path, basename(path), []);
    return;
  }
  const races = [];
  for (const size of options.sizes) {
    const folder = bench.folder(`tree-${size}`);
    const files = Math.max(1, Math.round((size * MB) / MEAN_BYTES));
    writeTree(folder, fileSizes(drawing(SEED, size), size * MB, files));
    races.push(await benchTree(bench, folder, `${size} MB`, races));
    bench.done(folder);
  }
  show.section("trees: megabytes a second by size");
  show.text(growthTable(races));
}

async function benchTree({ options, contenders, show, how }, folder, size, before) {
  const { files, bytes } = countTree(folder);
  show.section(`tree: ${size}; files: ${files}, MB: ${(bytes / MB).toFixed(1)}`);
  const entries = [...contenders.folder(folder), ...treeFloors(folder)].map((contender) => ({
    ...contender,
    ...tooSlow(contender.name, before, bytes, options.limit * (contender.slack ?? 1)),
  }));
  const rows = await race(entries, how);
  show.race({ case: "tree", size, files, bytes, rows }, raceTable(rows, bytes));
  return { size, bytes, rows };
}

/** Whoever would need more than the limit, by what the two last sizes took, is not started. */
export function tooSlow(name, races, bytes, limit) {
  const points = races.map((one) => ({ ...one, row: one.rows.find((row) => row.name === name) }));
  const last = points.at(-1);
  if (last === undefined) return {};
  if (/^(stopped|not run)/.test(last.row?.fault ?? ""))
    return { missing: `not run: ${last.size} took too long` };
  const first = points.at(-2);
  if (first === undefined) return {};
  const slope = (last.row.wall - first.row.wall) / (last.bytes - first.bytes);
  const guess = last.row.wall + slope * (bytes - last.bytes);
  if (!(guess > limit)) return {};
  return {
    missing: `not run: about ${Math.round(guess)} s, as ${last.size} took ${last.row.wall.toFixed(1)} s`,
  };
}
