// AssemblyScript: bytes that are part of an escape; in the unescaped view something else stands there.

/** Whether the byte at `at` is part of an escape: in the unescaped view something else stands there. */
export function isEscaped(at: usize, before: i32): bool {
  if (load<u8>(parts + <usize>load<u8>(at)) == 0 || !mayEscape(at)) return false;
  const most = min(before, LONGEST_ESCAPE - 1);
  for (let back = 0; back <= most; back++) {
    const byte = <u32>load<u8>(at - <usize>back);
    if ((byte == 92 || byte == 37) && escapeLength(at - <usize>back) > back) return true;
  }
  return false;
}

/** Whether a byte that begins an escape stands at `at` or before it, as near as an escape is long. */
@inline
function mayEscape(at: usize): bool {
  const bytes = v128.load(at - 15);
  return v128.any_true(v128.or(i8x16.eq(bytes, i8x16.splat(92)), i8x16.eq(bytes, i8x16.splat(37))));
}

/** The same for any of the bytes from `from` to `until`. */
export function mayEscapeIn(from: usize, until: usize): bool {
  for (let at = from; at < until + 15; at += 16) if (mayEscape(at)) return true;
  return false;
}

/** What escapes are made of, a byte each. */
const parts = memory.data(256);
const PARTS = "\\%abefnrtvxuU{}0123456789ABCDEFcd";
for (let at = 0; at < PARTS.length; at++) store<u8>(parts + <usize>PARTS.charCodeAt(at), 1);

/** `\\u{10ffff}` */
const LONGEST_ESCAPE: i32 = 10;

/** The most that an escape here may take; 1 where none begins. */
function escapeLength(at: usize): i32 {
  const next = <u32>load<u8>(at, 1);
  if (load<u8>(at) == 37) return isHexDigit(next) ? 3 : 1;
  if (next == 117) return LONGEST_ESCAPE;
  if (next == 120 || (next >= 48 && next <= 55)) return 4;
  const isNamed = next == 97 || next == 98 || next == 101 || next == 102 || next == 110 || next == 114 || next == 116 || next == 118;
  return isNamed ? 2 : 1;
}

@inline
function isHexDigit(byte: u32): bool {
  return (byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 102);
}
