import type { AllowedBy } from "../allow/allowance.js";
import type { Confidence, Severity } from "../rules/rule.js";
import type { Position, Span } from "../text/lines.js";
import type { Marker } from "../units/unit.js";

/** Where in the unit a finding lies; outside a unit: `text` (design section 1). */
export type Surface = "body" | "signature" | "identifier" | "comment" | "text";

/** What Live Sync would have done with the secret: sent it, masked it, or kept the whole thing back. */
export type Wire = "leak" | "masked" | "withheld";

/**
 * Another place in the same file that belongs to a secret: its other half, found by a rule of its own, or one of the
 * pieces that it is put together from.
 */
export type Related = {
  readonly kind: "partner" | "piece";
  /** The partner's rule and what that finds; null for a piece. */
  readonly rule: string | null;
  readonly title: string | null;
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
};

/** The pushes that carried a secret; times are ISO 8601 in UTC. */
export type Pushed = {
  readonly at: string;
  readonly last_at: string;
  readonly times: number;
  readonly motherships: readonly string[];
  /** Whether one of them is known to have been sent; all others were cleared to be. */
  readonly sent: boolean;
};

/** What decides whether a finding blocks, as settings say it. */
export type Bar = {
  /** The least severity that blocks. */
  readonly fail_on: Severity;
  readonly git_blocks_on: "secrets" | "leaks";
};

/**
 * A secret in a place. No field holds the secret or enough of it to search for: names and paths that hold
 * one are blotted, and `excerpt` is made when the finding is.
 */
export type Finding = {
  /** The same in every mode and on every machine (design section 8, "Identity"). 32 hex digits. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly path: string;
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
  readonly unit: { readonly aura_id: string; readonly name: string; readonly marker: Marker | null } | null;
  readonly surface: Surface;
  readonly wire: Wire;
  /** The detector that masks it (`masked`), or the one that should have (`leak`), if there is one. */
  readonly detector: string | null;
  /** The rule's public prefix and the length: `AKIA…(20)`. */
  readonly preview: string;
  /** What a look at the secret itself told, without any network: `checksum holds`, `expired 2024-05-01`; null: nothing. */
  readonly check: string | null;
  /** How the secret is put together where it does not stand in one piece: `concatenation`, `base64`, …; else null. */
  readonly built: string | null;
  /** In order of place; empty for a secret that stands in one piece and alone. */
  readonly related: readonly Related[];
  /**
   * The hash of the line by which GitHub's code scanning knows an alert again (`line-hash.ts`); null where it would give
   * away too much of the secret, or is not known.
   */
  readonly line_hash: string | null;
  readonly commit: string | null;
  /** When that commit was made, ISO 8601 in UTC; only where a history is read. */
  readonly commit_date: string | null;
  /** Whether it still stands in the commit that is checked out; null where no history is read. */
  readonly at_head: boolean | null;
  /** The record id of the first push that carried it, as the ledger has it; only where pushes are read. */
  readonly push: string | null;
  readonly pushed: Pushed | null;
  /** What to do next, in plain words; for a mask false negative `mask_block` is to be printed after it. */
  readonly fix: string;
  /** A `[[live.privacy.mask]]` block which, pasted into `.aura/live.toml`, closes the leak. */
  readonly mask_block: string | null;
  /** How to revoke this kind of secret and make a new one. */
  readonly rotate: string | null;
  /** The provider's page that documents this kind of secret. */
  readonly docs: string | null;
  /** Places with the same number hold the same value. Counts from 1 in each report. */
  readonly secret: number;
  /** Less specific rules that match the same bytes. */
  readonly also: readonly string[];
  /** Why it does not block although it was found, or null: it counts. */
  readonly allowed: string | null;
  /** Where that is said: in a comment, in a `[[scan.allow]]` table or in the baseline; null: nowhere. */
  readonly allowed_by: AllowedBy | null;
  /** The settings file that applies to it: the nearest `.aura/live.toml` from its folder up; null: there is none. */
  readonly settings: string | null;
  /** What it is held to, where these settings are not the root's and say something else; null: what the report is. */
  readonly bar: Bar | null;
  /** The first line of the place, every secret on it blotted out; the caret's span is in UTF-16 units of `text`. */
  readonly excerpt: { readonly text: string; readonly caret: Span };
};
