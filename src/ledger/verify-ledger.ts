import { isSigned } from "./anchor.js";
import { readBody } from "./bodies.js";
import { endsIn, placeOf } from "./heads.js";
import { isLedgerFolder, segmentsIn } from "./ledger-folder.js";
import { type LedgerProblem, readSegment, type Segment } from "./read-segment.js";
import type { DroppedSegment, LedgerRecord } from "./record.js";

/** What a verification found. A torn last line is told and is no fault: it never counted. */
export type Verification = {
  readonly ok: boolean;
  readonly segments: number;
  readonly records: number;
  readonly anchors: number;
  readonly problems: readonly LedgerProblem[];
};

/** Compaction may take segments away while one looks; then one looks again, so often. */
const LOOKS = 3;

/**
 * Looks at the whole ledger: every chain, every head that a segment names of another, the signatures of anchors, and
 * with `bodies` every body that a push names. What others named must be there, or an anchor must sign it off.
 */
export function verifyLedger(
  folder: string,
  key: (() => Buffer) | null,
  { bodies = false }: { readonly bodies?: boolean } = {},
): Verification {
  if (!isLedgerFolder(folder)) return { ok: true, segments: 0, records: 0, anchors: 0, problems: [] };
  for (let look = 1; ; look++) {
    const before = listing(folder);
    const seen = verifyOnce(folder, key, bodies);
    if (seen.ok || look === LOOKS || listing(folder) === before) return seen;
  }
}

const listing = (folder: string): string =>
  segmentsIn(folder)
    .map(({ name }) => name)
    .join();

/** What is kept of a segment while the others are read. */
type Seen = Pick<Segment, "file" | "head" | "lines" | "problems"> & {
  readonly chains: ReadonlyMap<number, string | null>;
};

type Claim = { readonly by: string; readonly head: string };

function verifyOnce(folder: string, key: (() => Buffer) | null, bodies: boolean): Verification {
  // First what is claimed, then what is there: a segment that grows meanwhile only has more than was claimed.
  const claims = claimsIn(folder);
  const seen = new Map<string, Seen>();
  const dropped = new Map<string, DroppedSegment>();
  const named = new Map<string, { segment: string; line: number }>();
  const scrubbed = new Set<string>();
  const problems: LedgerProblem[] = [];
  let segments = 0;
  let records = 0;
  let anchors = 0;
  const look = (record: LedgerRecord, segment: string): void => {
    const line = record.seq + 1;
    if (record.kind === "scrub") scrubbed.add(record.hash);
    if (
      record.kind === "push" &&
      record.state === "cleared" &&
      record.hash !== null &&
      !named.has(record.hash)
    )
      named.set(record.hash, { segment, line });
    if (record.kind !== "anchor") return;
    anchors++;
    const fault = signatureFault(record, key);
    if (fault === null) for (const one of record.segments) dropped.set(one.segment, one);
    else problems.push({ segment, line, what: "anchor", message: `${segment}, line ${line}: ${fault}.` });
  };
  for (const file of segmentsIn(folder)) {
    const segment = readSegment(folder, file);
    if (segment === null) continue;
    segments++;
    records += segment.count;
    problems.push(...segment.problems);
    for (const record of segment.records) look(record, segment.name);
    // A copy under another name does not stand for the segment itself.
    if (segment.name !== file.name && seen.has(segment.name)) continue;
    const { head, lines } = segment;
    const chains = new Map(
      (claims.get(segment.name) ?? []).flatMap(({ head: claimed }) => chainOf(segment, claimed)),
    );
    seen.set(segment.name, { file, head, lines, problems: segment.problems, chains });
  }
  for (const segment of new Set([...claims.keys(), ...dropped.keys()])) {
    const own = seen.get(segment);
    const claimed = claimProblem(segment, claims.get(segment) ?? [], own, dropped);
    problems.push(...(claimed.length > 0 ? claimed : anchorProblem(dropped.get(segment), own)));
  }
  if (bodies) problems.push(...bodyProblems(folder, named, scrubbed));
  return { ok: problems.every(({ what }) => what === "torn"), segments, records, anchors, problems };
}

function claimsIn(folder: string): ReadonlyMap<string, readonly Claim[]> {
  const claims = new Map<string, Claim[]>();
  for (const { file, open } of endsIn(folder))
    for (const [segment, head] of Object.entries(open?.heads ?? {})) {
      const known = claims.get(segment);
      if (known === undefined) claims.set(segment, [{ by: file.name, head }]);
      else known.push({ by: file.name, head });
    }
  return claims;
}

function chainOf(segment: Segment, head: string): readonly [number, string | null][] {
  const place = placeOf(head);
  return place === null ? [] : [[place.seq, segment.chainAt(place.seq)]];
}

function signatureFault(
  anchor: Extract<LedgerRecord, { kind: "anchor" }>,
  key: (() => Buffer) | null,
): string | null {
  if (key === null) return "there is no key to verify what retention signed off here";
  return isSigned(anchor, key()) ? null : "this signs off segments with another key than this ledger's";
}

/** What is wrong with a segment that others name: one answer, however many do. */
function claimProblem(
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
    return [
      {
        segment,
        line: null,
        what: "missing",
        message: `${segment} is gone: ${unsigned.by} names it, and no anchor signs it off.`,
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
function anchorProblem(
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

function* bodyProblems(
  folder: string,
  named: ReadonlyMap<string, { readonly segment: string; readonly line: number }>,
  scrubbed: ReadonlySet<string>,
): Generator<LedgerProblem> {
  for (const [hash, { segment, line }] of named) {
    const body = readBody(folder, hash);
    if (body.what === "text" || (body.what === "missing" && scrubbed.has(hash))) continue;
    const why = body.what === "changed" ? body.message : `the body ${hash} is gone, and was not scrubbed`;
    yield { segment, line, what: "body", message: `${segment}, line ${line}: ${why}.` };
  }
}
