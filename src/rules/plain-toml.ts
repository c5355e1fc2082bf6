import type { TomlTable } from "../toml/document.js";

const BLANK = /(?:#[ -~]*)?\n/y;
const HEADER = /\[\[rule\]\]\n/y;
const KEY = /([a-z_]+) = /y;
const BARE = /(true|false|(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)\n/y;
const STRING = /'''([ -&(-~]*(?:'{1,2}[ -&(-~]+)*)'''(?!')|'([ -&(-~]*)'|("(?:[ !#-[\]-~]|\\["\\nrt])*")/y;
const OPENING = /\[\s*/y;
const COMMA = /,\s*/y;
const CLOSING = /\s*\]\n/y;

/**
 * The document of a rule file in the plain part of TOML that the default rule files keep to: keys, then `[[rule]]`
 * headers, comments on lines of their own, and one `key = value` a line, where only lists run over several. Null for
 * anything else, which is then for the real parser to judge. That one takes some 30 ms for the file, on every
 * commit; a test holds the two to the same result.
 */
export function plainRuleDocument(text: string): TomlTable | null {
  const source = { text, at: 0 };
  const root: Record<string, unknown> = {};
  const tables: Record<string, unknown>[] = [];
  while (source.at < text.length) {
    if (taken(source, BLANK) !== null) continue;
    if (taken(source, HEADER) !== null) {
      tables.push({});
      continue;
    }
    const key = taken(source, KEY)?.[1];
    const table = tables.at(-1) ?? root;
    if (key === undefined || Object.hasOwn(table, key)) return null;
    const value = plainValue(source);
    if (value === null) return null;
    table[key] = value;
  }
  return tables.length === 0 ? root : { ...root, rule: tables };
}

type Source = { readonly text: string; at: number };

/** What `token` matches at this very place, which is then passed; null if it does not. */
function taken(source: Source, token: RegExp): RegExpExecArray | null {
  token.lastIndex = source.at;
  const match = token.exec(source.text);
  if (match !== null) source.at = token.lastIndex;
  return match;
}

function plainValue(source: Source): string | number | boolean | readonly string[] | null {
  const bare = taken(source, BARE)?.[1];
  if (bare !== undefined) return bare === "true" ? true : bare === "false" ? false : Number(bare);
  if (taken(source, OPENING) !== null) return plainList(source);
  const value = plainString(source);
  return value !== null && taken(source, BLANK) !== null ? value : null;
}

function plainList(source: Source): readonly string[] | null {
  const items: string[] = [];
  while (taken(source, CLOSING) === null) {
    const item = plainString(source);
    if (item === null) return null;
    items.push(item);
    if (taken(source, COMMA) === null) return taken(source, CLOSING) === null ? null : items;
  }
  return items;
}

function plainString(source: Source): string | null {
  const match = taken(source, STRING);
  if (match === null) return null;
  // The escapes let through above mean the same in JSON.
  return match[3] === undefined ? (match[1] ?? match[2] ?? "") : (JSON.parse(match[3]) as string);
}
