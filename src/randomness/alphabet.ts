/**
 * The least alphabet that a drawn value may come from. `letters` and `letters-digits` are of one case; `names` have
 * `.`, `:`, `@` or a space in them, as hosts and packages do; `marks` any other character.
 */
export type Alphabet = {
  readonly kind:
    | "digits"
    | "hex"
    | "letters"
    | "mixed-letters"
    | "letters-digits"
    | "base62"
    | "names"
    | "marks";
  /** Whether `-` or `_` stands in it, or `+`, `/` or `=`. */
  readonly joined: boolean;
  /** Bits that one character drawn from it is worth. */
  readonly bits: number;
};

const SMALL_HEX = 1;
const SMALL = 2;
const CAPITAL_HEX = 4;
const CAPITAL = 8;
const DIGIT = 16;
const URL_JOINT = 32;
const BASE64_JOINT = 64;
const NAME_JOINT = 128;
const MARK = 256;

const GROUP_OF = Uint16Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-f]/.test(character)) return SMALL_HEX;
  if (/[g-z]/.test(character)) return SMALL;
  if (/[A-F]/.test(character)) return CAPITAL_HEX;
  if (/[G-Z]/.test(character)) return CAPITAL;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[-_]/.test(character)) return URL_JOINT;
  if (/[+/=]/.test(character)) return BASE64_JOINT;
  return /[.:@ ]/.test(character) ? NAME_JOINT : MARK;
});

/** Generators of passwords take about this many of the marks on a keyboard. */
const MARKS = 28;

/** The alphabet of `value` from `start` to before `end`. */
export function alphabetOf(value: string, start: number, end: number): Alphabet {
  let groups = 0;
  for (let at = start; at < end; at++) groups |= GROUP_OF[value.charCodeAt(at)] ?? MARK;
  const small = (groups & (SMALL | SMALL_HEX)) !== 0;
  const capital = (groups & (CAPITAL | CAPITAL_HEX)) !== 0;
  const digit = (groups & DIGIT) !== 0;
  const joints = groups & (URL_JOINT | BASE64_JOINT);
  const joined = joints !== 0;
  if (!small && !capital) return { kind: "digits", joined, bits: Math.log2(10) };
  if ((groups & (MARK | NAME_JOINT)) !== 0) {
    const kind = (groups & MARK) !== 0 ? "marks" : "names";
    return { kind, joined, bits: Math.log2(sizeOf(small, capital, digit) + MARKS) };
  }
  if (digit && small !== capital && (groups & (SMALL | CAPITAL)) === 0) {
    return { kind: "hex", joined, bits: joined ? Math.log2(17) : 4 };
  }
  const kind = small && capital ? (digit ? "base62" : "mixed-letters") : digit ? "letters-digits" : "letters";
  const extra = (joints & URL_JOINT ? 1 : 0) + (joints & BASE64_JOINT ? 2 : 0);
  return { kind, joined, bits: Math.log2(sizeOf(small, capital, digit) + extra) };
}

function sizeOf(small: boolean, capital: boolean, digit: boolean): number {
  return (small ? 26 : 0) + (capital ? 26 : 0) + (digit ? 10 : 0);
}
