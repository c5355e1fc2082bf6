import type { Glob } from "../pattern/glob.js";
import { createHash } from "../text/crypto.js";
import type { ScopeSettings, Settings } from "./settings.js";

/**
 * SHA-256, in hex, of what the settings mean: the same for every way of writing them down (order of keys and of
 * globs, comments, keys left at their defaults). What the rule files and the baseline hold is not part of it.
 */
export function settingsDigest(settings: Settings): string {
  const {
    e2e,
    maskSecrets,
    masks,
    ruleFiles,
    failOn,
    gitBlocksOn,
    documented,
    newAllows,
    baseline,
    limits,
    audit,
  } = settings;
  const content = {
    e2e,
    scope: scopeContent(settings),
    maskSecrets,
    masks: ordered(masks),
    customMasks: settings.customMasks.map(({ name, pattern, replacement }) => [
      name,
      pattern.source,
      replacement,
    ]),
    ruleFiles,
    failOn,
    gitBlocksOn,
    allow: settings.allow.map(({ path, rule, fingerprint, pattern, stopwords, reason }) => [
      path?.source ?? null,
      rule,
      fingerprint,
      pattern?.source ?? null,
      stopwords,
      reason,
    ]),
    documented,
    newAllows,
    baseline,
    limits: ordered(limits),
    audit: ordered(audit),
    nested: [sources(settings.nested.widen), sources(settings.nested.ignore)],
  };
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

/** The same with the settings files of folders below: `nested` has the digest of each by its path. */
export function withNestedDigests(digest: string, nested: ReadonlyMap<string, string>): string {
  if (nested.size === 0) return digest;
  const sorted = [...nested].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([digest, sorted]))
    .digest("hex");
}

function scopeContent({ include, exclude, defaultPrivate, above }: ScopeSettings): unknown {
  const own = [sources(include), sources(exclude), defaultPrivate];
  return above === null ? own : [...own, scopeContent(above)];
}

function sources(globs: readonly Glob[]): readonly string[] {
  return [...new Set(globs.map((glob) => glob.source))].sort();
}

function ordered(record: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
