import { headOf, headsToName } from "./heads.js";
import { segmentName, segmentPath } from "./ledger-folder.js";
import { type Entry, type LedgerRecord, type OpenEntry, type Stamp, sealed } from "./record.js";
import { newSegmentFile, type SegmentFile } from "./segment-file.js";
import type { Heads } from "./witness.js";

/** What an `open` record says beside where it stands. */
export type Opening = Omit<OpenEntry, "kind" | "segment" | "heads">;

/** One writer's segments, one after the other. */
export type SegmentWriter = {
  /** Puts the entries on disk, in order, in one segment: all or none. One call at a time. */
  readonly write: (entries: readonly Entry[]) => Promise<readonly LedgerRecord[]>;
  /** The heads of its segments so far, which are on disk. */
  readonly heads: () => Heads;
  /** The heads of others that the segment which was begun last names: they are on disk, too. */
  readonly named: () => Heads;
  readonly close: () => void;
};

/** A segment also ends after so long, in milliseconds, so that what few records a quiet writer has grow old enough to go. */
const LONGEST = 86_400_000;

/** A segment that is removed while it is written to is begun anew so often. */
const TRIES = 3;

type Current = {
  readonly file: SegmentFile;
  readonly name: string;
  readonly born: number;
  readonly last: Stamp | null;
};

/**
 * A writer begins a new segment and never goes on with an old one: so only the last line of a segment can be half a
 * line, and a segment belongs to one process, which knows its end without asking.
 */
export function segmentWriter(
  folder: string,
  writer: string,
  opening: Opening,
  { segmentBytes, now }: { readonly segmentBytes: number; readonly now: () => number },
): SegmentWriter {
  let current: Current | null = null;
  let number = 0;
  let latest = 0;
  let named: Heads = {};
  const own = new Map<string, string>();

  const mayGoOn = (at: Current): boolean =>
    !at.file.isSpoiled() &&
    at.file.size() < segmentBytes &&
    Math.abs(now() - at.born) < LONGEST &&
    !at.file.isGone();

  const begin = (): Current => {
    const name = segmentName(writer, ++number);
    return { file: newSegmentFile(segmentPath(folder, name)), name, born: now(), last: null };
  };

  const lines = (at: Current, entries: readonly Entry[]) => {
    const records: LedgerRecord[] = [];
    const texts: string[] = [];
    let { last } = at;
    let time = latest;
    for (const entry of entries) {
      const clock = now();
      const back = time - clock;
      time = Math.max(time, clock);
      const { record, line } = sealed(
        {
          ...{ v: 1, at: new Date(time).toISOString(), writer },
          ...{ seq: last === null ? 0 : last.seq + 1, prev: last?.chain ?? "" },
          ...(back > 0 ? { clock_back_ms: back } : {}),
        },
        entry,
      );
      records.push(record);
      texts.push(line);
      last = record;
    }
    return { records, bytes: Buffer.from(texts.join("")), last, time };
  };

  const openEntry = (name: string, before: Current | null): OpenEntry => {
    const last = before?.last == null ? {} : { [before.name]: headOf(before.last) };
    // The one before is named whoever names it already, and whether or not it is still there.
    return { kind: "open", segment: name, ...opening, heads: { ...headsToName(folder), ...last } };
  };

  const write = async (entries: readonly Entry[], tries: number): Promise<readonly LedgerRecord[]> => {
    const before = current;
    const fresh = before === null || !mayGoOn(before);
    const at = fresh ? begin() : before;
    try {
      const open = fresh ? openEntry(at.name, before) : null;
      const written = lines(at, open === null ? entries : [open, ...entries]);
      await at.file.append(written.bytes);
      current = { ...at, last: written.last };
      latest = written.time;
      if (open !== null) named = open.heads;
      if (written.last !== null) own.set(at.name, headOf(written.last));
      if (fresh) before?.file.close();
      if (!at.file.isGone() || tries <= 1) return fresh ? written.records.slice(1) : written.records;
    } catch (error) {
      if (fresh) at.file.close();
      throw error;
    }
    return write(entries, tries - 1);
  };

  return {
    write: (entries) => write(entries, TRIES),
    heads: () => Object.fromEntries(own),
    named: () => named,
    close: () => current?.file.close(),
  };
}
