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
import type { AuditKeeping, Limits, MaskSwitches, NestedRights, Settings } from "./settings.js";

/**
 * The settings that `text` states, complete with the defaults; `file` names it in messages.
 * Throws one `ConfigError` with every fault of it.
 */
export async function parseSettings(text: string, file: string): Promise<Settings> {
  const document = parseToml(text, file);
  const problems: TomlProblem[] = [...unknownKeys(document.root)];
  const root = tableReader(document.root, [], problems);
  if (root.has("extends"))
    root.fault(
      "extends",
      "extends is for a settings file in a folder below the root: nothing is above this",
      {
        at: "key",
      },
    );
  const settings = settingsOf(root, file);
  if (problems.length > 0) throw await configError(document, problems);
  return settings;
}

/** What a settings file can say of the files in its folder alone; the other keys are the whole run's. */
export type FileSettings = Pick<
  Settings,
  | "file"
  | "include"
  | "exclude"
  | "defaultPrivate"
  | "maskSecrets"
  | "masks"
  | "customMasks"
  | "failOn"
  | "allow"
>;

/** The tables of a settings file, each read once: every fault is told once. */
export type Tables = {
  readonly live: TableReader;
  readonly privacy: TableReader;
  readonly masks: TableReader;
  readonly scan: TableReader;
};

export function tablesOf(root: TableReader): Tables {
  const live = root.table("live");
  const privacy = live.table("privacy");
  return { live, privacy, masks: privacy.table("masks"), scan: root.table("scan") };
}

/**
 * What the file `file` in `folder` says of the files there. What it does not say is as in `base`; its masks, its
 * allowances and what it excludes come on top. Faults go to the readers.
 */
export function fileSettings(
  { live, privacy, masks, scan }: Tables,
  file: string,
  folder: string,
  base: FileSettings,
): FileSettings {
  const selective = live.table("selective");
  const allow = scan
    .tables("allow")
    .map((table, index) => allowOf(table, { file, number: index + 1 }, folder));
  return {
    file,
    include: globsOf(selective, "include", folder) ?? base.include,
    exclude: [...base.exclude, ...(globsOf(selective, "exclude", folder) ?? [])],
    defaultPrivate: privacy.boolean("default_private", base.defaultPrivate),
    maskSecrets: privacy.boolean("mask_secrets", base.maskSecrets),
    masks: masksOf(masks, base.masks),
    customMasks: [...base.customMasks, ...customMasks(privacy.tables("mask"), file)],
    failOn: scan.oneOf("fail_on", base.failOn, SEVERITIES),
    allow: [...base.allow, ...allow],
  };
}

function settingsOf(root: TableReader, file: string): Settings {
  const tables = tablesOf(root);
  const { live, privacy, scan } = tables;
  return {
    ...fileSettings(tables, file, "", DEFAULTS),
    above: null,
    e2e: e2eOf(live, privacy),
    ruleFiles: scan.strings("rules", []).map((path, index) => checkedPath(scan, "rules", path, index)),
    gitBlocksOn: scan.oneOf("git_blocks_on", DEFAULTS.gitBlocksOn, ["secrets", "leaks"]),
    documented: scan.oneOf("documented", DEFAULTS.documented, ["low", "silent"]),
    newAllows: scan.oneOf("new_allows", DEFAULTS.newAllows, ["accept", "refuse"]),
    baseline: baselineOf(scan),
    limits: limitsOf(scan.table("limits")),
    audit: auditOf(live.table("audit")),
    nested: nestedOf(scan.table("nested")),
  };
}

function nestedOf(nested: TableReader): NestedRights {
  for (const [index, source] of nested.strings("widen", []).entries()) {
    if (source.includes("**"))
      nested.fault(
        "widen",
        "** would trust every folder below, those that others bring along too: name the folders, as in packages/*",
        { index },
      );
  }
  return {
    widen: globsOf(nested, "widen") ?? [],
    ignore: globsOf(nested, "ignore") ?? [],
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

function masksOf(masks: TableReader, base: MaskSwitches): MaskSwitches {
  return {
    aws: masks.boolean("aws", base.aws),
    generic_api_keys: masks.boolean("generic_api_keys", base.generic_api_keys),
    jwt: masks.boolean("jwt", base.jwt),
    bearer_tokens: masks.boolean("bearer_tokens", base.bearer_tokens),
    private_key_blocks: masks.boolean("private_key_blocks", base.private_key_blocks),
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

/** The globs of the list at `key`, for paths below `folder`; null where there is no such list. */
function globsOf(table: TableReader, key: string, folder = ""): readonly Glob[] | null {
  if (!table.has(key)) return null;
  return table
    .strings(key, [])
    .flatMap((source, index) => globOf(table, key, source, { folder, index }) ?? []);
}

function checkedPath(table: TableReader, key: string, path: string, index?: number): string {
  const answer = repositoryPath(path);
  if (answer.ok) return answer.path;
  const place = index === undefined ? {} : { index };
  table.fault(key, `"${path}" is not a path in the repository: ${answer.reason}`, place);
  return path;
}
