import { scanDigest } from "../cache/scan-digest.js";
import type { OpenOptions } from "../gate/open-engine.js";
import { shardNamed } from "../gate/shards/shard.js";
import { type ShardedRun, shardedRun } from "../gate/shards/sharded-run.js";
import { valueMarks } from "../gate/shards/value-marks.js";
import type { RunOnCores } from "../parallel/run-on-cores.js";
import { MOST_SHARDS } from "../report/shard-part.js";
import { VERSION } from "../report/version.js";
import type { Engine } from "../scan/engine.js";
import { settingsDigest } from "../settings/digest.js";
import { headTree } from "../sources/head-tree.js";
import type { Repository } from "../sources/repository.js";
import { UsageError } from "./exit.js";

/** Holds the key, where nothing that all machines have, and a report's readers have not, can give one. */
export const KEY_VARIABLE = "AURA_SCAN_SHARD_KEY";

const SHORTEST_KEY = 32;

/** `--shard` as it is meant. */
export type AskedShard = {
  readonly openOptions: Pick<OpenOptions, "valueKey">;
  readonly of: (engine: Engine) => ShardedRun & {
    readonly run: (whole: SourceParts) => SourceParts & Pick<RunOnCores, "shard">;
  };
};

type SourceParts = Pick<RunOnCores, "mode" | "nothing" | "seesAll" | "itemsOf" | "collector">;

/** The shard that `text` names, in this repository. Throws `UsageError`. */
export async function askedShardOf(
  text: string,
  repository: Repository | null,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<AskedShard> {
  const shard = shardNamed(text);
  if (shard === null)
    throw new UsageError(
      `--shard is a number and how many there are, from 1/1 to ${MOST_SHARDS}/${MOST_SHARDS}: 3/8`,
    );
  const head = repository === null ? null : await headTree(repository);
  const given = environment[KEY_VARIABLE] ?? "";
  if (given !== "" && given.length < SHORTEST_KEY)
    throw new UsageError(`${KEY_VARIABLE} is shorter than ${SHORTEST_KEY} characters`);
  const key = given === "" ? head?.tree : given;
  if (key === undefined)
    throw new UsageError(
      `--shard outside of a repository with a commit needs ${KEY_VARIABLE}: the same ${SHORTEST_KEY} random characters or more on every machine`,
    );
  return {
    openOptions: { valueKey: valueMarks(key) },
    of(engine) {
      const { settings, ruleSet, allows } = engine;
      const sharded = shardedRun(shard, [
        head?.commit ?? "",
        settingsDigest(settings),
        scanDigest(settings, ruleSet, VERSION),
        ...[...allows.baseline.keys()].sort(),
        // Machines with other keys would give the same value other marks.
        valueMarks(key)("aura-scan/shard"),
      ]);
      return {
        ...sharded,
        run: (whole) => ({
          ...whole,
          // A history has asked for its own files only.
          itemsOf: whole.collector === undefined ? sharded.itemsOf(whole.itemsOf) : whole.itemsOf,
          shard: sharded.part,
        }),
      };
    },
  };
}
