import { posix } from "node:path";
import { configError, parseToml, type TomlProblem } from "../../toml/document.js";
import { type TableReader, tableReader } from "../../toml/table-reader.js";
import { DEFAULTS } from "../defaults.js";
import { unknownKeys } from "../keys.js";
import { SETTINGS_FILE } from "../load.js";
import { type FileSettings, fileSettings, type Tables, tablesOf } from "../parse.js";
import type { MaskSwitches, Settings } from "../settings.js";
import { isLaxer, narrowed, widened } from "./narrowed.js";

/** Where a settings file below the root stands, and what holds above it. */
export type NestedPlace = {
  /** Relative to the root; paths and globs in the file are relative to this folder. */
  readonly folder: string;
  readonly file: string;
  /** The settings of the folders above, the nearest first, the root's last. */
  readonly above: readonly [Settings, ...Settings[]];
  /** Whether the root lets it be less strict than what holds above it. */
  readonly mayWiden: boolean;
};

/** What holds in a folder with a settings file of its own. */
export type NestedFile = {
  readonly settings: Settings;
  /** Keys of the file that do not count, for they are less strict than what holds above. */
  readonly outweighed: readonly string[];
};

/** What is said once for the whole run: there is one ledger, one table of rules and one list of what is known. */
const RUN_KEYS = {
  live: ["e2e", "audit"],
  privacy: ["e2e_encryption"],
  scan: ["rules", "git_blocks_on", "documented", "new_allows", "baseline", "limits", "nested"],
} as const satisfies Partial<Record<keyof Tables, readonly string[]>>;

/**
 * What the settings file `text` makes of what holds above it. What it leaves out is as in the file that it `extends`, or
 * else as by default; and never less strict than above, unless it may. Throws one `ConfigError` with every fault.
 */
export async function parseNested(text: string, place: NestedPlace): Promise<NestedFile> {
  const { file, folder, above, mayWiden } = place;
  const document = parseToml(text, file);
  const problems: TomlProblem[] = [...unknownKeys(document.root)];
  const root = tableReader(document.root, [], problems);
  const base = extended(root, place);
  const tables = tablesOf(root);
  const own = fileSettings(tables, file, folder, base);
  for (const [table, keys] of Object.entries(RUN_KEYS)) {
    const reader = tables[table as keyof typeof RUN_KEYS];
    for (const key of keys.filter((one) => reader.has(one))) {
      const name = [...reader.path, key].join(".");
      reader.fault(key, `${name} holds for the whole repository: say it in ${SETTINGS_FILE} at its root`, {
        at: "key",
      });
    }
  }
  if (problems.length > 0) throw await configError(document, problems);
  const [nearest] = above;
  const top = above.at(-1) ?? nearest;
  if (mayWiden) return { settings: widened(top, own), outweighed: [] };
  return { settings: narrowed(top, nearest, own, base), outweighed: outweighedKeys(tables, nearest, own) };
}

/** The settings that the file begins with: those of the file above that it names, or the defaults. */
function extended(root: TableReader, { folder, above }: NestedPlace): FileSettings {
  const named = root.text("extends");
  if (named === null) return DEFAULTS;
  const path = posix.join(folder, named);
  const found = above.find(({ file }) => file === path);
  if (found !== undefined && !named.startsWith("/")) return found;
  const [nearest] = above.flatMap(({ file }) => file ?? []);
  const hint =
    nearest === undefined
      ? "and there is none: leave the key out"
      : `the nearest is "${posix.relative(folder, nearest)}"`;
  root.fault("extends", `extends names a settings file of a folder above, from this folder on; ${hint}`);
  return DEFAULTS;
}

function outweighedKeys(
  { privacy, masks, scan }: Tables,
  above: Settings,
  own: FileSettings,
): readonly string[] {
  const switches = Object.keys(above.masks) as (keyof MaskSwitches)[];
  return [
    ...(privacy.has("default_private") && above.defaultPrivate && !own.defaultPrivate
      ? ["live.privacy.default_private"]
      : []),
    ...(privacy.has("mask_secrets") && above.maskSecrets && !own.maskSecrets
      ? ["live.privacy.mask_secrets"]
      : []),
    ...switches
      .filter((key) => masks.has(key) && above.masks[key] && !own.masks[key])
      .map((key) => `live.privacy.masks.${key}`),
    ...(scan.has("fail_on") && isLaxer(own.failOn, above.failOn) ? ["scan.fail_on"] : []),
    ...(scan.has("allow") ? ["scan.allow"] : []),
  ];
}
