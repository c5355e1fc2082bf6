import { LedgerError } from "../../ledger/ledger-error.js";
import type { Entry } from "../../ledger/record.js";
import { VERSION } from "../../report/version.js";
import type { Policy } from "../../settings/policy.js";
import { policyDigest } from "../../settings/policy.js";
import { createHash } from "../../text/crypto.js";
import type { InForce } from "./in-force.js";
import type { LedgerDoor, LedgerPort } from "./repository-ledger.js";
import { settingsEntry } from "./settings-entry.js";

/** The ledger as the service keeps it. What it cannot keep rejects with a `LedgerError`. */
export type KeptLedger = {
  /** The ledger, opened if it is not yet, with what is in force written down. */
  readonly ready: (force: InForce, policy: Policy | null) => Promise<LedgerPort>;
  readonly append: (entries: readonly Entry[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A ledger that could not be opened is tried again after so long, in milliseconds. */
const TRIED_AGAIN = 1000;

/** The ledger behind `door`, opened when it is first needed, and again where that failed. */
export function keptLedger(door: LedgerDoor): KeptLedger {
  let opened: Promise<LedgerPort> | null = null;
  let failed = Number.NEGATIVE_INFINITY;
  /** What was told to be in force since the settings last changed: clients may bring policies of their own. */
  let told = new Set<string>();
  let toldOf: InForce | null = null;

  const open = (force: InForce, policy: Policy | null): Promise<LedgerPort> => {
    const now = performance.now();
    if (now - failed >= TRIED_AGAIN && Number.isFinite(failed)) opened = null;
    if (opened === null) {
      failed = Number.NEGATIVE_INFINITY;
      const opening = door
        .open(openingOf(force, policy), force.engine.settings.audit)
        .catch((error: unknown) => {
          failed = performance.now();
          throw asLedgerError(error);
        });
      // Told to whoever waits for it.
      opening.catch(() => undefined);
      opened = opening;
    }
    return opened;
  };

  return {
    async ready(force, policy) {
      const ledger = await open(force, policy);
      if (toldOf === null || !isSame(toldOf, force)) told = new Set();
      toldOf = force;
      const key = policy === null ? "" : policyDigest(policy);
      if (!told.has(key)) {
        const mine = told;
        mine.add(key);
        await kept(ledger.append([settingsEntry(force, policy)])).catch((error: unknown) => {
          mine.delete(key);
          throw error;
        });
      }
      return ledger;
    },
    async append(entries) {
      if (opened === null) throw new LedgerError("other", "The ledger is not open.");
      const ledger = await opened;
      await kept(ledger.append(entries));
    },
    async close() {
      const ledger = await opened?.catch(() => null);
      await ledger?.close();
    },
  };
}

/** What a ledger promised; whatever keeps it from that is told as its own fault, for nothing may leave then. */
export function kept<T>(promise: Promise<T>): Promise<T> {
  return promise.catch((error: unknown) => {
    throw asLedgerError(error);
  });
}

function asLedgerError(error: unknown): LedgerError {
  if (error instanceof LedgerError) return error;
  const name = error instanceof Error ? error.name : "unknown fault";
  return new LedgerError("other", `The ledger could not be written (${name}).`, { cause: error });
}

function isSame(a: InForce, b: InForce): boolean {
  return a.settingsDigest === b.settingsDigest && a.fault === b.fault;
}

/** What the ledger's segments begin with: tool, rules, settings and policy. */
export function openingOf(
  { engine, settingsDigest }: Pick<InForce, "engine" | "settingsDigest">,
  policy: Policy | null,
) {
  const { ruleSet } = engine;
  return {
    tool: `aura-scan ${VERSION}`,
    rules: ruleSet.rules.length,
    rules_digest:
      ruleSet.digest === undefined ? null : createHash("sha256").update(ruleSet.digest()).digest("hex"),
    settings_digest: settingsDigest,
    policy_digest: policy === null ? null : policyDigest(policy),
  };
}
