/**
 * How the language model sees a value: a character is its class (small letter, capital, digit, joint, mark), told by
 * the classes before it, and within its class a character, told by those before it in the same word or number.
 *
 * The table has one cost for each such event; `scripts/train-language-model.mjs` counts them through this same file.
 */

/** Classes of characters; 0 stands for the time before the value. */
const SMALL = 1;
const CAPITAL = 2;
const DIGIT = 3;
const JOINT = 4;
const MARK = 5;
const FOREIGN = 6;
const CLASSES = 7;

/** How many classes back a class is told by. */
const HISTORY = CLASSES ** 5;

const JOINTS = "-_./: ";

/** 26 letters and the time before a word; a letter is told by three of them. */
const LETTERS = 27;
const LETTER_CONTEXTS = LETTERS ** 3;

/** Ten digits and the time before a number; a digit is told by two of them. */
const DIGITS = 11;
const DIGIT_CONTEXTS = DIGITS ** 2;

const CLASS_SIZE = HISTORY * CLASSES;
const LETTER_AT = CLASS_SIZE;
const LETTER_SIZE = LETTER_CONTEXTS * 26;
const DIGIT_AT = LETTER_AT + LETTER_SIZE;
const DIGIT_SIZE = DIGIT_CONTEXTS * 10;
const JOINT_AT = DIGIT_AT + DIGIT_SIZE;
const JOINT_SIZE = (JOINTS.length + 1) * JOINTS.length;
const MARK_AT = JOINT_AT + JOINT_SIZE;
const MARK_SIZE = 128;
export const FOREIGN_AT = MARK_AT + MARK_SIZE;

/** The parts of the table in their order: where each starts, how many outcomes a context has, and its contexts. */
export const PARTS = [
  { name: "class", at: 0, outcomes: CLASSES, contexts: HISTORY, base: CLASSES },
  { name: "letter", at: LETTER_AT, outcomes: 26, contexts: LETTER_CONTEXTS, base: LETTERS },
  { name: "digit", at: DIGIT_AT, outcomes: 10, contexts: DIGIT_CONTEXTS, base: DIGITS },
  {
    name: "joint",
    at: JOINT_AT,
    outcomes: JOINTS.length,
    contexts: JOINTS.length + 1,
    base: JOINTS.length + 1,
  },
  { name: "mark", at: MARK_AT, outcomes: MARK_SIZE, contexts: 1, base: 1 },
  { name: "foreign", at: FOREIGN_AT, outcomes: 1, contexts: 1, base: 1 },
] as const;

export const TABLE_SIZE = FOREIGN_AT + 1;

/** The table holds costs in bits, times this. */
export const STEP = 4;

const CLASS_OF = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code >= 97 && code <= 122) return SMALL;
  if (code >= 65 && code <= 90) return CAPITAL;
  if (code >= 48 && code <= 57) return DIGIT;
  return JOINTS.includes(String.fromCharCode(code)) ? JOINT : MARK;
});

function classOf(code: number): number {
  return CLASS_OF[code] ?? FOREIGN;
}

/** Reads `value` from its start and tells, for each UTF-16 unit, the table's places of its class and its character. */
export function readSymbols(
  value: string,
  tell: (classAt: number, symbolAt: number, at: number) => void,
): void {
  let history = 0;
  let before = 0;
  let letters = 0;
  let digits = 0;
  let joint = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    const kind = classOf(code);
    let symbolAt = FOREIGN_AT;
    if (kind === SMALL || kind === CAPITAL) {
      if (startsWord(before, kind, value, at)) letters = 0;
      const letter = (code | 32) - 97;
      symbolAt = LETTER_AT + letters * 26 + letter;
      letters = (letters * LETTERS + letter + 1) % LETTER_CONTEXTS;
    } else if (kind === DIGIT) {
      if (before !== DIGIT) digits = 0;
      symbolAt = DIGIT_AT + digits * 10 + code - 48;
      digits = (digits * DIGITS + code - 47) % DIGIT_CONTEXTS;
    } else if (kind === JOINT) {
      const which = JOINTS.indexOf(value.charAt(at));
      symbolAt = JOINT_AT + joint * JOINTS.length + which;
      joint = which + 1;
    } else if (kind === MARK) {
      symbolAt = MARK_AT + code;
    }
    tell(history * CLASSES + kind, symbolAt, at);
    history = (history * CLASSES + kind) % HISTORY;
    before = kind;
  }
}

/** `publicKey` and `AWSSecret`: a capital after a small letter, or before one, starts a word. */
function startsWord(before: number, kind: number, value: string, at: number): boolean {
  if (before !== SMALL && before !== CAPITAL) return true;
  if (kind === SMALL) return false;
  return before === SMALL || classOf(value.charCodeAt(at + 1)) === SMALL;
}

/** Bytes of the stored form that hold the costs after shorter contexts; those of whole contexts follow. */
const SHORT_SIZE = PARTS.reduce((sum, part) => sum + (part.contexts / part.base) * part.outcomes, 0);

/**
 * The table from its stored form: for each part the costs after all but the oldest piece of a context, then for each
 * whole context what that changes, modulo 256. Most changes are 0, so that the stored form packs well.
 */
export function tableOf(model: Uint8Array): Uint8Array {
  const table = new Uint8Array(TABLE_SIZE);
  let from = 0;
  for (const { at, contexts, outcomes, base } of PARTS) {
    const short = model.subarray(from, from + (contexts / base) * outcomes);
    for (let piece = 0; piece < base; piece++) table.set(short, at + piece * short.length);
    from += short.length;
  }
  addChanges(table, model.subarray(SHORT_SIZE));
  return table;
}

/** Looks at four changes at once, for this is most of the time that loading takes. */
function addChanges(table: Uint8Array, changes: Uint8Array): void {
  const aligned = new Uint8Array(changes.length + 4 - (changes.length % 4));
  aligned.set(changes);
  const fours = new Uint32Array(aligned.buffer);
  for (let four = 0; four < fours.length; four++) {
    if (fours[four] === 0) continue;
    for (let at = four * 4; at < four * 4 + 4; at++) table[at] = (table[at] ?? 0) + (aligned[at] ?? 0);
  }
}
