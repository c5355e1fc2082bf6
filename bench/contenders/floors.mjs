import { join } from "node:path";
import { HOME } from "./contenders.mjs";

/** What the machine itself takes for the same work, in the same run. */
const floor = (name, program, args, cwd, exits = { 0: "" }) => ({
  name,
  kind: "floor",
  program,
  args,
  cwd,
  exits,
});

const shell = (name, script, cwd, exits) => floor(name, "sh", ["-c", script], cwd, exits);

/** Reads nothing: megabytes a second would say nothing of it. */
export const nodeStart = (cwd) => ({
  ...floor("node -e 0", process.execPath, ["-e", "0"], cwd),
  reads: false,
});

/** A literal that no tree holds, so that every byte is looked at; not written to /dev/null, where grep would cheat. */
const ABSENT = "4f1c-no-such-text-9b7e";

export const treeFloors = (cwd) => [
  shell("cat", "find . -name .git -prune -o -type f -print0 | xargs -0 cat > /dev/null", cwd),
  floor("grep -rF", "grep", ["-rF", "--exclude-dir=.git", ABSENT, "."], cwd, { 0: "", 1: "" }),
  floor("node walks and reads", process.execPath, [join(HOME, "bench/floors/read-tree.mjs"), "."], cwd),
  nodeStart(cwd),
];

export const historyFloors = (cwd) => [
  shell(
    "rev-list | cat-file",
    "git rev-list --objects --no-object-names --all | git cat-file --batch --buffer > /dev/null",
    cwd,
  ),
  shell("git log -p", "git --no-pager log -p --all > /dev/null", cwd),
  nodeStart(cwd),
];

export const hookFloors = (cwd) => [
  nodeStart(cwd),
  floor("git diff --cached", "git", ["--no-pager", "diff", "--cached"], cwd),
];
