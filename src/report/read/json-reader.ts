/** What is wrong with a report that is read back: where in the JSON, and why. Never repeats a value. */
export class ReportFault extends Error {
  override readonly name = "ReportFault";
}

/** One object of a JSON text: every value is asked for by name and kind, and what is not asked for is let be. */
export type Reader = {
  /** Where it stands: `findings[3].start`; empty for the whole. */
  readonly at: string;
  readonly has: (key: string) => boolean;
  readonly text: (key: string, shape?: Shape) => string;
  readonly textOrNull: (key: string, shape?: Shape) => string | null;
  readonly texts: (key: string, shape?: Shape) => readonly string[];
  readonly oneOf: <T extends string>(key: string, choices: readonly T[]) => T;
  readonly oneOfOrNull: <T extends string>(key: string, choices: readonly T[]) => T | null;
  /** A whole number from `least` on. */
  readonly count: (key: string, least?: number) => number;
  readonly number: (key: string) => number;
  readonly flag: (key: string) => boolean;
  readonly flagOrNull: (key: string) => boolean | null;
  readonly object: (key: string) => Reader;
  readonly objectOrNull: (key: string) => Reader | null;
  readonly objects: <T>(key: string, read: (reader: Reader) => T) => readonly T[];
  readonly fault: (key: string, what: string) => ReportFault;
};

/** What a text must look like, and how that is said. */
export type Shape = { readonly pattern: RegExp; readonly words: string };

/** Not empty. */
export const SOME: Shape = { pattern: /[\s\S]/, words: "must not be empty" };

/** The object that `value` is. Throws `ReportFault`, as all of a reader does. */
export function readerOf(value: unknown, at: string): Reader {
  const fields = objectOf(value, at);
  const place = (key: string): string => (at === "" ? key : `${at}.${key}`);
  const fault = (key: string, what: string) => new ReportFault(`${place(key)} ${what}`);
  const given = (key: string): unknown => {
    if (!Object.hasOwn(fields, key)) throw fault(key, "is missing");
    return fields[key];
  };
  const isNull = (key: string): boolean => given(key) === null;
  const list = (key: string): readonly unknown[] => {
    const items = given(key);
    if (!Array.isArray(items)) throw fault(key, "must be a list");
    return items;
  };
  const reader: Reader = {
    at,
    has: (key) => Object.hasOwn(fields, key),
    text: (key, shape) => textAt(given(key), place(key), shape),
    textOrNull: (key, shape) => (isNull(key) ? null : reader.text(key, shape)),
    texts: (key, shape) => list(key).map((item, index) => textAt(item, `${place(key)}[${index}]`, shape)),
    oneOf<T extends string>(key: string, choices: readonly T[]): T {
      const value = given(key);
      const choice = choices.find((one) => one === value);
      if (choice === undefined) throw fault(key, `must be one of ${choices.join(", ")}`);
      return choice;
    },
    oneOfOrNull: (key, choices) => (isNull(key) ? null : reader.oneOf(key, choices)),
    count(key, least = 0) {
      const value = given(key);
      if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least)
        throw fault(key, `must be a whole number from ${least}`);
      return value;
    },
    number(key) {
      const value = given(key);
      if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
        throw fault(key, "must be a number from 0");
      return value;
    },
    flag(key) {
      const value = given(key);
      if (typeof value !== "boolean") throw fault(key, "must be true or false");
      return value;
    },
    flagOrNull: (key) => (isNull(key) ? null : reader.flag(key)),
    object: (key) => readerOf(given(key), place(key)),
    objectOrNull: (key) => (isNull(key) ? null : reader.object(key)),
    objects: (key, read) => list(key).map((item, index) => read(readerOf(item, `${place(key)}[${index}]`))),
    fault,
  };
  return reader;
}

function objectOf(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ReportFault(at === "" ? "it must be an object" : `${at} must be an object`);
  return value as Readonly<Record<string, unknown>>;
}

function textAt(value: unknown, at: string, shape?: Shape): string {
  if (typeof value !== "string") throw new ReportFault(`${at} must be a text`);
  if (shape !== undefined && !shape.pattern.test(value)) throw new ReportFault(`${at} ${shape.words}`);
  return value;
}
