import { languageOf } from "../../src/units/languages.js";
import { parseUnits } from "../../src/units/parse.js";
import type { ParsedFile, Unit } from "../../src/units/unit.js";

/** `text` parsed as the file `path`, which must be in a known language. */
export function parsed(text: string, path: string): ParsedFile {
  const language = languageOf(path);
  if (language === null) throw new Error(`no language for ${path}`);
  return parseUnits(text, path, language);
}

/** Each unit as "aura_id | name | signature | body". */
export function unitRows(text: string, path: string): readonly string[] {
  return parsed(text, path).units.map((unit) =>
    [unit.auraId, unit.name, slice(text, unit.signature), slice(text, unit.body)].join(" | "),
  );
}

/** Each unit as "aura_id marker", "(held)" behind it where something around it is local. */
export function markerRows(text: string, path: string): readonly string[] {
  return parsed(text, path).units.map(
    (unit) => `${unit.auraId} ${unit.marker ?? "-"}${unit.enclosedByLocal ? " (held)" : ""}`,
  );
}

export function unitNamed(text: string, path: string, auraId: string): Unit {
  const unit = parsed(text, path).units.find((candidate) => candidate.auraId === auraId);
  if (unit === undefined) throw new Error(`no unit ${auraId}`);
  return unit;
}

export function slice(text: string, span: { readonly start: number; readonly end: number }): string {
  return text.slice(span.start, span.end);
}
