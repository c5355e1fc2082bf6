import { join } from "node:path";
import { loadRuleSet } from "../../rules/load.js";
import { blottedLine } from "../../scan/blot.js";
import { createEngine, type Engine, NoRulesError } from "../../scan/engine.js";
import { DEFAULTS } from "../../settings/defaults.js";
import { settingsDigest } from "../../settings/digest.js";
import { loadSettings, SETTINGS_FILE } from "../../settings/load.js";
import type { Settings } from "../../settings/settings.js";
import { ConfigError } from "../../toml/config-error.js";
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

  const read = async (): Promise<InForce> => {
    watched.mark(files);
    try {
      const named = filesOf(root, await loadSettings(root));
      if (named.join("\n") !== files.join("\n")) {
        files = named;
        watched.mark(files);
      }
      const engine = await open(root);
      usable = engine;
      return { engine, fault: null, error: null, settingsDigest: settingsDigest(engine.settings) };
    } catch (error) {
      if (!(error instanceof ConfigError) && !(error instanceof NoRulesError)) throw error;
      usable ??= createEngine(DEFAULTS, await loadRuleSet([]));
      const fault = blottedLine(error.message, []);
      return { engine: usable, fault, error, settingsDigest: "" };
    }
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
  return { reload, current: () => (last === null || watched.changed() ? reload() : last) };
}

/** The files that say what is in force. */
function filesOf(root: string, { ruleFiles, baseline }: Settings): string[] {
  return [SETTINGS_FILE, ...ruleFiles, ...(baseline === null ? [] : [baseline])].map((file) =>
    join(root, file),
  );
}
