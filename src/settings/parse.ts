import type { Glob } from "../pattern/glob.js";
import { repositoryPath } from "../pattern/repository-path.js";
import { SEVERITIES } from "../rules/rule.js";
import { configError, parseToml, type TomlProblem } from "../toml/document.js";
import { type TableReader, tableReader } from "../toml/table-reader.js";
import { allowOf } from "./allow.js";
import { customMasks } from "./custom-masks.js";
import { DEFAULTS } from "./defaults.js";
import { globOf } from "./glob-at.js";
import { unknownKeys } from "./keys.js";
import type { AuditKeeping, Limits, MaskSwitches, Settings } from "./settings.js";

/**
 * The settings that `text` states, complete with the defaults; `file` names it in messages.
 * Throws one `ConfigError` with every fault of it.
 */
export async function parseSettings(text: string, file: string): Promise<Settings> {
  const document = parseToml(text, file);
  const problems: TomlProblem[] = [...unknownKeys(document.root)];
  const settings = settingsOf(tableReader(document.root, [], problems), file);
  if (problems.length > 0) throw await configError(document, problems);
  return settings;
}

function settingsOf(root: TableReader, file: string): Settings {
  const live = root.table("live");
  const selective = live.table("selective");
  const privacy = live.table("privacy");
  const scan = root.table("scan");
  return {
    file,
    e2e: e2eOf(live, privacy),
    include: globsOf(selective, "include", DEFAULTS.include),
    exclude: globsOf(selective, "exclude", DEFAULTS.exclude),
    defaultPrivate: privacy.boolean("default_private", DEFAULTS.defaultPrivate),
    maskSecrets: privacy.boolean("mask_secrets", DEFAULTS.maskSecrets),
    masks: masksOf(privacy.table("masks")),
    customMasks: customMasks(privacy.tables("mask")),
    ruleFiles: scan.strings("rules", []).map((path, index) => checkedPath(scan, "rules", path, index)),
    failOn: scan.oneOf("fail_on", DEFAULTS.failOn, SEVERITIES),
    gitBlocksOn: scan.oneOf("git_blocks_on", DEFAULTS.gitBlocksOn, ["secrets", "leaks"]),
    allow: scan.tables("allow").map(allowOf),
    documented: scan.oneOf("documented", DEFAULTS.documented, ["low", "silent"]),
    newAllows: scan.oneOf("new_allows", DEFAULTS.newAllows, ["accept", "refuse"]),
    baseline: baselineOf(scan),
    limits: limitsOf(scan.table("limits")),
    audit: auditOf(live.table("audit")),
  };
}

/** One switch with two names: the specification's page uses both. */
function e2eOf(live: TableReader, privacy: TableReader): boolean {
  const encryption = privacy.boolean("e2e_encryption", DEFAULTS.e2e);
  const e2e = live.boolean("e2e", encryption);
  if (privacy.has("e2e_encryption") && e2e !== encryption) {
    privacy.fault(
      "e2e_encryption",
      `live.privacy.e2e_encryption is ${encryption} and live.e2e is ${e2e}, but they name the same switch: keep one`,
      { at: "key", other: [...live.path, "e2e"] },
    );
  }
  return e2e;
}

function masksOf(masks: TableReader): MaskSwitches {
  return {
    aws: masks.boolean("aws", DEFAULTS.masks.aws),
    generic_api_keys: masks.boolean("generic_api_keys", DEFAULTS.masks.generic_api_keys),
    jwt: masks.boolean("jwt", DEFAULTS.masks.jwt),
    bearer_tokens: masks.boolean("bearer_tokens", DEFAULTS.masks.bearer_tokens),
    private_key_blocks: masks.boolean("private_key_blocks", DEFAULTS.masks.private_key_blocks),
  };
}

function baselineOf(scan: TableReader): string | null {
  const path = scan.text("baseline");
  return path === null ? null : checkedPath(scan, "baseline", path);
}

function limitsOf(limits: TableReader): Limits {
  const kibibyte = 1024;
  const gibibyte = 1024 ** 3;
  const day = 24 * 60 * 60;
  return {
    // Below a kibibyte hardly a function would be taken apart; tree-sitter is given a string, which Node bounds.
    unit_file_bytes: limits.integer(
      "unit_file_bytes",
      DEFAULTS.limits.unit_file_bytes,
      kibibyte,
      gibibyte / 4,
    ),
    binary_bytes: limits.integer("binary_bytes", DEFAULTS.limits.binary_bytes, 0, gibibyte),
    seconds: limits.number("seconds", DEFAULTS.limits.seconds, 0, day),
  };
}

function auditOf(audit: TableReader): AuditKeeping {
  const { keep_days, keep_bytes } = DEFAULTS.audit;
  const century = 36_525;
  return {
    keep_days: audit.integer("keep_days", keep_days, 0, century),
    keep_bytes: audit.integer("keep_bytes", keep_bytes, 0, Number.MAX_SAFE_INTEGER),
  };
}

function globsOf(table: TableReader, key: string, fallback: readonly Glob[]): readonly Glob[] {
  if (!table.has(key)) return fallback;
  return table.strings(key, []).flatMap((source, index) => globOf(table, key, source, index) ?? []);
}

function checkedPath(table: TableReader, key: string, path: string, index?: number): string {
  const answer = repositoryPath(path);
  if (answer.ok) return answer.path;
  const place = index === undefined ? {} : { index };
  table.fault(key, `"${path}" is not a path in the repository: ${answer.reason}`, place);
  return path;
}
