/** The ASCII characters of a class, and whether it holds all that are not ASCII. */
export type CharSet = { readonly ascii: readonly boolean[]; readonly others: boolean };

/** A parsed pattern, of the part of Rust's regex syntax that `parsePattern` takes. */
export type Node =
  | { readonly kind: "empty" }
  | { readonly kind: "set"; readonly set: CharSet }
  | { readonly kind: "look"; readonly at: "start" | "end" | "line-start" | "line-end" | "word" | "not-word" }
  | { readonly kind: "concat"; readonly parts: readonly Node[] }
  | { readonly kind: "either"; readonly branches: readonly Node[] }
  | { readonly kind: "group"; readonly name: string | null; readonly body: Node }
  | {
      readonly kind: "repeat";
      readonly body: Node;
      readonly min: number;
      /** Infinity for no bound. */
      readonly max: number;
      readonly lazy: boolean;
    };

/** How many ASCII characters there are. */
export const ASCII = 128;

/** The set of the characters that `holds` says yes to. */
export function charSet(holds: (code: number) => boolean, others = false): CharSet {
  return { ascii: Array.from({ length: ASCII }, (_, code) => holds(code)), others };
}

/** What `set` does not hold. */
export function complement(set: CharSet): CharSet {
  return { ascii: set.ascii.map((held) => !held), others: !set.others };
}

/** What either of the two holds. */
export function union(a: CharSet, b: CharSet): CharSet {
  return { ascii: a.ascii.map((held, code) => held || b.ascii[code] === true), others: a.others || b.others };
}

/** Whether a character is in both. */
export function meet(a: CharSet, b: CharSet): boolean {
  return (a.others && b.others) || a.ascii.some((held, code) => held && b.ascii[code] === true);
}

/** The only character that `set` holds, letters of both cases counting as the small one; null for any other set. */
export function onlyLetter(set: CharSet): string | null {
  if (set.others) return null;
  const held = set.ascii.flatMap((is, code) => (is ? [String.fromCharCode(code).toLowerCase()] : []));
  const [first = null] = held;
  return held.length <= 2 && held.every((letter) => letter === first) ? first : null;
}
