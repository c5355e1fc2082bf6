import { asComment } from "../allow/comment.js";
import { MARK } from "../allow/directive.js";
import type { Finding } from "../scan/finding.js";
import { plainJson } from "./plain-json.js";

/** What stands for the reason until someone gives one. */
const REASON = "why this is fine";

/** What to do about a finding: words to wrap, and a block to copy as it is. */
export type Advice = { readonly words: string; readonly block: string | null };

/** The finding's fix and its mask block apart, also where the fix already ends with the block. */
export function adviceOf(finding: Pick<Finding, "fix" | "mask_block">): Advice {
  const block = finding.mask_block?.trim() ?? "";
  const fix = finding.fix.trim();
  if (block === "") return { words: fix, block: null };
  return { words: fix.endsWith(block) ? fix.slice(0, -block.length).trim() : fix, block };
}

/** How much of the fingerprint is written in a comment: more than is asked for, and short enough to read. */
const WRITTEN_DIGITS = 12;

/**
 * The other narrow way out: a comment on the line above the finding, which allows this one value there; null where
 * nobody knows how its file writes a comment, or where no line holds it.
 */
export function allowComment({ rule, fingerprint, path, start, end, push }: Finding): string | null {
  // What was pushed is no file that one could write in.
  if (push !== null) return null;
  // A file's name stands on no line of it.
  if (start.line === end.line && start.column === end.column) return null;
  const allow = `${MARK} ${rule}@${fingerprint.slice(0, WRITTEN_DIGITS)}`;
  const comment = asComment(`${allow} -- ${REASON}`, path);
  // XML lets no comment hold two hyphens in a row.
  return comment?.startsWith("<!--") === true ? asComment(`${allow} - ${REASON}`, path) : comment;
}

/** The narrow way out: pasted into `.aura/live.toml`, it lets this one finding pass and says why. */
export function allowBlock(fingerprint: string): string {
  // JSON's escapes are a subset of those of a basic string in TOML.
  return `[[scan.allow]]\nfingerprint = ${plainJson(fingerprint)}\nreason = ${plainJson(REASON)}`;
}
