import type { Outline } from "../../units/outline.js";
import type { Family } from "../clues.js";
import { type ConstantNames, constantNames, type Definition } from "./constant-names.js";
import { ecmascriptTokens } from "./ecmascript-tokens.js";
import { type Joint, jointsIn } from "./joints.js";
import { operandsOf, TooManySteps, VALUE } from "./operands.js";
import { passedOn } from "./passed-on.js";
import { rustTokens } from "./rust-tokens.js";
import { code, KIND, MARK, type Tokens } from "./tokens.js";
import { wordsOf } from "./words.js";

/**
 * What of the source `text` has to be taken apart to know all strings that it puts together: null for all of it; an
 * outline without parts where nothing is put together.
 */
export function outlineOf(text: string, family: Family): Outline | null {
  const tokens = family === "rust" ? rustTokens(text) : ecmascriptTokens(text);
  if (tokens === null) return null;
  const words = wordsOf(family);
  try {
    const names = constantNames(tokens, family, words, (known) => operandsOf(tokens, family, words, known));
    if (names === null) return null;
    const joints = jointsIn(tokens, family, words, names.known, names.operands);
    if (joints.length === 0) return NOTHING;
    const all = [...joints, ...passedOn(tokens, words, joints, names)];
    return outlined(tokens, keptBraces(tokens, all, names));
  } catch (error) {
    if (error instanceof TooManySteps) return null;
    throw error;
  }
}

const NOTHING: Outline = { text: "", parts: [] };

const CURLY = code("{");

/** In front of a field. */
const FIELDS: ReadonlySet<number> = new Set([code("."), MARK.chain]);

/** A brace each: whether what stands in it is kept. */
function keptBraces(tokens: Tokens, joints: readonly Joint[], names: ConstantNames): Uint8Array {
  const { text, kinds, marks, arounds } = tokens;
  const kept = new Uint8Array(tokens.count);
  const read = new Uint8Array(tokens.count);
  const seen = new Set<Definition>();
  const open: Joint[] = [...joints];
  /** All that may define a name that is spoken of is kept, once. */
  const keep = (definitions: readonly Definition[]): void => {
    for (const definition of definitions) {
      if (definition.value === 0 || seen.has(definition)) continue;
      seen.add(definition);
      open.push({ from: definition.at, to: definition.end });
    }
  };
  /** Whether what ends at `token` may be an object whose fields are known. */
  const mayHaveFields = (token: number): boolean => {
    if (kinds[token] !== KIND.word) return true;
    const name = text.slice(tokens.starts[token], tokens.ends[token]);
    const isField = FIELDS.has(marks[token - 1] ?? 0) && kinds[token - 1] === KIND.mark;
    const value = isField
      ? names.fields(name).reduce((sum, one) => sum | one.value, 0)
      : names.known.named(name, token);
    return name === "this" || (value & VALUE.record) !== 0;
  };
  for (let stretch = open.pop(); stretch !== undefined; stretch = open.pop()) {
    for (
      let around = arounds[stretch.from] ?? -1;
      around !== -1 && kept[around] === 0;
      around = arounds[around] ?? -1
    ) {
      kept[around] = 1;
    }
    for (let token = stretch.from; token < stretch.to; token++) {
      if (read[token] === 1) continue;
      read[token] = 1;
      if (marks[token] === CURLY && kinds[token] === KIND.mark) kept[token] = 1;
      const isWord = kinds[token] === KIND.word;
      if (!isWord && kinds[token] !== KIND.string) continue;
      const written = text.slice(tokens.starts[token], tokens.ends[token]);
      // `keys["name"]`, `format!("{name}")`
      const spoken = isWord ? [written] : written.length < 1024 ? (written.match(/[\w$]+/g) ?? []) : [];
      const isField = isWord && FIELDS.has(marks[token - 1] ?? 0) && kinds[token - 1] === KIND.mark;
      for (const name of spoken) {
        if (!isField) keep(names.named(name, token));
        if (isField ? mayHaveFields(token - 2) : !isWord) keep(names.fields(name));
      }
    }
  }
  return kept;
}

/** The text without what stands in braces that are not kept. */
function outlined(tokens: Tokens, kept: Uint8Array): Outline {
  const { text, count, kinds, marks, partners } = tokens;
  const written: string[] = [];
  const parts: number[] = [];
  let length = 0;
  let from = 0;
  const take = (to: number): void => {
    parts.push(length, from);
    written.push(text.slice(from, to));
    length += to - from;
  };
  for (let token = 0; token < count; token++) {
    const isBrace = kinds[token] === KIND.mark && marks[token] === CURLY;
    if (!isBrace || kept[token] === 1) continue;
    const close = partners[token] ?? token;
    take(tokens.ends[token] ?? 0);
    from = tokens.starts[close] ?? 0;
    token = close;
  }
  take(text.length);
  return { text: written.join(""), parts };
}
