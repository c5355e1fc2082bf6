import { pathText } from "./path-name.js";
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
  const reader = changeReader();
  const changes = reader.read(output);
  reader.end();
  return changes;
}

/** Reads the same from parts of the output, each read to its last whole change; `end` throws if one is left half. */
export function changeReader(): { readonly read: (part: Buffer) => Change[]; readonly end: () => void } {
  let held: Buffer = Buffer.alloc(0);
  let commit: string | null = null;
  return {
    read(part) {
      const output = held.length === 0 ? part : Buffer.concat([held, part]);
      const changes: Change[] = [];
      let start = 0;
      for (let end = output.indexOf(0); end >= 0; end = output.indexOf(0, start)) {
        if (output[start] !== COLON) {
          commit = commitIn(output.toString("latin1", start, end));
          start = end + 1;
          continue;
        }
        const pathEnd = output.indexOf(0, end + 1);
        if (pathEnd < 0) break;
        const head = output.toString("latin1", start, end);
        const entries = entriesOf(head);
        const now = entries?.pop();
        if (entries === null || now === undefined) throw unknownForm(head);
        const status = head.slice(head.lastIndexOf(" ") + 1);
        const path = pathText(output.subarray(end + 1, pathEnd));
        changes.push({ ...now, path, status, commit, before: entries.filter(isThere) });
        start = pathEnd + 1;
      }
      held = output.subarray(start);
      return changes;
    },
    end() {
      if (held.length > 0) throw unknownForm(held.toString("latin1"));
    },
  };
}

const COLON = 58;

function commitIn(field: string): string {
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(field)) throw unknownForm(field);
  return field;
}

function unknownForm(head: string): SourceError {
  return new SourceError("incomplete", `git told of a change in a form that is not known: "${head}".`);
}

/** Nearly every change is against one parent. */
const OF_ONE = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) \S+$/;

/** The parents' entries and, last, the commit's own; null if `head` is of another form. */
function entriesOf(head: string): Entry[] | null {
  const one = OF_ONE.exec(head);
  if (one !== null) {
    const [, before = "", now = "", old = "", id = ""] = one;
    return [
      { mode: before, id: old },
      { mode: now, id },
    ];
  }
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
