// AssemblyScript: escapes and templates, as `ESCAPED`, `CONTINUED` and `CALLED` in `../../constants/clues.ts` have them.

import { HEXADECIMAL, is, isQuote, PLAIN, SPACE } from "./bytes";

/** Whether the backslash at `at` begins an escape of a printable character, stands before a slash, or ends a line. */
export function isEscape(at: usize, from: usize): bool {
  const next = <u32>load<u8>(at, 1);
  if (next == 120) return isPrintable(at + 2) && is(at + 3, HEXADECIMAL);
  if (next == 117) return load<u8>(at, 2) == 123 || (load<u16>(at, 2) == 0x3030 && isPrintable(at + 4));
  if (next == 85) return load<u32>(at, 2) == 0x30303030;
  if (next >= 48 && next <= 55) return isOctal(at + 1);
  if (next == 47) return isPlain(at, from);
  if (next == 10 || (next == 13 && load<u8>(at, 2) == 10)) return goesOn(at, from);
  return false;
}

/** The first of two hexadecimal digits: from 0x20 on. */
@inline
function isPrintable(at: usize): bool {
  return load<u8>(at) >= 50 && load<u8>(at) <= 55;
}

/** From 40 on, in two digits or three. */
function isOctal(at: usize): bool {
  const first = <u32>load<u8>(at);
  const place = first == 48 ? at + 1 : at;
  if (!isUnderEight(place + 1)) return false;
  return load<u8>(place) == 49 ? isUnderEight(place + 2) : load<u8>(place) >= 52 && isUnderEight(place);
}

@inline
function isUnderEight(at: usize): bool {
  return load<u8>(at) >= 48 && load<u8>(at) <= 55;
}

/** Whether four characters of a token stand on both sides of the escaped slash, as far as those before it are seen. */
function isPlain(at: usize, from: usize): bool {
  for (let step = 1; step <= 4; step++) {
    if (!is(at + 1 + step, PLAIN)) return false;
    if (at - step >= from && !is(at - step, PLAIN)) return false;
  }
  return true;
}

/** Whether a value that goes on in the next line may stand before the backslash: right before it. */
function goesOn(at: usize, from: usize): bool {
  if (at == from) return true;
  const before = <u32>load<u8>(at - 1);
  return before > 127 || !(is(at - 1, SPACE) || isQuote(before) || before == 92);
}

/** Whether what the dollar sign at `at` begins is a template with a literal in it. */
export function isTemplate(at: usize): bool {
  if (load<u8>(at, 1) != 123) return false;
  let place = at + 2;
  for (let step = 0; step < 8 && (is(place, SPACE) || load<u8>(place) == 40); step++) place++;
  return isQuote(load<u8>(place));
}
