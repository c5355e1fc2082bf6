/** What differs between two contents: from `from` up to `oldEnd` in the old one, and up to `newEnd` in the new one. */
export type Hunk = { readonly from: number; readonly oldEnd: number; readonly newEnd: number };

/** The shortest stretch such that both contents are the same before it and behind it. */
export function hunkBetween(old: Buffer, now: Buffer): Hunk {
  const most = Math.min(old.length, now.length);
  const from = equalFrom(old, now, most);
  const behind = equalTo(old, now, most - from);
  return { from, oldEnd: old.length - behind, newEnd: now.length - behind };
}

/** So many bytes are compared first, and ever more while they are the same. */
const FIRST = 512;

/** So few are looked at one by one. */
const FEW = 16;

/** How many bytes at the beginning are the same, `most` at most. */
function equalFrom(old: Buffer, now: Buffer, most: number): number {
  const isSame = (from: number, to: number): boolean => old.compare(now, from, to, from, to) === 0;
  let at = 0;
  let step = FIRST;
  while (at < most && isSame(at, Math.min(most, at + step))) {
    at = Math.min(most, at + step);
    step *= 2;
  }
  for (let end = Math.min(most, at + step); end - at > FEW; ) {
    const middle = (at + end) >> 1;
    if (isSame(at, middle)) at = middle;
    else end = middle;
  }
  while (at < most && old[at] === now[at]) at++;
  return at;
}

/** How many bytes at the end are the same, `most` at most. */
function equalTo(old: Buffer, now: Buffer, most: number): number {
  const isSame = (from: number, to: number): boolean =>
    old.compare(now, now.length - to, now.length - from, old.length - to, old.length - from) === 0;
  let at = 0;
  let step = FIRST;
  while (at < most && isSame(at, Math.min(most, at + step))) {
    at = Math.min(most, at + step);
    step *= 2;
  }
  for (let end = Math.min(most, at + step); end - at > FEW; ) {
    const middle = (at + end) >> 1;
    if (isSame(at, middle)) at = middle;
    else end = middle;
  }
  while (at < most && old[old.length - 1 - at] === now[now.length - 1 - at]) at++;
  return at;
}
