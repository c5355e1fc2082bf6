import type { Engine } from "../scan/engine.js";
import { settingsDigest, withNestedDigests } from "../settings/digest.js";
import { SETTINGS_FILE } from "../settings/load.js";
import { trackedEndingIn } from "../sources/listed-files.js";
import { repositoryOf } from "../sources/repository.js";
import { SourceError } from "../sources/source.js";
import { ConfigError } from "../toml/config-error.js";

/**
 * Reads the settings files below the root that git tracks, for whoever has to tell of all of them and not only of those
 * that apply to what is looked at. One that cannot be used is a fault where it applies, and not here.
 */
export async function readListed(root: string, { below }: Engine): Promise<readonly string[]> {
  const listed = await listedSettings(root);
  for (const file of listed) {
    try {
      await below.at(file);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
    }
  }
  return listed;
}

/** Their paths; none where git cannot be asked, for then they are found as paths are asked about. */
async function listedSettings(root: string): Promise<readonly string[]> {
  try {
    const repository = await repositoryOf(root);
    return repository?.root === root ? await trackedEndingIn(repository, `/${SETTINGS_FILE}`) : [];
  } catch (error) {
    if (error instanceof SourceError) return [];
    throw error;
  }
}

/** SHA-256, in hex, of what all settings mean that were read so far: the root's, and those of folders below. */
export async function wholeDigest(engine: Engine): Promise<string> {
  return withNestedDigests(settingsDigest(engine.settings), await engine.below.digests());
}
