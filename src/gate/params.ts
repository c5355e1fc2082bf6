import { blottedLine } from "../scan/blot.js";
import { INVALID_PARAMS, isObject, RpcFault } from "./json-rpc.js";

/** One object of a request: each field is asked for by name, and every other is refused. Faults never repeat a value. */
export type Fields = {
  /** The string at `key`, of at most so many UTF-16 units; null where there is none. */
  readonly text: (key: string, most?: number) => string | null;
  /** The string at `key`, which must be there and not be empty. */
  readonly needed: (key: string, most?: number) => string;
  /** The string at `key`, which must be one of these. */
  readonly oneOf: <T extends string>(key: string, choices: readonly T[]) => T;
  /** The whole number from 0 at `key`. */
  readonly count: (key: string) => number;
  readonly raw: (key: string) => unknown;
  readonly fault: (key: string, what: string) => RpcFault;
};

/** Names and ids are shorter than this; a text has no such bound. In UTF-16 units. */
const MOST = 4096;

/** The fields of `value`, which stands at `where` in the request. Throws `RpcFault`, also for a key that is not known. */
export function fieldsOf(value: unknown, where: string, known: readonly string[]): Fields {
  if (!isObject(value)) throw invalid(`${where} must be an object`);
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const names = known.length === 0 ? "none is known" : `known are ${known.join(", ")}`;
    throw invalid(`${where} holds an unknown key${named(unknown)}; ${names}`);
  }
  const fault = (key: string, what: string): RpcFault => invalid(`${where}.${key} ${what}`);
  const text = (key: string, most = MOST): string | null => {
    const given = value[key];
    if (given === undefined || given === null) return null;
    if (typeof given !== "string") throw fault(key, "must be a string");
    if (given.length > most) throw fault(key, `is longer than ${most} characters`);
    return given;
  };
  return {
    text,
    needed(key, most) {
      const given = text(key, most);
      if (given === null) throw fault(key, "is missing");
      if (given === "") throw fault(key, "is empty");
      return given;
    },
    oneOf<T extends string>(key: string, choices: readonly T[]): T {
      const given = text(key);
      if (given === null) throw fault(key, "is missing");
      if (!(choices as readonly string[]).includes(given))
        throw fault(key, `must be one of ${choices.join(", ")}`);
      return given as T;
    },
    count(key) {
      const given = value[key];
      if (typeof given !== "number" || !Number.isSafeInteger(given) || given < 0)
        throw fault(key, "must be a whole number from 0");
      return given;
    },
    raw: (key) => value[key],
    fault,
  };
}

/** The key itself, where it reads like one: what was meant as a value may stand in its place. */
function named(key: string): string {
  const isPlain = /^[A-Za-z]+(?:_[A-Za-z]+)*$/.test(key) && key.length <= 24;
  return isPlain && blottedLine(key, []) === key ? ` (${key})` : "";
}

function invalid(message: string): RpcFault {
  return new RpcFault(INVALID_PARAMS, message);
}
