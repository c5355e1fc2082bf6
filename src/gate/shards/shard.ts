import { MOST_SHARDS } from "../../report/shard-part.js";

/** One machine's part of a run that is split over several: `index` of `of`, from 1. */
export type Shard = { readonly index: number; readonly of: number };

/** The shard that `text` names (`3/8`), or null. */
export function shardNamed(text: string): Shard | null {
  const [, index = "", of = ""] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  return shard.index >= 1 && shard.index <= shard.of && shard.of <= MOST_SHARDS ? shard : null;
}

/**
 * Whether what stands at `path` falls to this shard: told by the path alone, so that it is the same on every machine, and
 * so that all versions of a file fall to one.
 */
export function fallsTo({ index, of }: Shard, path: string): boolean {
  return hashOf(path) % of === index - 1;
}

/** FNV-1a over UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/), its bits then mixed as MurmurHash3 ends. */
export function hashOf(text: string, start = 0x811c9dc5): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
