import {
  type Allowances,
  type AllowedBy,
  type Allows,
  type AllowsBefore,
  counting,
  readyAllows,
} from "../allow/allowance.js";
import type { RuleSet } from "../rules/rule.js";
import type { BaselineEntry } from "../settings/baseline.js";
import type { Settings } from "../settings/settings.js";
import { createHmac, randomBytes } from "../text/crypto.js";
import { blotted } from "./blot.js";
import type { Bar } from "./finding.js";
import { type Keywords, keywordsOf } from "./keywords.js";
import { secretsIn } from "./secrets-in.js";
import { keptTable, type WordTable, wordTable } from "./word-table.js";

/** Settings and rules made ready: one engine serves every file, unit and push of a run. */
export type Engine = {
  readonly settings: Settings;
  readonly ruleSet: RuleSet;
  readonly keywords: Keywords;
  /** Whether an active rule has this id. */
  readonly isRule: (id: string) => boolean;
  /** Values that a provider's documentation prints, of any rule. */
  readonly documented: ReadonlySet<string>;
  /** The same for equal secrets, for this run only: keyed, so that it says nothing about the secret. */
  readonly valueKey: (secret: string) => string;
  /** What a team says is fine (`[[scan.allow]]`, `scan.baseline`). */
  readonly allows: Allows;
  /** What findings tell of these settings. */
  readonly applied: Applied;
  /** The engines of settings files in folders below. */
  readonly below: Below;
};

/** The engines of a repository's folders: that of its root, and one for each settings file below, found when it is asked about. */
export type Below = {
  /**
   * The engine of the nearest settings file for what stands at a path relative to the root, at once where its folder is
   * known; null where that is the root's. Rejects with `ConfigError` for a file that cannot be used.
   */
  readonly at: (path: string) => Engine | null | Promise<Engine | null>;
  /** The settings files below the root that were found so far. */
  readonly files: () => readonly string[];
  /** Their digests by path; of one that cannot be used, that it cannot. */
  readonly digests: () => Promise<ReadonlyMap<string, string>>;
  /** What of them does not count, a sentence each. */
  readonly notices: () => Promise<readonly string[]>;
  /** The engines of those that can be used. */
  readonly used: () => Promise<readonly Engine[]>;
  /** From here on, files that were not there before are found. */
  readonly lookAgain: () => void;
};

/** What a finding tells of the settings that apply to it. */
export type Applied = {
  /** The settings file, any secret in its path blotted out; null: the defaults hold. */
  readonly settings: string | null;
  /** What the finding is held to; null: what the whole report is. */
  readonly bar: Bar | null;
};

/** What an engine may be given besides settings and rules. */
export type EngineOptions = {
  /** The entries of the team's baseline, by fingerprint. */
  readonly baseline?: ReadonlyMap<string, BaselineEntry>;
  /** What was allowed before: other allows do not count. Null or absent: all count. */
  readonly before?: AllowsBefore | null;
  /** In place of the run's own key; what it gives never reaches a report. */
  readonly valueKey?: (secret: string) => string;
  /** The engines of folders below; without it all is under these settings. */
  readonly below?: (engine: Engine) => Below;
};

/** No rule is active: a scan would look for nothing. */
export class NoRulesError extends Error {
  override readonly name = "NoRulesError";
}

/** An engine. Throws `NoRulesError` if every rule is switched off. */
export function createEngine(settings: Settings, ruleSet: RuleSet, options: EngineOptions = {}): Engine {
  if (ruleSet.rules.length === 0) throw new NoRulesError("no rule is active: a scan would look for nothing");
  let key: Buffer | null = null;
  const keyed = (secret: string): string => {
    key ??= randomBytes(32);
    return createHmac("sha256", key).update(secret, "utf8").digest("base64");
  };
  let ids: ReadonlySet<string> | null = null;
  let documented: ReadonlySet<string> | null = null;
  const engine: Engine = {
    settings,
    ruleSet,
    keywords: keywordsOf(ruleSet.rules, tableOf(ruleSet)),
    // Both are asked for only where something stands that names a rule, or was found.
    isRule(id) {
      ids ??= new Set(ruleSet.rules.map((rule) => rule.id));
      return ids.has(id);
    },
    get documented() {
      documented ??= new Set(ruleSet.rules.flatMap((rule) => rule.documented));
      return documented;
    },
    valueKey: options.valueKey ?? keyed,
    allows: readyAllows(settings.allow, options.baseline ?? new Map(), options.before ?? null),
    applied: { settings: settings.file, bar: null },
    get below() {
      return below;
    },
  };
  const below = options.below?.(engine) ?? NOTHING_BELOW;
  return engine;
}

const NOTHING_BELOW: Below = {
  at: () => null,
  files: () => [],
  digests: async () => new Map(),
  notices: async () => [],
  used: async () => [],
  lookAgain: () => undefined,
};

/** The engine for what stands at a path, by the nearest settings file. Rejects with `ConfigError`. */
export function engineAt(engine: Engine, path: string): Engine | Promise<Engine> {
  const found = engine.below.at(path);
  return found instanceof Promise ? found.then((under) => under ?? engine) : (found ?? engine);
}

/** The engine with the settings of a folder, which say what is allowed there: rules and limits are one for all. */
export function engineUnder(engine: Engine, settings: Settings, allows: Allows): Engine {
  const { ruleSet, keywords, isRule, valueKey } = engine;
  const { failOn, gitBlocksOn } = settings;
  const isHeldToTheSame = failOn === engine.settings.failOn && gitBlocksOn === engine.settings.gitBlocksOn;
  return {
    settings,
    ruleSet,
    keywords,
    isRule,
    get documented() {
      return engine.documented;
    },
    valueKey,
    allows,
    applied: {
      settings: settings.file === null ? null : withoutSecrets(settings.file, keywords),
      bar: isHeldToTheSame ? null : { fail_on: failOn, git_blocks_on: gitBlocksOn },
    },
    get below() {
      return engine.below;
    },
  };
}

/** The table of all keywords, with what the build found out of them. */
function tableOf({ rules, built }: RuleSet): WordTable {
  const table = built === undefined ? null : keptTable(built.parts);
  if (built === undefined || table === null) return wordTable(rules);
  return built.rules === rules ? table : wordTable(rules, { rules: built.rules, table });
}

/** Why a finding is fine and who says so; nulls if nothing that counts allows it. */
export function allowedBecause(
  engine: Engine,
  allowances: Allowances,
): { readonly allowed: string | null; readonly allowed_by: AllowedBy | null } {
  const counts = counting(allowances);
  if (counts === null) return { allowed: null, allowed_by: null };
  return { allowed: withoutSecrets(counts.reason, engine.keywords), allowed_by: counts.by };
}

/** A short text without the secrets in it: a reason that somebody wrote, a name. */
export function withoutSecrets(text: string, keywords: Keywords): string {
  const secrets = secretsIn(text, keywords).map((match) => text.slice(match.secret.start, match.secret.end));
  return secrets.length === 0 ? text : blotted(text, secrets);
}
