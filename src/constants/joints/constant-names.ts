import type { Family } from "../clues.js";
import { lookAt } from "./look-at.js";
import { type Known, type Operands, VALUE } from "./operands.js";
import { code, KIND, type Tokens } from "./tokens.js";
import type { Words } from "./words.js";

/** A name that is given a value somewhere. */
export type Definition = {
  readonly name: string;
  /** Where its value begins, or the name of a class or an enum stands. */
  readonly at: number;
  readonly isRecord: boolean;
  /** The brace of the block in which it holds, -1 for the whole file; null for a field. */
  readonly scope: number | null;
  /** What it may be, as far as is known, and where that ends. */
  value: number;
  end: number;
};

/** Names of names of names: a round each, unless they stand in order. */
const MOST_ROUNDS = 12;

/** The names of a source, with what each is given. */
export type ConstantNames = {
  readonly known: Known;
  readonly operands: Operands;
  readonly definitions: readonly Definition[];
  /** What gives a value to a name that stands by itself at a token. */
  readonly named: (name: string, token: number) => readonly Definition[];
  readonly fields: (name: string) => readonly Definition[];
};

/** A type between a name and its value has no more tokens. */
const LONGEST_TYPE = 80;

const EQUALS = code("=");
const COLON = code(":");
const COMMA = code(",");
const CURLY = code("{");
const CLOSING = code("}");
const SEMICOLON = code(";");
const BANG = code("!");
const ASKING = code("?");

/**
 * What each name may stand for, and what reads expressions by it; null where that does not become settled. Nothing that
 * `../names.ts` follows is missing: what shadows a name or changes it is not looked for.
 */
export function constantNames(
  tokens: Tokens,
  family: Family,
  words: Words,
  operandsOf: (known: Known) => Operands,
): ConstantNames | null {
  const definitions = definitionsIn(tokens, family, words);
  const byScope = byNameAndScope(definitions);
  const fields = byName(definitions.filter(({ scope }) => scope === null));
  const named = (name: string, token: number): readonly Definition[] => {
    const scopes = byScope.get(name);
    if (scopes === undefined) return [];
    const found: Definition[] = [...(scopes.get(-1) ?? [])];
    for (let around = tokens.arounds[token] ?? -1; around !== -1; around = tokens.arounds[around] ?? -1) {
      for (const definition of scopes.get(around) ?? []) found.push(definition);
    }
    return found;
  };
  const known: Known = {
    named(name, token) {
      const scopes = byScope.get(name);
      if (scopes === undefined) return 0;
      let value = valueOfAll(scopes.get(-1));
      for (let around = tokens.arounds[token] ?? -1; around !== -1; around = tokens.arounds[around] ?? -1) {
        value |= valueOfAll(scopes.get(around));
      }
      return value;
    },
    field: (name) => valueOfAll(fields.get(name)),
  };
  const operands = operandsOf(known);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let isSettled = true;
    for (const definition of definitions) {
      const { end, value } = definition.isRecord
        ? { end: definition.at + 1, value: VALUE.record }
        : operands.sumAt(definition.at);
      definition.end = end;
      if ((definition.value | value) === definition.value) continue;
      definition.value |= value;
      isSettled = false;
    }
    if (isSettled) return { known, operands, definitions, named, fields: (name) => fields.get(name) ?? [] };
  }
  return null;
}

function byName(definitions: readonly Definition[]): ReadonlyMap<string, readonly Definition[]> {
  const names = new Map<string, Definition[]>();
  for (const definition of definitions) {
    const known = names.get(definition.name);
    if (known === undefined) names.set(definition.name, [definition]);
    else known.push(definition);
  }
  return names;
}

function byNameAndScope(
  definitions: readonly Definition[],
): ReadonlyMap<string, ReadonlyMap<number, readonly Definition[]>> {
  const names = new Map<string, Map<number, Definition[]>>();
  for (const definition of definitions) {
    const { name, scope } = definition;
    if (scope === null) continue;
    const scopes = names.get(name) ?? new Map<number, Definition[]>();
    names.set(name, scopes);
    const known = scopes.get(scope);
    if (known === undefined) scopes.set(scope, [definition]);
    else known.push(definition);
  }
  return names;
}

function valueOfAll(places: readonly Definition[] = []): number {
  let value = 0;
  for (const place of places) value |= place.value;
  return value;
}

function definitionsIn(tokens: Tokens, family: Family, words: Words): readonly Definition[] {
  const { text, count, kinds, partners, arounds } = tokens;
  const { isMark, wordAt } = lookAt(tokens);
  /** The brace around, brackets of other kinds aside. */
  const scopeOf = (token: number): number => {
    let around = arounds[token] ?? -1;
    while (around !== -1 && !isMark(around, CURLY)) around = arounds[around] ?? -1;
    return around;
  };
  /** The name in `name: type = value`, whose `=` is at `token`; -1 where there is no type. */
  const typedName = (token: number): number => {
    for (let at = token - 1; at >= Math.max(0, token - LONGEST_TYPE); at--) {
      const open = partners[at] ?? -1;
      if (open > at) return -1;
      if (open !== -1) at = open;
      else if (isMark(at, COLON)) {
        const name = isMark(at - 1, BANG) || isMark(at - 1, ASKING) ? at - 2 : at - 1;
        return wordAt(name) === "" ? -1 : name;
      } else if (isMark(at, SEMICOLON) || isMark(at, EQUALS) || words.declaring.has(wordAt(at))) return -1;
    }
    return -1;
  };
  /** The `=` of a declaration in Rust, behind its name and its type; -1 where there is none. */
  const equalsBehind = (name: number): number => {
    for (let at = name + 1; at < Math.min(count, name + LONGEST_TYPE); at++) {
      const close = partners[at] ?? -1;
      if (isMark(at, EQUALS)) return at;
      if (isMark(at, SEMICOLON) || (close !== -1 && close < at)) return -1;
      if (close !== -1) at = close;
    }
    return -1;
  };
  const found: Definition[] = [];
  const add = (name: string, at: number, scope: Definition["scope"], isRecord = false): void => {
    found.push({ name, at, scope, isRecord, value: 0, end: at });
  };
  /** `{ name, … }` */
  const isShorthand = (token: number): boolean =>
    wordAt(token) !== "" &&
    isMark(arounds[token] ?? -1, CURLY) &&
    (isMark(token - 1, CURLY) || isMark(token - 1, COMMA)) &&
    (isMark(token + 1, COMMA) || isMark(token + 1, CLOSING));
  const addRust = (token: number): void => {
    const isStatic = wordAt(token) !== "let";
    const name = isStatic && wordAt(token + 1) === "mut" ? token + 2 : token + 1;
    const equals = wordAt(name) === "" ? -1 : equalsBehind(name);
    if (equals !== -1) add(wordAt(name), equals + 1, isStatic ? -1 : scopeOf(name));
  };
  const addGiven = (name: number, value: number): void => {
    if (wordAt(name) === "") return;
    const isDeclared = words.declaring.has(wordAt(name - 1));
    if (isDeclared || isMark(name - 1, COMMA)) add(wordAt(name), value, scopeOf(name));
    // Of a class or an enum.
    if (!isDeclared) add(wordAt(name), value, null);
  };
  for (let token = 0; token < count; token++) {
    if (family === "rust") {
      if (words.declaring.has(wordAt(token))) addRust(token);
    } else if (isMark(token, EQUALS)) {
      addGiven(token - 1, token + 1);
      const typed = typedName(token);
      if (typed !== -1) addGiven(typed, token + 1);
    } else if (isMark(token, COLON)) {
      const key = token - 1;
      const name =
        kinds[key] === KIND.string
          ? text.slice((tokens.starts[key] ?? 0) + 1, (tokens.ends[key] ?? 0) - 1)
          : wordAt(key);
      if (name !== "") add(name, token + 1, null);
    } else if (isShorthand(token)) {
      add(wordAt(token), token, null);
    } else if (isRecordWord(wordAt(token)) && wordAt(token + 1) !== "") {
      add(wordAt(token + 1), token + 1, scopeOf(token), true);
    }
  }
  return found;
}

function isRecordWord(word: string): boolean {
  return word === "class" || word === "enum";
}
