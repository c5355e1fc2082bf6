import { ASSIGNED, assignedValues } from "../assignments/assigned-values.js";
import { type Glob, GlobError, glob, lazyGlob } from "../pattern/glob.js";
import { rulePattern } from "../pattern/rule-pattern.js";
import { checkPattern, PatternError, type RustPattern, rustPattern } from "../pattern/rust-pattern.js";
import { configError, parseToml, type TomlDocument, type TomlProblem } from "../toml/document.js";
import { nearest } from "../toml/nearest.js";
import { places } from "../toml/places.js";
import { type TableReader, tableReader } from "../toml/table-reader.js";
import { VALIDATORS } from "../validators/registry.js";
import { namedValues } from "./named-value.js";
import { plainRuleDocument } from "./plain-toml.js";
import { CONFIDENCES, KINDS, LONE, type Rule, SEVERITIES } from "./rule.js";
import { expandSample } from "./sample.js";

/** What one rule file says: its rules, the ids that it switches off, and the files beside it that belong to it. */
export type RuleFileContent = {
  readonly rules: readonly Rule[];
  readonly disabled: readonly string[];
  /** Only in the default rules' own entry file. */
  readonly include: readonly string[];
};

/** `checked` compiles every pattern now; `trusted` leaves each until its keyword is first seen. */
export type Trust = "checked" | "trusted";

type Origin = Rule["origin"];

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
      const rule = readRule(table, id, { file, line: lines[index] ?? 1 }, trust, base);
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

/** The rule in `table`; what it does not say is as in `base`, the rule that it changes. */
function readRule(table: TableReader, id: string, origin: Origin, trust: Trust, base: Rule | null): Rule {
  return {
    id,
    title: table.string("title", base?.title ?? id),
    kind: table.oneOf("kind", base?.kind ?? "provider", KINDS),
    severity: table.oneOf("severity", base?.severity ?? "high", SEVERITIES),
    confidence: table.oneOf("confidence", base?.confidence ?? "high", CONFIDENCES),
    keywords: readKeywords(table, base),
    pattern: readPattern(table, trust, base),
    prefixes: table.strings("prefixes", base?.prefixes ?? []),
    entropy: table.has("entropy") ? table.number("entropy", 0, 0, 8) : (base?.entropy ?? null),
    allow: [...(base?.allow ?? []), ...readAllow(table, trust)],
    check: table.has("check") ? table.oneOf("check", "", Object.keys(VALIDATORS)) : (base?.check ?? null),
    paths: table.has("paths") ? readPaths(table, trust) : (base?.paths ?? []),
    part: table.boolean("part", base?.part ?? false),
    partners: table.strings("partners", base?.partners ?? []),
    partnerLines: table.integer("partner_lines", base?.partnerLines ?? 10, 0, 1000),
    withPartner: table.has("with_partner")
      ? table.oneOf("with_partner", "critical", SEVERITIES)
      : (base?.withPartner ?? null),
    alone: table.oneOf("alone", base?.alone ?? "counts", LONE),
    documented: [
      ...(base?.documented ?? []),
      ...table.strings("documented", []).map((value) => expandSample(value, id)),
    ],
    docs: table.text("docs") ?? base?.docs ?? null,
    rotate: table.text("rotate") ?? base?.rotate ?? null,
    examples: table.strings("examples", base?.examples ?? []),
    counterexamples: table.strings("counterexamples", base?.counterexamples ?? []),
    origin,
  };
}

function readAllow(table: TableReader, trust: Trust): readonly RustPattern[] {
  return table.strings("allow", []).map((source, index) => compiled(table, "allow", source, trust, index));
}

function readPaths(table: TableReader, trust: Trust): readonly Glob[] {
  return table.strings("paths", []).flatMap((source, index) => {
    if (trust === "trusted") return [lazyGlob(source)];
    try {
      return [glob(source)];
    } catch (error) {
      if (!(error instanceof GlobError)) throw error;
      table.fault("paths", `not a glob: ${error.message}`, { index });
      return [];
    }
  });
}

/** Shorter ones stand nearly everywhere: looking for them would cost more than it saves. */
const SHORTEST_KEYWORD = 3;

function readKeywords(table: TableReader, base: Rule | null): readonly string[] {
  const keywords = table.strings("keywords", base?.keywords ?? []);
  if (base !== null && !table.has("keywords")) return base.keywords;
  if (!table.has("keywords")) {
    const message =
      'a rule needs keywords, of which at least one stands in every match: keywords = ["acme_"]';
    table.fault("keywords", message, { at: "key" });
  } else if (keywords.length === 0 && !table.has("paths")) {
    const message =
      "the list is empty: at least one keyword must stand in every match, or paths must say which files to read";
    table.fault("keywords", message);
  }
  for (const [index, keyword] of keywords.entries()) {
    if (keyword.length >= SHORTEST_KEYWORD && /^[\x20-\x7e]+$/.test(keyword)) continue;
    const message = `"${keyword}" is no keyword: it takes ${SHORTEST_KEYWORD} ASCII characters or more`;
    table.fault("keywords", message, { index });
  }
  return keywords;
}

function readPattern(table: TableReader, trust: Trust, base: Rule | null): RustPattern {
  if (base !== null) return base.pattern;
  const forms = ["pattern", "value", "assigned"].filter((key) => table.has(key));
  if (forms.length > 1) {
    table.fault(forms[1] ?? "", `a rule says what to look for once: ${forms.join(" or ")}, not both`);
  }
  if (table.has("assigned")) return assignedValues(table.oneOf("assigned", "secret", ASSIGNED));
  const pattern = table.has("value") ? readNamedValue(table, trust) : readOwnPattern(table, trust);
  if (trust === "checked" && pattern !== UNUSABLE && pattern.extent().least === 0) {
    const message = "the pattern can match the empty text, which is everywhere: let it need a character";
    table.fault("pattern", message);
  }
  return pattern;
}

function readOwnPattern(table: TableReader, trust: Trust): RustPattern {
  const source = table.text("pattern");
  if (source !== null) return compiled(table, "pattern", source, trust);
  if (!table.has("pattern")) {
    table.fault("pattern", "a rule needs a pattern, in Rust regex syntax", { at: "key" });
  }
  return UNUSABLE;
}

function readNamedValue(table: TableReader, trust: Trust): RustPattern {
  const after = table.text("after");
  const value = table.text("value");
  if (after === null) table.fault("value", "after is missing: what names the provider, before the value");
  if (after === null || value === null) return UNUSABLE;
  const isUsable = [compiled(table, "after", after, trust), compiled(table, "value", value, trust)].every(
    (pattern) => pattern !== UNUSABLE,
  );
  return isUsable ? namedValues(after, value) : UNUSABLE;
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
  if (trust === "trusted") return rulePattern(source);
  try {
    checkPattern(source);
    return rulePattern(source);
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
