import { checkPattern, PatternError, type RustPattern, rustPattern } from "../pattern/rust-pattern.js";
import { configError, parseToml, type TomlDocument, type TomlProblem } from "../toml/document.js";
import { nearest } from "../toml/nearest.js";
import { places } from "../toml/places.js";
import { type TableReader, tableReader } from "../toml/table-reader.js";
import { plainRuleDocument } from "./plain-toml.js";
import { CONFIDENCES, KINDS, type Rule, SEVERITIES } from "./rule.js";
import { expandSample } from "./sample.js";

/** What one rule file says: its rules, and the ids that it switches off. */
export type RuleFileContent = { readonly rules: readonly Rule[]; readonly disabled: readonly string[] };

/** `checked` compiles every pattern now; `trusted` leaves each until its keyword is first seen. */
export type Trust = "checked" | "trusted";

type Origin = Rule["origin"];

/**
 * The content of the rule file `text`. A rule that is switched off by its id alone must be one of `known`.
 * Throws `ConfigError` with every fault at its place.
 */
export async function readRuleFile(
  text: string,
  file: string,
  trust: Trust,
  known: ReadonlySet<string> = new Set(),
): Promise<RuleFileContent> {
  const document = trust === "trusted" ? quickDocument(text, file) : parseToml(text, file);
  const problems: TomlProblem[] = [];
  const root = tableReader(document.root, [], problems);
  const tables = root.tables("rule");
  root.close();
  const lines = await headerLines(document, tables.length);
  const rules: Rule[] = [];
  const disabled: string[] = [];
  const seen = new Map<string, TableReader>();
  for (const [index, table] of tables.entries()) {
    const id = readId(table, seen);
    const off = table.boolean("disabled", false);
    if (off && !table.has("pattern")) {
      if (!known.has(id)) faultUnknownId(table, id, known);
    } else {
      const rule = readRule(table, id, { file, line: lines[index] ?? 1 }, trust);
      if (!off) rules.push(rule);
    }
    if (off) disabled.push(id);
    table.close();
  }
  if (problems.length > 0) throw await configError(document, problems);
  return { rules, disabled };
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

function faultUnknownId(table: TableReader, id: string, known: ReadonlySet<string>): void {
  const guess = nearest(id, [...known]);
  const hint = guess === null ? "" : `; did you mean "${guess}"?`;
  table.fault("id", `there is no rule "${id}" to switch off${hint}`);
}

function readRule(table: TableReader, id: string, origin: Origin, trust: Trust): Rule {
  return {
    id,
    title: table.string("title", id),
    kind: table.oneOf("kind", "provider", KINDS),
    severity: table.oneOf("severity", "high", SEVERITIES),
    confidence: table.oneOf("confidence", "high", CONFIDENCES),
    keywords: readKeywords(table),
    pattern: readPattern(table, trust),
    prefixes: table.strings("prefixes", []),
    entropy: table.has("entropy") ? table.number("entropy", 0, 0, 8) : null,
    allow: table.strings("allow", []).map((source, index) => compiled(table, "allow", source, trust, index)),
    documented: table.strings("documented", []).map((value) => expandSample(value, id)),
    docs: table.text("docs"),
    rotate: table.text("rotate"),
    examples: table.strings("examples", []),
    counterexamples: table.strings("counterexamples", []),
    origin,
  };
}

/** Shorter ones stand nearly everywhere: looking for them would cost more than it saves. */
const SHORTEST_KEYWORD = 3;

function readKeywords(table: TableReader): readonly string[] {
  const keywords = table.strings("keywords", []);
  if (!table.has("keywords")) {
    const message =
      'a rule needs keywords, of which at least one stands in every match: keywords = ["acme_"]';
    table.fault("keywords", message, { at: "key" });
  } else if (keywords.length === 0) {
    table.fault("keywords", "the list is empty: at least one keyword must stand in every match");
  }
  for (const [index, keyword] of keywords.entries()) {
    if (keyword.length >= SHORTEST_KEYWORD && /^[\x20-\x7e]+$/.test(keyword)) continue;
    const message = `"${keyword}" is no keyword: it takes ${SHORTEST_KEYWORD} ASCII characters or more`;
    table.fault("keywords", message, { index });
  }
  return keywords;
}

function readPattern(table: TableReader, trust: Trust): RustPattern {
  const source = table.text("pattern");
  if (source !== null) {
    const pattern = compiled(table, "pattern", source, trust);
    if (trust === "checked" && pattern !== UNUSABLE && pattern.extent().least === 0) {
      const message = "the pattern can match the empty text, which is everywhere: let it need a character";
      table.fault("pattern", message);
    }
    return pattern;
  }
  if (!table.has("pattern")) {
    table.fault("pattern", "a rule needs a pattern, in Rust regex syntax", { at: "key" });
  }
  return UNUSABLE;
}

/** Stands in for a pattern whose fault is told. */
const UNUSABLE = rustPattern("");

function compiled(
  table: TableReader,
  key: string,
  source: string,
  trust: Trust,
  index?: number,
): RustPattern {
  if (trust === "trusted") return rustPattern(source);
  try {
    return checkPattern(source);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    table.fault(key, `not a Rust regex: ${error.message}`, {
      ...(index === undefined ? {} : { index }),
      ...(error.offset === null ? {} : { offset: error.offset }),
    });
    return UNUSABLE;
  }
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
