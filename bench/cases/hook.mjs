import { hookFloors } from "../contenders/floors.mjs";
import { writeStaged } from "../corpus/staged.mjs";
import { race } from "../measure/race.mjs";
import { raceTable } from "../table.mjs";

/** A commit of so many files. */
const COMMITS = [1, 10, 100];

/** What takes milliseconds is run more often: a median of three says little there. */
const MORE_ROUNDS = 3;

/** The commit hook: staged changes in a repository of 500 files. */
export async function benchHook({ contenders, show, how, folder: folderFor, done }) {
  for (const files of COMMITS) {
    const folder = folderFor(`staged-${files}`);
    writeStaged(folder, files);
    show.section(`hook: a commit of ${files} ${files === 1 ? "file" : "files"}`);
    const entries = [...contenders.staged(folder), ...hookFloors(folder)];
    const rows = await race(entries, { ...how, rounds: how.rounds * MORE_ROUNDS });
    show.race({ case: "hook", files, rows }, raceTable(rows, null));
    done(folder);
  }
}
