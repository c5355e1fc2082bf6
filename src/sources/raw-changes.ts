import { nulSeparated, pathText } from "./path-name.js";
import { SourceError } from "./source.js";

/** A blob as a tree holds it: its mode, six octal digits, and its id. */
export type Entry = { readonly mode: string; readonly id: string };

/** A path that holds something else than before. */
export type Change = Entry & {
  readonly path: string;
  /** git's letter: `A` added, `M` changed, `T` of another type, `U` not merged yet; of a merge, one for each parent. */
  readonly status: string;
  /** The commit that made the change; null for what no commit brings. */
  readonly commit: string | null;
  /** What the commit's parents, or HEAD, hold at the path, without those that hold nothing. */
  readonly before: readonly Entry[];
};

const NOTHING = "000000";

// https://git-scm.com/docs/git-diff-tree#_raw_output_format; diff-tree --stdin names each commit that changes something:
//   <commit> NUL
//   :100644 100644 <parent's id> <id> M NUL <path> NUL
//   ::100644 100644 100644 <first parent's id> <second's> <id> MM NUL <path> NUL      a merge: a colon for each parent
/** The changes in the output of `diff-tree` or `diff-index` under `--raw -z --no-abbrev`. Throws SourceError. */
export function rawChanges(output: Buffer): Change[] {
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
    if (path === undefined || entries === null || now === undefined) {
      throw new SourceError("incomplete", `git told of a change in a form that is not known: "${head}".`);
    }
    const status = head.slice(head.lastIndexOf(" ") + 1);
    changes.push({ ...now, path: pathText(path), status, commit, before: entries.filter(isThere) });
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

/** Whether there is something: a side of a change that holds nothing has the mode 000000. */
export function isThere({ mode }: Entry): boolean {
  return mode !== NOTHING;
}
