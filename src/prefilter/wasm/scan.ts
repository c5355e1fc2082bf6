// AssemblyScript (https://www.assemblyscript.org), compiled to WebAssembly by `npm run build`. What stands where in memory
// is told by `../tables.ts`.

/** Where memory is free: in front of it stand this program's own constants. */
export function free(): usize {
  return __heap_base;
}

let lower: usize = 0;
let fours: usize = 0;
let threes: usize = 0;
let slots: usize = 0;
let entries: usize = 0;
let words: usize = 0;
let enabled: usize = 0;
let input: usize = 0;
let output: usize = 0;

/** The place to go on from: behind the last one looked at. */
export let resume: i32 = 0;

/** Where each table begins, and where the bytes to look at and the answers go. */
export function place(
  lowerAt: usize,
  foursAt: usize,
  threesAt: usize,
  slotsAt: usize,
  entriesAt: usize,
  wordsAt: usize,
  enabledAt: usize,
  inputAt: usize,
  outputAt: usize,
): void {
  lower = lowerAt;
  fours = foursAt;
  threes = threesAt;
  slots = slotsAt;
  entries = entriesAt;
  words = wordsAt;
  enabled = enabledAt;
  input = inputAt;
  output = outputAt;
}

/**
 * Finds every enabled literal whose telling piece stands at `from` or behind it and before `until`, and that lies within
 * `begin` and `end`; writes pairs of its place and number, and returns how many.
 */
export function scan(from: i32, until: i32, begin: i32, end: i32, most: i32): i32 {
  let found = 0;
  const bits = fours;
  const bytes = input;
  for (let at = from; at < until; at++) {
    const four = load<u32>(bytes + at) | 0x20202020;
    const hash = (four * 0x9e3779b1) >>> 12;
    if (((load<u8>(bits + (hash >>> 3)) >>> <u8>(hash & 7)) & 1) == 0) continue;
    const three = four & 0xffffff;
    const third = (three * 0x9e3779b1) >>> 17;
    if ((load<u8>(threes + (third >>> 3)) >>> <u8>(third & 7)) & 1) found = add(three, at, begin, end, found);
    found = add(four, at, begin, end, found);
    if (found >= most) {
      resume = at + 1;
      return found;
    }
  }
  resume = until;
  return found;
}

/** Adds the enabled literals of the piece `key` that stand around `at`. */
function add(key: u32, at: i32, begin: i32, end: i32, found: i32): i32 {
  let slot = (key * 0x85ebca6b) >>> 17;
  while (true) {
    const held = load<u64>(slots + ((<usize>slot) << 3));
    if (held == 0) return found;
    if (<u32>held == key) {
      let entry = entries + <usize>(held >>> 32);
      while (true) {
        const word = words + <usize>load<u32>(entry);
        const number = <usize>load<u16>(entry, 4);
        // The word's length, how far into it the piece stands, and whether it is the slot's last.
        const length = <i32>load<u8>(word);
        const start = at - <i32>load<u8>(entry, 6);
        if (
          load<u8>(enabled + number) != 0 &&
          start >= begin &&
          start + length <= end &&
          stands(word + 1, input + start, length)
        ) {
          const pair = output + ((<usize>found) << 3);
          store<u32>(pair, start);
          store<u32>(pair, <u32>number, 4);
          found++;
        }
        if (load<u8>(entry, 7) != 0) return found;
        entry += 8;
      }
    }
    slot = (slot + 1) & 0x7fff;
  }
}

function stands(word: usize, place: usize, length: i32): bool {
  for (let step = 0; step < length; step++) {
    if (load<u8>(lower + <usize>load<u8>(place + step)) != load<u8>(word + step)) return false;
  }
  return true;
}
