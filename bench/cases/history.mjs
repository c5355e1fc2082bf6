import { historyFloors } from "../contenders/floors.mjs";
import { git } from "../corpus/git.mjs";
import { writeHistory } from "../corpus/history.mjs";
import { race } from "../measure/race.mjs";
import { raceTable } from "../table.mjs";

/** The whole history of a repository: ours without and with its cache, the peers, and git's own cost. */
export async function benchHistory({ options, contenders, show, how, folder: folderFor, done }) {
  const folder = folderFor("history");
  await writeHistory(folder, options.commits);
  const { blobs, bytes } = distinctBlobs(folder);
  show.section(
    `history: ${options.commits} commits, ${blobs} distinct blobs, ${(bytes / 1e6).toFixed(0)} MB of them`,
  );
  const rows = await race([...contenders.history(folder), ...historyFloors(folder)], how);
  show.race({ case: "history", commits: options.commits, blobs, bytes, rows }, raceTable(rows, bytes));
  done(folder);
}

/** What a scanner that reads every blob once reads. */
function distinctBlobs(folder) {
  const format = "--batch-check=%(objecttype) %(objectsize)";
  const sizes = git(folder, ["cat-file", "--batch-all-objects", format])
    .split("\n")
    .filter((line) => line.startsWith("blob "))
    .map((line) => Number(line.slice(5)));
  return { blobs: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
