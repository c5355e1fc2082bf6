import { base64Stretches, isBase64 } from "./base64-stretches.js";
import { SHORTEST_BUILT } from "./built-string.js";
import { type EncodedRun, onePiece } from "./encoded-run.js";
import { isReadable, readableText } from "./readable.js";

// Base64 and base64url, https://www.rfc-editor.org/rfc/rfc4648#section-4: four characters are three bytes. Bytes of
// ASCII text leave few characters for each of the four places, which tells it from names, paths and binaries: six such
// groups meet by chance once in millions.
const PLACES = "[CDI-Za-f][ACDEFGHQSTUVWXgijklmnwyz0123][ABEFIJMNQRUVYZcdghklopstwx014589]";
const ANY = "[A-Za-z0-9+/_-]";

/** ASCII in UTF-16: every other byte is zero. */
const WIDE = "[I-Za-f][AQgw][AB][A-Za-z0-9+/]A[C-H][AEIMQUYcgkosw048]A";

/** Where a run of 24 and more characters begins, in whatever stands before it. */
const LONG = new RegExp(`(?:${PLACES}${ANY}){6}|(?:${WIDE}){3}`, "g");
const LONGER = 24;

/** A shorter one, 11 to 23 characters, must be all of a quoted or an assigned value, or of the text. */
const SHORT = new RegExp(
  `(^|["'\`]|[:=>][ \\t]?)((?:${PLACES}${ANY}){2}${PLACES}${ANY}{0,12}={0,2})(?=["'\`<,;)\\s]|$)`,
  "g",
);

/** Whether `text` may hold base64 of a readable text: true for all that `base64Runs` finds. */
export function mayHoldBase64(text: string): boolean {
  if (SHORT_CLUE.test(text)) return true;
  for (const { start, end } of base64Stretches(text, LONGER)) {
    if (LONG_CLUE.test(text.slice(start, end))) return true;
  }
  return false;
}

const SHORT_CLUE = new RegExp(SHORT.source);
const LONG_CLUE = new RegExp(LONG.source);

/** Characters decoded at once: 48 bytes tell well enough whether the text goes on. */
const STEP = 64;

/** Steps told as one run, and how many of them come again in the next: see `LONGEST_BUILT`. */
const MOST_STEPS = 160;
const SHARED_STEPS = 40;

/** A line that is wrapped is at least so long, https://www.rfc-editor.org/rfc/rfc2045#section-6.8 (PEM: 64, MIME: 76). */
const SHORTEST_LINE = 56;

/** Every base64 of a readable text in `text`, over wrapped lines too, those with `\n` in a JSON string among them. */
export function base64Runs(text: string): readonly EncodedRun[] {
  const runs: EncodedRun[] = [];
  let behind = 0;
  for (const { start, end } of base64Stretches(text, LONGER)) {
    const stretch = text.slice(start, end);
    LONG.lastIndex = Math.max(0, behind - start);
    for (let found = LONG.exec(stretch); found !== null; found = LONG.exec(stretch)) {
      const steps = readableSteps(text, start + found.index);
      runs.push(...windows(steps));
      behind = steps.at(-1)?.end ?? 0;
      LONG.lastIndex = Math.max(behind - start, found.index + 4);
    }
  }
  for (const found of text.matchAll(SHORT)) {
    const [, opening = "", written = ""] = found;
    const bytes = decoded(written);
    if (bytes.length < SHORTEST_BUILT || !bytes.every((byte) => byte >= 32 && byte < 127)) continue;
    const start = found.index + opening.length;
    runs.push(onePiece(bytes.toString("latin1"), start, start + written.length, "base64"));
  }
  return runs;
}

/** A long run as several that overlap. */
function windows(steps: readonly Step[]): readonly EncodedRun[] {
  const runs: EncodedRun[] = [];
  for (let first = 0; first < steps.length; first += MOST_STEPS - SHARED_STEPS) {
    const window = steps.slice(first, first + MOST_STEPS);
    const start = window[0]?.start ?? 0;
    const bytes = Buffer.concat(window.map((step) => step.bytes));
    runs.push(onePiece(readableText(bytes), start, window.at(-1)?.end ?? start, "base64"));
    if (first + MOST_STEPS >= steps.length) break;
  }
  return runs;
}

/** Whole groups only: what is left over, or padded wrongly, is no base64. */
function decoded(written: string): Buffer {
  const isWhole = written.includes("=") ? written.length % 4 === 0 : written.length % 4 !== 1;
  return isWhole && written.length < 24 ? Buffer.from(written, "base64") : Buffer.alloc(0);
}

type Step = { readonly start: number; readonly end: number; readonly bytes: Buffer };

/** The run from `at` on as far as it is readable. */
function readableSteps(text: string, at: number): readonly Step[] {
  const steps: Step[] = [];
  for (const { written, start, places } of chunks(text, at)) {
    const bytes = Buffer.from(written, "base64");
    if (isReadable(bytes.filter((byte) => byte !== 0))) {
      steps.push({ start, end: places.at(-1) ?? start, bytes });
      continue;
    }
    const length = readableGroups(bytes) * 4;
    if (length === 0) break;
    const end = places[length - 1] ?? start;
    steps.push({ start, end, bytes: Buffer.from(written.slice(0, length), "base64") });
    break;
  }
  return steps;
}

function readableGroups(bytes: Buffer): number {
  let groups = 0;
  while (groups * 3 + 3 <= bytes.length && isReadable(bytes.subarray(groups * 3, groups * 3 + 3))) groups++;
  return groups;
}

/** `places` are the offsets behind each character of `written`, whose first stands at `start`. */
type Chunk = { readonly written: string; readonly start: number; readonly places: readonly number[] };

/** The characters from `from` on, `STEP` at a time, without the line breaks between. */
function* chunks(text: string, from: number): Generator<Chunk> {
  let written = "";
  let places: number[] = [];
  let start = from;
  let line = 0;
  let at = from;
  for (;;) {
    if (isBase64(text.charCodeAt(at))) {
      if (written === "") start = at;
      written += text.charAt(at++);
      line++;
      places.push(at);
      if (written.length < STEP) continue;
      yield { written, start, places };
      written = "";
      places = [];
      continue;
    }
    const next = line >= SHORTEST_LINE ? nextLine(text, at) : null;
    if (next === null) break;
    at = next;
    line = 0;
  }
  if (written.length === 0) return;
  // The padding belongs to the run.
  for (let padding = 0; padding < 2 && text.charAt(at) === "="; padding++) places[places.length - 1] = ++at;
  yield { written, start, places };
}

const BREAK = /(?:\\r\\n|\\n|\\?\r?\n)[ \t]{0,64}/y;
const REST = /[A-Za-z0-9+/_-]{1,128}={0,2}(?=[\r\n"'\\<,]|$)/y;

/** Where the run goes on behind the line break at `at`; null where the next line is no base64. */
function nextLine(text: string, at: number): number | null {
  BREAK.lastIndex = at;
  const found = BREAK.exec(text);
  if (found === null) return null;
  REST.lastIndex = at + found[0].length;
  return REST.test(text) ? at + found[0].length : null;
}
