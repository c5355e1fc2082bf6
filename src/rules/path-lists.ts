/** A glob and the number of the rule that names it. */
export type Owned = readonly [source: string, rule: number];

/** What is owned by each text: by the last part of a path, or by what ends it. */
export type PathList = readonly (readonly [text: string, owned: readonly Owned[]])[];

/** What stands in a list under a text. */
export function inList(list: PathList): (text: string) => readonly Owned[] {
  const known = new Map(list);
  return (text) => known.get(text) ?? [];
}

/** A list of a table as bytes, a line for each of its entries: `keptList` finds one without reading the others. */
export function listBytes(list: PathList): Uint8Array {
  return Buffer.from(list.map((entry) => `\n${JSON.stringify(entry)}`).join(""));
}

/** Whoever asks more often has all of a list read. */
const FEW = 40;

/** The list in these bytes, and what stands in it under a text. */
export function keptList(bytes: Uint8Array): {
  readonly all: () => PathList;
  readonly under: (text: string) => readonly Owned[];
} {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  type Entry = PathList[number];
  const all = (): PathList => {
    const [, ...entries] = lines.toString("utf8").split("\n");
    return entries.map((line) => JSON.parse(line) as Entry);
  };
  let asked = 0;
  let whole: ((text: string) => readonly Owned[]) | null = null;
  return {
    all,
    under(text) {
      if (asked++ === FEW) whole = inList(all());
      if (whole !== null) return whole(text);
      const at = lines.indexOf(`\n[${JSON.stringify(text)},`);
      if (at < 0) return [];
      const end = lines.indexOf("\n", at + 1);
      const [, owned] = JSON.parse(lines.toString("utf8", at, end < 0 ? lines.length : end)) as Entry;
      return owned;
    },
  };
}

/** Finds what is owned by the pieces in a path, by the first two characters of each: few paths hold many of them. */
export function finderOf(
  pieces: readonly (readonly [piece: string, owned: Owned])[],
): (path: string) => Owned[] {
  const short = pieces.filter(([piece]) => piece.length < 2);
  const byStart = new Map<number, (readonly [piece: string, owned: Owned])[]>();
  for (const one of pieces) {
    if (one[0].length < 2) continue;
    const start = startAt(one[0], 0);
    const known = byStart.get(start);
    if (known === undefined) byStart.set(start, [one]);
    else known.push(one);
  }
  const isStart = new Uint8Array(1 << 16);
  for (const start of byStart.keys()) isStart[start & 0xffff] = 1;
  return (path) => {
    const found: Owned[] = [];
    for (const [piece, owned] of short) if (path.includes(piece)) found.push(owned);
    for (let at = 0; at + 1 < path.length; at++) {
      const start = startAt(path, at);
      if (isStart[start & 0xffff] === 0) continue;
      for (const [piece, owned] of byStart.get(start) ?? [])
        if (path.startsWith(piece, at)) found.push(owned);
    }
    return found;
  };
}

/** Of two characters, one number; where others have the same, more is compared. */
function startAt(text: string, at: number): number {
  return (text.charCodeAt(at) << 8) ^ text.charCodeAt(at + 1);
}
