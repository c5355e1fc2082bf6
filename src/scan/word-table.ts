import { MARK } from "../allow/directive.js";
import { CLUE_WORDS } from "../constants/clues.js";
import { type Around, writtenAround } from "../prefilter/sieve.js";
import { literalsIn, sieveIn, type Tables, tablesOf } from "../prefilter/tables.js";
import type { Rule } from "../rules/rule.js";

/**
 * The words that bytes are searched for, by number: keywords of rules, then what begins a marker or an allowing comment,
 * then the words of clues. Plain arrays, so that a build can leave them ready.
 */
export type WordTable = {
  readonly tables: Tables;
  /** How many of the words are keywords. */
  readonly keywords: number;
  /** The length of each keyword. */
  readonly lengths: Uint8Array;
  /** The rules that own each keyword, by their index, one keyword behind the other; and where each one's end. */
  readonly owners: Uint16Array;
  readonly ends: Uint32Array;
};

/** A table that was made of other rules, some of them among these. */
export type TableBefore = { readonly rules: readonly Rule[]; readonly table: WordTable };

/** What is no keyword: `@aura-local` and `@aura-public` begin so, and comments that allow. */
export const MARKS: readonly string[] = ["@aura-", MARK.toLowerCase()];

/**
 * The table of these rules' keywords, folded as ASCII; the shorter first, so that windows around them grow. What is
 * known `before` is not found out again.
 */
export function wordTable(rules: readonly Rule[], before: TableBefore | null = null): WordTable {
  const owning = new Map<string, number[]>();
  for (const [index, rule] of rules.entries()) {
    for (const keyword of new Set(rule.keywords.map((word) => word.toLowerCase()))) {
      const known = owning.get(keyword) ?? [];
      owning.set(keyword, known);
      known.push(index);
    }
  }
  const words = [...owning].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  let end = 0;
  const ends = words.map(([, owners]) => {
    end += owners.length;
    return end;
  });
  return {
    tables: tablesOf(
      [...words.map(([word]) => word), ...MARKS, ...CLUE_WORDS.keys()],
      aroundWords(words, rules, before),
      before === null ? undefined : sieveIn(before.table.tables).classes,
    ),
    keywords: words.length,
    lengths: Uint8Array.from(words, ([word]) => word.length),
    owners: Uint16Array.from(words.flatMap(([, owners]) => owners)),
    ends: Uint32Array.from(ends),
  };
}

/** What must stand around each word, for each rule that owns it and looks into all files. */
function aroundWords(
  words: readonly (readonly [string, readonly number[]])[],
  rules: readonly Rule[],
  before: TableBefore | null,
): readonly (readonly Around[])[] {
  const known = before === null ? new Map<Rule, Map<string, Around>>() : aroundBefore(before);
  return words.map(([word, owners]) =>
    owners.map((index): Around => {
      const rule = rules[index];
      // Where such a rule looks, nobody looks around.
      if (rule === undefined || rule.paths.length > 0) return "nothing";
      const own = known.get(rule) ?? aroundKeywords(rule);
      known.set(rule, own);
      return own.get(word) ?? "anything";
    }),
  );
}

/** What the table made before says, for each rule in it. */
function aroundBefore({ rules, table }: TableBefore): Map<Rule, Map<string, Around>> {
  const { owners, ends, keywords } = table;
  const around = rules.map(() => new Map<string, Around>());
  const sieve = sieveIn(table.tables);
  const words = literalsIn(table.tables);
  for (let number = 0, at = 0; number < keywords; number++) {
    const written = writtenAround(sieve, number);
    for (let owner = 0; at < (ends[number] ?? 0); at++, owner++) {
      around[owners[at] ?? 0]?.set(words[number] ?? "", written?.[owner] ?? "anything");
    }
  }
  return new Map(rules.map((rule, index) => [rule, around[index] ?? new Map()]));
}

function aroundKeywords({ keywords, pattern }: Rule): Map<string, Around> {
  const words = keywords.map((keyword) => keyword.toLowerCase());
  const around = pattern.around?.(words) ?? [];
  return new Map(words.map((word, at) => [word, around[at] ?? "anything"]));
}

/** Names of a table's parts where a build left them. */
const PLACES = "words/places";
const BLOCK = "words/block";
const LENGTHS = "words/lengths";
const OWNERS = "words/owners";
const ENDS = "words/ends";

/** The parts of the table of these rules, for whoever keeps them: `keptTable` gives it back. */
export function tableParts(rules: readonly Rule[]): ReadonlyMap<string, Uint8Array> {
  const { tables, keywords, lengths, owners, ends } = wordTable(rules);
  const { block, ...places } = tables;
  return new Map<string, Uint8Array>([
    [PLACES, Buffer.from(JSON.stringify({ ...places, keywords }))],
    [BLOCK, block],
    [LENGTHS, lengths],
    [OWNERS, new Uint8Array(owners.buffer)],
    [ENDS, new Uint8Array(ends.buffer)],
  ]);
}

/** The table in these parts; null where they hold none. */
export function keptTable(parts: ReadonlyMap<string, Uint8Array>): WordTable | null {
  const [places, block, lengths, owners, ends] = [PLACES, BLOCK, LENGTHS, OWNERS, ENDS].map((name) =>
    parts.get(name),
  );
  if (!places || !block || !lengths || !owners || !ends) return null;
  const { keywords, literals, at } = JSON.parse(Buffer.from(places).toString("utf8")) as Omit<
    Tables,
    "block"
  > & { readonly keywords: number };
  return {
    tables: { literals, at, block },
    keywords,
    lengths,
    owners: new Uint16Array(owners.buffer, owners.byteOffset, owners.length >> 1),
    ends: new Uint32Array(ends.buffer, ends.byteOffset, ends.length >> 2),
  };
}
