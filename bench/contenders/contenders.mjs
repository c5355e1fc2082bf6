import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findProgram, versionOf } from "./find.mjs";
import { PEERS } from "./peers.mjs";

/** This checkout. */
export const HOME = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Everyone who takes part, as functions that give a contender for a folder, a history or staged changes: what `race`
 * runs. Ours comes first; `against` names other checkouts of ours, to compare before and after.
 */
export function contendersOf({ only, against }) {
  const found = PEERS.filter(({ name }) => only === null || only.includes(name)).map((peer) => ({
    ...peer,
    program: findProgram(peer.name),
  }));
  const peers = found
    .filter(({ program }) => program !== null)
    .map((peer) => ({ ...peer, told: versionOf(peer.program, peer.version) }));
  const ours = [
    { name: "aura-scan", kind: "ours", home: HOME },
    ...against.map((home) => ({ name: `aura-scan of ${home}`, kind: "own", home })),
  ];
  return {
    ours,
    peers,
    absent: found.filter(({ program }) => program === null).map(({ name }) => name),
    folder: (cwd) => [
      ...ours.map((one) => own(one, cwd, ["."])),
      ...peers.map((peer) => folderOf(peer, cwd)),
    ],
    staged: (cwd) => [
      ...ours.map((one) => own(one, cwd, ["--staged"])),
      ...peers.map((peer) => stagedOf(peer, cwd)),
    ],
    history: (cwd) => [
      ...ours.flatMap((one) => ownHistory(one, cwd)),
      ...peers.map((peer) => modeOf(peer, cwd, peer.history)),
    ],
  };
}

/** Ours gets so many times the limit: whatever it takes is what the benchmark is for. */
const SLACK = 4;

/** Ours: 3 is said of a run that could not read everything, which is no crash. */
function own({ name, kind, home }, cwd, args) {
  const program = process.execPath;
  const words = [join(home, "bin/aura-scan.js"), ...args, "--report", "json"];
  return { name, kind, program, args: words, cwd, exits: { 0: "", 1: "", 3: "incomplete" }, slack: SLACK };
}

/** The first run finds no cache, the second what the first one left. */
function ownHistory(one, cwd) {
  const run = own(one, cwd, ["--all"]);
  const missing = hasAll(one.home) ? {} : { missing: "not run: this build has no --all" };
  const before = () => rmSync(join(cwd, ".aura/cache"), { recursive: true, force: true });
  return [
    { ...run, ...missing, name: `${one.name}, first run`, before },
    { ...run, ...missing, name: `${one.name}, second run`, kind: "own" },
  ];
}

function hasAll(home) {
  const help = spawnSync(process.execPath, [join(home, "bin/aura-scan.js"), "--help"], { encoding: "utf8" });
  return /--all\b/.test(help.stdout);
}

const folderOf = (peer, cwd) => modeOf(peer, cwd, peer.folder);

function modeOf({ name, program, exits }, cwd, args) {
  const missing = args === null ? { missing: "has no such mode" } : {};
  return { name, kind: "peer", program, args: args ?? [], cwd, exits, ...missing };
}

/** Who wants names gets them from git, as in a hook. */
const WITH_STAGED_FILES = '"$0" "$@" $(git diff --cached --name-only --diff-filter=ACM)';

function stagedOf(peer, cwd) {
  if (peer.stagedFiles !== true) return modeOf(peer, cwd, peer.staged);
  const program = peer.stagedProgram === undefined ? peer.program : findProgram(peer.stagedProgram);
  if (program === null) return { ...modeOf(peer, cwd, null), missing: `${peer.stagedProgram} was not found` };
  const args = ["-c", WITH_STAGED_FILES, program, ...peer.staged];
  return { ...modeOf(peer, cwd, args), program: "sh" };
}
