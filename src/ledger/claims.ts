import { endsIn, placeOf } from "./heads.js";
import type { LedgerProblem, Segment } from "./read-segment.js";
import type { DroppedSegment } from "./record.js";
import { type Heads, readWitness } from "./witness.js";

/** What is kept of a segment while the others are read. */
export type Seen = Pick<Segment, "file" | "head" | "lines" | "problems"> & {
  readonly chains: ReadonlyMap<number, string | null>;
};

const WITNESS = "the witness";

/** That a segment had this head once, and who says so. */
export type Claim = { readonly by: string; readonly head: string };

/** What the witness says: by whom, of which segments. Throws a LedgerError where it is not as it was written. */
export function witnessClaims(path: string | null): { readonly by: string; readonly heads: Heads } | null {
  const heads = path === null ? null : readWitness(path);
  return heads === null ? null : { by: `${WITNESS} (${path})`, heads };
}

/** What segments and the witness say of each segment. */
export function claimsIn(
  folder: string,
  witness: ReturnType<typeof witnessClaims>,
): ReadonlyMap<string, readonly Claim[]> {
  const claims = new Map<string, Claim[]>();
  const told = [
    ...(witness === null ? [] : [witness]),
    ...endsIn(folder).map(({ file, open }) => ({ by: file.name, heads: open?.heads ?? {} })),
  ];
  for (const { by, heads } of told)
    for (const [segment, head] of Object.entries(heads)) {
      const known = claims.get(segment);
      if (known === undefined) claims.set(segment, [{ by, head }]);
      else known.push({ by, head });
    }
  return claims;
}

/** Where the chain of the segment stood at a head's place. */
export function chainOf(segment: Segment, head: string): readonly [number, string | null][] {
  const place = placeOf(head);
  return place === null ? [] : [[place.seq, segment.chainAt(place.seq)]];
}

/** What is wrong with a segment that others name: one answer, however many do. */
export function claimProblem(
  segment: string,
  claims: readonly Claim[],
  seen: Seen | undefined,
  dropped: ReadonlyMap<string, DroppedSegment>,
): readonly LedgerProblem[] {
  const places = claims.flatMap(({ by, head }) => {
    const place = placeOf(head);
    return place === null ? [] : [{ by, ...place }];
  });
  if (seen === undefined) {
    const unsigned = places.find((place) => !signsOff(dropped.get(segment), place));
    if (unsigned === undefined) return [];
    const advice = unsigned.by.startsWith(WITNESS)
      ? "; put it back, or, if it was removed on purpose, remove the witness, too"
      : "";
    return [
      {
        segment,
        line: null,
        what: "missing",
        message: `${segment} is gone: ${unsigned.by} names it, and no anchor signs it off${advice}.`,
      },
    ];
  }
  const wasChanged = seen.problems.some(({ what }) => what === "changed");
  const end = endOf(seen);
  const cut = places.filter(({ seq }) => seq >= end).sort((a, b) => b.seq - a.seq)[0];
  if (cut !== undefined) return [cutShort(segment, end, cut.by, cut.seq)];
  if (wasChanged) return [];
  const replaced = places.find(
    ({ seq, chain }) => seen.chains.get(seq) !== chain && seen.chains.get(seq) != null,
  );
  if (replaced === undefined) return [];
  const { by, seq } = replaced;
  const message = `${segment}, line ${seq + 1}: another record stood here when ${by} named it; the segment was replaced.`;
  return [{ segment, line: seq + 1, what: "changed", message }];
}

/** How many records a segment has or had: where one was changed there was one, and where its line feed was, two. */
function endOf({ head, lines, problems }: Seen): number {
  const wasChanged = problems.some(({ what }) => what === "changed");
  return Math.max(lines + (wasChanged ? 1 : 0), (head?.seq ?? -1) + 1);
}

function signsOff(
  dropped: DroppedSegment | undefined,
  { seq, chain }: { seq: number; chain: string },
): boolean {
  if (dropped === undefined || seq >= dropped.records) return false;
  return seq < dropped.records - 1 || chain === dropped.head;
}

/** Compaction that was stopped leaves segments that are signed off already: they must be those. */
export function anchorProblem(
  dropped: DroppedSegment | undefined,
  seen: Seen | undefined,
): readonly LedgerProblem[] {
  if (dropped === undefined || seen === undefined) return [];
  const { segment, records, head } = dropped;
  if (seen.problems.some(({ what }) => what !== "torn")) return [];
  if (records > endOf(seen)) return [cutShort(segment, endOf(seen), "an anchor", records - 1)];
  if (seen.head === null || seen.head.seq !== records - 1 || seen.head.chain === head) return [];
  const message = `${segment}, line ${records}: another record stood here when an anchor signed it off.`;
  return [{ segment, line: records, what: "changed", message }];
}

function cutShort(segment: string, lines: number, by: string, seq: number): LedgerProblem {
  const message = `${segment}, line ${lines + 1}: the records from here to line ${seq + 1} are gone; ${by} names them.`;
  return { segment, line: lines + 1, what: "missing", message };
}
