import { openEngine } from "../gate/open-engine.js";
import { defaultContents } from "../rules/load.js";
import type { Rule, RuleSet } from "../rules/rule.js";
import { repositoryOf } from "../sources/repository.js";

/** How an active rule came to be what it is. */
export type Standing = "default" | "added" | "changed" | "replaced";

/** The rules that are active in a folder, beside the default ones. */
export type ActiveRules = {
  /** The repository's root, or the folder itself outside of one. */
  readonly root: string;
  readonly ruleSet: RuleSet;
  readonly ruleFiles: readonly string[];
  readonly defaults: ReadonlyMap<string, Rule>;
};

/** The rules that are active at `cwd`. Throws `ConfigError` for settings or rule files that cannot be used. */
export async function activeRules(cwd: string): Promise<ActiveRules> {
  const root = (await repositoryOf(cwd))?.root ?? cwd;
  const { ruleSet, settings } = await openEngine(root);
  return { root, ruleSet, ruleFiles: settings.ruleFiles, defaults: await defaultRules() };
}

/** The default rules by their ids. */
export async function defaultRules(): Promise<ReadonlyMap<string, Rule>> {
  const contents = await defaultContents();
  return new Map(contents.flatMap(({ content }) => content.rules.map((rule) => [rule.id, rule] as const)));
}

/** Whether a team's file added `rule`, changed a default one or put its own in the place of it. */
export function standingOf(rule: Rule, defaults: ReadonlyMap<string, Rule>): Standing {
  const original = defaults.get(rule.id);
  if (original === undefined) return "added";
  if (original.origin.file === rule.origin.file) return "default";
  return original.pattern.source === rule.pattern.source ? "changed" : "replaced";
}

/** The same for people; empty for a default rule. */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  default: "",
  added: "added",
  changed: "changes a default rule",
  replaced: "in place of a default rule",
};
