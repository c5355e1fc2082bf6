import type { KnownPattern } from "../pattern/pattern-reading.js";
import type { TomlTable } from "../toml/document.js";
import { LazyRule, type RuleShelf } from "./lazy-rule.js";
import type { PackParts, PartReader } from "./pack-parts.js";
import { packedRule, patternSources } from "./read-rule.js";
import type { Rule } from "./rule.js";
import { expandSample } from "./sample.js";

/** The default rules as a pack holds them. */
export type PackedRules = {
  readonly rules: readonly Rule[];
  /** How many rules each file brought, in order of reading. */
  readonly files: readonly { readonly file: string; readonly rules: number }[];
  /** What else the pack holds. */
  readonly kept?: PackParts;
};

/** What is read at once: the files, each with the lines of its rules. */
export type Front = {
  readonly files: readonly { readonly file: string; readonly lines: readonly number[] }[];
};

/** Templates of samples, by the rule's number; a rule that documents nothing has no entry. */
export type Documented = { readonly [number: string]: readonly string[] };

/**
 * One rule as JSON: its table as the TOML file states it, and what is known of its patterns, in the order of
 * `patternSources`; an unbounded extent is written as -1.
 */
export type RuleRecord = readonly [
  table: TomlTable,
  known: readonly (readonly [
    least: number,
    most: number,
    reading: KnownPattern["reading"],
    back: NonNullable<KnownPattern["back"]> | null,
  ])[],
];

/**
 * The names of the parts, all JSON: `ids` is a list, `documented` a `Documented`. `records` is one JSON after the other and
 * stands last; `ends` tells where each ends, in 32 bits.
 */
export const FRONT = "rules/front";
export const IDS = "rules/ids";
export const DOCUMENTED = "rules/documented";
export const RECORDS = "rules/records";
export const ENDS = "rules/ends";

/**
 * The default rules in a pack, their records given by `records`; null where it holds none. Nothing of a rule is read
 * before it is asked for.
 */
export function packedRules(parts: PackParts, records: PartReader): PackedRules | null {
  const [front, ids, documented, ends] = [FRONT, IDS, DOCUMENTED, ENDS].map((name) => parts.get(name));
  if (!front || !ids || !documented || !ends) return null;
  const { files } = jsonIn(front) as Front;
  const shelf = shelfOf(files, { ids, documented, ends }, records);
  const count = files.reduce((sum, { lines }) => sum + lines.length, 0);
  return {
    rules: Array.from({ length: count }, (_, number) => new LazyRule(number, shelf)),
    files: files.map(({ file, lines }) => ({ file, rules: lines.length })),
    kept: parts,
  };
}

function shelfOf(
  files: Front["files"],
  parts: Readonly<Record<"ids" | "documented" | "ends", Uint8Array>>,
  records: PartReader,
): RuleShelf {
  const { ends } = parts;
  const endsAt = new Uint32Array(ends.buffer, ends.byteOffset, ends.length >> 2);
  let ids: readonly string[] | null = null;
  let documented: Documented | null = null;
  const id = (number: number): string => {
    ids ??= jsonIn(parts.ids) as readonly string[];
    return ids[number] ?? "";
  };
  return {
    id,
    documented(number) {
      documented ??= jsonIn(parts.documented) as Documented;
      return (documented[number] ?? []).map((template) => expandSample(template, id(number)));
    },
    rule(number) {
      const record = records(number === 0 ? 0 : (endsAt[number - 1] ?? 0), endsAt[number] ?? 0);
      return ruleIn(jsonIn(record) as RuleRecord, originOf(number, files));
    },
  };
}

function originOf(number: number, files: Front["files"]): Rule["origin"] {
  let left = number;
  for (const { file, lines } of files) {
    const line = lines[left];
    if (line !== undefined) return { file, line };
    left -= lines.length;
  }
  throw new RangeError(`the pack holds no rule of the number ${number}`);
}

function ruleIn([table, all]: RuleRecord, origin: Rule["origin"]): Rule {
  const sources = patternSources(table);
  return packedRule(table, origin, (source) => {
    const found = all[sources.indexOf(source)];
    if (found === undefined) return null;
    const [least, most, reading, back] = found;
    return { extent: { least, most: most === -1 ? Number.POSITIVE_INFINITY : most }, reading, back };
  });
}

function jsonIn(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8"));
}
