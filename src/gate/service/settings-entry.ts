import type { SettingsEntry } from "../../ledger/record.js";
import { withoutSecrets } from "../../scan/engine.js";
import { type Policy, policyDigest } from "../../settings/policy.js";
import type { InForce } from "./in-force.js";

/**
 * What is in force from here on, as the ledger keeps it: what decides about privacy, in the words of `.aura/live.toml`.
 * Masks are named, their patterns are not printed.
 */
export function settingsEntry(force: InForce, policy: Policy | null): SettingsEntry {
  return {
    kind: "settings",
    settings_digest: force.settingsDigest,
    policy_digest: policy === null ? null : policyDigest(policy),
    settings: force.fault === null ? privacyOf(force) : {},
    policy,
    fault: force.fault,
  };
}

function privacyOf({ engine }: InForce): { readonly [key: string]: unknown } {
  const { settings } = engine;
  const plain = (texts: readonly string[]): readonly string[] =>
    texts.map((text) => withoutSecrets(text, engine.keywords));
  return {
    e2e: settings.e2e,
    include: plain(settings.include.map(({ source }) => source)),
    exclude: plain(settings.exclude.map(({ source }) => source)),
    default_private: settings.defaultPrivate,
    mask_secrets: settings.maskSecrets,
    masks: settings.masks,
    custom_masks: plain(settings.customMasks.map(({ name }) => name)),
    rules: plain(settings.ruleFiles),
    fail_on: settings.failOn,
    allows: settings.allow.length,
    baseline: settings.baseline === null ? null : withoutSecrets(settings.baseline, engine.keywords),
    keep_days: settings.audit.keep_days,
    keep_bytes: settings.audit.keep_bytes,
    ...nestedIn(plain(engine.below.files())),
  };
}

/** The settings files in folders below the root, where there are any. */
function nestedIn(files: readonly string[]): { readonly nested?: readonly string[] } {
  return files.length === 0 ? {} : { nested: [...files].sort() };
}
