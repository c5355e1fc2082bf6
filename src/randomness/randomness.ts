import { type Alphabet, alphabetOf } from "./alphabet.js";
import { languageModel } from "./language-model.js";
import { readExpected } from "./sequences.js";
import { FOREIGN_AT, readSymbols, STEP } from "./symbols.js";

/** As far as a value is read, in UTF-16 units: more cannot change what it is. */
const READ = 512;

/** One character, however odd, says no more than this many bits either way. */
const LEAST_GAIN = -6;
const MOST_GAIN = 5;

/** No value of fewer characters can be told from an abbreviation. */
const SHORTEST = 8;

/**
 * What looks drawn is at least this much of a value, or this long: one abbreviation in a name (`GoogleDlpV2Table`) is
 * no token.
 */
const LEAST_SHARE = 5 / 8;
const LONG_STRETCH = 10;

/** A part between joints is weighed by itself from this length on: shorter ones are versions and abbreviations. */
const SHORTEST_RUN = 12;
const SHORTEST_HEX_RUN = 16;

/**
 * How many bits more likely a value must be as drawn characters than as written ones, by its alphabet. Set on names,
 * paths, strings and settings of source trees that the model was not trained on, so that one in 2,000 of 16 characters
 * and more reaches them, and 98 of 100 tokens of 20 drawn characters do. Names of C that are all abbreviations
 * (`V4L2_DV_BT_DMT_640X480P60`) reach them more often, about one in 350.
 */
const ENOUGH: Readonly<Record<Alphabet["kind"], number>> = {
  digits: Number.POSITIVE_INFINITY,
  hex: 8,
  "letters-digits": 16,
  base62: 18,
  letters: 24,
  "mixed-letters": 18,
  names: 28,
  marks: 22,
};

/** The same where `-`, `_`, `+`, `/` or `=` stands between: abbreviations come in rows then. */
const ENOUGH_JOINED: Readonly<Record<Alphabet["kind"], number>> = {
  digits: Number.POSITIVE_INFINITY,
  hex: 12,
  "letters-digits": 22,
  base62: 22,
  letters: 25,
  "mixed-letters": 22,
  names: 28,
  marks: 22,
};

/** Bits that the model gives for each character of the value that was read last. */
const costs = new Float64Array(READ);

/**
 * Bits a character by which `value` is less likely as written text than as characters drawn at random from its own
 * alphabet. Above 0 it looks drawn, below it looks written; about -4 to 3. 0 for an empty value. Only the first 512
 * characters count.
 */
export function randomness(value: string): number {
  if (value === "") return 0;
  const length = readCosts(value);
  const { bits } = alphabetOf(value, 0, length);
  let sum = 0;
  for (let at = 0; at < length; at++) sum += gainAt(at, bits);
  return sum / length;
}

/**
 * Whether `value`, or a long part of it between joints, looks drawn at random: a token, a key, a digest. Never for
 * fewer than 8 characters, nor without letters. Words, names, paths, versions, repetitions and sequences are not;
 * passwords that people make of words are not either.
 */
export function looksRandom(value: string): boolean {
  if (value.length < SHORTEST) return false;
  const length = readCosts(value);
  return isDrawn(value, 0, length, SHORTEST) || someRun(value, length, isDrawnRun);
}

function isDrawnRun(value: string, start: number, end: number): boolean {
  const { kind } = alphabetOf(value, start, end);
  return isDrawn(value, start, end, kind === "hex" ? SHORTEST_HEX_RUN : SHORTEST_RUN);
}

/** Whether some stretch of `value` looks drawn enough. */
function isDrawn(value: string, start: number, end: number, shortest: number): boolean {
  if (end - start < shortest) return false;
  const { kind, joined, bits } = alphabetOf(value, start, end);
  const enough = (joined ? ENOUGH_JOINED : ENOUGH)[kind];
  const least = Math.min(LONG_STRETCH, (end - start) * LEAST_SHARE);
  let sum = 0;
  let from = start;
  for (let at = start; at < end; at++) {
    sum += gainAt(at, bits);
    if (sum <= 0) {
      sum = 0;
      from = at + 1;
    }
    if (sum >= enough && at - from + 1 >= least) return true;
  }
  return false;
}

/** Whether `holds` for some run of ASCII letters and digits in `value`, if that is not all of it. */
function someRun(value: string, length: number, holds: typeof isDrawnRun): boolean {
  let start = 0;
  for (let at = 0; at <= length; at++) {
    if (at < length && isPlain(value.charCodeAt(at))) continue;
    if (at - start >= SHORTEST_RUN && at - start < length && holds(value, start, at)) return true;
    start = at + 1;
  }
  return false;
}

function isPlain(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function gainAt(at: number, drawnBits: number): number {
  return Math.max(LEAST_GAIN, Math.min(MOST_GAIN, (costs[at] ?? 0) - drawnBits));
}

/** Fills `costs` and tells how many characters of `value` count. */
function readCosts(value: string): number {
  const model = languageModel();
  const read = value.length > READ ? value.slice(0, READ) : value;
  readSymbols(read, (classAt, symbolAt, at) => {
    // Letters beyond ASCII are not drawn by any generator of tokens.
    costs[at] = symbolAt === FOREIGN_AT ? 0 : ((model[classAt] ?? 0) + (model[symbolAt] ?? 0)) / STEP;
  });
  readExpected(read, (mostBits, at) => {
    if ((costs[at] ?? 0) > mostBits) costs[at] = mostBits;
  });
  return read.length;
}
