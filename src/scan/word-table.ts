import { MARK } from "../allow/directive.js";
import { clueShapes } from "../constants/clue-shapes.js";
import { CLUE_WORDS } from "../constants/clues.js";
import { rulePattern } from "../pattern/rule-pattern.js";
import { type Around, writtenAround } from "../prefilter/sieve.js";
import { sieveIn, type Tables, tablesOf } from "../prefilter/tables.js";
import { keptList, listBytes } from "../rules/path-lists.js";
import type { PathTable } from "../rules/path-rules.js";
import type { Rule } from "../rules/rule.js";
import { ownersIn, type TableBefore } from "./word-owners.js";

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
  /** The keywords that rules with paths own, perhaps with others. */
  readonly byPath: Uint16Array;
  /** By the rule's index: 1 where it looks into files of any path. */
  readonly everywhere: Uint8Array;
  /** The rules without a keyword. */
  readonly always: Uint16Array;
  /** Which rules look into which files. */
  readonly paths: PathTable;
};

/** What is no keyword: `@aura-local` and `@aura-public` begin so, and comments that allow. */
export const MARKS: readonly string[] = ["@aura-", MARK.toLowerCase()];

/**
 * The table of these rules' keywords, folded as ASCII; the shorter first, so that windows around them grow. What is
 * known `before` is not found out again.
 */
export function wordTable(rules: readonly Rule[], before: TableBefore | null = null): WordTable {
  const { ofWords, everywhere, always, paths } = ownersIn(rules, before);
  const words = [...ofWords].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  let end = 0;
  const ends = words.map(([, owners]) => {
    end += owners.length;
    return end;
  });
  return {
    tables: tablesOf(
      [...words.map(([word]) => word), ...MARKS, ...CLUE_WORDS.keys()],
      [
        ...words.map(([, owners]) => owners.map(({ around }) => around)),
        ...MARKS.map(() => ["anything" as const]),
        ...(before === null ? [...CLUE_WORDS.keys()].map(aroundClue) : cluesBefore(before)),
      ],
      before === null ? undefined : sieveIn(before.table.tables).classes,
    ),
    keywords: words.length,
    lengths: Uint8Array.from(words, ([word]) => word.length),
    owners: Uint16Array.from(words.flatMap(([, owners]) => owners.map(({ rule }) => rule))),
    ends: Uint32Array.from(ends),
    byPath: Uint16Array.from(
      words.flatMap(([, owners], keyword) =>
        owners.every(({ rule }) => everywhere[rule] === 1) ? [] : [keyword],
      ),
    ),
    everywhere,
    always: Uint16Array.from(always),
    paths,
  };
}

function aroundClue(word: string): readonly Around[] {
  const shapes = clueShapes(word).map((shape) => rulePattern(shape).around?.([word])[0] ?? "anything");
  return shapes.length === 0 ? ["anything"] : shapes;
}

/** The clues' words stand behind the keywords in every table. */
function cluesBefore({ table }: TableBefore): readonly (readonly Around[])[] {
  const sieve = sieveIn(table.tables);
  const from = table.keywords + MARKS.length;
  return [...CLUE_WORDS.keys()].map((_, index) => writtenAround(sieve, from + index) ?? ["anything"]);
}

/** Names of a table's parts where a build left them; `words/plain` is JSON. */
const PLAIN = "words/plain";
const BLOCK = "words/block";
const LENGTHS = "words/lengths";
const OWNERS = "words/owners";
const ENDS = "words/ends";
const BY_PATH = "words/by-path";
const EVERYWHERE = "words/everywhere";
const ALWAYS = "words/always";
const NAMES = "words/names";
const ENDINGS = "words/endings";

type Plain = Pick<WordTable, "keywords"> & Pick<PathTable, "pieces"> & Omit<Tables, "block">;

/** The parts of the table of these rules, for whoever keeps them: `keptTable` gives it back. */
export function tableParts(rules: readonly Rule[]): ReadonlyMap<string, Uint8Array> {
  const table = wordTable(rules);
  const { block, ...places } = table.tables;
  const { names, endings, pieces } = table.paths;
  const plain: Plain = { ...places, keywords: table.keywords, pieces };
  const bytesOf = ({ buffer }: Uint16Array | Uint32Array) => new Uint8Array(buffer);
  return new Map<string, Uint8Array>([
    [PLAIN, Buffer.from(JSON.stringify(plain))],
    [BLOCK, block],
    [LENGTHS, table.lengths],
    [OWNERS, bytesOf(table.owners)],
    [ENDS, bytesOf(table.ends)],
    [BY_PATH, bytesOf(table.byPath)],
    [EVERYWHERE, table.everywhere],
    [ALWAYS, bytesOf(table.always)],
    [NAMES, listBytes(names)],
    [ENDINGS, listBytes(endings)],
  ]);
}

/** The table in these parts; null where they hold none. */
export function keptTable(parts: ReadonlyMap<string, Uint8Array>): WordTable | null {
  const [plain, block, lengths, owners, ends] = [PLAIN, BLOCK, LENGTHS, OWNERS, ENDS].map((name) =>
    parts.get(name),
  );
  const [byPath, everywhere, always] = [BY_PATH, EVERYWHERE, ALWAYS].map((name) => parts.get(name));
  const [names, endings] = [NAMES, ENDINGS].map((name) => parts.get(name));
  if (!plain || !block || !lengths || !owners || !ends || !byPath || !everywhere || !always) return null;
  if (!names || !endings) return null;
  const { literals, at, pieces, keywords } = JSON.parse(Buffer.from(plain).toString("utf8")) as Plain;
  return {
    keywords,
    paths: keptPaths(keptList(names), keptList(endings), pieces),
    tables: { literals, at, block },
    lengths,
    owners: shorts(owners),
    ends: new Uint32Array(ends.buffer, ends.byteOffset, ends.length >> 2),
    byPath: shorts(byPath),
    everywhere,
    always: shorts(always),
  };
}

/** A table of paths in which nothing is read but what is looked for: a commit has few names. */
function keptPaths(
  names: ReturnType<typeof keptList>,
  endings: ReturnType<typeof keptList>,
  pieces: PathTable["pieces"],
): PathTable {
  return {
    get names() {
      return names.all();
    },
    get endings() {
      return endings.all();
    },
    pieces,
    under: { names: names.under, endings: endings.under },
  };
}

function shorts(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
}
