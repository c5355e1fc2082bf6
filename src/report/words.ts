import type { Finding, Surface } from "../scan/finding.js";
import type { Standing } from "./blocking.js";

/** `1 file`, `2 files`, `12,345 files`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`;
}

/** `12,345`. Written out: to load a language's own way of counting takes longer than to scan a file. */
export function thousands(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Bytes for people, in powers of 1000: `812 B`, `1.2 MB`. */
export function humanBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  // 999.95 would be rounded up to 1000.0.
  while (size >= (unit === 0 ? 1000 : 999.95) && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}

/** `340 ms`, `1.2 s`, `3 min 5 s`. */
export function humanDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(Math.round(seconds) / 60)} min ${Math.round(seconds) % 60} s`;
}

/** The surface for people; empty outside a unit, where there is nothing to tell. */
export function surfaceWords(surface: Surface): string {
  return surface === "text" ? "" : surface;
}

/** What Live Sync does with the secret. */
export function wireWords({ wire, detector, pushed }: Pick<Finding, "wire" | "detector" | "pushed">): string {
  if (pushed !== null) return pushed.sent ? "sent" : "cleared to be sent";
  const by = detector === null || detector === "" ? null : detector;
  switch (wire) {
    case "leak":
      return by === null ? "would leak" : `would leak, ${by} should mask it`;
    case "masked":
      return by === null ? "masked" : `masked by ${by}`;
    case "withheld":
      return "withheld";
  }
}

/** Whether it blocks, in the words that stand after the severity. */
export function standingWords(standing: Standing, failOn: string): string {
  switch (standing) {
    case "blocks":
      return "blocks";
    case "allowed":
      return "allowed";
    case "below-fail-on":
      return `does not block (below ${failOn})`;
    case "low-confidence":
      return "does not block (low confidence)";
    case "not-on-the-wire":
      return "does not block (no leak)";
  }
}
