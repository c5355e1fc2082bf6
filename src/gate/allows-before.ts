import { type AllowsBefore, conditionsKey } from "../allow/allowance.js";
import { directivesIn, type RuleAllow } from "../allow/directive.js";
import { parseBaseline } from "../settings/baseline.js";
import { DEFAULTS } from "../settings/defaults.js";
import { SETTINGS_FILE, settingsFileIn } from "../settings/load.js";
import { parseNested } from "../settings/nested/parse-nested.js";
import { parseSettings } from "../settings/parse.js";
import type { Settings } from "../settings/settings.js";
import { lineIndex } from "../text/lines.js";
import { ConfigError } from "../toml/config-error.js";

/** What stood at a path before: one content for each commit looked at that holds such a file. */
export type ContentsBefore = (path: string) => Promise<readonly Uint8Array[]>;

/** What was allowed before. Settings and baselines that could not be used then allowed nothing. */
export async function allowsBefore(contents: ContentsBefore): Promise<AllowsBefore> {
  const settings = (await Promise.all((await textsAt(contents, SETTINGS_FILE)).map(settingsIn))).flat();
  const baselines = new Set(settings.flatMap(({ baseline }) => baseline ?? []));
  const known = await Promise.all(
    [...baselines].map(async (file) => (await textsAt(contents, file)).flatMap(fingerprintsIn)),
  );
  const comments = new Map<string, Promise<readonly RuleAllow[]>>();
  const commentsAt = (path: string): Promise<readonly RuleAllow[]> => {
    const asked = comments.get(path) ?? textsAt(contents, path).then((texts) => texts.flatMap(commentsIn));
    comments.set(path, asked);
    return asked;
  };
  return {
    settings: new Set(settings.flatMap(({ allow }) => allow.map(conditionsKey))),
    baseline: new Set(known.flat()),
    async inline(path, rule, fingerprint) {
      const there = await commentsAt(path);
      return there.some((allow) => allow.rule === rule && isBoundTo(allow, fingerprint));
    },
  };
}

/** What was allowed before by the settings file `file` in a folder below the root. */
export type AllowsOf = (file: string) => Promise<ReadonlySet<string>>;

/**
 * The conditions of what a nested settings file allowed before. It allowed something only where the root's settings of
 * that time let it; what it took over from a file above, that file must have held.
 */
export function nestedAllowsBefore(contents: ContentsBefore): AllowsOf {
  return async (file) => {
    if (file === SETTINGS_FILE) return new Set();
    const folder = file.slice(0, -`/${SETTINGS_FILE}`.length);
    const roots = (await Promise.all((await textsAt(contents, SETTINGS_FILE)).map(settingsIn))).flat();
    const mayWiden = roots.some(({ nested }) => nested.widen.some((glob) => glob.matches(folder)));
    if (!mayWiden) return new Set();
    const texts = (await textsAt(contents, file)).map((text) => allowsIn(text, folder, file));
    return new Set((await Promise.all(texts)).flat());
  };
}

/** Files above that say nothing, whichever of them is extended: what those allowed is asked of themselves. */
function anyAbove(folder: string): readonly [Settings, ...Settings[]] {
  const parts = folder.split("/");
  const folders = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
  const above = folders.map((at): Settings => ({ ...DEFAULTS, file: settingsFileIn(at) }));
  return [{ ...DEFAULTS, file: SETTINGS_FILE }, ...above];
}

async function allowsIn(text: string, folder: string, file: string): Promise<readonly string[]> {
  try {
    const place = { folder, file, above: anyAbove(folder), mayWiden: true };
    const { settings } = await parseNested(text, place);
    return settings.allow.map(conditionsKey);
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

async function textsAt(contents: ContentsBefore, path: string): Promise<readonly string[]> {
  const texts = (await contents(path)).map((bytes) => Buffer.from(bytes).toString("utf8"));
  return [...new Set(texts)];
}

async function settingsIn(text: string): Promise<readonly Settings[]> {
  try {
    return [await parseSettings(text, SETTINGS_FILE)];
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

function fingerprintsIn(text: string): readonly string[] {
  try {
    return [...parseBaseline(text, "").entries.keys()];
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

function commentsIn(text: string): readonly RuleAllow[] {
  return directivesIn(text, lineIndex(text)).flatMap((directive) => directive.allows);
}

function isBoundTo({ fingerprint: beginning }: RuleAllow, fingerprint: string): boolean {
  return beginning !== null && fingerprint.startsWith(beginning);
}
