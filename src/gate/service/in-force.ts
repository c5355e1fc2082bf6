import { join } from "node:path";
import { loadRuleSet } from "../../rules/load.js";
import { blottedLine } from "../../scan/blot.js";
import { createEngine, type Engine, NoRulesError } from "../../scan/engine.js";
import { DEFAULTS } from "../../settings/defaults.js";
import { loadSettings, SETTINGS_FILE } from "../../settings/load.js";
import type { Settings } from "../../settings/settings.js";
import { ConfigError } from "../../toml/config-error.js";
import { readListed, wholeDigest } from "../listed-settings.js";
import { openEngine } from "../open-engine.js";
import { watchedFiles } from "./watched-files.js";

/** What settings and rules say now. */
export type InForce = {
  /** Where there is a fault, the last that could be used, or the default one: to find secrets in what is told, not to judge. */
  readonly engine: Engine;
  /** Why nothing passes, `file:line:column: message`; null where all is well. */
  readonly fault: string | null;
  /** The same as an error, for whoever gives up instead of waiting until it is mended. */
  readonly error: Error | null;
  /** "" where there is a fault. */
  readonly settingsDigest: string;
};

/** The settings and rules of a repository, which may change at any time. */
export type SettingsSource = {
  /** As they are now: read anew if a file of them has changed. */
  readonly current: () => Promise<InForce>;
  /** The same, with the settings file of the folder that the path stands in read, if it has one. */
  readonly currentAt: (path: string) => Promise<InForce>;
  /** Read anew in any case. */
  readonly reload: () => Promise<InForce>;
};

/** The settings of the repository at `root`. `open` makes its engine and throws `ConfigError`. */
export function settingsSource(
  root: string,
  open: (root: string) => Promise<Engine> = openEngine,
): SettingsSource {
  const watched = watchedFiles();
  let files = [join(root, SETTINGS_FILE)];
  let last: Promise<InForce> | null = null;
  let usable: Engine | null = null;
  /** The settings files in folders below that were found so far. */
  let below: readonly string[] = [];

  const read = async (): Promise<InForce> => {
    watched.mark(files);
    try {
      files = watchedAnew(filesOf(root, await loadSettings(root), below));
      const engine = await open(root);
      for (const file of below) await readOrLeave(engine, file);
      await readListed(root, engine);
      below = engine.below.files();
      files = watchedAnew(filesOf(root, engine.settings, below));
      usable = engine;
      return { engine, fault: null, error: null, settingsDigest: await wholeDigest(engine) };
    } catch (error) {
      if (!(error instanceof ConfigError) && !(error instanceof NoRulesError)) throw error;
      usable ??= createEngine(DEFAULTS, await loadRuleSet([]));
      const fault = blottedLine(error.message, []);
      return { engine: usable, fault, error, settingsDigest: "" };
    }
  };
  const watchedAnew = (named: string[]): string[] => {
    if (named.join("\n") !== files.join("\n")) watched.mark(named);
    return named;
  };
  const reload = (): Promise<InForce> => {
    // One after the other, so that the last to be read is the last to count.
    const before = last ?? Promise.resolve();
    const next = before.then(read, read);
    last = next;
    // What nobody foresaw is tried again the next time.
    next.catch(() => {
      if (last === next) last = null;
    });
    return next;
  };
  const current = (): Promise<InForce> => (last === null || watched.changed() ? reload() : last);
  return {
    reload,
    current,
    async currentAt(path) {
      const now = await current();
      if (now.fault !== null) return now;
      now.engine.below.lookAgain();
      await readOrLeave(now.engine, path);
      const found = now.engine.below.files();
      if (found.every((file) => below.includes(file))) return now;
      // A file that nobody knew of: from here on it is watched, and part of the digest.
      below = found;
      return reload();
    },
  };
}

/** A file that cannot be used is told of where it applies. */
async function readOrLeave(engine: Engine, path: string): Promise<void> {
  try {
    await engine.below.at(path);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
  }
}

/** The files that say what is in force. */
function filesOf(root: string, { ruleFiles, baseline }: Settings, below: readonly string[]): string[] {
  return [SETTINGS_FILE, ...ruleFiles, ...(baseline === null ? [] : [baseline]), ...below].map((file) =>
    join(root, file),
  );
}
