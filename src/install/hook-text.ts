/** The git hooks that aura-scan stands in. */
export const HOOK_NAMES = ["pre-commit", "pre-push"] as const;

export type HookName = (typeof HOOK_NAMES)[number];

/** What a hook's file should hold from now on, or why our lines cannot go into it. */
export type HookEdit =
  | { readonly kind: "created" | "added" | "updated"; readonly text: string }
  | { readonly kind: "present" }
  | { readonly kind: "foreign"; readonly language: string }
  | { readonly kind: "damaged" };

/** What is left of a hook's file without our lines; null: nothing but ours was in it. */
export type HookRemoval =
  | { readonly kind: "removed"; readonly text: string | null }
  | { readonly kind: "absent" }
  | { readonly kind: "damaged" };

const BLOCK = /^# >>> aura-scan >>>\r?\n.*?^# <<< aura-scan <<<\r?(?:\n|$(?!.))/ms;
const MARKERS = /(?:>>>|<<<) aura-scan/g;
const SHEBANG = /^#![^\n]*(?:\n|$)/;
const SHELLS = new Set(["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"]);
/** Aura's own blocks begin so, and it takes them out from there to a line of dashes. */
const AURA = /^# --- AURA/m;
/** A line that a shell runs: it could end the hook before ours is reached. */
const CODE = /^[ \t]*[^\s#]/m;

/**
 * The text `existing` with the block of our own hook `own` in it, once: an older block of ours is replaced where it
 * stands unless code or Aura's own block comes before it, else the block comes first, after the shebang. All else is kept byte for byte,
 * and `hookWithoutBlock` gives it back, so both texts hold one byte a character ("latin1"). Only what a Bourne shell runs
 * is edited.
 */
export function hookWithBlock(existing: string, own: string): HookEdit {
  const language = foreignLanguage(existing);
  if (language !== null) return { kind: "foreign", language };
  const markers = existing.match(MARKERS)?.length ?? 0;
  const block = blockOf(own);
  if (markers === 0) return { kind: "added", text: withBlockFirst(existing, block, own) };
  const place = placeOf(existing);
  if (place === null) return { kind: "damaged" };
  const before = existing.slice(0, place.at);
  if (AURA.test(before) || CODE.test(before)) {
    const rest = before + existing.slice(place.at + place.length);
    return { kind: "updated", text: withBlockFirst(rest, block, own) };
  }
  const text = before + (place.isEnded ? block : unended(block)) + existing.slice(place.at + place.length);
  return text === existing ? { kind: "present" } : { kind: "updated", text };
}

/** The text `existing` as it was before `hookWithBlock` put our block into it. */
export function hookWithoutBlock(existing: string): HookRemoval {
  if (existing.match(MARKERS) === null) return { kind: "absent" };
  const place = placeOf(existing);
  if (place === null) return { kind: "damaged" };
  const before = existing.slice(0, place.at);
  const after = existing.slice(place.at + place.length);
  if (before === OWN_SHEBANG && after === "" && place.isEnded) return { kind: "removed", text: null };
  // The line break between a shebang that had none and our block is ours.
  const isShebang = SHEBANG.exec(before)?.[0] === before;
  return { kind: "removed", text: (!place.isEnded && isShebang ? before.slice(0, -1) : before) + after };
}

/** Whether a hook holds nothing but what we wrote. */
export function isOnlyOurs(text: string): boolean {
  return text.replace(SHEBANG, "").replace(BLOCK, "").trim() === "";
}

/** The first line of the hooks that we write whole. */
const OWN_SHEBANG = "#!/bin/sh\n";

/** Where the one block of ours stands, and whether its last line is ended; null where there is not one, whole. */
function placeOf(text: string) {
  const match = text.match(MARKERS)?.length === 2 ? BLOCK.exec(text) : null;
  if (match === null) return null;
  return { at: match.index, length: match[0].length, isEnded: match[0].endsWith("\n") };
}

function blockOf(own: string): string {
  const block = BLOCK.exec(own)?.[0];
  if (block === undefined) throw new Error("aura-scan's own hook holds no block: install aura-scan again");
  return block;
}

function withBlockFirst(existing: string, block: string, own: string): string {
  const shebang = SHEBANG.exec(existing)?.[0] ?? "";
  // What is more than nothing and less than a hook must not look like one that we wrote.
  if (existing === shebang && own === existing + block) return block + existing;
  if (shebang !== "" && !shebang.endsWith("\n")) return `${shebang}\n${unended(block)}`;
  return shebang + block + existing.slice(shebang.length);
}

function unended(block: string): string {
  return block.replace(/\n$/, "");
}

/** What a hook is written in where no Bourne shell runs it. git gives a file without a shebang to `sh`. */
export function foreignLanguage(text: string): string | null {
  if (text.includes("\0")) return "machine code";
  const shebang = SHEBANG.exec(text)?.[0];
  if (shebang === undefined) return null;
  const program = programOf(shebang);
  return SHELLS.has(program) ? null : program;
}

/** `#!/usr/bin/env -S bash -e` and `#!/bin/bash -e` both run `bash`. */
function programOf(shebang: string): string {
  const [first = "", ...rest] = shebang
    .slice(2)
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^.*[\\/]/, "").replace(/\.exe$/i, ""));
  if (first !== "env") return first;
  return rest.find((word) => !word.startsWith("-") && !word.includes("=")) ?? first;
}
