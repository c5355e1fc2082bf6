import type { DroppedSegment } from "./record.js";
import type { Surveyed } from "./survey.js";

/** How long and how much is kept; null: no bound. */
export type Keep = { readonly days: number | null; readonly bytes: number | null };

const DAY = 86_400_000;

/**
 * The moment from which age is counted back: when the last writer that was done before this one began wrote its last
 * record, and not later than the clock. The clock alone is not asked: one that jumps ahead, once, would make a fresh
 * ledger old, and what is dropped does not come back. So a ledger to which nobody wrote for long is shortened when it is
 * opened for the second time. Nothing is old where no other writer was done before.
 */
export function ageFrom(segments: readonly Surveyed[], own: string, now: number): number {
  const ends = segments.flatMap(({ file, isClosed, summary }) =>
    file.writer === own || !isClosed || summary === null ? [] : [Date.parse(summary.to)],
  );
  return ends.reduce((newest, end) => Math.max(newest, Math.min(end, now)), Number.NEGATIVE_INFINITY);
}

/**
 * Chooses the segments that go: what is older than is kept, and of the rest the oldest until all fits. A segment goes no
 * earlier than the pushes that it says more about: a push that was sent is never told as only cleared, nor a body that
 * was scrubbed as lost. Age is counted back from `from`.
 */
export function segmentsToDrop(
  segments: readonly Surveyed[],
  bodySizes: ReadonlyMap<string, number>,
  keep: Keep,
  from: number,
): readonly Surveyed[] {
  const ends = endsWithPushes(segments);
  const oldest = segments
    .filter((segment) => Number.isFinite(ends.get(segment)))
    .sort((a, b) => (ends.get(a) ?? 0) - (ends.get(b) ?? 0));
  const cutoff = keep.days === null ? Number.NEGATIVE_INFINITY : from - keep.days * DAY;
  const bound = keep.bytes ?? Number.POSITIVE_INFINITY;
  const uses = countUses(segments);
  let held = segments.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const size of bodySizes.values()) held += size;
  const drop: Surveyed[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const segment of oldest) {
    const own = ends.get(segment) ?? 0;
    // Those that end together belong together.
    if (own >= cutoff && held <= bound && own !== end) break;
    end = own;
    drop.push(segment);
    held -= segment.bytes;
    for (const hash of segment.bodies) {
      const left = (uses.get(hash) ?? 1) - 1;
      uses.set(hash, left);
      if (left === 0) held -= bodySizes.get(hash) ?? 0;
    }
  }
  return drop;
}

/** When each segment ends, or a later one that it says more about; never, where that one stays. */
function endsWithPushes(segments: readonly Surveyed[]): ReadonlyMap<Surveyed, number> {
  const ends = new Map(segments.map((segment) => [segment, ownEnd(segment)]));
  const holders = holdersIn(segments);
  const told = segments.map((segment) => ({
    segment,
    about: new Set([...segment.about, ...segment.scrubbed.keys()].flatMap((id) => holders.get(id) ?? [])),
  }));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { segment, about } of told) {
      const before = ends.get(segment) ?? 0;
      let end = before;
      for (const holder of about) end = Math.max(end, ends.get(holder) ?? 0);
      if (end === before) continue;
      ends.set(segment, end);
      changed = true;
    }
  }
  return ends;
}

/** The segments that hold a push, by its id, and those that name a body, by its hash. */
function holdersIn(segments: readonly Surveyed[]): ReadonlyMap<string, readonly Surveyed[]> {
  const holders = new Map<string, Surveyed[]>();
  for (const segment of segments)
    for (const id of [...segment.pushes, ...segment.bodies]) {
      const known = holders.get(id);
      if (known === undefined) holders.set(id, [segment]);
      else known.push(segment);
    }
  return holders;
}

function ownEnd({ isClosed, isDamaged, summary }: Surveyed): number {
  return !isClosed || isDamaged || summary === null ? Number.POSITIVE_INFINITY : Date.parse(summary.to);
}

function countUses(segments: readonly Surveyed[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { bodies } of segments) for (const hash of bodies) uses.set(hash, (uses.get(hash) ?? 0) + 1);
  return uses;
}

/**
 * What the new anchor signs off: the segments that go, and what the anchors in them signed off, as long as a segment that
 * stays or the witness names it and no anchor that stays does so.
 */
export function toSignOff(
  segments: readonly Surveyed[],
  drop: readonly Surveyed[],
  witnessed: readonly string[],
): readonly DroppedSegment[] {
  const going = new Set(drop);
  const staying = segments.filter((segment) => !going.has(segment));
  const named = new Set([...staying.flatMap(({ names }) => names), ...witnessed]);
  const done = new Set(staying.flatMap(({ signedOff }) => signedOff.map(keyOf)));
  const wanted = new Map<string, DroppedSegment>();
  for (const { summary, signedOff } of drop) {
    if (summary !== null) wanted.set(keyOf(summary), summary);
    for (const one of signedOff) if (named.has(one.segment)) wanted.set(keyOf(one), one);
  }
  return [...wanted].filter(([key]) => !done.has(key)).map(([, one]) => one);
}

const keyOf = ({ segment, head, records }: DroppedSegment): string => `${segment} ${records} ${head}`;

/** What was signed off and is still there: compaction was stopped before it was through. */
export function leftOver(segments: readonly Surveyed[]): readonly Surveyed[] {
  const done = new Set(segments.flatMap(({ signedOff }) => signedOff.map(keyOf)));
  return segments.filter(
    ({ summary, isClosed, isDamaged }) =>
      isClosed && !isDamaged && summary !== null && done.has(keyOf(summary)),
  );
}
