import type { Hir } from "rregex";

/** Least and greatest length of a match in UTF-8 bytes; `most` is Infinity for an unbounded repetition. */
export type Extent = { readonly least: number; readonly most: number };

/** The extent of a parsed pattern, as `RRegex.syntax()` gives it. */
export function extentOf(hir: Hir): Extent {
  const kind = hir.kind;
  switch (kind["@variant"]) {
    case "Empty":
    case "Look":
      return { least: 0, most: 0 };
    case "Literal": {
      // `rregex` hands the bytes over as an object with the keys 0, 1, 2, …
      const length = Object.keys(kind["@values"][0]["@values"][0]).length;
      return { least: length, most: length };
    }
    case "Class": {
      const set = kind["@values"][0];
      if (set["@variant"] === "Bytes") return { least: 1, most: 1 };
      const ranges = set["@values"][0].ranges;
      return { least: utf8Length(ranges[0]?.start ?? ""), most: utf8Length(ranges.at(-1)?.end ?? "") };
    }
    case "Repetition": {
      const repetition = kind["@values"][0] as { min: number; max?: number | null; sub: Hir };
      const sub = extentOf(repetition.sub);
      const times = repetition.max ?? Number.POSITIVE_INFINITY;
      return { least: sub.least * repetition.min, most: sub.most === 0 ? 0 : sub.most * times };
    }
    case "Capture":
      return extentOf((kind["@values"][0] as { sub: Hir }).sub);
    case "Concat": {
      const parts = kind["@values"][0].map(extentOf);
      return { least: sum(parts.map((p) => p.least)), most: sum(parts.map((p) => p.most)) };
    }
    case "Alternation": {
      const parts = kind["@values"][0].map(extentOf);
      return { least: Math.min(...parts.map((p) => p.least)), most: Math.max(...parts.map((p) => p.most)) };
    }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function utf8Length(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}
