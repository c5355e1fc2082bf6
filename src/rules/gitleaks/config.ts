import { isTable, type TomlTable } from "../../toml/document.js";
import type { TomlPath } from "../../toml/places.js";

/**
 * A rule file of gitleaks (https://github.com/gitleaks/gitleaks#configuration), as far as it is understood here:
 *
 *     [extend] useDefault, path, disabledRules
 *     [[rules]] id, description, regex, path, secretGroup, entropy, keywords, tags, skipReport
 *     [[rules.allowlists]] or [rules.allowlist], [[allowlists]] or [allowlist]:
 *         description, condition, commits, paths, regexes, regexTarget, stopwords, targetRules
 *     [[rules.required]] id, withinLines, withinColumns
 *
 * Keys are read whatever their case, as gitleaks reads them.
 */
export type GitleaksConfig = {
  readonly title: string | null;
  readonly extend: Extend | null;
  readonly rules: readonly GitleaksRule[];
  readonly allowlists: readonly Allowlist[];
};

export type Extend = {
  readonly at: TomlPath;
  readonly useDefault: boolean;
  readonly path: string | null;
  readonly disabledRules: readonly string[];
};

export type GitleaksRule = {
  readonly at: TomlPath;
  readonly id: string | null;
  readonly description: string | null;
  readonly regex: string | null;
  readonly path: string | null;
  readonly secretGroup: number;
  readonly entropy: number;
  readonly keywords: readonly string[];
  readonly tags: readonly string[];
  /** Only looked for as what another rule requires. */
  readonly skipReport: boolean;
  readonly allowlists: readonly Allowlist[];
  readonly required: readonly Required[];
};

export type Allowlist = {
  readonly at: TomlPath;
  readonly description: string | null;
  /** Whether all kinds of criteria must match, or one of them. */
  readonly all: boolean;
  readonly commits: readonly string[];
  readonly paths: readonly string[];
  readonly regexes: readonly string[];
  readonly regexTarget: "secret" | "match" | "line";
  readonly stopwords: readonly string[];
  readonly targetRules: readonly string[];
};

export type Required = {
  readonly at: TomlPath;
  readonly id: string | null;
  readonly withinLines: number | null;
  readonly withinColumns: number | null;
};

/** Something to say about a place of the file; `rule` is the id there, where it belongs to a rule. */
export type Note = { readonly at: TomlPath; readonly rule: string | null; readonly message: string };

/** The configuration in `root`; what is not understood is noted and left out. */
export function readConfig(root: TomlTable, notes: Note[]): GitleaksConfig {
  const top = fieldsOf(root, [], null, notes);
  const extend = top.table("extend");
  const config = {
    title: top.text("title"),
    extend: extend === null ? null : extendOf(extend),
    rules: top.tables("rules").map(({ value, at }) => ruleOf(value, at, notes)),
    allowlists: allowlistsOf(top, null, notes),
  };
  top.known("minVersion", "description");
  top.close();
  return config;

  function extendOf({ value, at }: Found): Extend {
    const fields = fieldsOf(value, at, null, notes);
    const read = {
      at,
      useDefault: fields.flag("useDefault"),
      path: fields.text("path"),
      disabledRules: fields.texts("disabledRules"),
    };
    fields.close();
    return read;
  }
}

function ruleOf(value: TomlTable, at: TomlPath, notes: Note[]): GitleaksRule {
  const id = fieldsOf(value, at, null, []).text("id");
  const fields = fieldsOf(value, at, id, notes);
  const rule = {
    at,
    id: fields.text("id"),
    description: fields.text("description"),
    regex: fields.text("regex"),
    path: fields.text("path"),
    secretGroup: fields.number("secretGroup") ?? 0,
    entropy: fields.number("entropy") ?? 0,
    keywords: fields.texts("keywords"),
    tags: fields.texts("tags"),
    skipReport: fields.flag("skipReport"),
    allowlists: allowlistsOf(fields, id, notes),
    required: fields.tables("required").map((found) => requiredOf(found, id, notes)),
  };
  fields.close();
  return rule;
}

function requiredOf({ value, at }: Found, rule: string | null, notes: Note[]): Required {
  const fields = fieldsOf(value, at, rule, notes);
  const required = {
    at,
    id: fields.text("id"),
    withinLines: fields.number("withinLines"),
    withinColumns: fields.number("withinColumns"),
  };
  fields.close();
  return required;
}

/** The old form is one table, the new one an array of them. */
function allowlistsOf(parent: Fields, rule: string | null, notes: Note[]): readonly Allowlist[] {
  const old = parent.table("allowlist");
  return [...(old === null ? [] : [old]), ...parent.tables("allowlists")].map(({ value, at }) => {
    const fields = fieldsOf(value, at, rule, notes);
    const target = fields.text("regexTarget")?.toLowerCase();
    const allowlist: Allowlist = {
      at,
      description: fields.text("description"),
      all: ["and", "&&"].includes(fields.text("condition")?.toLowerCase() ?? ""),
      commits: fields.texts("commits"),
      paths: fields.texts("paths"),
      regexes: fields.texts("regexes"),
      regexTarget: target === "match" || target === "line" ? target : "secret",
      stopwords: fields.texts("stopwords"),
      targetRules: fields.texts("targetRules"),
    };
    fields.close();
    return allowlist;
  });
}

type Found = { readonly value: TomlTable; readonly at: TomlPath };

/** The fields of one table; a wrong type is noted, and the field is as if it were not there. */
type Fields = {
  text(name: string): string | null;
  number(name: string): number | null;
  flag(name: string): boolean;
  texts(name: string): readonly string[];
  table(name: string): Found | null;
  tables(name: string): readonly Found[];
  /** Keys that mean nothing here and need no note. */
  known(...names: readonly string[]): void;
  /** Call last: notes every key that was not asked for. */
  close(): void;
};

function fieldsOf(table: TomlTable, path: TomlPath, rule: string | null, notes: Note[]): Fields {
  const keys = new Map(Object.keys(table).map((key) => [key.toLowerCase(), key]));
  const asked = new Set<string>();

  function read<T>(name: string, wanted: string, take: (value: unknown, at: TomlPath) => T | null): T | null {
    asked.add(name.toLowerCase());
    const key = keys.get(name.toLowerCase());
    if (key === undefined) return null;
    const at = [...path, key];
    const taken = take(table[key], at);
    if (taken === null) notes.push({ at, rule, message: `${name} is not ${wanted}, so it is left out` });
    return taken;
  }

  return {
    text: (name) => read(name, "a text", (value) => (typeof value === "string" ? value : null)),
    number: (name) => read(name, "a number", (value) => (typeof value === "number" ? value : null)),
    flag: (name) =>
      read(name, "true or false", (value) => (typeof value === "boolean" ? value : null)) ?? false,
    texts: (name) =>
      read(name, "a list of texts", (value) => {
        const list = typeof value === "string" ? [value] : value;
        return Array.isArray(list) && list.every((one) => typeof one === "string")
          ? (list as string[])
          : null;
      }) ?? [],
    table: (name) => read(name, "a table", (value, at) => (isTable(value) ? { value, at } : null)),
    tables: (name) =>
      read(name, "an array of tables", (value, at) =>
        Array.isArray(value) && value.every(isTable)
          ? value.map((entry: TomlTable, index) => ({ value: entry, at: [...at, index] }))
          : null,
      ) ?? [],
    known(...names) {
      for (const name of names) asked.add(name.toLowerCase());
    },
    close() {
      for (const [lower, key] of keys) {
        if (asked.has(lower)) continue;
        notes.push({ at: [...path, key], rule, message: "this key is not known here, and left out" });
      }
    },
  };
}
