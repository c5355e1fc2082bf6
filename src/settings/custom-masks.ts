import { checkPattern, PatternError, type RustPattern } from "../pattern/rust-pattern.js";
import type { TomlPath } from "../toml/places.js";
import type { TableReader } from "../toml/table-reader.js";
import { DEFAULT_REPLACEMENT } from "./defaults.js";
import type { Settings } from "./settings.js";

/** The specification's own detectors: the ledger and the reports call them by these names. */
export const BUILT_IN_NAMES = [
  "aws-access-key-id",
  "aws-secret-key",
  "generic-api-key",
  "jwt",
  "private-key",
  "bearer",
] as const;

/** The custom masks of the `[[live.privacy.mask]]` tables of `file`, in order; faults go to the readers. */
export function customMasks(tables: readonly TableReader[], file: string): Settings["customMasks"] {
  const taken = new Map<string, TomlPath>();
  return tables.flatMap((table, index) => {
    const name = checkedName(table, taken);
    const pattern = checkedPattern(table);
    const replacement = checkedReplacement(table, pattern);
    return name === null || pattern === null
      ? []
      : [{ name, pattern, replacement, origin: { file, number: index + 1 } }];
  });
}

function checkedName(table: TableReader, taken: Map<string, TomlPath>): string | null {
  if (!table.has("name")) {
    table.fault("name", "a mask needs a name: the ledger and the reports call it by that", { at: "key" });
    return null;
  }
  const name = table.text("name");
  if (name === null) return null;
  // The ledger's line reads `masked: 2 (1x jwt, 1x bearer)`: a name must not look like more than one.
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
    table.fault("name", "a mask's name is made of 1 to 64 letters, digits, dots, _ and -");
  }
  if ((BUILT_IN_NAMES as readonly string[]).includes(name)) {
    table.fault("name", `"${name}" is the name of a built-in detector: take another`);
  }
  const first = taken.get(name);
  if (first !== undefined) table.fault("name", `there is a mask named "${name}" already`, { other: first });
  else taken.set(name, [...table.path, "name"]);
  return name;
}

function checkedPattern(table: TableReader): RustPattern | null {
  if (!table.has("pattern")) {
    table.fault("pattern", "a mask needs a pattern, in Rust regex syntax", { at: "key" });
    return null;
  }
  const source = table.text("pattern");
  if (source === null) return null;
  if (source === "") {
    table.fault("pattern", "the pattern is empty");
    return null;
  }
  try {
    const pattern = checkPattern(source);
    if (pattern.extent().least > 0) return pattern;
    table.fault(
      "pattern",
      "the pattern can match the empty text, which is everywhere: let it need a character",
    );
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const place = error.offset === null ? {} : { offset: error.offset };
    table.fault("pattern", `not a Rust regex: ${error.message}`, place);
  }
  return null;
}

function checkedReplacement(table: TableReader, pattern: RustPattern | null): string {
  const replacement = table.string("replacement", DEFAULT_REPLACEMENT);
  if (replacement === "") {
    table.fault(
      "replacement",
      `the replacement is empty, so nobody sees that something was masked: leave the key out for ${DEFAULT_REPLACEMENT}`,
    );
  } else if (pattern !== null && replaced(replacement, pattern, replacement) !== replacement) {
    table.fault(
      "replacement",
      "the pattern matches this replacement and would mask it again: change one of the two",
    );
  }
  return replacement;
}

/** `text` with every secret that `pattern` finds replaced, as the mask does it. */
function replaced(text: string, pattern: RustPattern, replacement: string): string {
  let result = "";
  let at = 0;
  for (const { secret } of pattern.matches(text)) {
    if (secret.end === secret.start) continue;
    result += text.slice(at, secret.start) + replacement;
    at = secret.end;
  }
  return result + text.slice(at);
}
