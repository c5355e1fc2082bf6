import type { Glob } from "../pattern/glob.js";
import type { RustPattern } from "../pattern/rust-pattern.js";
import type { Severity } from "../rules/rule.js";

/** The file that states it, and the how-manieth of its tables it is, from 1. */
export type Origin = { readonly file: string; readonly number: number };

/** A custom detector, `[[live.privacy.mask]]`. */
export type CustomMask = {
  readonly name: string;
  /** Rust regex syntax. The whole match is replaced, or the group named `secret` where there is one. */
  readonly pattern: RustPattern;
  /** Taken literally: `$1` stays `$1`. */
  readonly replacement: string;
};

/** Which of the specification's detectors are on, `[live.privacy.masks]`. */
export type MaskSwitches = {
  readonly aws: boolean;
  readonly generic_api_keys: boolean;
  readonly jwt: boolean;
  readonly bearer_tokens: boolean;
  readonly private_key_blocks: boolean;
};

/** A finding that is fine, `[[scan.allow]]`: every condition given must hold, and at least one is given. */
export type Allow = {
  readonly path: Glob | null;
  /** A rule's id. */
  readonly rule: string | null;
  /** A finding's fingerprint, as a report prints it. */
  readonly fingerprint: string | null;
  /** Matches somewhere in the secret. */
  readonly pattern: RustPattern | null;
  /** One of these stands somewhere in the secret, upper or lower case; null: not asked. */
  readonly stopwords: readonly string[] | null;
  readonly reason: string;
  readonly origin: Origin;
};

/** `[scan.limits]`: beyond these a thing is named under `skipped`, never silently passed over. */
export type Limits = {
  /** Largest file that is taken apart into units, in bytes; a larger one is looked at as `text`. */
  readonly unit_file_bytes: number;
  /** How much of a binary file is searched for printable strings, in bytes. */
  readonly binary_bytes: number;
  /** Longest time a run may take, in seconds; 0 for no limit. What was not read by then makes it `incomplete`. */
  readonly seconds: number;
};

/** `[live.audit]`: how long the ledger keeps what left; 0 for no bound. */
export type AuditKeeping = {
  readonly keep_days: number;
  readonly keep_bytes: number;
};

/** `[scan.nested]`, at the root only: what settings files in folders below it may do. Globs over those folders. */
export type NestedRights = {
  /** Folders whose own settings file also counts where it is less strict than what holds above it. */
  readonly widen: readonly Glob[];
  /** Folders whose own settings file does not count at all. */
  readonly ignore: readonly Glob[];
};

/** What the scope is made of. */
export type ScopeSettings = {
  readonly include: readonly Glob[];
  readonly exclude: readonly Glob[];
  readonly defaultPrivate: boolean;
  /** What else must be in scope: the scope of the settings above, for a nested file that may only narrow it. */
  readonly above: ScopeSettings | null;
};

/** `.aura/live.toml`, checked and complete (design section 4). */
export type Settings = ScopeSettings & {
  /** Repository-relative path of the file, or null where there is none and the defaults hold. */
  readonly file: string | null;
  readonly e2e: boolean;
  readonly maskSecrets: boolean;
  readonly masks: MaskSwitches;
  readonly customMasks: readonly (CustomMask & { readonly origin: Origin })[];
  /** Team rule files, relative to the repository's root. */
  readonly ruleFiles: readonly string[];
  readonly failOn: Severity;
  readonly gitBlocksOn: "secrets" | "leaks";
  /** What git modes do with a value that a provider's documentation prints: tell it as low, or say nothing. */
  readonly documented: "low" | "silent";
  readonly allow: readonly Allow[];
  /** Whether an allow counts from the moment that it is written, or only once it is part of what was there before. */
  readonly newAllows: "accept" | "refuse";
  /** Path of the baseline file relative to the repository's root, or null. */
  readonly baseline: string | null;
  readonly limits: Limits;
  readonly audit: AuditKeeping;
  readonly nested: NestedRights;
};
