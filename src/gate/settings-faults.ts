import { promises as files } from "node:fs";
import path from "node:path";
import { type Engine, withoutSecrets } from "../scan/engine.js";
import { SETTINGS_FILE } from "../settings/load.js";
import { ConfigError } from "../toml/config-error.js";
import { nearest } from "../toml/nearest.js";
import { places, type TomlPath } from "../toml/places.js";

/** Throws `ConfigError` for an allowance of the engine's settings that names no active rule. */
export async function refuseUnknownRules(root: string, { settings, ruleSet }: Engine): Promise<void> {
  if (settings.allow.every(({ rule }) => rule === null)) return;
  const known = ruleSet.rules.map((rule) => rule.id);
  for (const { rule, origin } of settings.allow) {
    if (rule === null || known.includes(rule)) continue;
    const guess = nearest(rule, known);
    const hint = guess === null ? "aura-scan rules list names them all" : `did you mean "${guess}"?`;
    const key = ["scan", "allow", origin.number - 1, "rule"];
    throw await faultAt(root, key, `no active rule has this id; ${hint}`, origin.file);
  }
}

/**
 * A replacement goes to the wire as it is, and a mask's name to the ledger: throws `ConfigError` for one that is itself a
 * secret.
 */
export async function refuseSecretMasks(root: string, engine: Engine): Promise<void> {
  for (const mask of engine.settings.customMasks) {
    for (const [key, goesTo] of MASK_TEXTS) {
      if (withoutSecrets(mask[key], engine.keywords) === mask[key]) continue;
      const at = ["live", "privacy", "mask", mask.origin.number - 1, key];
      const message = `the ${key} is itself a secret, and would be ${goesTo}`;
      throw await faultAt(root, at, message, mask.origin.file);
    }
  }
}

const MASK_TEXTS = [
  ["replacement", "sent"],
  ["name", "written down with every push"],
] as const;

/** The fault of what stands at `key` of a settings file. */
export async function faultAt(
  root: string,
  key: TomlPath,
  message: string,
  file: string = SETTINGS_FILE,
): Promise<ConfigError> {
  const placeOf = await places(await files.readFile(path.join(root, file), "utf8"), file);
  return new ConfigError([{ file, ...placeOf(key, "value"), message }]);
}
