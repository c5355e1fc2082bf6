import { gitOutput } from "./git.js";
import { gitOutputFor } from "./git-with-input.js";
import { nulSeparated, pathText } from "./path-name.js";
import type { Repository } from "./repository.js";
import { SourceError } from "./source.js";

/** A blob as a tree holds it: its mode, six octal digits, and its id. */
export type Entry = { readonly mode: string; readonly id: string };

/** A path that holds something else than before. */
export type Change = Entry & {
  readonly path: string;
  /** The commit that made the change; null for what no commit brings. */
  readonly commit: string | null;
  /** What the commit's parents hold at the path, without those that hold nothing. */
  readonly before: readonly Entry[];
};

const OPTIONS = [
  "-r",
  "-c",
  "--root",
  "--raw",
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--ignore-submodules=none",
];

/**
 * What each of these commits changed against its parent, in the order of the commits; of a merge, what differs from
 * all of its parents. A shallow clone's oldest commits have no parent here, and bring all that they hold. Deletions
 * are left out. Throws SourceError.
 */
export async function commitChanges(
  repository: Repository,
  commits: readonly string[],
): Promise<readonly Change[]> {
  const output = await gitOutputFor(
    repository,
    ["diff-tree", "--stdin", ...OPTIONS, "--no-ext-diff", "--no-textconv"],
    commits.map((id) => `${id}\n`).join(""),
  );
  return parsedChanges(output).filter(({ mode }) => mode !== NOTHING);
}

/** Everything that a tree holds, as changes of no commit. Throws SourceError. */
export async function treeEntries(repository: Repository, tree: string): Promise<readonly Change[]> {
  const output = await gitOutput(repository, ["ls-tree", "-r", "-z", "--full-tree", tree]);
  return nulSeparated(output).map(treeEntry);
}

const NOTHING = "000000";

// https://git-scm.com/docs/git-diff-tree#_raw_output_format; under --stdin each commit that changes something is named:
//   <commit> NUL
//   :100644 100644 <parent's id> <id> M NUL <path> NUL
//   ::100644 100644 100644 <first parent's id> <second's> <id> MM NUL <path> NUL      a merge: a colon for each parent
function parsedChanges(output: Buffer): Change[] {
  const fields = nulSeparated(output);
  const changes: Change[] = [];
  let commit: string | null = null;
  for (let at = 0; at < fields.length; at++) {
    const head = fields[at]?.toString("latin1") ?? "";
    if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(head)) {
      commit = head;
      continue;
    }
    const path = fields[++at];
    const entries = entriesOf(head);
    const now = entries?.pop();
    if (commit === null || path === undefined || entries === null || now === undefined) {
      throw new SourceError("incomplete", `git diff-tree answered "${head}".`);
    }
    changes.push({ ...now, path: pathText(path), commit, before: entries.filter(isThere) });
  }
  return changes;
}

/** The parents' entries and, last, the commit's own; null if `head` is of another form. */
function entriesOf(head: string): Entry[] | null {
  const [, colons = "", rest = ""] = /^(:+)(.*)$/.exec(head) ?? [];
  const sides = colons.length + 1;
  const words = rest.split(" ");
  if (colons === "" || words.length !== 2 * sides + 1) return null;
  const entries = words.slice(0, sides).map((mode, side) => ({ mode, id: words[sides + side] ?? "" }));
  return entries.every(({ mode, id }) => /^\d{6}$/.test(mode) && /^[0-9a-f]+$/.test(id)) ? entries : null;
}

function isThere({ mode }: Entry): boolean {
  return mode !== NOTHING;
}

// https://git-scm.com/docs/git-ls-tree#_output_format
//   100644 SP blob SP <id> TAB <path>
function treeEntry(field: Buffer): Change {
  const tab = field.indexOf(9);
  const match = /^(\d{6}) [a-z]+ ([0-9a-f]+)$/.exec(field.toString("latin1", 0, Math.max(tab, 0)));
  if (match === null) throw new SourceError("incomplete", `git ls-tree answered "${pathText(field)}".`);
  const [, mode = "", id = ""] = match;
  return { path: pathText(field.subarray(tab + 1)), mode, id, commit: null, before: [] };
}
