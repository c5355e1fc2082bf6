// AssemblyScript: whether something that may be a secret is given to a name, as far as a quick look tells
// (`../../assignments/assignment.ts` reads it in full). A no is sure, a yes is not.

/** Kinds of values: for a password six characters do, for a token twelve. */
export const TOKEN: i32 = 1;

const NAME: u32 = 1;
const BLANK: u32 = 2;
const BREAK: u32 = 4;
const QUOTE: u32 = 8;
/** What ends a value that stands without quotes. */
const BARE_END: u32 = 16;
/** What may stand between a name and a quote: a call around it, a prefix. */
const OPENING: u32 = 32;
const JOINT: u32 = 64;
/** What a short password has besides letters. */
const ODD: u32 = 128;

const table = memory.data(256);

function mark(from: string, bit: u32): void {
  for (let at = 0; at < from.length; at++) {
    const place = table + <usize>from.charCodeAt(at);
    store<u8>(place, <u8>(<u32>load<u8>(place) | bit));
  }
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
mark(LETTERS + "0123456789_$-", NAME);
mark(" \t", BLANK);
mark("\r\n", BREAK);
mark("\"'`", QUOTE);
mark(" \t\r\n\v\f\"'`<>,;(){}[]\\|", BARE_END);
mark(LETTERS + "0123456789_.:@$( \t\\", OPENING);
mark("=:!|?+->", JOINT);
mark("0123456789!@#$%^&*?~+=", ODD);

@inline
function is(at: usize, bit: u32): bool {
  return (<u32>load<u8>(table + <usize>load<u8>(at)) & bit) != 0;
}

/** Not ASCII: it may be a letter of a name, a dash, a space where escapes are. */
@inline
function isWide(at: usize): bool {
  return load<u8>(at) > 127;
}

/** What may be anything: the beginning of an escape, or no ASCII. */
@inline
function isUnread(at: usize): bool {
  return load<u8>(at) == 92 || load<u8>(at) == 37 || isWide(at);
}

/** Whether a value may be given to the name that holds the word that ends at `at`; behind `end` stand zeros. */
export function isGiven(kind: i32, at: usize, end: usize): bool {
  let place = at;
  while (is(place, NAME)) {
    if (++place - at > 36) return true;
  }
  const name = place;
  for (let slash = 0; slash < 3 && load<u8>(place) == 92; slash++) place++;
  if (is(place, QUOTE)) place++;
  else if (place != name) return true;
  for (let close = 0; close < 2 && isClose(load<u8>(place)); close++) place++;
  const closed = place;
  while (is(place, BLANK) && place - closed < 41) place++;
  const byte = <u32>load<u8>(place);
  if (place >= end) return false;
  if (isWide(name) || isWide(closed) || isUnread(place) || byte == 35) return true;
  if (load<u8>(name) == 40) return quoted(kind, name + 1);
  if (byte == 40) return quoted(kind, place + 1);
  if (is(place, BREAK)) return isNamedValue(place);
  if (byte == 44) return isNamedValue(place) || quoted(kind, place + 1);
  if (byte == 60) return load<u8>(place, 1) == 47;
  if (is(place, JOINT)) return joined(kind, place);
  if (place > closed) return value(kind, place) || isAttribute(place) || isNamedValue(place) || isSaid(kind, place);
  return is(place, QUOTE) ? isNamedValue(place) : name != closed && is(place, NAME);
}

@inline
function isClose(byte: u32): bool {
  return byte == 93 || byte == 41 || byte == 125;
}

/** Whether `value`, `val` or `default` comes next, on this line or the one below. */
function isNamedValue(at: usize): bool {
  let place = at;
  while ((is(place, BLANK | BREAK | QUOTE) || load<u8>(place) == 44) && place - at < 120) place++;
  if (load<u8>(place) == 35 || isUnread(place)) return true;
  const three = (<u32>load<u16>(place) | (<u32>load<u8>(place, 2) << 16)) | 0x202020;
  return three == 0x6c6176 || three == 0x666564;
}

/** `is …`, `was set to …` */
function isSaid(kind: i32, at: usize): bool {
  const byte = load<u8>(at);
  if (byte != 105 && byte != 119) return false;
  let place = at;
  while (is(place, NAME)) place++;
  if (isUnread(place)) return true;
  if (place - at > 3 || !is(place, BLANK)) return false;
  while (is(place, BLANK) && place - at < 12) place++;
  return value(kind, place) || (load<u32>(place) == 0x20746573 && value(kind, place + 7));
}

/** `name="…"` of a tag. */
function isAttribute(at: usize): bool {
  let place = at;
  while (place - at < 26 && (is(place, NAME) || load<u8>(place) == 58)) place++;
  return isUnread(place) || (load<u8>(place) == 61 && (is(place + 1, QUOTE) || isUnread(place + 1)));
}

/** Behind `=`, `:`, `=>`, `||` and the like; behind a type, too. */
function joined(kind: i32, at: usize): bool {
  let place = at;
  // Of `=-x` only the first belongs to the joint.
  while (is(place, JOINT) && place - at < 4) {
    const isElement = load<u8>(place) == 62;
    place++;
    if (value(kind, place) || (isElement && longEnough(kind, place, BREAK))) return true;
  }
  if (load<u8>(at) != 58) return false;
  const typed = place;
  while (place - typed < 100 && !is(place, BREAK)) {
    if (load<u8>(place) == 0) return false;
    if (load<u8>(place++) == 61 && value(kind, place)) return true;
  }
  return false;
}

/** A string behind blanks and line breaks, perhaps with a call around it. */
function quoted(kind: i32, at: usize): bool {
  let place = at;
  while (is(place, BLANK | BREAK) && place - at < 48) place++;
  const from = place;
  while (is(place, OPENING) && place - from < 44) place++;
  return isUnread(place) || (is(place, QUOTE) && within(kind, place));
}

/** A value in quotes or without, at `at` or behind blanks; a string also on the next line. */
function value(kind: i32, at: usize): bool {
  let place = at;
  while (is(place, BLANK) && place - at < 48) place++;
  const byte = <u32>load<u8>(place);
  if (isUnread(place)) return true;
  if (is(place, BREAK)) return quoted(kind, place);
  if (byte == 60) return load<u8>(place, 1) == 33;
  if (longEnough(kind, place, BARE_END)) return true;
  return quoted(kind, place);
}

/** Whether the string whose quote stands at `at` holds what is long enough. */
function within(kind: i32, at: usize): bool {
  const quote = load<u8>(at);
  let place = at;
  while (load<u8>(place) == quote && place - at < 3) place++;
  for (const from = place; place - from <= 300; ) {
    const byte = load<u8>(place);
    if (byte == quote || byte == 0 || is(place, BREAK)) return false;
    if (longEnough(kind, place, BLANK | BREAK)) return true;
    while (load<u8>(place) != quote && load<u8>(place) != 92 && load<u8>(place) != 0 && !is(place, BLANK | BREAK)) place++;
    if (load<u8>(place) == 92) place += 2;
    else if (load<u8>(place) != quote) place++;
  }
  return false;
}

/** Whether a run that could be a secret of the kind begins here; `ends` end it, and a backslash where a token has none. */
function longEnough(kind: i32, at: usize, ends: u32): bool {
  let place = at;
  let odd = false;
  while (!is(place, ends) && load<u8>(place) != 0) {
    if (is(place, ODD)) odd = true;
    if (load<u8>(place) == 92) {
      if (kind == TOKEN) return false;
      place++;
    }
    place++;
    const length = <i32>(place - at);
    if (kind == TOKEN ? length >= 12 : length >= 16 || (length >= 6 && odd)) return true;
  }
  return false;
}
