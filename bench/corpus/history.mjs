import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { finished } from "node:stream/promises";
import { drawing } from "./draw.mjs";
import { git, gitEnvironment } from "./git.mjs";
import { functionLines, LANGUAGES } from "./programs.mjs";
import { sourceFile } from "./source-text.mjs";
import { MEAN_BYTES, pathOf, SEED } from "./tree.mjs";

/** How many files the repository has at its tip. */
const FILES = 1000;

/** The first commit's day; the others follow an hour apart, so that ids are the same on every machine. */
const FIRST_SECOND = 1_704_067_200;

/**
 * The same history as `git fast-import` reads it (https://git-scm.com/docs/git-fast-import): a first commit with
 * every file, then commits that each change one to three of them by a few lines.
 *
 *     commit refs/heads/main
 *     committer Ada <ada@example.com> 1704067200 +0000
 *     data 7
 *     edit 12
 *     M 100644 inline src/a0/b0/file0.ts
 *     data 6250
 *     …
 */
export function* historyStream(commits) {
  const draw = drawing(SEED, FILES);
  const files = Array.from({ length: FILES }, (_, number) => {
    const { extension, text } = sourceFile(SEED, number, draw.between(1000, 2 * MEAN_BYTES - 1000));
    return { path: pathOf(number, extension), lines: text.split("\n") };
  });
  for (let commit = 0; commit < commits; commit++) {
    const changed = commit === 0 ? files : someOf(draw, files);
    if (commit > 0) for (const file of changed) edit(draw, file.lines);
    yield head(commit) + changed.map(blob).join("");
  }
}

function head(commit) {
  const message = `edit ${commit}\n`;
  const when = `${FIRST_SECOND + commit * 3600} +0000`;
  return `commit refs/heads/main\ncommitter Ada <ada@example.com> ${when}\ndata ${message.length}\n${message}`;
}

function blob({ path, lines }) {
  const text = lines.join("\n");
  return `M 100644 inline ${path}\ndata ${text.length}\n${text}\n`;
}

function someOf(draw, files) {
  const picked = new Set();
  for (let count = draw.between(1, 3); count > 0; count--) {
    // A few files are changed again and again, as in real histories.
    picked.add(draw.chance(0.5) ? draw.below(FILES / 10) : draw.below(FILES));
  }
  return [...picked].map((at) => files[at]);
}

/** One to six new lines somewhere, and as many taken away, so that a file keeps its size. */
export function edit(draw, lines) {
  const added = functionLines(draw, draw.pick(LANGUAGES), draw.between(1, 3)).slice(0, 6);
  const at = draw.below(Math.max(1, lines.length - added.length));
  lines.splice(at, added.length, ...added);
}

/** A repository with this many commits, packed as a clone would be. */
export async function writeHistory(folder, commits) {
  mkdirSync(folder, { recursive: true });
  git(folder, ["init", "--quiet", "--initial-branch=main"]);
  const child = spawn("git", ["fast-import", "--quiet", "--depth=50"], {
    cwd: folder,
    env: gitEnvironment(),
    stdio: ["pipe", "ignore", "inherit"],
  });
  const closed = once(child, "close");
  for (const part of historyStream(commits)) {
    if (!child.stdin.write(part)) await once(child.stdin, "drain");
  }
  child.stdin.end("done\n");
  await finished(child.stdin);
  const [code] = await closed;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
  git(folder, ["repack", "-a", "-d", "-f", "--quiet", "--window=10", "--depth=50"]);
  git(folder, ["reset", "--quiet", "--hard"]);
}
