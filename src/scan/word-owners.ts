import { type Around, writtenAround } from "../prefilter/sieve.js";
import { literalsIn, sieveIn, type Tables } from "../prefilter/tables.js";
import { type PathTable, pathTable } from "../rules/path-rules.js";
import type { Rule } from "../rules/rule.js";

/** A table that was made of other rules, some of them among these: what is asked of it. See `WordTable`. */
export type TableBefore = {
  readonly rules: readonly Rule[];
  readonly table: {
    readonly tables: Tables;
    readonly keywords: number;
    readonly owners: Uint16Array;
    readonly ends: Uint32Array;
    readonly everywhere: Uint8Array;
    readonly always: Uint16Array;
    readonly paths: PathTable;
  };
};

/** A rule that owns a keyword, by its number, and what must stand around the keyword for it. */
export type Owner = { readonly rule: number; readonly around: Around };

/** What a table says of rules one by one. */
export type Owners = {
  /** The owners of each keyword, folded. */
  readonly ofWords: ReadonlyMap<string, readonly Owner[]>;
  /** By the rule's number: 1 where it looks into files of any path. */
  readonly everywhere: Uint8Array;
  /** The rules without a keyword. */
  readonly always: readonly number[];
  readonly paths: PathTable;
};

/** What is to be known of `rules` for their table; those of the table `before` are asked nothing. */
export function ownersIn(rules: readonly Rule[], before: TableBefore | null): Owners {
  const ofWords = new Map<string, Owner[]>();
  const everywhere = new Uint8Array(rules.length);
  const always: number[] = [];
  const known = new Set(before?.rules ?? []);
  const fresh = [...rules.entries()].filter(([, rule]) => !known.has(rule));
  for (const [number, rule] of fresh) {
    everywhere[number] = rule.paths.length === 0 ? 1 : 0;
    const words = [...new Set(rule.keywords.map((keyword) => keyword.toLowerCase()))];
    if (words.length === 0) always.push(number);
    // Where a rule with paths looks, nobody looks around.
    const around = everywhere[number] === 0 ? words.map(() => "nothing" as const) : aroundEach(rule, words);
    for (const [at, word] of words.entries())
      add(ofWords, word, { rule: number, around: around[at] ?? "anything" });
  }
  const own = pathTable(fresh.map(([number, rule]) => [number, rule.paths] as const));
  if (before === null) return { ofWords, everywhere, always, paths: own };
  const numbers = new Map(rules.map((rule, number) => [rule, number]));
  const numberOf = before.rules.map((rule) => numbers.get(rule));
  addBefore(ofWords, before.table, numberOf);
  for (const [index, number] of numberOf.entries()) {
    if (number !== undefined) everywhere[number] = before.table.everywhere[index] ?? 0;
  }
  always.push(...[...before.table.always].flatMap((index) => numberOf[index] ?? []));
  return {
    ofWords,
    everywhere,
    always: always.sort((a, b) => a - b),
    paths: joined(renumbered(before.table.paths, numberOf), own),
  };
}

function aroundEach({ pattern }: Rule, words: readonly string[]): readonly Around[] {
  return pattern.around?.(words) ?? [];
}

function add(owners: Map<string, Owner[]>, word: string, owner: Owner): void {
  const known = owners.get(word) ?? [];
  owners.set(word, known);
  known.push(owner);
}

function addBefore(
  ofWords: Map<string, Owner[]>,
  { tables, keywords, owners, ends }: TableBefore["table"],
  numberOf: readonly (number | undefined)[],
): void {
  const sieve = sieveIn(tables);
  const words = literalsIn(tables);
  for (let keyword = 0, at = 0; keyword < keywords; keyword++) {
    const written = writtenAround(sieve, keyword);
    for (let owner = 0; at < (ends[keyword] ?? 0); at++, owner++) {
      const rule = numberOf[owners[at] ?? 0];
      if (rule !== undefined)
        add(ofWords, words[keyword] ?? "", { rule, around: written?.[owner] ?? "anything" });
    }
  }
}

function renumbered(
  { names, endings, pieces }: PathTable,
  numberOf: readonly (number | undefined)[],
): PathTable {
  type Owned = PathTable["pieces"][number][1];
  const still = ([source, index]: Owned): readonly Owned[] => {
    const number = numberOf[index];
    return number === undefined ? [] : [[source, number]];
  };
  const each = (list: PathTable["names"]): PathTable["names"] =>
    list.map(([text, owned]) => [text, owned.flatMap(still)]);
  return {
    names: each(names),
    endings: each(endings),
    pieces: pieces.flatMap(([piece, owned]) => still(owned).map((one) => [piece, one] as const)),
  };
}

function joined(one: PathTable, other: PathTable): PathTable {
  const both = (a: PathTable["names"], b: PathTable["names"]): PathTable["names"] => {
    const all = new Map(a);
    for (const [text, owned] of b) all.set(text, [...(all.get(text) ?? []), ...owned]);
    return [...all];
  };
  return {
    names: both(one.names, other.names),
    endings: both(one.endings, other.endings),
    pieces: [...one.pieces, ...other.pieces],
  };
}
