import type { Finding } from "../scan/finding.js";

/** Where the settings of most findings stand; only others are told. */
const ROOT_SETTINGS = ".aura/live.toml";

/** The settings file that applies to a finding, where it is not the root's; null: there is nothing to tell. */
export function ownSettings({ settings }: Pick<Finding, "settings">): string | null {
  return settings === ROOT_SETTINGS ? null : settings;
}

/** The same with what it holds the finding to: `apps/web/.aura/live.toml (fail_on high, git_blocks_on leaks)`. */
export function settingsWords({ settings, bar }: Pick<Finding, "settings" | "bar">): string | null {
  const own = ownSettings({ settings });
  if (bar === null) return own;
  return `${own ?? settings ?? ROOT_SETTINGS} (fail_on ${bar.fail_on}, git_blocks_on ${bar.git_blocks_on})`;
}
