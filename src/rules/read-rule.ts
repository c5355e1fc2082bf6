import { ASSIGNED, assignedValues } from "../assignments/assigned-values.js";
import { type Glob, GlobError, glob, lazyGlob } from "../pattern/glob.js";
import type { KnownPattern } from "../pattern/pattern-reading.js";
import { rulePattern } from "../pattern/rule-pattern.js";
import { checkPattern, PatternError, type RustPattern, rustPattern } from "../pattern/rust-pattern.js";
import type { TomlTable } from "../toml/document.js";
import { type TableReader, tableReader } from "../toml/table-reader.js";
import { VALIDATORS } from "../validators/registry.js";
import { namedValues } from "./named-value.js";
import { CONFIDENCES, KINDS, LONE, type Rule, SEVERITIES } from "./rule.js";
import { expandSample } from "./sample.js";

/** `checked` compiles every pattern now; `trusted` leaves each until its keyword is first seen. */
export type Trust = "checked" | "trusted";

/** How the patterns of a rule are made: by which trust, and what is known of them beforehand. */
export type Making = { readonly trust: Trust; readonly known: (source: string) => KnownPattern | null };

export const NOTHING_KNOWN: Making["known"] = () => null;

type Origin = Rule["origin"];

/** The rule in `table`; what it does not say is as in `base`, the rule that it changes. */
export function readRule(
  table: TableReader,
  id: string,
  origin: Origin,
  making: Making,
  base: Rule | null,
): Rule {
  const { trust } = making;
  return {
    id,
    title: table.string("title", base?.title ?? id),
    kind: table.oneOf("kind", base?.kind ?? "provider", KINDS),
    severity: table.oneOf("severity", base?.severity ?? "high", SEVERITIES),
    confidence: table.oneOf("confidence", base?.confidence ?? "high", CONFIDENCES),
    keywords: readKeywords(table, base),
    pattern: readPattern(table, making, base),
    prefixes: table.strings("prefixes", base?.prefixes ?? []),
    entropy: table.has("entropy") ? table.number("entropy", 0, 0, 8) : (base?.entropy ?? null),
    allow: [...(base?.allow ?? []), ...readAllow(table, making)],
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

function readAllow(table: TableReader, making: Making): readonly RustPattern[] {
  return table.strings("allow", []).map((source, index) => compiled(table, "allow", source, making, index));
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

function readPattern(table: TableReader, making: Making, base: Rule | null): RustPattern {
  if (base !== null) return base.pattern;
  const forms = ["pattern", "value", "assigned"].filter((key) => table.has(key));
  if (forms.length > 1) {
    table.fault(forms[1] ?? "", `a rule says what to look for once: ${forms.join(" or ")}, not both`);
  }
  if (table.has("assigned")) return assignedValues(table.oneOf("assigned", "secret", ASSIGNED));
  const pattern = table.has("value") ? readNamedValue(table, making) : readOwnPattern(table, making);
  if (making.trust === "checked" && pattern !== UNUSABLE && pattern.extent().least === 0) {
    const message = "the pattern can match the empty text, which is everywhere: let it need a character";
    table.fault("pattern", message);
  }
  return pattern;
}

function readOwnPattern(table: TableReader, making: Making): RustPattern {
  const source = table.text("pattern");
  if (source !== null) return compiled(table, "pattern", source, making);
  if (!table.has("pattern")) {
    table.fault("pattern", "a rule needs a pattern, in Rust regex syntax", { at: "key" });
  }
  return UNUSABLE;
}

function readNamedValue(table: TableReader, making: Making): RustPattern {
  const after = table.text("after");
  const value = table.text("value");
  if (after === null) table.fault("value", "after is missing: what names the provider, before the value");
  if (after === null || value === null) return UNUSABLE;
  const isUsable = [compiled(table, "after", after, making), compiled(table, "value", value, making)].every(
    (pattern) => pattern !== UNUSABLE,
  );
  return isUsable ? namedValues(after, value, making.known) : UNUSABLE;
}

/** Stands in for a pattern whose fault is told. */
const UNUSABLE = rustPattern("");

function compiled(
  table: TableReader,
  key: string,
  source: string,
  { trust, known }: Making,
  index?: number,
): RustPattern {
  if (trust === "trusted") return rulePattern(source, known(source));
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

/**
 * The default rule that `table` states, with what is `known` of its patterns. The table was read without a fault when the
 * pack was written.
 */
export function packedRule(table: TomlTable, origin: Origin, known: Making["known"]): Rule {
  const reader = tableReader(table, [], []);
  return readRule(reader, reader.string("id", ""), origin, { trust: "trusted", known }, null);
}

/** The patterns that `table` states, in Rust regex syntax. */
export function patternSources(table: TomlTable): readonly string[] {
  const reader = tableReader(table, [], []);
  const stated = ["pattern", "after", "value"].flatMap((key) => reader.text(key) ?? []);
  return [...new Set([...stated, ...reader.strings("allow", [])])];
}
