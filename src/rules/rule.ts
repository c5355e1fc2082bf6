import type { Glob } from "../pattern/glob.js";
import type { RustPattern } from "../pattern/rust-pattern.js";

export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const CONFIDENCES = ["low", "medium", "high"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** How narrow a rule is: where several match the same bytes, the first of these wins. */
export const KINDS = ["provider", "structure", "generic"] as const;
export type RuleKind = (typeof KINDS)[number];

/** What a match is worth that has none of its rule's partners near. */
export const LONE = ["counts", "low", "nothing"] as const;
export type Lone = (typeof LONE)[number];

/** One thing the scanner knows to be a secret, as a rule file states it (`rules/default.toml`). */
export type Rule = {
  /** Lower-case words joined by `-`, unique: `github-personal-access-token`. */
  readonly id: string;
  readonly title: string;
  /** `provider`: one provider's own format; `structure`: a form such as PEM or a URL; `generic`: a name and a value. */
  readonly kind: RuleKind;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** ASCII, compared without regard to case; every match holds at least one of them. */
  readonly keywords: readonly string[];
  /**
   * Rust regex syntax. The group named `secret` is the secret; without one, the whole match is. A rule that says
   * `assigned` has a finder of assignments here instead, whose source is empty.
   */
  readonly pattern: RustPattern;
  /** Public beginnings of the secret (`ghp_`): the only part of it that a preview may show. */
  readonly prefixes: readonly string[];
  /** The least Shannon entropy of the secret in bits a character (0 to 8), or null for no bound. */
  readonly entropy: number | null;
  /** The secret is dropped when one of these matches anywhere in it. */
  readonly allow: readonly RustPattern[];
  /** The validator that looks at the secret itself (`src/validators/registry.ts`); null: none does. */
  readonly check: string | null;
  /** The rule looks only into files whose path one of these matches; empty: into all. */
  readonly paths: readonly Glob[];
  /** Never told alone: only what other rules look for as a partner. */
  readonly part: boolean;
  /** Ids of rules; a match of one of them near by makes one finding with this one's. */
  readonly partners: readonly string[];
  /** How near, in lines between the two. */
  readonly partnerLines: number;
  /** The severity of the two together; null: the rule's own. */
  readonly withPartner: Severity | null;
  readonly alone: Lone;
  /** Values that the provider's own documentation prints: found, but of low severity where git looks. */
  readonly documented: readonly string[];
  /** Page of the provider that documents the format. */
  readonly docs: string | null;
  /** Page or sentence that says how to revoke the secret and make a new one. */
  readonly rotate: string | null;
  /** Sample templates that must match, and that must not: see `expandSample`. */
  readonly examples: readonly string[];
  readonly counterexamples: readonly string[];
  /** The file the rule came from, and its place there. */
  readonly origin: { readonly file: string; readonly line: number };
};

/** All rules of a run: the default ones and a team's. */
export type RuleSet = {
  readonly rules: readonly Rule[];
  /** How many rules each file brought, in order of reading. */
  readonly files: readonly { readonly file: string; readonly rules: number }[];
  /** The rules that are switched off, and the file that did so last. */
  readonly disabled: readonly { readonly id: string; readonly file: string }[];
  /** The team's files that were read besides the default ones; absent where the rules come from elsewhere. */
  readonly team?: readonly { readonly file: string; readonly text: string }[];
  /** Changes with whatever one of the files says; absent where the rules come from elsewhere. */
  readonly digest?: () => string;
  /** Rules, these or among these, for which the build left something ready, and what that is, by name. */
  readonly built?: { readonly rules: readonly Rule[]; readonly parts: ReadonlyMap<string, Uint8Array> };
};
