import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ConfigError } from "../toml/config-error.js";
import { readRuleFile } from "./read-rules.js";
import type { Rule, RuleSet } from "./rule.js";

/** A team's rule file: `file` is the name that errors and findings tell. */
export type RuleFile = { readonly file: string; readonly text: string };

/** The name of the default rule file in errors and in a rule's origin. */
export const DEFAULT_FILE = "rules/default.toml";

/** Two floors up from both `src/rules/` and `dist/rules/`. */
const DEFAULT_PATH = new URL("../../rules/default.toml", import.meta.url);

/**
 * The active rules in `text`, every pattern compiled. Throws `ConfigError` with every fault in it at
 * file:line:column: unknown keys, wrong types, bad patterns, ids that stand twice.
 */
export async function parseRules(text: string, file: string): Promise<readonly Rule[]> {
  return (await readRuleFile(text, file, "checked")).rules;
}

/**
 * The default rules and a team's. A team's rule is added, replaces the rule of the same id, or switches it off
 * (`disabled = true`); later files win. Throws `ConfigError` for a fault in a team's file, and if no rule is left.
 * The default file is trusted here, its checks are tests: a commit hook waits for this.
 */
export async function loadRuleSet(teamFiles: readonly RuleFile[]): Promise<RuleSet> {
  const text = await readFile(fileURLToPath(DEFAULT_PATH), "utf8");
  const defaults = await readRuleFile(text, DEFAULT_FILE, "trusted");
  const rules = new Map(defaults.rules.map((rule) => [rule.id, rule]));
  const files = [{ file: DEFAULT_FILE, rules: defaults.rules.length }];
  for (const team of teamFiles) {
    const read = await readRuleFile(team.text, team.file, "checked", new Set(rules.keys()));
    for (const rule of read.rules) rules.set(rule.id, rule);
    for (const id of read.disabled) rules.delete(id);
    files.push({ file: team.file, rules: read.rules.length });
  }
  if (rules.size === 0) throw noRules(teamFiles);
  return { rules: [...rules.values()], files };
}

function noRules(teamFiles: readonly RuleFile[]): ConfigError {
  const file = teamFiles.at(-1)?.file ?? DEFAULT_FILE;
  const message =
    "no rule is active, so a scan would look for nothing: leave at least one rule without disabled = true";
  return new ConfigError([{ file, line: 1, column: 1, message }]);
}
