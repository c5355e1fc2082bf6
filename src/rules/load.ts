import { promises } from "node:fs";
import { fileURLToPath } from "node:url";
import { createHash } from "../text/crypto.js";
import { ConfigError } from "../toml/config-error.js";
import { type OpenPack, openPack } from "./pack-parts.js";
import { DEFAULT_FOLDER, isFresh, type PackSources, SOURCES, sourcesNow } from "./pack-sources.js";
import { type RuleFileContent, readRuleFile } from "./read-rules.js";
import type { Rule, RuleSet } from "./rule.js";
import { type PackedRules, packedRules } from "./rule-pack.js";

/** A team's rule file: `file` is the name that errors and findings tell. */
export type RuleFile = { readonly file: string; readonly text: string };

/** The name of the default rule file in errors and in a rule's origin. */
export const DEFAULT_FILE = "rules/default.toml";

/** What the build leaves beside the compiled code; sources that are run as they are have none, and read TOML. */
const PACK_PATH = fileURLToPath(new URL("../rules.pack", import.meta.url));

/** Where the default rules' entry file stands on this machine. */
export const DEFAULT_PATH = fileURLToPath(new URL("default.toml", DEFAULT_FOLDER));

/**
 * The active rules in `text`, every pattern compiled. Throws `ConfigError` with every fault in it at
 * file:line:column: unknown keys, wrong types, bad patterns, ids that stand twice.
 */
export async function parseRules(text: string, file: string): Promise<readonly Rule[]> {
  return (await readRuleFile(text, file, "checked")).rules;
}

/**
 * The default rules and a team's. A team's rule is added, replaces or changes the rule of the same id, or switches
 * it off (`disabled = true`); later files win. Throws `ConfigError` for a fault in a team's file, and if no rule is
 * left. The default files are trusted here, their checks are tests: a commit hook waits for this.
 */
export async function loadRuleSet(teamFiles: readonly RuleFile[]): Promise<RuleSet> {
  const defaults = rulesInPack(PACK_PATH) ?? (await rulesInFiles());
  const { rules: builtRules, kept: parts } = defaults;
  const built = parts === undefined ? {} : { built: { rules: builtRules, parts } };
  if (teamFiles.length === 0 && builtRules.length > 0) {
    const { files, digest } = defaults;
    return { rules: builtRules, files, digest, disabled: [], team: [], ...built };
  }
  const rules = new Map(defaults.rules.map((rule) => [rule.id, rule]));
  const files = [...defaults.files];
  const disabled = new Map<string, string>();
  for (const team of teamFiles) {
    const read = await readRuleFile(team.text, team.file, "checked", rules);
    for (const rule of read.rules) rules.set(rule.id, rule);
    for (const rule of read.rules) disabled.delete(rule.id);
    for (const id of read.disabled) {
      rules.delete(id);
      disabled.set(id, team.file);
    }
    files.push({ file: team.file, rules: read.rules.length });
    refuseUnknownPartners(read.rules, rules, team);
  }
  if (rules.size === 0) throw noRules(teamFiles);
  return {
    rules: [...rules.values()],
    files,
    disabled: [...disabled].map(([id, file]) => ({ id, file })),
    team: teamFiles,
    digest: () =>
      createHash("sha256")
        .update(JSON.stringify([defaults.digest(), teamFiles]))
        .digest("hex"),
    ...built,
  };
}

type DefaultRules = PackedRules & { readonly digest: () => string };

/** The default rules in the pack at `file`; null where there is none, or where the rule files say something else by now. */
export function rulesInPack(
  file: string,
  folder: string = fileURLToPath(DEFAULT_FOLDER),
): DefaultRules | null {
  const pack = packAt(file);
  const sources = pack?.parts.get(SOURCES);
  if (pack === null || sources === undefined) return null;
  const made = JSON.parse(Buffer.from(sources).toString("utf8")) as PackSources;
  const rules = isFresh(made, pack.time, folder) ? packedRules(pack.parts, pack.last) : null;
  return rules === null ? null : { ...rules, digest: () => made.digest };
}

function packAt(file: string): OpenPack | null {
  try {
    return openPack(file);
  } catch {
    // Whatever keeps the pack from being read: the rule files are there.
    return null;
  }
}

async function rulesInFiles(): Promise<DefaultRules> {
  const contents = (await defaultContents()).filter(({ content }) => content.rules.length > 0);
  return {
    rules: contents.flatMap(({ content }) => content.rules),
    files: contents.map(({ file, content }) => ({ file, rules: content.rules.length })),
    digest: () => sourcesNow().digest,
  };
}

/** The default rule files as `rules/default.toml` names them, itself first. */
export async function defaultContents(): Promise<
  readonly { readonly file: string; readonly text: string; readonly content: RuleFileContent }[]
> {
  const read = async (name: string) => {
    const text = await promises.readFile(fileURLToPath(new URL(name, DEFAULT_FOLDER)), "utf8");
    const file = `rules/${name}`;
    return { file, text, content: await readRuleFile(text, file, "trusted") };
  };
  const entry = await read("default.toml");
  return [entry, ...(await Promise.all(entry.content.include.map(read)))];
}

/** A partner that is switched off is none; one that never was is a slip of the pen. */
function refuseUnknownPartners(
  added: readonly Rule[],
  rules: ReadonlyMap<string, Rule>,
  team: RuleFile,
): void {
  const problems = added.flatMap((rule) =>
    rule.partners
      .filter((partner) => !rules.has(partner))
      .map((partner) => ({
        file: team.file,
        line: rule.origin.line,
        column: 1,
        message: `rule "${rule.id}" names the partner "${partner}", and there is no rule of this id`,
      })),
  );
  if (problems.length > 0) throw new ConfigError(problems);
}

function noRules(teamFiles: readonly RuleFile[]): ConfigError {
  const file = teamFiles.at(-1)?.file ?? DEFAULT_FILE;
  const message =
    "no rule is active, so a scan would look for nothing: leave at least one rule without disabled = true";
  return new ConfigError([{ file, line: 1, column: 1, message }]);
}
