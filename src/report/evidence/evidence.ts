import type { LedgerProblem } from "../../ledger/read-ledger.js";
import type { PushState } from "../../ledger/record.js";

/** A number of pushes for each state. */
export type ByState = { readonly [State in PushState]: number };

/** What is in force from a moment on. */
export type InForce = {
  /** ISO 8601, UTC, as all times here. */
  readonly at: string;
  readonly settings_digest: string;
  readonly policy_digest: string | null;
  /** The privacy settings, and what a Mothership's policy asks; keys are dotted. */
  readonly settings: { readonly [key: string]: string };
  readonly policy: { readonly [key: string]: string } | null;
  /** Why the settings could not be used, and every push was blocked. */
  readonly fault: string | null;
};

/** One key that changed; null: it was not there. */
export type Changed = { readonly key: string; readonly from: string | null; readonly to: string | null };

/** What an auditor asks for: what left in a time, under which rules, and that nobody changed the record of it. */
export type Evidence = {
  readonly schema: "aura-scan/evidence/1";
  readonly made_at: string;
  readonly tool: { readonly name: "aura-scan"; readonly version: string; readonly rules: number };
  /** The repository's folder name. */
  readonly repository: string;
  readonly window: {
    readonly since: string | null;
    readonly until: string | null;
    /** The first and the last record of the ledger that lie in it. */
    readonly first: string | null;
    readonly last: string | null;
  };
  readonly verification: {
    readonly ok: boolean;
    readonly segments: number;
    readonly records: number;
    readonly anchors: number;
    readonly problems: readonly LedgerProblem[];
    /** How often a clock went back while the ledger was written, and how far at most: noted, and no fault. */
    readonly clock_back: { readonly times: number; readonly records: number; readonly most_ms: number };
  };
  /** Which versions wrote the ledger, each from when on. */
  readonly versions: readonly {
    readonly at: string;
    readonly tool: string;
    readonly rules: number;
    readonly rules_digest: string | null;
  }[];
  readonly settings: {
    /** At the end of the window; null: no record of it. */
    readonly in_force: InForce | null;
    /** Whether these are the settings of the working tree at the time of making this. */
    readonly are_todays: boolean | null;
    readonly changes: readonly (InForce & { readonly changed: readonly Changed[] })[];
  };
  readonly pushes: {
    readonly total: number;
    readonly states: ByState;
    readonly bytes: number;
    readonly bodies: number;
    readonly units: number;
    /** Of those that were cleared to leave. */
    readonly with_redactions: number;
    readonly redactions: number;
  };
  readonly motherships: readonly {
    readonly name: string | null;
    readonly pushes: number;
    readonly bytes: number;
  }[];
  readonly detectors: readonly {
    readonly detector: string;
    readonly redactions: number;
    readonly pushes: number;
  }[];
  /** Every day from the first to the last on which something was pushed, UTC. */
  readonly days: readonly ({ readonly day: string; readonly redactions: number } & ByState)[];
  readonly blocked: readonly {
    readonly record_id: string;
    readonly at: string;
    readonly aura_id: string;
    readonly path: string;
    readonly rules: readonly string[];
    readonly reasons: readonly string[];
  }[];
  readonly pulls: { readonly total: number; readonly bytes: number };
  readonly scrubs: readonly {
    readonly at: string;
    readonly record_id: string;
    readonly hash: string;
    readonly reason: string;
  }[];
  /** The commits and pushes that somebody let git do unseen, with `AURA_SCAN_SKIP=1`. */
  readonly skips: readonly {
    readonly at: string;
    readonly hook: "pre-commit" | "pre-push";
    readonly head: string | null;
    readonly commits: readonly string[];
  }[];
  readonly retention: {
    /** 0: no bound. */
    readonly keep_days: number;
    readonly keep_bytes: number;
    /** What it dropped so far, each signed off by an anchor. */
    readonly dropped: readonly {
      readonly at: string;
      readonly segment: string;
      readonly records: number;
      readonly from: string;
      readonly to: string;
    }[];
  };
};
