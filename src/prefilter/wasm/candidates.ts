// AssemblyScript: the few places at which a literal's telling piece may stand; see `../tables.ts`.

import { input, slots, thirds, threes } from "./places";

/** So many places are looked at before what was found at them is looked at closely. */
export const STRETCH: i32 = 2048;

/** For each place of a stretch the hash of the three bytes from there on. */
const hashes = memory.data(2048 * 2, 16);

/** The places of a stretch at which a piece may stand, and room for those of the last step. */
export const candidates = memory.data(2048 * 4 + 32, 16);

/** Finds the candidates among the places from `from` to `until`, at most a stretch; returns the end of them. */
export function candidatesIn(from: i32, until: i32): usize {
  return likely(tellingIn(from, until));
}

/** Writes the places from `from` to `until` at which a piece may stand to `candidates`; returns the end of them. */
function tellingIn(from: i32, until: i32): usize {
  const start = input + from;
  const length = <usize>(until - from);
  const folded = i16x8.splat(0x20);
  for (let at: usize = 0; at < length; at += 8) {
    // As `hashOf` in `../tables.ts` has it.
    const first = i16x8.mul(v128.or(v128.load_ext<u8>(start + at), folded), i16x8.splat(FIRST));
    const second = i16x8.mul(v128.or(v128.load_ext<u8>(start + at, 1), folded), i16x8.splat(SECOND));
    const third = i16x8.mul(v128.or(v128.load_ext<u8>(start + at, 2), folded), i16x8.splat(THIRD));
    v128.store(hashes + (at << 1), i16x8.shr_u(i16x8.add(i16x8.add(first, second), third), 1));
  }
  const bits = thirds;
  let behind = candidates;
  for (let at: usize = 0; at < length; at += 8) {
    const hash = hashes + (at << 1);
    const fourth = start + at;
    const place = from + <i32>at;
    // Written in any case and gone over by the next one: a jump that nobody can foresee costs more.
    store<i32>(behind, place);
    behind += tells(bits, load<u16>(hash), load<u8>(fourth, 3));
    store<i32>(behind, place + 1);
    behind += tells(bits, load<u16>(hash, 2), load<u8>(fourth, 4));
    store<i32>(behind, place + 2);
    behind += tells(bits, load<u16>(hash, 4), load<u8>(fourth, 5));
    store<i32>(behind, place + 3);
    behind += tells(bits, load<u16>(hash, 6), load<u8>(fourth, 6));
    store<i32>(behind, place + 4);
    behind += tells(bits, load<u16>(hash, 8), load<u8>(fourth, 7));
    store<i32>(behind, place + 5);
    behind += tells(bits, load<u16>(hash, 10), load<u8>(fourth, 8));
    store<i32>(behind, place + 6);
    behind += tells(bits, load<u16>(hash, 12), load<u8>(fourth, 9));
    store<i32>(behind, place + 7);
    behind += tells(bits, load<u16>(hash, 14), load<u8>(fourth, 10));
  }
  while (behind > candidates && load<i32>(behind - 4) >= until) behind -= 4;
  return behind;
}

const FIRST: i16 = 0x1e37;
const SECOND: i16 = 0x2b4d;
const THIRD: i16 = 0x5eb5;

/** 4 where three bytes of this hash and the fourth one may be a piece, or else 0. */
@inline
function tells(bits: usize, hash: u32, fourth: u32): usize {
  return <usize>(((load<u32>(bits + <usize>(hash << 2)) >>> fourth) & 1) << 2);
}

/** Keeps those of the candidates that a slot or a piece of three says may be one; returns the end of them. */
function likely(behind: usize): usize {
  let kept = candidates;
  for (let each = candidates; each < behind; each += 4) {
    const at = load<i32>(each);
    const bytes = load<u64>(input + at) | 0x2020202020202020;
    const four = <u32>bytes;
    const held = load<u64>(slots + slotOf(four));
    // As `nextOf` in `../tables.ts` has it.
    const next = (<u32>(bytes >>> 32) & 31) * 5 + (<u32>(bytes >>> 40) & 31) * 7;
    const goesOn = <u32>(held >>> 48) >>> (next & 15);
    const may = select<u32>(goesOn & 1, (<u32>held >>> 5) & 1, (<u32>held | 0x20) == four);
    store<i32>(kept, at);
    kept += <usize>((may | <u32>isThree(four & 0xffffff)) << 2);
  }
  return kept;
}

/** Whether a piece of three may be this one. */
@inline
export function isThree(three: u32): bool {
  const hash = (three * 0x9e3779b1) >>> 17;
  return ((<u32>load<u8>(threes + (hash >>> 3)) >>> (hash & 7)) & 1) != 0;
}

/** Where the slot of a piece is, if none before it had it. */
@inline
export function slotOf(piece: u32): usize {
  return <usize>((piece * 0x85ebca6b) >>> 17) << 3;
}
