/** What people type when it does not matter: alphabets, numbers, and the keys of a keyboard in rows and columns. */
const SEQUENCES = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789abcdef0123",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertzuiop",
  "azertyuiop",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
  "1q2w3e4r5t6y7u8i9o0p",
  "qazwsxedcrfvtgb",
  "a1b2c3d4e5f6g7h8i9j0",
];

const DIGITS = 36;

/** Marks each three characters in a row of a sequence, in either direction. */
const IN_SEQUENCE = (() => {
  const marked = new Uint8Array(DIGITS ** 3);
  for (const sequence of SEQUENCES) {
    for (const line of [sequence, [...sequence].reverse().join("")]) {
      for (let at = 0; at + 3 <= line.length; at++)
        marked[Number.parseInt(line.slice(at, at + 3), DIGITS)] = 1;
    }
  }
  return marked;
})();

/** How far back a repetition is looked for. */
const FARTHEST = 16;

/** How many characters in a row must be as they were before. */
const REPETITION = 3;

const lengths = new Int32Array(FARTHEST + 1);

/** Bits that a character costs at most where it goes on with the same, a repetition or a sequence. */
const SAME = 2;
const EXPECTED = 1;

/** Reads a value's characters in order, from the first; each call tells the most bits that this one can be worth. */
export function readExpected(value: string, tell: (mostBits: number, at: number) => void): void {
  lengths.fill(0);
  for (let at = 0; at < value.length; at++) {
    const code = foldedAt(value, at);
    let longest = 0;
    for (let back = 1; back <= FARTHEST && back <= at; back++) {
      const length = foldedAt(value, at - back) === code ? (lengths[back] ?? 0) + 1 : 0;
      lengths[back] = length;
      if (length > longest) longest = length;
    }
    const same = (lengths[1] ?? 0) > 0;
    if (longest >= REPETITION || isInSequence(value, at)) tell(EXPECTED, at);
    else tell(same ? SAME : Number.POSITIVE_INFINITY, at);
  }
}

function isInSequence(value: string, at: number): boolean {
  if (at < 2) return false;
  const first = digitAt(value, at - 2);
  const second = digitAt(value, at - 1);
  const third = digitAt(value, at);
  if (first < 0 || second < 0 || third < 0) return false;
  return IN_SEQUENCE[(first * DIGITS + second) * DIGITS + third] === 1;
}

/** The character's value as a digit to base 36; -1 for none. */
function digitAt(value: string, at: number): number {
  const code = foldedAt(value, at);
  if (code >= 97 && code <= 122) return code - 87;
  return code >= 48 && code <= 57 ? code - 48 : -1;
}

function foldedAt(value: string, at: number): number {
  const code = value.charCodeAt(at);
  return code >= 65 && code <= 90 ? code + 32 : code;
}
