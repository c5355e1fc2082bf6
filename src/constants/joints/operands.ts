import type { Family } from "../clues.js";
import { lookAt } from "./look-at.js";
import { LONGEST_TYPE, passingOf } from "./passing.js";
import { code, KIND, MARK, type Tokens } from "./tokens.js";
import { MACROS, type Words } from "./words.js";

/**
 * What an expression may be if it is constant, a bit each; 0: it is not constant. `bare`: a list of what is not, to which
 * constants may be added.
 */
export const VALUE = { text: 1, number: 2, list: 4, record: 8, any: 15, bare: 16 } as const;

/** What names may stand for. */
export type Known = {
  /** A name that stands by itself at a token. */
  readonly named: (name: string, token: number) => number;
  /** A field of whatever. */
  readonly field: (name: string) => number;
};

/** An expression without operators: where it ends, and what it may be. */
export type Operand = { readonly end: number; readonly value: number };

/** Reads expressions as far as it takes to say what they may be; never less than what they are. */
export type Operands = {
  /** The operand that begins at `token`, as far as it goes before `until`. */
  readonly operandAt: (token: number, until?: number) => Operand;
  /** Operands with `+` between, up to what is none. */
  readonly sumAt: (token: number) => Operand;
  /** What the whole of the stretch may be. */
  readonly valueWithin: (from: number, to: number) => number;
  /** Where the operand that ends before `token` begins; -1 where none does. */
  readonly startBefore: (token: number) => number;
  /** Whether anything in the stretch may be constant. */
  readonly holdsConstant: (from: number, to: number) => boolean;
  /** Whether a word in the stretch may stand for a constant. */
  readonly holdsName: (from: number, to: number) => boolean;
  /** Counts a step; throws `TooManySteps`. */
  readonly take: () => void;
};

/** Operators whose result nobody works out. */
const LOST: ReadonlySet<number> = new Set([
  ...Array.from("-*/%<>^|&?=~", code),
  MARK.compare,
  MARK.logic,
  MARK.arrow,
  MARK.assign,
  MARK.spread,
]);

/** Operators that bind more closely than `+`. */
const PRODUCTS: ReadonlySet<number> = new Set(Array.from("*/%", code));

/** Operators of one operand, and what opens a type in front of a value. */
const IN_FRONT: ReadonlySet<number> = new Set([...Array.from("&*-!~", code), MARK.logic]);

const PLUS = code("+");
const MINUS = code("-");
const DOT = code(".");
const COMMA = code(",");
const BANG = code("!");
const ASKING = code("?");
const LESS = code("<");
const MORE = code(">");
const ROUND = code("(");
const SQUARE = code("[");
const CURLY = code("{");
const BACKTICK = code("`");

/** Words that make another value of the one behind them. */
const TURNING: ReadonlySet<string> = new Set(["typeof", "void", "delete"]);

/** Words that begin what has no constant value. */
const STATEMENTS: ReadonlySet<string> = new Set(
  "function async class if match loop while for unsafe return break continue move yield import".split(" "),
);

/** Words between two values of which none is left. */
const BETWEEN: ReadonlySet<string> = new Set(["in", "of", "instanceof"]);

/** Deeper brackets are no source code: then anything may stand there. */
const DEEPEST = 64;

/** Thrown where reading takes more steps than a text of this length deserves. */
export class TooManySteps extends Error {}

export function operandsOf(tokens: Tokens, family: Family, words: Words, known: Known): Operands {
  const { text, count, kinds, marks } = tokens;
  let steps = 40 * count + 100_000;
  const { isMark, isWord, wordAt, opens, behind } = lookAt(tokens);
  const take = (): void => {
    if (--steps < 0) throw new TooManySteps();
  };
  const { behindAngles, behindType, startBefore } = passingOf(tokens, words, take);

  /** What the word at `token` may stand for, as a name or a field. */
  const wordValue = (token: number): number => {
    const isField = isMark(token - 1, DOT) || isMark(token - 1, MARK.chain);
    return isField ? known.field(wordAt(token)) : known.named(wordAt(token), token);
  };

  const holdsName = (from: number, to: number): boolean => {
    for (let token = from; token < to; token++) {
      take();
      if (kinds[token] === KIND.word && wordValue(token) !== 0) return true;
    }
    return false;
  };

  const holdsConstant = (from: number, to: number): boolean => {
    for (let token = from; token < to; token++) {
      take();
      const kind = kinds[token];
      if (kind === KIND.word) {
        if ((wordValue(token) & VALUE.any) !== 0) return true;
      } else if (kind !== KIND.mark && kind !== KIND.pattern) return true;
    }
    return false;
  };

  let depth = 0;
  const nested = (from: number, to: number): number => {
    if (depth >= DEEPEST) return VALUE.any;
    depth++;
    const value = valueWithin(from, to);
    depth--;
    return value;
  };

  const listValue = (from: number, to: number): number =>
    from === to || holdsConstant(from, to) ? VALUE.list | VALUE.record : VALUE.bare;

  const firstValue = (token: number): Operand => {
    switch (kinds[token]) {
      case KIND.string:
      case KIND.character:
        return { end: token + 1, value: VALUE.text };
      case KIND.number:
        return { end: token + 1, value: VALUE.number };
      case KIND.pattern:
        return { end: token + 1, value: 0 };
      case KIND.word:
        return {
          end: token + 1,
          value: wordAt(token) === "this" ? VALUE.record : known.named(wordAt(token), token),
        };
      default:
    }
    if (!opens(token)) return { end: token, value: 0 };
    const end = behind(token);
    switch (marks[token]) {
      case BACKTICK:
        return { end, value: VALUE.text };
      case ROUND:
        return { end, value: isMark(end, MARK.arrow) ? 0 : nested(token + 1, end - 1) };
      case SQUARE:
        return { end, value: listValue(token + 1, end - 1) };
      case CURLY:
        return { end, value: VALUE.record };
      default:
        return { end, value: VALUE.any };
    }
  };

  /** What the call gives whose arguments stand between; `callee` is its last word, `object` what it is called on. */
  const called = (callee: number, open: number, object: number): number => {
    const word = wordAt(callee);
    const isField = isMark(callee - 1, DOT) || isMark(callee - 1, MARK.chain);
    if (isField && object !== 0 && words.methods.has(word)) {
      const isBare = object === VALUE.bare && !holdsConstant(open + 1, behind(open) - 1);
      return isBare ? VALUE.bare : VALUE.text | VALUE.list;
    }
    const owners = words.functions.get(word);
    if (owners === undefined) return 0;
    if (owners !== null && !owners.has(ownerOf(callee))) return 0;
    return holdsConstant(open + 1, behind(open) - 1) ? VALUE.any : 0;
  };

  /** The word before `callee` in its path, without `::<T>`. */
  const ownerOf = (callee: number): string => {
    let at = callee - 2;
    if (isMark(at, MORE)) {
      while (at > 0 && !isMark(at, MARK.path) && callee - at < LONGEST_TYPE) at--;
      at--;
    }
    return wordAt(at);
  };

  const operandAt = (token: number, until = count): Operand => {
    let at = token;
    let isTurned = false;
    for (; at < count; at++) {
      take();
      if (isMark(at, LESS)) {
        // `<string>value`
        const behindTypes = behindAngles(at);
        if (behindTypes === -1) return { end: at + 1, value: VALUE.any };
        at = behindTypes - 1;
        continue;
      }
      const word = wordAt(at);
      isTurned ||= TURNING.has(word);
      const isPrefix = (kinds[at] === KIND.mark && IN_FRONT.has(marks[at] ?? 0)) || words.prefixes.has(word);
      if (!isPrefix && !TURNING.has(word)) break;
    }
    const read = pathAt(at, until);
    return isTurned ? { ...read, value: 0 } : read;
  };

  const pathAt = (at: number, until: number): Operand => {
    const first = firstValue(at);
    if (first.end === at) return first;
    let { end, value } = first;
    /** The last word of the path so far, and what it is called on. */
    let callee = isWord(at) ? at : -1;
    let object = 0;
    for (;;) {
      take();
      if (end >= until) return { end, value };
      if ((isMark(end, DOT) || isMark(end, MARK.chain)) && isWord(end + 1)) {
        callee = end + 1;
        object = value;
        value = (object & VALUE.record) === 0 ? 0 : known.field(wordAt(callee));
        end += 2;
      } else if (isMark(end, MARK.chain) && opens(end + 1)) end++;
      else if (isMark(end, MARK.path)) {
        if (isWord(end + 1)) {
          callee = end + 1;
          value = known.named(wordAt(callee), callee);
          end += 2;
        } else {
          const behindTypes = isMark(end + 1, LESS) ? behindAngles(end + 1) : -1;
          if (behindTypes === -1) return { end: end + 1, value: VALUE.any };
          end = behindTypes;
        }
      } else if (isMark(end, ROUND)) {
        value = callee === -1 ? 0 : called(callee, end, object);
        end = behind(end);
        callee = -1;
      } else if (isMark(end, SQUARE)) {
        value = (value & VALUE.record) !== 0 ? VALUE.any : 0;
        end = behind(end);
        callee = -1;
      } else if (isMark(end, BACKTICK)) {
        value = 0;
        end = behind(end);
      } else if (isMark(end, BANG) && family === "rust" && callee !== -1 && opens(end + 1)) {
        const isKnown = MACROS.has(wordAt(callee)) && holdsConstant(end + 2, behind(end + 1) - 1);
        value = isKnown ? VALUE.any : 0;
        end = behind(end + 1);
        callee = -1;
      } else if (isMark(end, BANG) && family === "ecmascript") end++;
      else if (isMark(end, ASKING) && family === "rust") end++;
      else if (isMark(end, MARK.step)) {
        value = 0;
        end++;
      } else if (isWord(end) && words.casts.has(wordAt(end))) {
        end = behindType(end + 1);
        callee = -1;
      } else return { end, value };
    }
  };

  const sumAt = (token: number): Operand => {
    let end = token;
    let value = 0;
    let isSum = false;
    for (let isTakenOff = false; ; end++) {
      const next = productAt(end);
      if (next.end === end && end > token) return { end, value: VALUE.any };
      end = next.end;
      value |= isTakenOff ? 0 : next.value;
      isTakenOff = isMark(end, MINUS);
      // Of what something is taken from nothing is left, but more may be added to it.
      if (isTakenOff) value = 0;
      else if (!isMark(end, PLUS)) break;
      isSum = true;
    }
    if (isSum) value &= VALUE.text;
    return { end, value: isLost(token, end) ? 0 : isReadable(end) ? value : VALUE.any };
  };

  /** An operand, or several with `*` and its like between, which are nothing that is known. */
  const productAt = (token: number): Operand => {
    let { end, value } = operandAt(token);
    while (end < count && end > token && kinds[end] === KIND.mark && PRODUCTS.has(marks[end] ?? 0)) {
      const next = operandAt(end + 1);
      if (next.end === end + 1) break;
      end = next.end;
      value = 0;
    }
    return { end, value };
  };

  /** Whether what was read from `token` to `end` is a part of something that is not constant. */
  const isLost = (token: number, end: number): boolean => {
    if (STATEMENTS.has(wordAt(token))) return true;
    if (end >= count) return false;
    return kinds[end] === KIND.mark
      ? LOST.has(marks[end] ?? 0)
      : BETWEEN.has(wordAt(end)) && isOnOneLine(end - 1);
  };

  /** Whether an expression may end there: at a mark, or with its line. */
  const isReadable = (end: number): boolean =>
    end >= count || kinds[end] === KIND.mark || !isOnOneLine(end - 1);

  /** Whether the token and the next one stand on one line. */
  const isOnOneLine = (token: number): boolean =>
    !/[\n\r]/.test(text.slice(tokens.ends[token], tokens.starts[token + 1]));

  const valueWithin = (from: number, to: number): number => {
    if (from >= to) return 0;
    const { end, value } = sumAt(from);
    if (end >= to || isLost(from, end)) return value;
    // The value of `(a, b)` nobody works out, in neither language.
    return isMark(end, COMMA) ? 0 : VALUE.any;
  };

  return { operandAt, sumAt, valueWithin, startBefore, holdsConstant, holdsName, take };
}
