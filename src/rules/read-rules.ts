import { configError, parseToml, type TomlDocument, type TomlProblem } from "../toml/document.js";
import { nearest } from "../toml/nearest.js";
import { places } from "../toml/places.js";
import { type TableReader, tableReader } from "../toml/table-reader.js";
import { plainRuleDocument } from "./plain-toml.js";
import { NOTHING_KNOWN, readRule, type Trust } from "./read-rule.js";
import type { Rule } from "./rule.js";

/** What one rule file says: its rules, the ids that it switches off, and the files beside it that belong to it. */
export type RuleFileContent = {
  readonly rules: readonly Rule[];
  readonly disabled: readonly string[];
  /** Only in the default rules' own entry file. */
  readonly include: readonly string[];
};

/**
 * The content of the rule file `text`. A rule without a pattern changes the one of the same id in `known`: what it
 * does not say stays as it is there. A rule that is switched off by its id alone must be one of them too. Throws `ConfigError` with every fault at its place.
 */
export async function readRuleFile(
  text: string,
  file: string,
  trust: Trust,
  known: ReadonlyMap<string, Rule> = new Map(),
): Promise<RuleFileContent> {
  const document = trust === "trusted" ? quickDocument(text, file) : parseToml(text, file);
  const problems: TomlProblem[] = [];
  const root = tableReader(document.root, [], problems);
  const include = trust === "trusted" ? root.strings("include", []) : [];
  const tables = root.tables("rule");
  root.close();
  const lines = await headerLines(document, tables.length);
  const rules: Rule[] = [];
  const disabled: string[] = [];
  const seen = new Map<string, TableReader>();
  for (const [index, table] of tables.entries()) {
    const id = readId(table, seen);
    const off = table.boolean("disabled", false);
    if (off && !isWhole(table)) {
      if (!known.has(id)) faultUnknownId(table, id, known);
    } else {
      const base = isWhole(table) ? null : (known.get(id) ?? null);
      const rule = readRule(
        table,
        id,
        { file, line: lines[index] ?? 1 },
        { trust, known: NOTHING_KNOWN },
        base,
      );
      if (!off) rules.push(rule);
    }
    if (off) disabled.push(id);
    table.close();
  }
  if (problems.length > 0) throw await configError(document, problems);
  return { rules, disabled, include };
}

/** Whether the table says itself what to look for. */
function isWhole(table: TableReader): boolean {
  return ["pattern", "value", "assigned"].some((key) => table.has(key));
}

function quickDocument(text: string, file: string): TomlDocument {
  const root = plainRuleDocument(text);
  return root === null ? parseToml(text, file) : { file, text, root };
}

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

function readId(table: TableReader, seen: Map<string, TableReader>): string {
  const id = table.string("id", "");
  const first = seen.get(id);
  if (!table.has("id")) table.fault("id", 'a rule needs an id, such as id = "acme-api-key"', { at: "key" });
  else if (!ID.test(id)) table.fault("id", "an id is lower-case words and digits, joined by -: acme-api-key");
  else if (first !== undefined) {
    table.fault("id", `there is a rule "${id}" in this file already`, { other: [...first.path, "id"] });
  }
  if (first === undefined) seen.set(id, table);
  return id;
}

function faultUnknownId(table: TableReader, id: string, known: ReadonlyMap<string, Rule>): void {
  const guess = nearest(id, [...known.keys()]);
  const hint = guess === null ? "" : `; did you mean "${guess}"?`;
  table.fault("id", `there is no rule "${id}" to switch off${hint}`);
}

/** The line of each `[[rule]]`; the slow parser is asked only if a string holds such a line too. */
async function headerLines(document: TomlDocument, tables: number): Promise<readonly number[]> {
  const lines = document.text
    .split("\n")
    .flatMap((line, at) => (/^\s*\[\[\s*rule\s*\]\]/.test(line) ? [at + 1] : []));
  if (lines.length === tables) return lines;
  const placeOf = await places(document.text, document.file);
  return Array.from({ length: tables }, (_, index) => placeOf(["rule", index], "key").line);
}
