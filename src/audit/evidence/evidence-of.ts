import type { Push } from "../../ledger/pushes.js";
import type { LedgerRecord, RecordOf } from "../../ledger/record.js";
import type { Verification } from "../../ledger/verify-ledger.js";
import type { Evidence } from "../../report/evidence/evidence.js";
import { skipJson } from "../../report/pushes/push-json.js";
import { shown } from "../../report/pushes/shown.js";
import { VERSION } from "../../report/version.js";
import { isWithin, pushesWithin, type Window } from "../selection.js";
import { byDay, byDetector, byMothership, stateCounts, sumsOf } from "./counts.js";
import { settingsIn } from "./settings-in-time.js";

/** What evidence is made of. */
export type Grounds = {
  readonly records: readonly LedgerRecord[];
  readonly pushes: readonly Push[];
  readonly window: Window;
  readonly verification: Verification;
  readonly repository: string;
  readonly rules: number;
  /** Of the settings as they are now. */
  readonly settingsDigest: string;
  readonly keep: { readonly keep_days: number; readonly keep_bytes: number };
  readonly now: number;
};

/** The evidence of a window. */
export function evidenceOf(grounds: Grounds): Evidence {
  const { records, window, verification, keep } = grounds;
  const pushes = pushesWithin(grounds.pushes, window);
  const inWindow = records.filter(({ at }) => isWithin(at, window));
  const pulls = of(inWindow, "pull");
  return {
    schema: "aura-scan/evidence/1",
    made_at: new Date(grounds.now).toISOString(),
    tool: { name: "aura-scan", version: VERSION, rules: grounds.rules },
    repository: shown(grounds.repository),
    window: {
      since: isoOf(window.since),
      until: isoOf(window.until),
      first: inWindow[0]?.at ?? null,
      last: inWindow.at(-1)?.at ?? null,
    },
    verification,
    versions: versionsIn(records, window),
    settings: settingsIn(of(records, "settings"), window, grounds.settingsDigest),
    pushes: { total: pushes.length, states: stateCounts(pushes), ...sumsOf(pushes) },
    motherships: byMothership(pushes),
    detectors: byDetector(pushes),
    days: byDay(pushes),
    blocked: pushes
      .filter(({ record }) => record.state === "blocked")
      .map(({ record }) => ({
        record_id: record.record_id,
        at: record.at,
        aura_id: shown(record.aura_id),
        path: shown(record.path),
        rules: [...new Set(record.rules)],
        reasons: record.reasons.map(shown),
      })),
    pulls: { total: pulls.length, bytes: pulls.reduce((sum, { bytes }) => sum + bytes, 0) },
    scrubs: of(inWindow, "scrub").map(({ at, record_id, hash, reason }) => ({
      at,
      record_id,
      hash,
      reason: shown(reason),
    })),
    skips: of(inWindow, "skip").map(skipJson),
    retention: {
      keep_days: keep.keep_days,
      keep_bytes: keep.keep_bytes,
      // All of it: what was dropped lies before the window as a rule, and explains where the ledger begins.
      dropped: of(records, "anchor").flatMap(({ at, segments }) =>
        segments.map(({ segment, records: count, from, to }) => ({ at, segment, records: count, from, to })),
      ),
    },
  };
}

/** The versions of tool and rules that wrote, each where it differs from the one before; the first was there at the beginning. */
function versionsIn(records: readonly LedgerRecord[], window: Window): Evidence["versions"] {
  const opens = of(records, "open").filter(({ at }) => isWithin(at, { since: null, until: window.until }));
  const changes = opens.filter((open, index) => {
    const before = opens[index - 1];
    return (
      before?.tool !== open.tool || before.rules !== open.rules || before.rules_digest !== open.rules_digest
    );
  });
  const since = window.since ?? Number.NEGATIVE_INFINITY;
  const atBegin = changes.findLastIndex(({ at }) => Date.parse(at) <= since);
  return changes
    .slice(Math.max(0, atBegin))
    .map(({ at, tool, rules, rules_digest }) => ({ at, tool: shown(tool), rules, rules_digest }));
}

function of<Kind extends LedgerRecord["kind"]>(
  records: readonly LedgerRecord[],
  kind: Kind,
): readonly RecordOf<Kind>[] {
  return records.filter((record): record is RecordOf<Kind> => record.kind === kind);
}

function isoOf(moment: number | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}
