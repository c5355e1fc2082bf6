import type { Finding } from "../scan/finding.js";
import { plainJson } from "./plain-json.js";

/** What to do about a finding: words to wrap, and a block to copy as it is. */
export type Advice = { readonly words: string; readonly block: string | null };

/** The finding's fix and its mask block apart, also where the fix already ends with the block. */
export function adviceOf(finding: Pick<Finding, "fix" | "mask_block">): Advice {
  const block = finding.mask_block?.trim() ?? "";
  const fix = finding.fix.trim();
  if (block === "") return { words: fix, block: null };
  return { words: fix.endsWith(block) ? fix.slice(0, -block.length).trim() : fix, block };
}

/** The narrow way out: pasted into `.aura/live.toml`, it lets this one finding pass and says why. */
export function allowBlock(fingerprint: string): string {
  // JSON's escapes are a subset of those of a basic string in TOML.
  return `[[scan.allow]]\nfingerprint = ${plainJson(fingerprint)}\nreason = "why this is fine"`;
}
