import { lazyGlob } from "../pattern/glob.js";
import type { KnownPattern } from "../pattern/pattern-reading.js";
import type { TomlTable } from "../toml/document.js";
import { LazyRule } from "./lazy-rule.js";
import type { PackParts } from "./pack-parts.js";
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

/** What is at hand at once: the front of each rule, and the files, each with the lines of its rules. */
export type Front = {
  readonly ids: readonly string[];
  readonly keywords: readonly (readonly string[])[];
  /** Templates of samples, by the rule's number; a rule that documents nothing has no entry. */
  readonly documented: { readonly [index: string]: readonly string[] };
  /** Globs, by the rule's number; a rule that looks into all files has no entry. */
  readonly paths: { readonly [index: string]: readonly string[] };
  readonly files: readonly { readonly file: string; readonly lines: readonly number[] }[];
};

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

/** The names of the parts. `records` is one JSON after the other, `ends` tells where each ends, in 32 bits. */
export const FRONT = "rules/front";
export const RECORDS = "rules/records";
export const ENDS = "rules/ends";

/** The default rules in a pack; null where it holds none. */
export function packedRules(parts: PackParts): PackedRules | null {
  const [front, records, ends] = [FRONT, RECORDS, ENDS].map((name) => parts.get(name));
  if (front === undefined || records === undefined || ends === undefined) return null;
  const { ids, keywords, documented, paths, files } = JSON.parse(textIn(front, 0, front.length)) as Front;
  const endsAt = new Uint32Array(ends.buffer, ends.byteOffset, ends.length >> 2);
  const rules: Rule[] = [];
  for (const { file, lines } of files) {
    for (const line of lines) {
      const index = rules.length;
      const read = (): Rule => {
        const record = textIn(records, index === 0 ? 0 : (endsAt[index - 1] ?? 0), endsAt[index] ?? 0);
        return ruleIn(JSON.parse(record) as RuleRecord, { file, line });
      };
      const id = ids[index] ?? "";
      rules.push(
        new LazyRule(
          {
            id,
            keywords: keywords[index] ?? [],
            paths: (paths[index] ?? []).map(lazyGlob),
            documented: () => (documented[index] ?? []).map((template) => expandSample(template, id)),
          },
          read,
        ),
      );
    }
  }
  return { rules, files: files.map(({ file, lines }) => ({ file, rules: lines.length })), kept: parts };
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

function textIn(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8", start, end);
}
