/** A class of ASCII characters, a bit each, 32 to a word. */
export type AsciiSet = { readonly words: readonly [number, number, number, number] };

/**
 * What must stand around a literal for one of its owners: a class for each character from `back` places before it on, and
 * behind it, beginning within so many characters, a run: one of each class, with only what is of `gap` in between. `anything`: nothing is known. `nothing`:
 * it never counts here.
 */
export type Around =
  | {
      readonly back: number;
      readonly sets: readonly AsciiSet[];
      readonly run: {
        readonly sets: readonly AsciiSet[];
        readonly gap: AsciiSet;
        readonly within: number;
      } | null;
    }
  /** A value that may be a password or a token is given to the name that the literal stands in. */
  | { readonly given: "password" | "token" }
  /** As it is written in a sieve made before, whose classes are given with it. */
  | { readonly written: Uint8Array }
  | "anything"
  | "nothing";

/**
 * By what a literal is looked around, as WebAssembly reads it.
 *
 *     sieve     for each literal, 4 bytes: where its programs are; 0 for none, all its owners count then
 *     programs  how many (2 bytes), then each: its length (2), `back` (1), how many classes (1), how many of the run
 *               (1), how many of these are written (1), `within` (2), `gap` (2), and each class by its number (2);
 *               of a run of one class that alone is written, and once those that come behind its first, if they are one
 *     classes   16 bytes each, a bit a character
 */
export type Sieve = {
  readonly sieve: Uint8Array;
  readonly programs: Uint8Array;
  readonly classes: Uint8Array;
};

/** In place of `back`: a value that is given to a name (then 0 for a password or 1 for a token), and those of one word. */
const GIVEN = 255;
const ANYTHING = 254;
const NOTHING = 253;

const HEAD_BYTES = 10;
const CLASS_BYTES = 16;

/**
 * What is around each literal, by its number: one for each owner. A literal beyond the list always counts. `before`: the
 * classes of what is written already.
 */
export function sieveOf(
  literals: number,
  around: readonly (readonly Around[])[],
  before: Uint8Array = new Uint8Array(0),
): Sieve {
  const classes = new Map<string, number>(keysOf(before).map((key, number) => [key, number]));
  const numberOf = ({ words }: AsciiSet): number => {
    const key = words.join();
    const known = classes.get(key) ?? classes.size;
    classes.set(key, known);
    return known;
  };
  const sieve = new Uint8Array(literals * 4);
  const places = new DataView(sieve.buffer);
  // The first byte is no program's: its place says that there is none.
  const parts: Uint8Array[] = [Uint8Array.of(0)];
  let end = 1;
  const add = (part: Uint8Array): void => {
    parts.push(part);
    end += part.length;
  };
  for (const [number, owners] of around.entries()) {
    if (owners.every((one) => one === "anything")) continue;
    places.setUint32(number * 4, end, true);
    add(Uint8Array.from(low(owners.length)));
    for (const one of owners) add(programOf(one, numberOf));
  }
  return { sieve, programs: Buffer.concat(parts, end), classes: classBytes([...classes.keys()]) };
}

function programOf(around: Around, numberOf: (set: AsciiSet) => number): Uint8Array {
  if (around === "anything") return WORDLESS.anything;
  if (around === "nothing") return WORDLESS.nothing;
  if ("written" in around) return around.written;
  if ("given" in around) return Uint8Array.of(...low(4), GIVEN, around.given === "token" ? 1 : 0);
  const { back, sets, run } = around;
  const all = (run?.sets ?? []).map(numberOf);
  const written = new Set(all).size === 1 ? all.slice(0, 1) : isHeaded(all) ? all.slice(0, 2) : all;
  const gap = run === null ? 0 : numberOf(run.gap);
  const length = HEAD_BYTES + (sets.length + written.length) * 2;
  return Uint8Array.of(
    ...[...low(length), back, sets.length, all.length, written.length, ...low(run?.within ?? 0), ...low(gap)],
    ...[...sets.map(numberOf), ...written].flatMap(low),
  );
}

function isHeaded(classes: readonly number[]): boolean {
  return new Set(classes.slice(1)).size === 1;
}

const WORDLESS = {
  anything: Uint8Array.of(...low(4), ANYTHING, 0),
  nothing: Uint8Array.of(...low(4), NOTHING, 0),
};

/** A number of 16 bits, the lower byte first. */
function low(number: number): readonly number[] {
  return [number & 255, number >> 8];
}

/** What is written for each owner of the literal `number`; null: all its owners count. */
export function writtenAround({ sieve, programs }: Sieve, number: number): readonly Around[] | null {
  const place = viewOf(sieve).getUint32(number * 4, true);
  if (place === 0) return null;
  const view = viewOf(programs);
  let at = place + 2;
  return Array.from({ length: view.getUint16(place, true) }, () => {
    const end = at + view.getUint16(at, true);
    const written = programs.subarray(at, end);
    at = end;
    return { written };
  });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function keysOf(classes: Uint8Array): readonly string[] {
  const view = viewOf(classes);
  return Array.from({ length: classes.length / CLASS_BYTES }, (_, number) =>
    [0, 4, 8, 12].map((word) => view.getInt32(number * CLASS_BYTES + word, true)).join(),
  );
}

function classBytes(keys: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(keys.length * CLASS_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [number, key] of keys.entries()) {
    for (const [index, word] of key.split(",").entries())
      view.setInt32(number * CLASS_BYTES + index * 4, Number(word), true);
  }
  return bytes;
}
