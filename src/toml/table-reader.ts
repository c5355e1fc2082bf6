import { isTable, type TomlProblem, type TomlTable } from "./document.js";
import { nearest } from "./nearest.js";
import type { TomlPath } from "./places.js";

/**
 * Reads one table's keys with their types. Every fault goes to `problems`, and the fallback is returned so that
 * the rest can be checked too: whoever reads must refuse the document if `problems` is not empty afterwards.
 */
export type TableReader = {
  readonly path: TomlPath;
  has(key: string): boolean;
  boolean(key: string, fallback: boolean): boolean;
  string(key: string, fallback: string): string;
  /** The string at `key`; null where there is none, or something else (which is a fault). */
  text(key: string): string | null;
  /** A number of any size between `least` and `most`. */
  number(key: string, fallback: number, least: number, most: number): number;
  /** A whole number between `least` and `most`. */
  integer(key: string, fallback: number, least: number, most: number): number;
  oneOf<T extends string>(key: string, fallback: T, choices: readonly T[]): T;
  strings(key: string, fallback: readonly string[]): readonly string[];
  /** A string, or a list of them; null where there is none, or something else (which is a fault). */
  oneOrMore(key: string): readonly string[] | null;
  /** The table at `key`; an empty one if it is not there. */
  table(key: string): TableReader;
  /** The array of tables at `key`, in order. */
  tables(key: string): readonly TableReader[];
  /** Records a fault about `key` (and about entry `index` of it, if given); `offset` and `other` as in `TomlProblem`. */
  fault(
    key: string,
    message: string,
    place?: { at?: "key" | "value"; index?: number; offset?: number; other?: TomlPath },
  ): void;
  /** Call last: every key that was not asked for is a fault that names the nearest known one. */
  close(): void;
};

/** A reader of `value`, which stands at `path`; faults are added to `problems`. */
export function tableReader(value: TomlTable, path: TomlPath, problems: TomlProblem[]): TableReader {
  const known = new Set<string>();
  const name = (key: string): string => [...path.filter((part) => typeof part === "string"), key].join(".");

  function read<T>(key: string, fallback: T, wanted: string, accepts: (v: unknown) => v is T): T {
    known.add(key);
    const given = Object.hasOwn(value, key) ? value[key] : undefined;
    if (given === undefined) return fallback;
    if (accepts(given)) return given;
    problems.push({
      path: [...path, key],
      at: "value",
      message: `${name(key)} must be ${wanted}, not ${kindOf(given)}`,
    });
    return fallback;
  }

  function numeric(
    key: string,
    fallback: number,
    least: number,
    most: number,
    wanted: "a number" | "a whole number",
  ): number {
    const given = read(key, fallback, wanted, (v): v is number => typeof v === "number");
    const fits = given >= least && given <= most && (wanted === "a number" || Number.isInteger(given));
    if (fits) return given;
    problems.push({
      path: [...path, key],
      at: "value",
      message: `${name(key)} must be ${wanted} between ${least} and ${most}`,
    });
    return fallback;
  }

  return {
    path,
    has: (key) => Object.hasOwn(value, key),
    boolean: (key, fallback) =>
      read(key, fallback, "true or false", (v): v is boolean => typeof v === "boolean"),
    string: (key, fallback) => read(key, fallback, "a string", (v): v is string => typeof v === "string"),
    text: (key) => read<string | null>(key, null, "a string", (v): v is string => typeof v === "string"),
    number: (key, fallback, least, most) => numeric(key, fallback, least, most, "a number"),
    integer: (key, fallback, least, most) => numeric(key, fallback, least, most, "a whole number"),
    oneOf<T extends string>(key: string, fallback: T, choices: readonly T[]): T {
      const given = read<string>(key, fallback, "a string", (v): v is string => typeof v === "string");
      if ((choices as readonly string[]).includes(given)) return given as T;
      const guess = nearest(given, choices);
      const hint = guess === null ? "" : `; did you mean "${guess}"?`;
      const wanted = choices.map((choice) => `"${choice}"`).join(", ");
      problems.push({
        path: [...path, key],
        at: "value",
        message: `${name(key)} must be one of ${wanted}${hint}`,
      });
      return fallback;
    },
    strings(key, fallback) {
      const given = read(key, fallback as readonly unknown[], "a list of strings", (v): v is unknown[] =>
        Array.isArray(v),
      );
      const faulty = given.flatMap((entry, index) => (typeof entry === "string" ? [] : [{ entry, index }]));
      for (const { entry, index } of faulty) {
        const message = `${name(key)} must be a list of strings, but entry ${index + 1} is ${kindOf(entry)}`;
        problems.push({ path: [...path, key, index], at: "value", message });
      }
      return faulty.length === 0 ? (given as readonly string[]) : fallback;
    },
    oneOrMore(key) {
      if (!Object.hasOwn(value, key)) return null;
      const given = value[key];
      if (!Array.isArray(given)) {
        const one = this.text(key);
        return one === null ? null : [one];
      }
      const all = this.strings(key, []);
      return all.length === given.length ? all : null;
    },
    table(key) {
      const given = read<TomlTable>(key, {}, "a table", isTable);
      return tableReader(given, [...path, key], problems);
    },
    tables(key) {
      const given = read(
        key,
        [] as readonly unknown[],
        `an array of tables ([[${name(key)}]])`,
        (v): v is unknown[] => Array.isArray(v),
      );
      return given.flatMap((entry, index) => {
        if (isTable(entry)) return [tableReader(entry, [...path, key, index], problems)];
        problems.push({
          path: [...path, key, index],
          at: "value",
          message: `${name(key)} must be an array of tables ([[${name(key)}]])`,
        });
        return [];
      });
    },
    fault(key, message, place = {}) {
      const where = place.index === undefined ? [...path, key] : [...path, key, place.index];
      problems.push({
        path: where,
        at: place.at ?? "value",
        message,
        ...(place.offset === undefined ? {} : { offset: place.offset }),
        ...(place.other === undefined ? {} : { other: place.other }),
      });
    },
    close() {
      for (const key of Object.keys(value)) {
        if (known.has(key)) continue;
        const guess = nearest(key, [...known]);
        const hint =
          guess === null ? `known here: ${[...known].sort().join(", ")}` : `did you mean "${guess}"?`;
        problems.push({ path: [...path, key], at: "key", message: `unknown key "${name(key)}"; ${hint}` });
      }
    },
  };
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  if (typeof value === "boolean") return "true or false";
  if (typeof value === "bigint" || typeof value === "number") return "a number";
  return typeof value === "object" ? "a table" : `a ${typeof value}`;
}
