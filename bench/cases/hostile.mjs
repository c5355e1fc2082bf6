import { treeFloors } from "../contenders/floors.mjs";
import { SHAPES } from "../corpus/hostile.mjs";
import { race } from "../measure/race.mjs";
import { raceTable } from "../table.mjs";
import { countTree } from "./count-tree.mjs";

/** Shapes that break scanners: who crashes, and whose time or memory leaves all proportion. */
export async function benchHostile({ options, contenders, show, how, folder: folderFor, done }) {
  for (const { name, full, write } of SHAPES) {
    if (full && !options.full) continue;
    const folder = folderFor(name.replace(/[^a-z0-9]+/gi, "-"));
    write(folder);
    const { files, bytes } = countTree(folder);
    show.section(`hostile: ${name}; files: ${files}, MB: ${(bytes / 1e6).toFixed(1)}`);
    const rows = await race([...contenders.folder(folder), ...treeFloors(folder)], how);
    show.race({ case: "hostile", name, files, bytes, rows }, raceTable(rows, bytes));
    done(folder);
  }
}
