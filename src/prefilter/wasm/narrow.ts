// AssemblyScript: UTF-8 as a byte for each UTF-16 unit, so that places in it are places in the text.

/** What stands for a unit that is not ASCII. */
const WIDE: u8 = 0x80;

/** Writes a byte for each unit of the valid UTF-8 at `from` to `to`; returns how many. */
export function narrow(from: usize, length: i32, to: usize): i32 {
  const end = from + length;
  let into = to;
  while (from < end) {
    if (from + 8 <= end) {
      const eight = load<u64>(from);
      if ((eight & 0x8080808080808080) == 0) {
        store<u64>(into, eight);
        from += 8;
        into += 8;
        continue;
      }
    }
    const byte = load<u8>(from++);
    if (byte < 0x80) store<u8>(into++, byte);
    // What continues a character is no unit of its own; one of four bytes is two.
    else if (byte >= 0xc0) {
      store<u8>(into++, WIDE);
      if (byte >= 0xf0) store<u8>(into++, WIDE);
    }
  }
  return <i32>(into - to);
}
