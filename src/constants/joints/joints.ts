import { SHORTEST_BUILT } from "../built-string.js";
import type { Family } from "../clues.js";
import { literalText } from "../escapes.js";
import { leavesOf } from "../text-value.js";
import { builtFrom } from "../told.js";
import { lookAt } from "./look-at.js";
import { type Known, type Operands, VALUE } from "./operands.js";
import { code, HOLE_MARK, KIND, MARK, type Tokens } from "./tokens.js";
import { MACROS, type Words } from "./words.js";

const PLUS = code("+");
const DOT = code(".");
const BANG = code("!");
const COMMA = code(",");
const SEMICOLON = code(";");
const ROUND = code("(");
const SQUARE = code("[");

/** A stretch of tokens in which constants may be put together, spelled or decoded. */
export type Joint = { readonly from: number; readonly to: number };

/**
 * Every joint of a source, told by its words and marks alone: none is missing of those in which `../tree-strings.ts` finds
 * a string, and of others there are as few as that allows.
 */
export function jointsIn(
  tokens: Tokens,
  family: Family,
  words: Words,
  known: Known,
  operands: Operands,
): readonly Joint[] {
  const { text, count, kinds, marks, partners, arounds } = tokens;
  const { isMark, wordAt } = lookAt(tokens);
  const closing = (open: number): number => partners[open] ?? open;
  const mayBeSpelled = words.spelling.some((word) => text.includes(word));

  /** The stretches between the commas of the bracket that opens at `open`; null where it is no list. */
  const itemsOf = (open: number): (readonly [number, number])[] | null => {
    const items: [number, number][] = [];
    let from = open + 1;
    const end = closing(open);
    for (let token = from; token < end; token++) {
      if (isMark(token, SEMICOLON)) return null;
      if (isMark(token, COMMA)) {
        items.push([from, token]);
        from = token + 1;
      } else if ((partners[token] ?? -1) > token) token = closing(token);
    }
    if (from < end) items.push([from, end]);
    return items;
  };

  const isCode = ([from, to]: readonly [number, number]): boolean => {
    if (isMark(from, MARK.spread)) return (operands.valueWithin(from + 1, to) & VALUE.any) !== 0;
    if (to - from === 1) {
      const written = text.slice(tokens.starts[from], tokens.ends[from]);
      if (kinds[from] === KIND.number) return isPrintable(written) || mayBeSpelled;
      if (kinds[from] === KIND.string || kinds[from] === KIND.character)
        return /^[bc]?.(?:[^\\]{1,2}|\\.{1,10}).$/s.test(written);
    }
    return (operands.valueWithin(from, to) & PART) !== 0;
  };

  const isCodes = (open: number): boolean => {
    const items = itemsOf(open);
    if (items === null) return false;
    const isLong = items.length >= SHORTEST_BUILT || items.some(([from]) => isMark(from, MARK.spread));
    return isLong && items.every(isCode);
  };

  const isEscaped = (token: number): boolean => {
    const start = tokens.starts[token] ?? 0;
    const end = tokens.ends[token] ?? 0;
    const isChunk = kinds[token] === KIND.chunk;
    const from = isChunk ? start : family === "rust" ? text.indexOf('"', start) + 1 : start + 1;
    const value = literalText(text, from, isChunk ? end : end - 1, family);
    return builtFrom(leavesOf(value), value.how, null).length > 0;
  };

  /** What the operand from `start` up to `end` may be. */
  const valueUpTo = (start: number, end: number): number => {
    const read = operands.operandAt(start, end);
    return read.end === end ? read.value : VALUE.any;
  };

  const sumAround = (plus: number): Joint | null => {
    const start = operands.startBefore(plus);
    if (start === -1) return null;
    const before = valueUpTo(start, plus);
    const behind = operands.operandAt(plus + 1);
    const isSum = (before & PART) !== 0 && (behind.value & PART) !== 0;
    return isSum && ((before | behind.value) & VALUE.text) !== 0 ? { from: start, to: behind.end } : null;
  };

  const isMacroJoining = (name: string, open: number): boolean => {
    const items = itemsOf(open) ?? [];
    const constant = items.map(([from, to]) => operands.holdsConstant(from, to));
    if (name === "vec") return isCodes(open);
    // What a single name stands for may be put together elsewhere.
    if (name.startsWith("concat"))
      return (
        constant.filter((is) => is).length > 1 || items.some(([from, to]) => operands.holdsName(from, to))
      );
    if (constant.slice(1).includes(true)) return true;
    const [format] = items;
    const [from] = format ?? [open];
    return (
      format !== undefined &&
      kinds[from] === KIND.string &&
      namesIn(from).some((name) => known.named(name, from) !== 0)
    );
  };

  const namesIn = (format: number): readonly string[] =>
    Array.from(
      text.slice(tokens.starts[format], tokens.ends[format]).matchAll(/\{\s*([^\s{}:]{1,200})\s*[:}]/g),
      ([, name = ""]) => name,
    );

  const behindTypes = (token: number): number => {
    if (!isMark(token, MARK.path)) return isMark(token, MARK.chain) ? token + 1 : token;
    let at = token + 1;
    while (at < count && !isMark(at, ROUND) && at - token < 100) at++;
    return at;
  };

  const holds = (open: number): boolean => operands.holdsConstant(open + 1, closing(open));

  const callAt = (token: number): Joint | null => {
    const word = wordAt(token);
    const isMethod = words.joining.has(word) && (isMark(token - 1, DOT) || isMark(token - 1, MARK.chain));
    if (!isMethod && !words.making.has(word) && !SPELLERS.has(word) && word !== "from") return null;
    const open = behindTypes(token + 1);
    if (!isMark(open, ROUND)) return null;
    const to = closing(open) + 1;
    const start = isMethod ? operands.startBefore(token - 1) : -1;
    if (start !== -1 && (valueUpTo(start, token - 1) & VALUE.any) !== 0) return { from: start, to };
    const owner = wordAt(token - 2);
    const isMaking =
      word === "from" || word === "concat"
        ? owner === "Buffer" && holds(open) && (word === "concat" || (itemsOf(open)?.length ?? 0) > 1)
        : SPELLERS.has(word)
          ? isCodes(open)
          : words.making.has(word) && holds(open);
    return isMaking ? { from: token, to } : null;
  };

  const jointAt = (token: number): Joint | null => {
    const mark = marks[token];
    switch (kinds[token]) {
      case KIND.string:
      case KIND.chunk:
        return mark === 1 && isEscaped(token) ? { from: token, to: token + 1 } : null;
      case KIND.word: {
        const open = isMark(token + 1, BANG) ? token + 2 : -1;
        if (open === -1 || closing(open) <= open || !MACROS.has(wordAt(token))) return callAt(token);
        return isMacroJoining(wordAt(token), open) ? { from: token, to: closing(open) + 1 } : null;
      }
      case KIND.mark: {
        if (mark === PLUS) return sumAround(token);
        if (mark === SQUARE && isCodes(token)) return { from: token, to: closing(token) + 1 };
        if (mark !== HOLE_MARK || (operands.valueWithin(token + 1, closing(token)) & PART) === 0) return null;
        const template = arounds[token] ?? token;
        return { from: template, to: closing(template) + 1 };
      }
      default:
        return null;
    }
  };

  const joints: Joint[] = [];
  for (let token = 0; token < count; token++) {
    const joint = jointAt(token);
    if (joint !== null) joints.push(joint);
  }
  return joints;
}

/** What may be a part of a text. */
const PART = VALUE.text | VALUE.number;

/** Functions that make a text of codes, one for each argument. */
const SPELLERS: ReadonlySet<string> = new Set(["fromCharCode", "fromCodePoint", "of"]);

/** Whether a number is the code of a character that may stand in a text, or the zero behind it. */
function isPrintable(written: string): boolean {
  const value = Number(written.replace(/[iu](?:8|16|32|64|128|size)$/, "").replaceAll("_", ""));
  return (
    Number.isNaN(value) ||
    value === 0 ||
    value === 9 ||
    value === 10 ||
    value === 13 ||
    (value >= 32 && value < 127)
  );
}
