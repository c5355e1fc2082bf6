import type { ShardPart } from "../../report/shard-part.js";
import type { LookAhead } from "../../sources/ahead.js";
import type { SourceItem } from "../../sources/source.js";
import type { ScanRun, ShardFacts } from "../run-scan.js";
import { fallsTo, hashOf, type Shard } from "./shard.js";

/** What is asked of every name that the whole run would look at: whether it falls to this machine. */
export type Takes = (path: string) => boolean;

/** One machine's view of a run that is split. */
export type ShardedRun = {
  readonly shard: Shard;
  /** To be asked once for each thing that the whole run would read, in its order. */
  readonly takes: Takes;
  /** A source that reads only what falls to this machine. */
  readonly itemsOf: (itemsOf: (look: LookAhead) => ScanRun["items"]) => (look: LookAhead) => ScanRun["items"];
  readonly part: (facts: ShardFacts) => ShardPart;
};

/** `common`: what all machines of the run have in common besides the names they see: rules, settings, the commit. */
export function shardedRun(shard: Shard, common: readonly string[]): ShardedRun {
  let seen = hashOf(common.join("\n"));
  const commits = new Set<string>();
  const takes: Takes = (path) => {
    seen = hashOf(path, seen);
    return fallsTo(shard, path);
  };
  async function* taken(items: ScanRun["items"]): AsyncGenerator<SourceItem> {
    for await (const item of items) {
      if (item.kind === "file" && item.file.commit !== undefined) commits.add(item.file.commit);
      if (takes(item.kind === "file" ? item.file.path : item.path)) yield item;
    }
  }
  return {
    shard,
    takes,
    itemsOf: (itemsOf) => (look) => taken(itemsOf(lookingAtOwn(shard, look))),
    part: (facts) => ({
      ...shard,
      // Sixteen bits tell machines apart that saw something else, and nothing of what they saw.
      run: (seen >>> 16).toString(16).padStart(4, "0"),
      ...facts,
      commits: commits.size > 0 ? commits.size : facts.commits,
    }),
  };
}

/** Nothing is looked at ahead that falls to another machine: it counts as done, and is left out in its turn. */
function lookingAtOwn(shard: Shard, look: LookAhead): LookAhead {
  return (places) => {
    const own = places.filter(({ path }) => fallsTo(shard, path));
    const ahead = look(own);
    const numbers = new Map(own.map((place, number) => [place, number]));
    return {
      async clean(index) {
        const place = places[index];
        const number = place === undefined ? undefined : numbers.get(place);
        return number === undefined ? { bytes: 0, units: 0 } : ahead.clean(number);
      },
      close: ahead.close,
    };
  };
}
