import { promises as files } from "node:fs";
import path from "node:path";
import { loadRuleSet } from "../rules/load.js";
import { createEngine, type Engine, type EngineOptions } from "../scan/engine.js";
import { type Baseline, EMPTY_BASELINE, parseBaseline } from "../settings/baseline.js";
import { loadSettings } from "../settings/load.js";
import type { Settings } from "../settings/settings.js";
import type { TomlPath } from "../toml/places.js";
import { allowsBefore, type ContentsBefore, nestedAllowsBefore } from "./allows-before.js";
import { nestedEngines } from "./nested-engines.js";
import { faultAt, refuseSecretMasks, refuseUnknownRules } from "./settings-faults.js";

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
  const compared = before === undefined || !refuseNew ? null : before;
  const engine = createEngine(settings, ruleSet, {
    baseline: baseline.entries,
    before: compared === null ? null : await allowsBefore(compared),
    ...(valueKey === undefined ? {} : { valueKey }),
    below: (top) => nestedEngines(root, top, compared === null ? null : nestedAllowsBefore(compared)),
  });
  await refuseUnknownRules(root, engine);
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
