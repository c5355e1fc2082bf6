import { builtMatches } from "./built-matches.js";
import type { Keywords } from "./keywords.js";
import { type Match, onePerPlace } from "./match.js";
import { secretsIn } from "./secrets-in.js";

/** `\u005f` and `\u{5f}`: in ECMAScript a name may be written so. */
const ESCAPED = /\\u(?:([0-9A-Fa-f]{4})|\{([0-9A-Fa-f]{1,6})\})/g;

/**
 * The secrets in an id or a name, which goes to the wire as it is: as they stand, encoded, or in escaped letters. One in
 * escaped letters is the whole name.
 */
export function secretsInName(name: string, keywords: Keywords): readonly Match[] {
  const plain = secretsIn(name, keywords);
  const found = [...plain, ...builtMatches(name, null, keywords, "", plain)];
  const read = name.replace(ESCAPED, (_, four?: string, braced?: string) => letterOf(four ?? braced ?? ""));
  if (read === name) return onePerPlace(found);
  const whole = { start: 0, end: name.length };
  const escaped = secretsIn(read, keywords).map((match) => ({ ...match, secret: whole, pieces: [whole] }));
  return onePerPlace([...found, ...escaped]);
}

function letterOf(hex: string): string {
  const point = Number.parseInt(hex, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : " ";
}
