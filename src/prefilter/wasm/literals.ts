// AssemblyScript: literals that stand next to each other or have a name, as `JOINED`, `ADJACENT` and `UNUSUAL` in
// `../../constants/clues.ts` have them.

import { DIGIT, is, isQuote, LETTER, SEAM, SPACE, WORD } from "./bytes";

/** Whether what stands at `at`, behind a literal, joins it with another. */
export function isJoined(at: usize): bool {
  if (load<u8>(at) == 97) return isConstant(at);
  if (holds(at, ".to_string()")) return isOperator(behindBrackets(at + 12));
  if (holds(at, ".to_owned()")) return isOperator(behindBrackets(at + 11));
  if (holds(at, ".into()")) return isOperator(behindBrackets(at + 7));
  return isOperator(at);
}

/** `as const`, and an operator behind it. */
function isConstant(at: usize): bool {
  if (load<u8>(at, 1) != 115 || !is(at + 2, SPACE)) return false;
  let place = at + 2;
  for (let step = 0; step < 4 && is(place, SPACE); step++) place++;
  return holds(place, "const") && isOperator(behindBrackets(place + 5));
}

function holds(at: usize, word: string): bool {
  for (let step = 0; step < word.length; step++) {
    if (<u32>load<u8>(at + <usize>step) != <u32>word.charCodeAt(step)) return false;
  }
  return true;
}

/** Behind white space and brackets. */
function behindBrackets(at: usize): usize {
  let place = at;
  for (let step = 0; step < 90; step++) {
    const byte = load<u8>(place);
    if (!is(place, SPACE) && byte != 40 && byte != 41) break;
    place++;
  }
  return place;
}

/** Whether an operator stands at `at`, and a literal behind it. */
function isOperator(at: usize): bool {
  const byte = <u32>load<u8>(at);
  const next = <u32>load<u8>(at, 1);
  if (byte == 43) return isOpened(at + 1) || (next == 43 && isOpened(at + 2));
  if (byte == 38 || byte == 126) return isOpened(at + 1);
  if (byte == 60) return (next == 62 || next == 60) && isOpened(at + 2);
  if (byte == 124) return next == 124 && isOpened(at + 2);
  if (byte != 46) return false;
  if (next == 46 && isOpened(at + 2)) return true;
  return isOpened(at + 1) || ((holds(at, ".concat") || holds(at, ".append")) && isOpened(at + 7));
}

/** Whether a literal that begins with part of a token opens behind `at`. */
function isOpened(at: usize): bool {
  let place = at;
  for (let step = 0; step < 90; step++) {
    const byte = <u32>load<u8>(place);
    if (!is(place, SPACE) && byte != 40 && byte != 41 && byte != 92 && byte != 95) break;
    place++;
  }
  for (let step = 0; step < 2; step++) {
    const byte = <u32>load<u8>(place);
    if (!is(place, LETTER) && byte != 64 && byte != 36 && byte != 38) break;
    place++;
  }
  if (!isQuote(load<u8>(place)) || !(is(place + 1, SEAM) || load<u8>(place, 1) == 92)) return false;
  return !isQuote(load<u8>(place, 1)) || !isQuote(load<u8>(place, 2));
}

/** Whether the literals that end and begin at the quote at `right` and the one before it are parts of one, one with a digit. */
export function isAdjacent(right: usize, from: usize): bool {
  let place = right - 1;
  if (place > from && is(place, LETTER)) place--;
  while (place > from && is(place, SPACE)) place--;
  if (place > from && load<u8>(place) == 92) place--;
  while (place > from && is(place, SPACE)) place--;
  return isQuote(load<u8>(place)) && isNumberedAround(place, right, from);
}

/** Whether one of the words right before the quote at `left` and right behind the one at `right` holds a digit. */
function isNumberedAround(left: usize, right: usize, from: usize): bool {
  if (!is(right + 1, WORD)) return false;
  for (let place = right + 1; is(place, WORD) && place - right <= 82; place++) {
    if (is(place, DIGIT)) return true;
  }
  for (let place = left - 1; place >= from && is(place, WORD) && left - place <= 82; place--) {
    if (is(place, DIGIT)) return true;
  }
  return false;
}

/** Whether the literal whose end is the quote at `end` is no word, and stands where one with a name or of a list does. */
export function isNamed(end: usize, from: usize): bool {
  let digits = 0;
  let lower = 0;
  let upper = 0;
  let place = end - 1;
  for (; place > from && end - place <= 210 && is(place, WORD); place--) {
    if (is(place, DIGIT)) digits++;
    else if (is(place, LETTER)) {
      if (load<u8>(place) >= 97) lower++;
      else upper++;
    }
  }
  if (end - place <= 8 || !isQuote(load<u8>(place)) || load<u8>(place, 1) == 47) return false;
  if (digits == 0 || lower + upper == 0 || (digits == 1 && (lower == 0 || upper == 0))) return false;
  return isGiven(place - 1, from);
}

/** Whether what names a literal, or opens or goes on with a list, stands at `at` or before it, with a prefix between. */
function isGiven(at: usize, from: usize): bool {
  let place = at;
  if (place >= from && load<u8>(place) == 98) place--;
  if (place >= from && load<u8>(place) == 38) place--;
  for (let step = 0; step < 20 && place >= from && is(place, SPACE); step++) place--;
  if (place < from) return true;
  const byte = load<u8>(place);
  return byte == 61 || byte == 58 || byte == 43 || byte == 40 || byte == 44 || byte == 91;
}
