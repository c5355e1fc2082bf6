import { isSigned } from "./anchor.js";
import { readBody } from "./bodies.js";
import { anchorProblem, chainOf, claimProblem, claimsIn, type Seen, witnessClaims } from "./claims.js";
import { type ClockBack, clockBackCounter } from "./clock-back.js";
import { isLedgerFolder, segmentsIn } from "./ledger-folder.js";
import { type LedgerProblem, readSegment } from "./read-segment.js";
import type { DroppedSegment, LedgerRecord } from "./record.js";

/** What a verification found. A torn last line is told and is no fault: it never counted. */
export type Verification = {
  readonly ok: boolean;
  readonly segments: number;
  readonly records: number;
  readonly anchors: number;
  readonly problems: readonly LedgerProblem[];
  /** Noted, and no fault. */
  readonly clock_back: ClockBack;
};

/** Compaction may take segments away while one looks; then one looks again, so often. */
const LOOKS = 3;

/** What a verification looks at beside the chains. */
export type Verifying = {
  /** Every body that a push names. */
  readonly bodies?: boolean;
  /** The file of the witness, where one may be. */
  readonly witness?: string | null;
};

/**
 * Looks at the whole ledger: every chain, every head that a segment or the witness names of another, the signatures of
 * anchors, and with `bodies` every body that a push names. What was named must be there, or an anchor must sign it off.
 */
export function verifyLedger(
  folder: string,
  key: (() => Buffer) | null,
  { bodies = false, witness = null }: Verifying = {},
): Verification {
  for (let look = 1; ; look++) {
    if (!isLedgerFolder(folder)) return nothingLeft(witnessClaims(witness));
    const before = listing(folder);
    const seen = verifyOnce(folder, key, bodies, witness);
    if (seen.ok || look === LOOKS || listing(folder) === before) return seen;
  }
}

/** There is no folder: what the witness knows is all gone. */
function nothingLeft(witness: ReturnType<typeof witnessClaims>): Verification {
  const problems = Object.entries(witness?.heads ?? {}).flatMap(([segment, head]) =>
    claimProblem(segment, [{ by: witness?.by ?? "", head }], undefined, new Map()),
  );
  const nothing = { segments: 0, records: 0, anchors: 0 };
  return { ok: problems.length === 0, ...nothing, problems, clock_back: clockBackCounter().told() };
}

const listing = (folder: string): string =>
  segmentsIn(folder)
    .map(({ name }) => name)
    .join();

function verifyOnce(
  folder: string,
  key: (() => Buffer) | null,
  bodies: boolean,
  witness: string | null,
): Verification {
  // First what is claimed, then what is there: a segment that grows meanwhile only has more than was claimed.
  const claims = claimsIn(folder, witnessClaims(witness));
  const seen = new Map<string, Seen>();
  const dropped = new Map<string, DroppedSegment>();
  const named = new Map<string, { segment: string; line: number }>();
  const scrubbed = new Set<string>();
  const problems: LedgerProblem[] = [];
  const clock = clockBackCounter();
  let segments = 0;
  let records = 0;
  let anchors = 0;
  const look = (record: LedgerRecord, segment: string): void => {
    const line = record.seq + 1;
    clock.look(record);
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
  const ok = problems.every(({ what }) => what === "torn");
  return { ok, segments, records, anchors, problems, clock_back: clock.told() };
}

function signatureFault(
  anchor: Extract<LedgerRecord, { kind: "anchor" }>,
  key: (() => Buffer) | null,
): string | null {
  if (key === null) return "there is no key to verify what retention signed off here";
  return isSigned(anchor, key()) ? null : "this signs off segments with another key than this ledger's";
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
