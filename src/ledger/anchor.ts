import { createHmac } from "../text/crypto.js";
import type { AnchorEntry, DroppedSegment } from "./record.js";

/** Signs off the segments: who has not the key cannot take segments away and say that retention did. */
export function anchorOf(segments: readonly DroppedSegment[], key: Buffer): AnchorEntry {
  return { kind: "anchor", segments, mac: macOf(segments, key) };
}

/** Whether the key signed it. */
export function isSigned({ segments, mac }: Omit<AnchorEntry, "kind">, key: Buffer): boolean {
  return macOf(segments, key) === mac;
}

function macOf(segments: readonly DroppedSegment[], key: Buffer): string {
  const parts = segments.map(({ segment, head, records, from, to }) => [segment, head, records, from, to]);
  return createHmac("sha256", key)
    .update(`aura-scan anchor 1\n${JSON.stringify(parts)}`)
    .digest("hex");
}
