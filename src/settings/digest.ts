import type { Glob } from "../pattern/glob.js";
import { createHash } from "../text/crypto.js";
import type { Settings } from "./settings.js";

/**
 * SHA-256, in hex, of what the settings mean: the same for every way of writing them down (order of keys and of
 * globs, comments, keys left at their defaults). What the rule files and the baseline hold is not part of it.
 */
export function settingsDigest(settings: Settings): string {
  const {
    e2e,
    defaultPrivate,
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
    include: sources(settings.include),
    exclude: sources(settings.exclude),
    defaultPrivate,
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
  };
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

function sources(globs: readonly Glob[]): readonly string[] {
  return [...new Set(globs.map((glob) => glob.source))].sort();
}

function ordered(record: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
