import { readFile } from "node:fs/promises";
import path from "node:path";
import { loadRuleSet } from "../rules/load.js";
import { createEngine, type Engine } from "../scan/engine.js";
import { parseBaseline } from "../settings/baseline.js";
import { loadSettings } from "../settings/load.js";
import type { Settings } from "../settings/settings.js";
import { ConfigError } from "../toml/config-error.js";

/**
 * The engine for the repository (or folder) at `root`: its `.aura/live.toml`, the default rules, its team rules and
 * its baseline. Throws `ConfigError` for what cannot be used: a broken file never falls back to defaults.
 */
export async function openEngine(root: string, override: Partial<Settings> = {}): Promise<Engine> {
  const settings = { ...(await loadSettings(root)), ...override };
  const teamFiles = await Promise.all(
    settings.ruleFiles.map(async (file) => ({
      file,
      text: await textNamedBy(settings, root, file, "scan.rules"),
    })),
  );
  const ruleSet = await loadRuleSet(teamFiles);
  const { baseline } = settings;
  const allowed =
    baseline === null
      ? new Map<string, string>()
      : parseBaseline(await textNamedBy(settings, root, baseline, "scan.baseline"), baseline);
  return createEngine(settings, ruleSet, allowed);
}

async function textNamedBy(settings: Settings, root: string, file: string, key: string): Promise<string> {
  try {
    return await readFile(path.join(root, file), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new ConfigError([
      {
        file: settings.file ?? ".aura/live.toml",
        line: 1,
        column: 1,
        message: `${key} names ${file}, which cannot be read (${code})`,
      },
    ]);
  }
}
