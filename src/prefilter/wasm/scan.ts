// AssemblyScript (https://www.assemblyscript.org), compiled to WebAssembly by `npm run build`. What stands where in memory
// is told by `../tables.ts`.

import { ALL, ownersAt } from "./around";
import { candidates, candidatesIn, isThree, slotOf, STRETCH } from "./candidates";
import { enabled, entries, input, lower, output, slots, words } from "./places";

export { place } from "./places";

/** Where memory is free: in front of it stand this program's own constants. */
export function free(): usize {
  return __heap_base;
}

/** The place to go on from: behind the last one looked at. */
export let resume: i32 = 0;

/**
 * Finds every enabled literal whose telling piece stands at `from` or behind it and before `until`, and that lies within
 * `begin` and `end`, if what stands around it does not rule it out; writes its place, its number and its owners, and
 * returns how many.
 */
export function scan(from: i32, until: i32, begin: i32, end: i32, most: i32): i32 {
  let found = 0;
  for (let start = from; start < until; start += STRETCH) {
    const behind = candidatesIn(start, min(start + STRETCH, until));
    for (let each = candidates; each < behind; each += 4) {
      const at = load<i32>(each);
      const four = load<u32>(input + at) | 0x20202020;
      const three = four & 0xffffff;
      if (isThree(three)) found = add(three, at, begin, end, found);
      found = add(four, at, begin, end, found);
      if (found >= most) {
        resume = at + 1;
        return found;
      }
    }
  }
  resume = until;
  return found;
}

/** Adds the enabled literals of the piece `key` that stand around `at`. */
function add(key: u32, at: i32, begin: i32, end: i32, found: i32): i32 {
  let slot = slotOf(key);
  while (true) {
    const held = load<u64>(slots + slot);
    if (<u32>held == 0) return found;
    if ((<u32>held | 0x20) == key) {
      let entry = entries + ((<usize>(held >>> 32) & 0xffff) << 4);
      while (true) {
        const start = at - <i32>load<u8>(entry, 6);
        const eight = load<u64>(input + start) | 0x2020202020202020;
        if ((eight ^ load<u64>(entry, 8)) << <u64>load<u8>(entry, 3) == 0) found = addEntry(entry, start, begin, end, found);
        if (load<u8>(entry, 7) != 0) return found;
        entry += 16;
      }
    }
    slot = (slot + 8) & 0x3ffff;
  }
}

/** Adds the literal of an entry if it is enabled and stands at `start`. */
function addEntry(entry: usize, start: i32, begin: i32, end: i32, found: i32): i32 {
  const word = words + <usize>(load<u32>(entry) & 0xffffff);
  const number = <usize>load<u16>(entry, 4);
  const length = <i32>load<u8>(word);
  const asked = load<u8>(enabled + number);
  if (asked == 0 || start < begin || start + length > end || !stands(word + 1, input + start, length)) return found;
  const owners = asked == LOOKED_AROUND ? ownersAt(number, start, length, begin, end) : ALL;
  if (owners == 0) return found;
  const hit = output + <usize>found * 12;
  store<u32>(hit, start);
  store<u32>(hit, <u32>number, 4);
  store<u32>(hit, owners, 8);
  return found + 1;
}

/** How a literal is asked for: also by what stands around it. */
const LOOKED_AROUND: u32 = 1;

function stands(word: usize, place: usize, length: i32): bool {
  for (let step = 0; step < length; step++) {
    if (load<u8>(lower + <usize>load<u8>(place + step)) != load<u8>(word + step)) return false;
  }
  return true;
}
