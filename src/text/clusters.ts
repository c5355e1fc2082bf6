import type { Span } from "./lines.js";

/** `items` in order of place, in groups: those that share bytes, directly or through others, stand together. */
export function overlapClusters<T>(
  items: readonly T[],
  spanOf: (item: T) => Span,
): readonly (readonly T[])[] {
  const sorted = [...items].sort(
    (a, b) => spanOf(a).start - spanOf(b).start || spanOf(b).end - spanOf(a).end,
  );
  const clusters: T[][] = [];
  let end = -1;
  for (const item of sorted) {
    const span = spanOf(item);
    const last = clusters.at(-1);
    if (last !== undefined && span.start < end) last.push(item);
    else clusters.push([item]);
    end = Math.max(end, span.end);
  }
  return clusters;
}
