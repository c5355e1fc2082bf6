import type { Finding } from "../scan/finding.js";
import type { Language } from "../units/unit.js";

/** What the daemon offers: a whole file, whose units are taken from it, or one unit's text. */
export type PushRequest = {
  /** Relative to the repository, forward slashes. */
  readonly path: string;
  readonly aura_id: string | null;
  readonly name: string | null;
  readonly language: Language | null;
} & (
  | { readonly kind: "source"; readonly source: string }
  | { readonly kind: "body"; readonly body: string; readonly signature: string | null }
);

/** `withhold`: not to be pushed, and no fault. */
export type PushVerdict = "allow" | "withhold" | "block";

/** The gate's answer for one unit (design section 9). */
export type PushAnswer = {
  readonly aura_id: string;
  readonly name: string;
  readonly verdict: PushVerdict;
  readonly reasons: readonly string[];
  /** The ledger's record; null, since no ledger is kept by a one-shot gate. */
  readonly record_id: string | null;
  /** What may be sent, byte for byte; null unless the verdict is `allow`. */
  readonly wire_body: string | null;
  /** Length of `wire_body` in UTF-8 bytes; null unless the verdict is `allow`. */
  readonly bytes: number | null;
  /** `sha256:` and the hex digest of `wire_body`, never of the original; null unless the verdict is `allow`. */
  readonly hash: string | null;
  readonly redactions: readonly { readonly detector: string; readonly count: number }[];
  readonly findings: readonly Finding[];
};
