import { lookAt } from "./look-at.js";
import { code, HOLE_MARK, KIND, MARK, type Tokens } from "./tokens.js";
import type { Words } from "./words.js";

/** Passes over what stands around a value and is none: types, and an operand from its end to its beginning. */
export type Passing = {
  /** Behind `<…>`; -1 where it does not end soon. */
  readonly behindAngles: (token: number) => number;
  /** Behind the type that begins at `token`. */
  readonly behindType: (token: number) => number;
  /** Where the operand that ends before `token` begins; -1 where none does. */
  readonly startBefore: (token: number) => number;
};

/** A longer type, in tokens, is no source code. */
export const LONGEST_TYPE = 200;

/** What types are made of. */
const OF_TYPES: ReadonlySet<number> = new Set([...Array.from(".|&<>", code), MARK.path]);

const DOT = code(".");
const BANG = code("!");
const ASKING = code("?");
const LESS = code("<");
const MORE = code(">");
const SQUARE = code("[");
const CURLY = code("{");
const BACKTICK = code("`");

/** `take` counts each step. */
export function passingOf(tokens: Tokens, words: Words, take: () => void): Passing {
  const { count, kinds, marks, partners } = tokens;
  const { isMark, isWord, wordAt, opens, behind } = lookAt(tokens);

  const behindAngles = (token: number): number => {
    let depth = 0;
    for (let at = token; at < Math.min(count, token + LONGEST_TYPE); at++) {
      take();
      if (isMark(at, LESS)) depth++;
      else if (isMark(at, MORE) && --depth === 0) return at + 1;
      else if (opens(at)) at = partners[at] ?? at;
    }
    return -1;
  };

  const behindType = (token: number): number => {
    let at = token;
    while (at < count) {
      take();
      if (isMark(at, LESS)) {
        const end = behindAngles(at);
        if (end === -1) return at + 1;
        at = end;
      } else if (opens(at) && !isMark(at, BACKTICK) && !isMark(at, HOLE_MARK)) {
        // A type in brackets, or behind one: `string[]`.
        const isFirst = at === token || OF_TYPES.has(marks[at - 1] ?? 0);
        if (!isFirst && !isMark(at, SQUARE)) return at;
        at = behind(at);
      } else if (isWord(at) || (kinds[at] === KIND.mark && OF_TYPES.has(marks[at] ?? 0))) {
        // Two words in a row are the next statement, but for `keyof T`.
        const isNext = at > token && isWord(at) && isWord(at - 1) && !TYPE_WORDS.has(wordAt(at - 1));
        if (isNext || (words.casts.has(wordAt(at)) && at > token)) return at;
        at++;
      } else if (kinds[at] === KIND.string && at === token) at++;
      else return at;
    }
    return at;
  };

  const startBefore = (token: number): number => {
    let at = token - 1;
    for (;;) {
      take();
      while (isMark(at, BANG) || isMark(at, ASKING)) at--;
      if (at < 0) return -1;
      if (isMark(at, MORE)) {
        let depth = 0;
        const least = Math.max(0, at - LONGEST_TYPE);
        for (; at >= least; at--) {
          take();
          if (isMark(at, MORE)) depth++;
          else if (isMark(at, LESS) && --depth === 0) break;
        }
        if (depth !== 0) return -1;
        at--;
        if (isMark(at, MARK.path)) at--;
        continue;
      }
      const open = partners[at] ?? -1;
      if (kinds[at] === KIND.mark && open === -1) return -1;
      if (open > at) return -1;
      if (open !== -1) {
        at = open;
        const isBehindValue =
          isWord(at - 1) ||
          isMark(at - 1, BANG) ||
          isMark(at - 1, MORE) ||
          isMark(at - 1, MARK.chain) ||
          kinds[at - 1] === KIND.string ||
          (kinds[at - 1] === KIND.mark &&
            at > 0 &&
            (partners[at - 1] ?? count) < at - 1 &&
            (partners[at - 1] ?? -1) !== -1);
        if (at > 0 && isBehindValue && !isMark(at, CURLY)) {
          at = isMark(at - 1, MARK.chain) ? at - 2 : at - 1;
          if (!isWord(at) || !STATEMENT_WORDS.has(wordAt(at))) continue;
          return at + 1;
        }
        return at;
      }
      if (isMark(at - 1, DOT) || isMark(at - 1, MARK.chain) || isMark(at - 1, MARK.path)) {
        at -= 2;
        continue;
      }
      if (words.casts.has(wordAt(at - 1))) {
        at -= 2;
        continue;
      }
      return at;
    }
  };

  return { behindAngles, behindType, startBefore };
}

/** Words of a type that another one follows. */
const TYPE_WORDS: ReadonlySet<string> = new Set([
  "keyof",
  "typeof",
  "readonly",
  "unique",
  "infer",
  "dyn",
  "impl",
  "mut",
  "const",
]);

/** Words that a bracket may follow and that call nothing. */
const STATEMENT_WORDS: ReadonlySet<string> = new Set([
  ..."return typeof case in of delete void do else instanceof throw yield if while for switch await match let".split(
    " ",
  ),
]);
