import { knownPattern } from "../pattern/pattern-reading.js";
import { isTable, parseToml, type TomlTable } from "../toml/document.js";
import { defaultContents } from "./load.js";
import { packed } from "./pack-parts.js";
import { SOURCES, sourcesNow } from "./pack-sources.js";
import { patternSources } from "./read-rule.js";
import type { Rule } from "./rule.js";
import { ENDS, FRONT, type Front, RECORDS, type RuleRecord } from "./rule-pack.js";

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
    paths: Object.fromEntries(
      rules.flatMap(({ paths }, index) =>
        paths.length > 0 ? [[index, paths.map(({ source }) => source)]] : [],
      ),
    ),
    ids: contents.flatMap(({ content }) => content.rules.map(({ id }) => id)),
    keywords: contents.flatMap(({ content }) => content.rules.map(({ keywords }) => keywords)),
    documented: Object.fromEntries(
      tables.flatMap(({ documented }, index) =>
        Array.isArray(documented) && documented.length > 0 ? [[index, documented]] : [],
      ),
    ),
    files: contents.map(({ file, content }) => ({
      file,
      lines: content.rules.map(({ origin }) => origin.line),
    })),
  };
  const bytes = tables.map((table, index) =>
    Buffer.from(JSON.stringify(recordOf(table, rules[index]?.keywords ?? []))),
  );
  let end = 0;
  const ends = Uint32Array.from(bytes, ({ length }) => {
    end += length;
    return end;
  });
  return packed(
    new Map<string, Uint8Array>([
      [SOURCES, Buffer.from(JSON.stringify(sourcesNow()))],
      [FRONT, Buffer.from(JSON.stringify(front))],
      [ENDS, new Uint8Array(ends.buffer)],
      [RECORDS, Buffer.concat(bytes)],
      ...more(rules),
    ]),
  );
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
