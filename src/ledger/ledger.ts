import { forgetName, leaveName, writerPath } from "./at-work.js";
import { groupCommit } from "./group-commit.js";
import { bodyKeeper } from "./keep-bodies.js";
import { LedgerError, ledgerError } from "./ledger-error.js";
import { makeLedgerFolder, placesIn } from "./ledger-folder.js";
import type { Entry, LedgerRecord } from "./record.js";
import { recordIds } from "./record-id.js";
import { type Opening, segmentWriter } from "./segment-writer.js";
import { addToWitness } from "./witness.js";

export { LedgerError } from "./ledger-error.js";
export type { Entry, LedgerRecord, RecordOf } from "./record.js";

/** The ledger's writing side: one writer, with segments of its own. */
export type Ledger = {
  readonly writer: string;
  /** The file of the witness, where one is kept. */
  readonly witness: string | null;
  /**
   * Appends the entries in order. Resolves when they are on disk; all that are asked for at once go there in one write.
   * Rejects with a LedgerError where they could not be kept: then nothing of them counts, and the push must not leave.
   */
  readonly append: (entries: readonly Entry[]) => Promise<readonly LedgerRecord[]>;
  /**
   * Keeps a masked body, each text once. Resolves with its SHA-256, in hex, when it is on disk; rejects with a LedgerError
   * where it cannot be kept, or was scrubbed.
   */
  readonly keepBody: (wireBody: string) => Promise<string>;
  /** An id of 26 characters, unique among writers, which sorts by time. */
  readonly newRecordId: () => string;
  /** Waits for what is being written, and closes the segment. */
  readonly close: () => Promise<void>;
};

/** How a ledger is opened. */
export type LedgerOptions = {
  readonly folder: string;
  /** The key that signs anchors, asked for when one is. */
  readonly key: () => Buffer;
  /** What the first record of each segment says of tool, rules and settings. */
  readonly open: Opening;
  /**
   * A file outside of the folder that is told which segments there are, and their heads, when the ledger is opened and
   * closed and when it begins a segment; none is kept without.
   */
  readonly witness?: string | null;
  /** A segment ends when it is this long. */
  readonly segmentBytes?: number;
  readonly now?: () => number;
};

/** Short enough to be dropped and read whole, long enough for ten thousand pushes. */
const SEGMENT_BYTES = 4_194_304;

/** Opens the ledger to write: its first record is on disk when this resolves. Rejects with a LedgerError. */
export async function openLedger({
  folder,
  open,
  witness = null,
  segmentBytes,
  now = Date.now,
}: LedgerOptions): Promise<Ledger> {
  const { segments } = placesIn(folder);
  const ids = recordIds(now);
  const writer = ids();
  const name = writerPath(folder, writer);
  const writing = segmentWriter(folder, writer, open, { segmentBytes: segmentBytes ?? SEGMENT_BYTES, now });
  let told = writing.named();
  const tellWitness = async (): Promise<void> => {
    told = writing.named();
    if (witness !== null) await addToWitness(witness, folder, { own: writing.heads(), others: told });
  };
  const commit = async (entries: readonly Entry[]): Promise<readonly LedgerRecord[]> => {
    try {
      return await writing.write(entries);
    } catch (error) {
      throw ledgerError(error, "put a record on disk", segments);
    }
  };
  const append = async (entries: readonly Entry[]): Promise<readonly LedgerRecord[]> => {
    const written = await commit(entries);
    // The records are on disk: that the witness learns of a new segment later than it could is no fault of theirs.
    if (told !== writing.named()) await tellWitness().catch(unlessRefused);
    return written;
  };
  const { add, settled } = groupCommit(append);
  makeLedgerFolder(folder);
  try {
    // Before its first segment is there, so that whoever sees the segment sees who is at work on it.
    leaveName(name);
    await commit([]);
    await tellWitness();
  } catch (error) {
    writing.close();
    forgetName(name);
    throw ledgerError(error, "begin a segment", segments);
  }
  let closed = false;
  return {
    writer,
    witness,
    append: async (entries) => {
      if (closed) throw new LedgerError("other", "The ledger is closed: open it again to write to it.");
      return entries.length === 0 ? [] : add(entries);
    },
    keepBody: bodyKeeper(folder),
    newRecordId: ids,
    close: async () => {
      if (closed) return;
      closed = true;
      await settled();
      // As long as it has its name, nobody drops the segment that is told of.
      await tellWitness().catch(unlessRefused);
      writing.close();
      forgetName(name);
    },
  };
}

/** A witness that could not be told knows less, and the next opening tells it. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof LedgerError)) throw error;
}
