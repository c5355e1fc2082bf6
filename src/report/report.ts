import type { Finding } from "../scan/finding.js";

export type Mode = "staged" | "tree" | "range" | "since" | "pre-push" | "preflight" | "stdin";

/** What was not read, and whether that leaves the run incomplete (archives and images do not). */
export type Skipped = { readonly path: string; readonly reason: string; readonly incomplete: boolean };

/** `allow`: everything asked for was read and nothing blocks. `incomplete` blocks like a finding does. */
export type Verdict = "allow" | "block" | "incomplete";

/**
 * All that a run has to say; every reporter renders this and nothing else.
 * In JSON it is `aura-scan/report/1` (schema/report-1.json): changed only by adding.
 */
export type Report = {
  readonly schema: "aura-scan/report/1";
  readonly tool: { readonly name: "aura-scan"; readonly version: string; readonly rules: number };
  readonly mode: Mode;
  /** ISO 8601, UTC. */
  readonly started_at: string;
  readonly duration_ms: number;
  readonly scanned: {
    readonly files: number;
    /** How many of `files` an earlier run with the same rules and settings had read. */
    readonly cached: number;
    readonly units: number;
    readonly bytes: number;
    readonly commits: number;
    readonly pushes: number;
    readonly skipped: readonly Skipped[];
  };
  /** Sorted by path, place and rule. */
  readonly findings: readonly Finding[];
  /** What the run was asked to hold against: which findings count. */
  readonly fail_on: "low" | "medium" | "high" | "critical";
  readonly git_blocks_on: "secrets" | "leaks";
  /** Where the rules came from. */
  readonly rule_files: readonly { readonly file: string; readonly rules: number }[];
  /** Things worth knowing that do not decide anything: both markers in one repository, an allow that matches nothing. */
  readonly notices: readonly string[];
  /** What this analysis is called where reports of several are kept side by side (`--category`); null: by its mode. */
  readonly category: string | null;
  readonly verdict: Verdict;
  /** One sentence each; empty for a plain `allow`. */
  readonly reasons: readonly string[];
};
