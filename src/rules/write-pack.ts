import { knownPattern } from "../pattern/pattern-reading.js";
import { isTable, parseToml, type TomlTable } from "../toml/document.js";
import { defaultContents } from "./load.js";
import { packed } from "./pack-parts.js";
import { SOURCES, sourcesNow } from "./pack-sources.js";
import { patternSources } from "./read-rule.js";
import type { Rule } from "./rule.js";
import {
  DOCUMENTED,
  type Documented,
  ENDS,
  FRONT,
  type Front,
  IDS,
  RECORDS,
  type RuleRecord,
} from "./rule-pack.js";

/**
 * The default rules, read once by the reader of rule files, as one pack: what `npm run build` leaves in `dist/`, so that
 * no commit hook reads all of TOML; with `more` that is made of them.
 */
export async function rulePack(
  more: (rules: readonly Rule[]) => ReadonlyMap<string, Uint8Array> = () => new Map(),
): Promise<Buffer> {
  const contents = (await defaultContents()).filter(({ content }) => content.rules.length > 0);
  const tables = contents.flatMap(({ text, file }) => tablesIn(text, file));
  const rules = contents.flatMap(({ content }) => content.rules);
  const front: Front = {
    files: contents.map(({ file, content }) => ({
      file,
      lines: content.rules.map(({ origin }) => origin.line),
    })),
  };
  const documented: Documented = Object.fromEntries(
    tables.flatMap(({ documented }, number) =>
      Array.isArray(documented) && documented.length > 0 ? [[number, documented]] : [],
    ),
  );
  const bytes = tables.map((table, index) => json(recordOf(table, rules[index]?.keywords ?? [])));
  let end = 0;
  const ends = Uint32Array.from(bytes, ({ length }) => {
    end += length;
    return end;
  });
  return packed(
    new Map<string, Uint8Array>([
      [SOURCES, json(sourcesNow())],
      [FRONT, json(front)],
      [IDS, json(rules.map(({ id }) => id))],
      [DOCUMENTED, json(documented)],
      [ENDS, new Uint8Array(ends.buffer)],
      ...more(rules),
      [RECORDS, Buffer.concat(bytes)],
    ]),
  );
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** The tables of the rules that are not switched off, in order. */
function tablesIn(text: string, file: string): readonly TomlTable[] {
  const tables = parseToml(text, file).root["rule"];
  return Array.isArray(tables) ? tables.filter(isTable).filter((table) => table["disabled"] !== true) : [];
}

function recordOf(table: TomlTable, keywords: readonly string[]): RuleRecord {
  const known = patternSources(table).map((source) => {
    const { extent, reading, back = null } = knownPattern(source, keywords);
    const most = Number.isFinite(extent.most) ? extent.most : -1;
    return [extent.least, most, reading, back] as const;
  });
  return [table, known];
}
