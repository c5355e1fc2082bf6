import { type Allows, readyAllows } from "../allow/allowance.js";
import { type Below, type Engine, engineUnder, withoutSecrets } from "../scan/engine.js";
import { settingsDigest } from "../settings/digest.js";
import { nestedSettings } from "../settings/nested/nested-settings.js";
import type { NestedFile } from "../settings/nested/parse-nested.js";
import type { Settings } from "../settings/settings.js";
import { ConfigError } from "../toml/config-error.js";
import type { AllowsOf } from "./allows-before.js";
import { refuseSecretMasks, refuseUnknownRules } from "./settings-faults.js";

/** The engines below the repository's `root`; `before` gives what allowances of a file were there before. */
export function nestedEngines(root: string, engine: Engine, before: AllowsOf | null): Below {
  const nested = nestedSettings(root, engine.settings);
  const made = new Map<NestedFile, Engine | Promise<Engine>>();

  const engineOf = (file: NestedFile): Engine | Promise<Engine> => {
    const known = made.get(file) ?? make(file);
    made.set(file, known);
    return known;
  };
  const make = async (file: NestedFile): Promise<Engine> => {
    const { settings } = file;
    const under = engineUnder(engine, settings, await allowsOf(settings));
    await refuseUnknownRules(root, under);
    await refuseSecretMasks(root, under);
    made.set(file, under);
    return under;
  };
  const allowsOf = async ({ allow }: Settings): Promise<Allows> => {
    const { baseline, before: then } = engine.allows;
    if (before === null || then === null) return readyAllows(allow, baseline, then);
    const files = new Set(allow.map(({ origin }) => origin.file));
    const known = await Promise.all([...files].map(before));
    const conditions = new Set([...then.settings, ...known.flatMap((one) => [...one])]);
    return readyAllows(allow, baseline, { ...then, settings: conditions });
  };
  const outcomes = (): Promise<readonly (readonly [string, NestedFile | ConfigError | null])[]> =>
    Promise.all(
      nested.files().map(async (name) => {
        try {
          const found = await nested.at(name);
          if (found !== null) await engineOf(found);
          return [name, found] as const;
        } catch (error) {
          if (error instanceof ConfigError) return [name, error] as const;
          throw error;
        }
      }),
    );
  return {
    at(path) {
      const found = nested.at(path);
      if (found === null) return null;
      return found instanceof Promise
        ? found.then((file) => (file === null ? null : engineOf(file)))
        : engineOf(found);
    },
    files: nested.files,
    async digests() {
      const all = (await outcomes()).map(
        ([name, found]) => [name, isUsable(found) ? settingsDigest(found.settings) : "unusable"] as const,
      );
      return new Map(all);
    },
    async notices() {
      return (await outcomes()).flatMap(([name, found]) =>
        isUsable(found) && found.outweighed.length > 0
          ? [outweighedWords(withoutSecrets(name, engine.keywords), found.outweighed)]
          : [],
      );
    },
    async used() {
      const usable = (await outcomes()).flatMap(([, found]) => (isUsable(found) ? [engineOf(found)] : []));
      return Promise.all(usable);
    },
    lookAgain: nested.lookAgain,
  };
}

function isUsable(found: NestedFile | ConfigError | null): found is NestedFile {
  return found !== null && !(found instanceof ConfigError);
}

function outweighedWords(file: string, keys: readonly string[]): string {
  const verb = keys.length === 1 ? "does" : "do";
  return `${file}: ${keys.join(", ")} ${verb} not count there, for less strict settings need scan.nested.widen at the root.`;
}
