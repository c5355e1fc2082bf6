import { type AllowsBefore, conditionsKey } from "../allow/allowance.js";
import { directivesIn, type RuleAllow } from "../allow/directive.js";
import { parseBaseline } from "../settings/baseline.js";
import { SETTINGS_FILE } from "../settings/load.js";
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
