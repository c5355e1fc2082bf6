// AssemblyScript: lists of characters' codes, as `../../constants/code-lists.ts` reads them.

import { DIGIT, HEXADECIMAL, is, SPACE } from "./bytes";

/** Whether a code may stand at `at`, as its first two or three bytes say. */
@inline
export function mayBeCode(at: usize): bool {
  const byte = <u32>load<u8>(at);
  if (byte == 39 || byte == 34) return load<u8>(at, 2) == byte || load<u8>(at, 1) == 92;
  if (byte == 98) return load<u8>(at, 1) == 39;
  if (byte == 40) return true;
  return is(at, DIGIT) && (is(at + 1, DIGIT) || (<u32>load<u8>(at, 1) | 32) == 120);
}

/** Whether seven codes stand from `at` on, with commas between: the eighth stands in front of them. */
export function areCodes(at: usize): bool {
  let place = codeEnd(behindCast(at));
  for (let code = 1; code < 7 && place != 0; code++) {
    place = behindSpaces(behindSuffix(place));
    if (load<u8>(place) != 44) return false;
    place = codeEnd(behindCast(behindSpaces(place + 1)));
  }
  return place != 0;
}

function behindSpaces(at: usize): usize {
  let place = at;
  for (let step = 0; step < 90 && is(place, SPACE); step++) place++;
  return place;
}

/** Behind `(byte)` and the like. */
function behindCast(at: usize): usize {
  if (load<u8>(at) != 40) return at;
  let place = at + 1;
  while (load<u8>(place) != 41) {
    if (place - at > 16) return at;
    place++;
  }
  return load<u8>(place, 1) == 32 ? place + 2 : place + 1;
}

/** Where the code at `at` ends; 0 where there is none. */
function codeEnd(at: usize): usize {
  const byte = <u32>load<u8>(at);
  if (byte == 34 || byte == 39) return quotedEnd(at, byte);
  if (byte == 98) return load<u8>(at, 1) == 39 ? quotedEnd(at + 1, 39) : 0;
  if (!is(at, DIGIT)) return 0;
  const next = <u32>load<u8>(at, 1);
  if (byte == 48) {
    if ((next | 32) != 120 || !is(at + 3, HEXADECIMAL)) return 0;
    const first = <u32>load<u8>(at, 2);
    return first == 48 || (first >= 50 && first <= 55) ? at + 4 : 0;
  }
  if (!is(at + 1, DIGIT)) return 0;
  // Of three digits there are those from 100 on, of two those from 32.
  if (byte == 49) return next <= 50 && is(at + 2, DIGIT) ? at + 3 : 0;
  return byte > 51 || (byte == 51 && next >= 50) ? at + 2 : 0;
}

/** Behind one character in quotes, or an escape. */
function quotedEnd(at: usize, quote: u32): usize {
  const place = load<u8>(at, 1) == 92 ? at + 3 : at + 2;
  return load<u8>(place) == quote ? place + 1 : 0;
}

/** Behind `u8`, `U`, `L`. */
function behindSuffix(at: usize): usize {
  const byte = <u32>load<u8>(at);
  if (byte == 117 && load<u8>(at, 1) == 56) return at + 2;
  return byte == 85 || byte == 76 ? at + 1 : at;
}
