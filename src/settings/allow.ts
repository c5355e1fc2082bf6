import { checkPattern, PatternError, type RustPattern } from "../pattern/rust-pattern.js";
import type { TableReader } from "../toml/table-reader.js";
import { globOf } from "./glob-at.js";
import type { Allow } from "./settings.js";

const CONDITIONS = ["path", "rule", "fingerprint", "pattern", "stopword"];

/** A shorter word stands in too much. */
const LEAST_STOPWORD = 3;

/** The allowance that a `[[scan.allow]]` table states, its globs for paths below `folder`; faults go to the reader. */
export function allowOf(table: TableReader, origin: Allow["origin"], folder = ""): Allow {
  if (!CONDITIONS.some((key) => table.has(key))) {
    table.fault("path", "an allowance needs a condition: path, rule, fingerprint, pattern or stopword", {
      at: "key",
    });
  }
  const path = table.text("path");
  return {
    path: path === null ? null : globOf(table, "path", path, { folder }),
    rule: ruleOf(table),
    fingerprint: fingerprintOf(table),
    pattern: patternOf(table),
    stopwords: stopwordsOf(table),
    reason: reasonOf(table),
    origin,
  };
}

function ruleOf(table: TableReader): string | null {
  const rule = table.text("rule");
  if (rule !== null && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(rule)) {
    table.fault("rule", "a rule's id is lower-case words joined by -, as a report prints it");
  }
  return rule;
}

function fingerprintOf(table: TableReader): string | null {
  const fingerprint = table.text("fingerprint");
  if (fingerprint !== null && !/^[0-9a-f]{32}$/i.test(fingerprint)) {
    table.fault("fingerprint", "a fingerprint is 32 hex digits, as a report prints it");
  }
  return fingerprint?.toLowerCase() ?? null;
}

function patternOf(table: TableReader): RustPattern | null {
  const source = table.text("pattern");
  if (source === null) return null;
  try {
    const pattern = checkPattern(source);
    if (pattern.extent().least > 0) return pattern;
    table.fault("pattern", "the pattern can match the empty text, which is in every secret");
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const place = error.offset === null ? {} : { offset: error.offset };
    table.fault("pattern", `not a Rust regex: ${error.message}`, place);
  }
  return null;
}

function stopwordsOf(table: TableReader): readonly string[] | null {
  const words = table.oneOrMore("stopword");
  if (words === null) return null;
  if (words.length === 0) table.fault("stopword", "the list is empty: name a word, or leave the key out");
  if (words.some((word) => word.trim().length < LEAST_STOPWORD)) {
    table.fault(
      "stopword",
      `a stop word has ${LEAST_STOPWORD} letters or more: a shorter one is in too much`,
    );
  }
  return words.map((word) => word.toLowerCase());
}

function reasonOf(table: TableReader): string {
  const reason = table.text("reason");
  if (!table.has("reason")) {
    table.fault("reason", "an allowance needs a reason: say why the finding is fine", { at: "key" });
  } else if (reason?.trim() === "") {
    table.fault("reason", "the reason is empty: say why the finding is fine");
  }
  return reason ?? "";
}
