import { promises as files } from "node:fs";
import path from "node:path";
import { loadRuleSet } from "../rules/load.js";
import type { RuleSet } from "../rules/rule.js";
import { createEngine, type Engine, type EngineOptions, withoutSecrets } from "../scan/engine.js";
import { type Baseline, EMPTY_BASELINE, parseBaseline } from "../settings/baseline.js";
import { loadSettings, SETTINGS_FILE } from "../settings/load.js";
import type { Settings } from "../settings/settings.js";
import { ConfigError } from "../toml/config-error.js";
import { nearest } from "../toml/nearest.js";
import { places, type TomlPath } from "../toml/places.js";
import { allowsBefore, type ContentsBefore } from "./allows-before.js";

/** How an engine is opened. */
export type OpenOptions = Pick<EngineOptions, "valueKey"> & {
  /**
   * What stood at a path before the change under scan. Where the settings refuse new allows (`scan.new_allows`), or
   * `refuseNew` does, only what was allowed there counts; without it every allow does.
   */
  readonly before?: ContentsBefore;
  readonly refuseNew?: boolean;
  /** For whoever is about to write the baseline: it is not read, be it there or not. */
  readonly withoutBaseline?: boolean;
};

/**
 * The engine for the repository (or folder) at `root`: its `.aura/live.toml`, the default rules, its team rules and
 * its baseline. Throws `ConfigError` for what cannot be used: a broken file never falls back to defaults.
 */
export async function openEngine(root: string, options: OpenOptions = {}): Promise<Engine> {
  const settings = await loadSettings(root);
  const teamFiles = await Promise.all(
    settings.ruleFiles.map(async (file, index) => ({
      file,
      text: await textNamedAt(root, file, ["scan", "rules", index]),
    })),
  );
  const ruleSet = await loadRuleSet(teamFiles);
  const baseline = options.withoutBaseline === true ? EMPTY_BASELINE : await baselineOf(root, settings);
  const { before, refuseNew = settings.newAllows === "refuse", valueKey } = options;
  const engine = createEngine(settings, ruleSet, {
    baseline: baseline.entries,
    before: before === undefined || !refuseNew ? null : await allowsBefore(before),
    ...(valueKey === undefined ? {} : { valueKey }),
  });
  await refuseUnknownRules(root, settings, ruleSet);
  await refuseSecretMasks(root, engine);
  return engine;
}

async function baselineOf(root: string, { baseline }: Settings): Promise<Baseline> {
  if (baseline === null) return EMPTY_BASELINE;
  return parseBaseline(await textNamedAt(root, baseline, ["scan", "baseline"]), baseline);
}

async function textNamedAt(root: string, file: string, key: TomlPath): Promise<string> {
  try {
    return await files.readFile(path.join(root, file), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw await faultAt(root, key, `${file} cannot be read (${code})`);
  }
}

async function refuseUnknownRules(root: string, settings: Settings, ruleSet: RuleSet): Promise<void> {
  if (settings.allow.every(({ rule }) => rule === null)) return;
  const known = ruleSet.rules.map((rule) => rule.id);
  for (const [index, { rule }] of settings.allow.entries()) {
    if (rule === null || known.includes(rule)) continue;
    const guess = nearest(rule, known);
    const hint = guess === null ? "aura-scan rules list names them all" : `did you mean "${guess}"?`;
    throw await faultAt(root, ["scan", "allow", index, "rule"], `no active rule has this id; ${hint}`);
  }
}

/** A replacement goes to the wire as it is, and a mask's name to the ledger. */
async function refuseSecretMasks(root: string, engine: Engine): Promise<void> {
  for (const [index, mask] of engine.settings.customMasks.entries()) {
    for (const [key, goesTo] of MASK_TEXTS) {
      if (withoutSecrets(mask[key], engine.keywords) === mask[key]) continue;
      const at = ["live", "privacy", "mask", index, key];
      throw await faultAt(root, at, `the ${key} is itself a secret, and would be ${goesTo}`);
    }
  }
}

const MASK_TEXTS = [
  ["replacement", "sent"],
  ["name", "written down with every push"],
] as const;

async function faultAt(root: string, key: TomlPath, message: string): Promise<ConfigError> {
  const placeOf = await places(await files.readFile(path.join(root, SETTINGS_FILE), "utf8"), SETTINGS_FILE);
  return new ConfigError([{ file: SETTINGS_FILE, ...placeOf(key, "value"), message }]);
}
