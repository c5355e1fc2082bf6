import { HIT, type Hits, hitsWithin, LOOKS } from "../prefilter/prefilter.js";
import { languageOf } from "../units/languages.js";
import { type Hunk, hunkBetween } from "./common-ends.js";
import type { Engine } from "./engine.js";
import type { Signs, Tried } from "./keywords.js";
import { mayHoldBuilt } from "./quiet-text.js";
import { secretsIn } from "./secrets-in.js";

/** A version of a file, all of it ASCII, in which there is nothing to tell of; and what its bytes show. */
export type QuietVersion = {
  readonly bytes: Buffer;
  readonly hits: Hits;
  /** At least the clues that are in it. */
  readonly clues: number;
};

/**
 * What bytes show of a version in which there is nothing: no marker, no comment that allows, no secret in plain text or
 * put together. Null: `scanPiece` has to tell. `before` is another version at the same path (null: none is known), which
 * tells of all that is the same in both. `bytes` are ASCII.
 *
 * It tells so because a keyword's place depends on `LOOKS` bytes around it, and what a rule makes of a place on what
 * stands within `farOf` of it. A rule that has no place near the hunk, in either version, has the same places in the same
 * surroundings, and the same matches: none, for one would have been told. Rules whose matches may be silent are asked
 * again, as are those near the hunk; each is given all of its places.
 */
export function quietVersion(
  engine: Engine,
  path: string,
  bytes: Buffer,
  before: QuietVersion | null,
): QuietVersion | null {
  const { keywords } = engine;
  const hunk = before === null ? null : hunkBetween(before.bytes, bytes);
  const signs =
    before === null || hunk === null
      ? keywords.signsIn(bytes, path)
      : signsBeside(engine, path, bytes, before, hunk);
  if (signs.marked) return null;
  const { hits, clues } = signs;
  const asked =
    before === null || hunk === null ? hits : askedAgain(engine, path, hits, changedHits(before, hunk), hunk);
  if (asked.length > 0 || clues !== 0 || keywords.always(path).length > 0) {
    const text = bytes.toString("latin1");
    const language = languageOf(path);
    if (secretsIn(text, keywords, path, asked).length > 0) return null;
    if (mayHoldBuilt(engine, path, text, language, signs)) return null;
  }
  return { bytes, hits, clues };
}

/** The signs of `bytes`, looked for only around the hunk. */
function signsBeside(
  { keywords }: Engine,
  path: string,
  bytes: Buffer,
  before: QuietVersion,
  { from, oldEnd, newEnd }: Hunk,
): Signs {
  const first = Math.max(0, from - LOOKS.ahead);
  const last = newEnd + LOOKS.behind;
  const { hits, clues, marked } = keywords.signsWithin(bytes, path, first, last);
  const left = hitsWithin(before.hits, 0, first);
  const right = hitsWithin(before.hits, oldEnd + LOOKS.behind, before.bytes.length);
  const all = new Uint32Array(left.length + hits.length + right.length);
  all.set(left);
  all.set(hits, left.length);
  all.set(right, left.length + hits.length);
  for (let at = left.length + hits.length; at < all.length; at += HIT)
    all[at] = (all[at] ?? 0) + newEnd - oldEnd;
  return { hits: all, clues: before.clues | clues, marked };
}

/** The old version's places of which the hunk says something; those of all others are places of the new one. */
function changedHits({ hits }: QuietVersion, { from, oldEnd }: Hunk): Hits {
  return hitsWithin(hits, Math.max(0, from - LOOKS.ahead), oldEnd + LOOKS.behind);
}

/** What a rule looks at beyond its reach: a boundary, the beginning of an escape. */
const BEYOND = 24;

/** And where it asks which word or data a match is a part of, or reads an assignment with all that stands in its markup. */
const AROUND = 512;

/** The places of all rules that have one near the hunk, in the new version or the old, and of those that match unseen. */
function askedAgain({ keywords }: Engine, path: string, hits: Hits, old: Hits, hunk: Hunk): Hits {
  const touched = new Set<Tried>();
  const touch = (places: Hits, end: number): void => {
    for (let hit = 0; hit < places.length; hit += HIT) {
      const at = places[hit] ?? 0;
      for (const tried of keywords.owners(places[hit + 1] ?? 0, places[hit + 2] ?? 0, path)) {
        const far = farOf(tried);
        if ((at + far >= hunk.from && at - far <= end) || matchesUnseen(tried)) touched.add(tried);
      }
    }
  };
  touch(hits, hunk.newEnd);
  touch(old, hunk.oldEnd);
  if (touched.size === 0) return hits.subarray(0, 0);
  const asked = new Uint32Array(hits.length);
  let length = 0;
  for (let hit = 0; hit < hits.length; hit += HIT) {
    const owners = keywords.owners(hits[hit + 1] ?? 0, hits[hit + 2] ?? 0, path);
    if (!owners.some((tried) => touched.has(tried))) continue;
    asked.set(hits.subarray(hit, hit + HIT), length);
    length += HIT;
  }
  return asked.subarray(0, length);
}

/** How far from its place what a rule makes of it may depend on. */
function farOf({ rule, reach }: Tried): number {
  const asksAround = rule.kind === "provider" || rule.prefixes.length > 0 || rule.pattern.source === "";
  return reach() + (asksAround ? AROUND : BEYOND);
}

/** Whether a match may be told of only beside another one: the half of a pair. */
function matchesUnseen({ rule }: Tried): boolean {
  return rule.part || rule.partners.length > 0;
}
