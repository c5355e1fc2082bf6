import { isTable, type TomlProblem, type TomlTable } from "../toml/document.js";
import { nearest } from "../toml/nearest.js";
import type { TomlPath } from "../toml/places.js";

/** A table of the file: its keys, and the tables below it. */
type Page = { readonly [header: string]: readonly string[] };

/** Every key of `.aura/live.toml`, table by table, as design section 4 lists them. */
export const PAGE: Page = {
  "": ["extends", "live", "scan"],
  "[live]": ["e2e", "selective", "privacy", "audit"],
  "[live.selective]": ["include", "exclude"],
  "[live.privacy]": ["default_private", "mask_secrets", "e2e_encryption", "masks", "mask"],
  "[live.privacy.masks]": ["aws", "generic_api_keys", "jwt", "bearer_tokens", "private_key_blocks"],
  "[[live.privacy.mask]]": ["name", "pattern", "replacement"],
  "[live.audit]": ["keep_days", "keep_bytes"],
  "[scan]": [
    "rules",
    "fail_on",
    "git_blocks_on",
    "documented",
    "allow",
    "new_allows",
    "baseline",
    "limits",
    "nested",
  ],
  "[[scan.allow]]": ["path", "rule", "fingerprint", "pattern", "stopword", "reason"],
  "[scan.nested]": ["widen", "ignore"],
  "[scan.limits]": ["unit_file_bytes", "binary_bytes", "seconds"],
};

/** A fault for every key of the document that the page does not know, naming the nearest one it knows. */
export function unknownKeys(root: TomlTable): readonly TomlProblem[] {
  return unknownIn(root, [], "");
}

function unknownIn(table: TomlTable, path: TomlPath, header: string): readonly TomlProblem[] {
  return Object.entries(table).flatMap(([key, value]): readonly TomlProblem[] => {
    const here = [...path, key];
    if (!PAGE[header]?.includes(key)) {
      const message = `unknown key "${nameOf(here)}"; ${adviceFor(key, header)}`;
      return [{ path: here, at: "key", message }];
    }
    const name = nameOf(here);
    if (Array.isArray(value) && `[[${name}]]` in PAGE)
      return value.flatMap((entry, index) =>
        isTable(entry) ? unknownIn(entry, [...here, index], `[[${name}]]`) : [],
      );
    return isTable(value) && `[${name}]` in PAGE ? unknownIn(value, here, `[${name}]`) : [];
  });
}

function adviceFor(key: string, header: string): string {
  const home = homeOf(key);
  if (home !== null) return `it belongs under ${home}`;
  const known = PAGE[header] ?? [];
  const sibling = nearest(key, known);
  if (sibling !== null) return `did you mean "${sibling}"?`;
  const distant = nearest(key, Object.values(PAGE).flat());
  const distantHome = distant === null ? null : homeOf(distant);
  if (distant !== null && distantHome !== null) return `did you mean "${distant}" under ${distantHome}?`;
  return `known here: ${known.join(", ")}`;
}

/** The header of the table that `key` stands in; the top level has none. */
function homeOf(key: string): string | null {
  return Object.keys(PAGE).find((header) => header !== "" && PAGE[header]?.includes(key)) ?? null;
}

function nameOf(path: TomlPath): string {
  return path.filter((part) => typeof part === "string").join(".");
}
